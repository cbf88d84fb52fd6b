import { beforeAll, describe, expect, it } from 'vitest'
import { useShop } from './support.ts'
import type { Phone } from './phone.ts'

const world = useShop()
const inTheMenu = { path: 'pages/menu/menu' }

const list = (phone: Phone) => phone.screen.locator('.menu__list')
const marked = async (phone: Phone) => (await phone.screen.locator('.rail__item--current').innerText()).trim()
const rowsDrawn = (phone: Phone) => phone.screen.locator('.menu__list .product-row').count()

/** The heading that stands at the top edge of the list. */
async function heading(phone: Phone): Promise<string> {
  const edge = (await list(phone).boundingBox())!.y
  const headings = await phone.screen.locator('.menu__list .menu__heading').all()
  const placeOf = async (one: typeof headings[number]) => ({ text: await one.innerText(), y: (await one.boundingBox())?.y ?? Infinity })
  const places = await Promise.all(headings.map(placeOf))
  return places.filter(place => Math.abs(place.y - edge) < 3).at(-1)?.text ?? ''
}

/** Turns the list by so many pixels, as a finger would, in many small steps or in one that is faster than anything is drawn. */
async function scroll(phone: Phone, byPx: number, steps = 1): Promise<void> {
  const box = (await list(phone).boundingBox())!
  await phone.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let step = 0; step < steps; step += 1) await phone.page.mouse.wheel(0, byPx / steps)
  await phone.page.waitForTimeout(400)
}

describe('the menu', () => {
  it('marks on the rail what the finger scrolls to, down and up, and a tap on the rail brings the list there', async () => {
    const phone = await world.phoneOf('scroller', inTheMenu)
    await phone.see('黑糖珍珠鲜奶')
    expect(await marked(phone)).toBe('经典奶茶')
    await scroll(phone, 1_600, 12)
    expect(await marked(phone)).not.toBe('经典奶茶')
    expect(await marked(phone)).toBe(await heading(phone))
    await scroll(phone, -400, 6)
    expect(await marked(phone)).toBe(await heading(phone))
    await phone.tap('鲜奶咖啡')
    await phone.until('the heading at the top', async () => await heading(phone) === '鲜奶咖啡')
    expect(await marked(phone)).toBe('鲜奶咖啡')
    await phone.see('生椰拿铁')
  })

  it('draws what a fast finger stops at, and marks it', async () => {
    const phone = await world.phoneOf('hurried', inTheMenu)
    await phone.see('黑糖珍珠鲜奶')
    await scroll(phone, 3_000)
    expect(await marked(phone)).toBe(await heading(phone))
    expect(await rowsDrawn(phone)).toBeGreaterThan(5)
    await scroll(phone, -30_000)
    expect(await marked(phone)).toBe('经典奶茶')
    await phone.see('黑糖珍珠鲜奶')
  })

  it('goes to a category while the list is still moving', async () => {
    const phone = await world.phoneOf('restless', inTheMenu)
    await phone.see('黑糖珍珠鲜奶')
    await phone.page.mouse.move(300, 400)
    for (let step = 0; step < 6; step += 1) await phone.page.mouse.wheel(0, 300)
    const rail = (await phone.screen.locator('.rail__item', { hasText: '原叶纯茶' }).boundingBox())!
    await phone.page.mouse.click(rail.x + 40, rail.y + 20)
    await phone.until('the heading at the top', async () => await heading(phone) === '原叶纯茶')
    expect(await marked(phone)).toBe('原叶纯茶')
  })

  it('brings a last category that is short to the top as well, and keeps its mark', async () => {
    const phone = await world.phoneOf('thorough', inTheMenu)
    await phone.see('黑糖珍珠鲜奶')
    const last = (await phone.screen.locator('.rail__item').last().innerText()).trim()
    await phone.screen.locator('.rail__item').last().click()
    await phone.until('the heading at the top', async () => await heading(phone) === last)
    await scroll(phone, 5_000)
    expect(await marked(phone)).toBe(last)
  })

  it('gives its head to the list while it is read, and has it back at the top', async () => {
    const phone = await world.phoneOf('reader', inTheMenu)
    await phone.see('黑糖珍珠鲜奶')
    const before = (await list(phone).boundingBox())!
    await scroll(phone, 900, 6)
    expect((await list(phone).boundingBox())!.height).toBeGreaterThan(before.height + 30)
    await scroll(phone, -5_000)
    expect((await list(phone).boundingBox())!.height).toBe(before.height)
  })
})

describe('a menu of two hundred', () => {
  beforeAll(async () => {
    const shape = await world.shop.admin.read<Record<string, unknown>>('products', 'lemon-black-tea')
    const { _id, ...tea } = shape!
    for (let at = 0; at < 170; at += 1) {
      const name = { zh: `第 ${at} 号茶`, en: `Tea no. ${at}` }
      await world.shop.admin.set('products', `long-${at}`, { ...tea, name, sort: 1_000 + at, categoryId: 'pure-tea' })
    }
  })

  it('sends the page little, draws what is in sight, and still reaches its end', async () => {
    const phone = await world.phoneOf('patient', inTheMenu)
    await phone.see('黑糖珍珠鲜奶')
    const { firstBytes, largestBytes } = await phone.setData()
    expect(firstBytes['pages/menu/menu']).toBeLessThanOrEqual(64 * 1024)
    expect(largestBytes).toBeLessThanOrEqual(64 * 1024)
    expect(await rowsDrawn(phone)).toBeLessThanOrEqual(36)
    for (let turn = 0; turn < 5; turn += 1) await scroll(phone, 2_500)
    expect(await marked(phone)).toBe('原叶纯茶')
    expect(await rowsDrawn(phone)).toBeLessThanOrEqual(48)
    await phone.tap('小食甜点')
    await phone.until('the heading at the top', async () => await heading(phone) === '小食甜点')
    await phone.see('葡式蛋挞')
    expect((await phone.setData()).largestBytes).toBeLessThanOrEqual(64 * 1024)
  })
})
