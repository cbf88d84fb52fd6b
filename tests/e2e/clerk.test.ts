import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { framedPages } from '../../scripts/steps/vite/pageFrame.ts'
import { attentionTabs } from '../../contracts/attention.ts'
import type { TestShop } from '../support/localShop.ts'
import { shortIdIn, twoStores } from '../support/troubles.ts'
import type { Troubles } from '../support/troubles.ts'
import { openPhone, openStreet } from './support.ts'
import type { Phone } from './support.ts'

/** Lan is a clerk of the shop's first store; the same has gone wrong there and at the station. */
let shop: TestShop
let browser: Browser
let close: () => Promise<void>
let main: Troubles
let station: Troubles
let lan: Phone

beforeAll(async () => {
  ({ shop, browser, close } = await openStreet());
  ({ main, station } = await twoStores(shop, 'o-lan'))
}, 60_000)
afterAll(() => close())
beforeEach(async () => { lan = await openPhone(browser, shop, 'lan') })
afterEach(async () => {
  expect(lan.errors).toEqual([])
  await lan.close()
})

const BAR = '/packages/merchant/orders/orders'
const ATTENTION = '/packages/merchant/attention/attention'
/** Ways from the bar that stand beside its grid: to an order, to the search for one, and to what needs a person. */
const beside = ['orders/orders', 'order/order', 'find/find', 'attention/attention'].map(page => `packages/merchant/${page}`)
const staffPages = () => [...framedPages().keys()].filter(page => page.startsWith('packages/merchant/'))
const addressOf = (page: string) => page.endsWith('order/order') ? `/${page}?orderId=${/[0-9a-f]{24}/.exec(main.afterSales)![0]}` : `/${page}`

