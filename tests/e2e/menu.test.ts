import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'
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

/** The heading of what lies at the top edge of the list, and the mark on the rail. The next section pushes a heading out, bit by bit. */
async function places() {
  const edge = (await phone.page.locator('.menu__list').boundingBox())!.y
  const headings = await phone.page.locator('.menu__list .menu__heading').all()
  const all = await Promise.all(headings.map(async one => ({ text: (await one.textContent())!, y: (await one.boundingBox())!.y })))
  return {
    heading: all.filter(place => place.y < edge + 3).at(-1)?.text,
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
  await comesToRest()
}

/** The list lies where it lay a moment ago. */
async function comesToRest(): Promise<void> {
  const top = async () => (await phone.page.locator('.menu__section').first().boundingBox())!.y
  for (let before = NaN, now = await top(); before !== now;) {
    await phone.page.waitForTimeout(200)
    before = now
    now = await top()
  }
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
})
