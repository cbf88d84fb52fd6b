import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet, PASSWORD, paySheet } from './support.ts'
import type { Phone } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

let people = 0
let phone: Phone
beforeEach(async () => {
  phone = await openPhone(browser, shop, `guest-${++people}`)
  await phone.goto('/pages/menu/menu')
  await phone.page.locator('.product-row').first().waitFor()
})
afterEach(async () => {
  // uni-app holds the page behind a list that is still moving, which Chromium remarks upon.
  expect(phone.errors.filter(error => !error.startsWith('Ignored attempt to cancel a touchmove'))).toEqual([])
  await phone.close()
})

/** The heading at the top edge of the list, and the mark on the rail. */
async function places() {
  const edge = (await phone.page.locator('.menu__list').boundingBox())!.y
  const headings = await phone.page.locator('.menu__list .menu__heading').all()
  const all = await Promise.all(headings.map(async one => ({ text: (await one.textContent())!, y: (await one.boundingBox())!.y })))
  return {
    heading: all.filter(place => Math.abs(place.y - edge) < 3).at(-1)?.text,
    marked: (await phone.page.locator('.rail__item--current').textContent())!.trim(),
  }
}

/** A finger that flings the list several times, so that it goes on by itself. */
async function fling(byPx: number, times: number): Promise<void> {
  const session = await phone.page.context().newCDPSession(phone.page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 250, y }] })
  const from = byPx < 0 ? 660 : 260
  for (let time = 0; time < times; time += 1) {
    await touch('touchStart', from)
    for (let step = 1; step <= 8; step += 1) await touch('touchMove', from + byPx * step / 8)
    await touch('touchEnd')
  }
  await phone.page.waitForTimeout(1_500)
}

describe('the menu in the browser', () => {
  it('marks what a flung list comes to rest at, down and up again', async () => {
    await fling(-400, 4)
    const down = await places()
    expect(down.marked).toBe(down.heading)
    expect(down.marked).not.toBe('经典奶茶')
    await fling(400, 12)
    expect((await places()).marked).toBe('经典奶茶')
  })

  it('goes to each category at a tap on the rail, the last and short one too', async () => {
    const rail = phone.page.locator('.rail__item')
    for (const at of [3, await rail.count() - 1, 1]) {
      const name = (await rail.nth(at).textContent())!.trim()
      await rail.nth(at).tap()
      await expect.poll(places).toEqual({ heading: name, marked: name })
      await phone.page.waitForTimeout(400)
      expect(await places()).toEqual({ heading: name, marked: name })
    }
  })

  it('finds by first letters, and adds from what it found', async () => {
    await phone.page.locator('.search input').fill('psdt')
    await phone.page.locator('.menu__found .product-row', { hasText: '葡式蛋挞' }).locator('.add-button').tap()
    expect(await phone.page.locator('.cart-bar__count').textContent()).toBe('1')
    await phone.page.locator('.search__clear').tap()
    expect((await places()).marked).toBe('经典奶茶')
  })

  it('sells a set with the dishes that were picked, and the bar makes them', async () => {
    const { page } = phone
    await page.locator('.search input').fill('srxwc')
    await page.locator('.menu__found .choose-button').tap()
    await page.getByText('单点共 ¥40.00，套餐省 ¥5.00').waitFor()
    await page.locator('.pick', { hasText: '芋泥波波奶茶' }).last().tap()
    await page.getByText('单点共 ¥45.00，套餐省 ¥7.00').waitFor()
    await page.locator('.choice-chip', { hasText: '少冰' }).tap()
    await page.locator('.item-sheet__add').tap()
    await page.locator('.cart-bar .checkout-button').tap()
    await page.locator('.pay-button').waitFor()
    await page.getByText('葡式蛋挞 + 小铺珍珠奶茶 + 芋泥波波奶茶').first().waitFor()
    await page.locator('.pay-button').tap()
    await paySheet(page).type(PASSWORD)
    await page.locator('.pickup-number:visible').first().waitFor()

    const bar = await openPhone(browser, shop, 'owner')
    await bar.goto('/packages/merchant/orders/orders')
    const ticket = bar.page.locator('.bar-order', { hasText: '双人下午茶' })
    await ticket.waitFor()
    expect(await ticket.locator('.ticket__part').allTextContents()).toEqual(['葡式蛋挞', '小铺珍珠奶茶中杯', '芋泥波波奶茶中杯'])
    expect(bar.errors).toEqual([])
    await bar.close()
  })

  it('proposes the second time what was chosen the first time', async () => {
    const { page } = phone
    const open = () => page.locator('.product-row', { hasText: '小铺珍珠奶茶' }).locator('.choose-button').tap()
    await open()
    await page.locator('.choice-chip', { hasText: '大杯' }).tap()
    await page.locator('.choice-chip', { hasText: '三分糖' }).tap()
    await page.locator('.item-sheet__add').tap()
    await page.locator('.item-sheet').waitFor({ state: 'detached' })
    await open()
    await page.getByText('已按你上次的口味选好').waitFor()
    expect(await page.locator('.choice-chip--taken').allTextContents()).toEqual(['大杯+¥3.00', '正常冰', '三分糖'])
  })
})

describe('how long it takes', () => {
  const wait = /约 (\d+)–(\d+) 分钟/
  const told = async () => {
    await phone.goto('/pages/menu/menu')
    await phone.page.locator('.head__line').waitFor()
    return Number(wait.exec((await phone.page.locator('.head__line').textContent())!)?.[1])
  }

  it('is told on the menu, and grows at a tap of staff, who can also stop orders for a while', async () => {
    const before = await told()
    const bar = await openPhone(browser, shop, 'clerk')
    await bar.goto('/packages/merchant/orders/orders')
    await bar.page.locator('.kitchen__head').tap()
    await bar.page.locator('.add-minutes-button', { hasText: '+20' }).tap()
    await bar.page.getByText('多等 20 分钟').waitFor()
    expect(await told()).toBe(before + 20)

    await bar.page.locator('.pause-button', { hasText: '30' }).tap()
    await bar.page.locator('.resume-button').waitFor()
    await phone.goto('/pages/menu/menu')
    await phone.page.locator('.head__closed', { hasText: '恢复接单' }).waitFor()
    await phone.page.locator('.product-row', { hasText: '小铺珍珠奶茶' }).locator('.choose-button').tap()
    await phone.page.locator('.item-sheet__add').tap()
    await phone.page.locator('.cart-bar .checkout-button').tap()
    await phone.page.getByText('店里忙不过来').first().waitFor()

    await bar.page.locator('.resume-button').tap()
    await bar.page.locator('.pause-button').first().waitFor()
    await bar.page.getByText('恢复正常').tap()
    await bar.page.getByText('多等 20 分钟').waitFor({ state: 'detached' })
    expect(await told()).toBe(before)
    expect(bar.errors).toEqual([])
    await bar.close()
  })
})