const tiles = () => lan.page.locator('.tools__tile')
const hereIs = () => new URL(lan.page.url()).pathname.replace(/^\//, '')

/** Opens each tile of the bar's grid in turn, and answers the pages that they lead to. */
async function offered(): Promise<string[]> {
  await lan.goto(BAR)
  await tiles().first().waitFor()
  const pages: string[] = []
  for (let place = 0; place < await tiles().count(); place += 1) {
    await tiles().nth(place).click()
    await lan.page.waitForURL(url => !url.pathname.endsWith(BAR))
    await lan.settled()
    pages.push(hereIs())
    expect([hereIs(), await lan.page.locator('.state-denied, .state-failed').count()]).toEqual([hereIs(), 0])
    await lan.goto(BAR)
    await tiles().first().waitFor()
  }
  return pages
}

describe('a clerk', () => {
  it('is let into every page that the bar offers, and is offered none of the owner\'s', async () => {
    const open = await offered()
    expect(open.length).toBeGreaterThan(2)
    const others = staffPages().filter(page => !open.includes(page) && !beside.includes(page))
    expect(others.length).toBeGreaterThan(2)
    for (const page of others) {
      await lan.goto(addressOf(page))
      const denied = lan.page.locator('.state-denied', { hasText: '这里只有店主能进' })
      await denied.waitFor()
      expect([page, await lan.page.locator('.state-denied').innerText()]).toEqual([page, expect.stringContaining('请告诉店主') as string])
      await denied.locator('.blank__action').click()
      await tiles().first().waitFor()
    }
    for (const page of beside) {
      await lan.goto(addressOf(page))
      expect([page, await lan.page.locator('.state-denied, .state-failed').count()]).toEqual([page, 0])
    }
  }, 120_000)

  it('makes orders, keeps goods, opens a table, answers a review and finds an order', async () => {
    const { page } = lan
    await lan.goto(BAR)
    await page.locator('.bar-order', { hasText: shortIdIn(main.afterSales) }).locator('.start-button').click()
    await page.locator('.bar-order', { hasText: shortIdIn(main.afterSales) }).locator('.ready-button').click()
    await page.locator('.tab-ToCollect').click()
    await page.locator('.bar-order', { hasText: shortIdIn(main.afterSales) }).waitFor()

    await page.locator('.goods-entry').click()
    const goods = page.locator('.kept-goods').first()
    await goods.locator('.take-off').click()
    await goods.locator('.bring-back').click()
    await goods.locator('.take-off').waitFor()

    await lan.goto(BAR)
    await page.locator('.tables-entry').click()
    await page.locator('.table-tile', { hasText: '空闲' }).first().click()
    await page.locator('.open-table-button').click()
    await page.locator('.clear-button').first().waitFor()

    await lan.goto(BAR)
    await page.locator('.reviews-entry').click()
    await page.locator('.answer-review').first().click()
    await page.locator('.note__text textarea').fill('谢谢，常来')
    await page.locator('.note-send').click()
    await page.getByText('谢谢，常来').first().waitFor()

    await lan.goto(BAR)
    await page.locator('.find-entry').click()
    await page.locator('.find-input input').fill(shortIdIn(main.afterSales))
    await page.locator('.found-order').click()
    await page.locator('.request-entry').waitFor()
    expect(await page.locator('.refund-button').count()).toBe(0)
  }, 60_000)

  it('sees what waits in their own store, and does of it what is theirs to do', async () => {
    const { page } = lan
    const cards = page.locator('.attention-request, .attention-trouble')
    await lan.goto(BAR)
    await page.locator('.attention-entry', { hasText: '4 件事' }).click()
    for (const tab of attentionTabs) {
      await page.locator(`.tab-${tab}`).click()
      await cards.filter({ hasText: shortIdIn(main[tab]) }).waitFor()
      expect([tab, await cards.count()]).toEqual([tab, 1])
      expect(await page.locator('.attention').innerText()).not.toContain(shortIdIn(station[tab]))
    }
    // Money is the owner's to send, and the books the owner's to close.
    for (const tab of ['refunds', 'incidents'] as const) {
      await page.locator(`.tab-${tab}`).click()
      await cards.filter({ hasText: '等店主来处理' }).waitFor()
      expect(await page.locator('.primary-button, .secondary-button').count()).toBe(0)
    }
    await page.locator('.tab-deadLetters').click()
    await page.locator('.primary-button').click()
    await page.locator('.state-empty').waitFor()
    await page.locator('.tab-afterSales').click()
    await page.locator('.decline-button').waitFor()
    expect(await page.locator('.approve-button').count()).toBe(0)
    await page.locator('.decline-button').click()
    await page.locator('.note__text textarea').fill('已经吃完了')
    await page.locator('.note-send').click()
    await page.locator('.state-empty').waitFor()
    expect(await shop.admin.read('afterSales', main.afterSales)).toMatchObject({ state: 'Declined', answer: '已经吃完了' })
    expect(await shop.admin.read('afterSales', station.afterSales)).toMatchObject({ state: 'Requested' })
    await lan.goto(BAR)
    await page.locator('.attention-entry', { hasText: '2 件事' }).waitFor()
  }, 60_000)
})

it('the owner sees a store\'s at a time, with the place beside it', async () => {
  const owner = await openPhone(browser, shop, 'owner')
  const { page } = owner
  await owner.goto(ATTENTION)
  await page.locator('.workplace').click()
  await page.locator('.work-in-station').click()
  await page.locator('.workplace', { hasText: '东站店' }).waitFor()
  for (const tab of attentionTabs) {
    await page.locator(`.tab-${tab}`).click()
    await page.locator('.attention-request, .attention-trouble').filter({ hasText: shortIdIn(station[tab]) }).waitFor()
    expect(await page.locator('.attention').innerText()).not.toContain(shortIdIn(main[tab]))
  }
  await page.locator('.tab-incidents').click()
  await page.locator('.primary-button').click()
  await page.locator('.note__text textarea').fill('核对过')
  await page.locator('.note-send').click()
  await page.locator('.state-empty').waitFor()
  expect(owner.errors).toEqual([])
  await owner.close()
}, 60_000)

it('customers are let into no page of the staff, and are told so', async () => {
  const mallory = await openPhone(browser, shop, 'mallory')
  for (const page of staffPages()) {
    await mallory.goto(addressOf(page))
    if (page.endsWith('find/find')) await mallory.page.locator('.find-input input').fill('A001')
    await mallory.page.locator('.state-denied', { hasText: /这里只有店[员主]能进/ }).waitFor()
  }
  expect(mallory.errors).toEqual([])
  await mallory.close()
}, 60_000)
