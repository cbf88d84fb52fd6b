import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { demoCatalog } from '../../demo/seed.ts'
import { until } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { addToCart, openPhone, openStreet, PASSWORD, paySheet } from './support.ts'
import type { Phone } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

const tableCode = demoCatalog.links.find(link => link.kind === 'Table')!.id
const TEA = demoCatalog.products.find(product => product.id === 'pearl-milk-tea')!
const TART = demoCatalog.products.find(product => product.id === 'egg-tart')!
const yuan = (fen: number) => (fen / 100).toFixed(2)

let people = 0
let phone: Phone
beforeEach(async () => { phone = await openPhone(browser, shop, `visitor-${++people}`) })
afterEach(async () => {
  expect(phone.errors).toEqual([])
  await phone.close()
})

const person = () => `o-visitor-${people}`
const ordersOf = async (openid = person()) => {
  const list = await shop.as(openid).shop('orders', { tab: 'All' })
  return list.ok ? list.value.orders : []
}

/** From the menu to the checkout, with one piece of something in the cart. */
async function toCheckout(name: string): Promise<void> {
  await phone.goto('/pages/menu/menu')
  await addToCart(phone.page, name)
  await phone.page.locator('.cart-bar .checkout-button').click()
  await phone.page.locator('.pay-button').waitFor()
  await phone.settled()
}

describe('a customer', () => {
  it('scans the code on a table, orders a milk tea, pays and gets a pickup number', async () => {
    const { page } = phone
    await phone.goto(`/?scene=${tableCode}`)
    await page.getByText('堂食 A1 桌').first().waitFor()
    expect(phone.calls()).toEqual(['home'])

    await page.locator('.dine-in-entry').click()
    await page.locator('.product-row').first().waitFor()
    expect(phone.calls()).toEqual(['menu'])
    await page.locator('.product-row', { hasText: TEA.name.zh }).locator('.choose-button').click()
    await page.locator('.choice-chip', { hasText: '大杯' }).click()
    await page.locator('.item-sheet__add').click()

    await page.locator('.cart-bar__open').click()
    await page.locator('.checkout-button:visible').waitFor()
    await phone.settled()
    expect(phone.calls()).toEqual(['quote'])
    await page.locator('.checkout-button:visible').click()
    await page.locator('.pay-button').waitFor()
    await phone.settled()
    phone.calls()

    await page.locator('.pay-button').click()
    const sheet = paySheet(page)
    await sheet.type(PASSWORD)
    await page.locator('.pickup-number:visible').first().waitFor()
    expect(await page.locator('.pickup-number:visible').first().textContent()).toMatch(/A\d{3}/)
    expect(phone.calls().slice(0, 3)).toEqual(['placeOrder', 'unifiedOrder', 'syncPayment'])
    expect(await ordersOf()).toMatchObject([{ state: 'Paid', fulfilment: { kind: 'DineIn', tableName: 'A1' } }])
  })

  it('sees the server\'s sum on the password sheet', async () => {
    await toCheckout(TART.name.zh)
    await phone.page.locator('.pay-button').click()
    // The sheet stands there before it has heard of the sum.
    await expect.poll(() => paySheet(phone.page).amount.textContent()).toContain(yuan(TART.priceFen))
  })

  it('who taps pay twice makes one order and is asked for one payment', async () => {
    await toCheckout(TART.name.zh)
    await phone.page.locator('.pay-button').dblclick()
    await paySheet(phone.page).type(PASSWORD)
    await phone.page.locator('.pickup-number:visible').first().waitFor()
    expect(await ordersOf()).toMatchObject([{ state: 'Paid' }])
    expect(await phone.page.locator('iframe[src*="/wechat/pay"]').count()).toBe(0)
  })

  it('who mistypes the password can try again, and who gives up keeps the order', async () => {
    await toCheckout(TART.name.zh)
    const { page } = phone
    await page.locator('.pay-button').click()
    const sheet = paySheet(page)
    await sheet.type('000000')
    await sheet.error.getByText('支付密码错误').waitFor()
    await sheet.close()
    await page.locator('.order-state:visible').waitFor()
    expect(await ordersOf()).toMatchObject([{ state: 'Unpaid' }])
    await phone.settled()

    await page.locator('.pay-button:visible').click()
    await paySheet(page).type(PASSWORD)
    await page.locator('.pickup-number:visible').first().waitFor()
    expect(await ordersOf()).toMatchObject([{ state: 'Paid' }])
  })

  it('who closes the page while paying finds the order paid', async () => {
    await toCheckout(TART.name.zh)
    await phone.page.locator('.pay-button').click()
    await paySheet(phone.page).amount.waitFor()
    await phone.page.close()
    const { trades } = await (await fetch(`${shop.url}/manage/pay/trades`)).json() as { trades: { outTradeNo: string, openid: string }[] }
    await shop.manage('pay/complete', { outTradeNo: trades.find(trade => trade.openid === person())!.outTradeNo })
    await until('the notice to settle the order', async () => (await ordersOf())[0]?.state === 'Paid')

    const again = await openPhone(browser, shop, `visitor-${people}`)
    await again.goto('/pages/orders/orders')
    await again.page.locator('.order-card').first().waitFor()
    expect(await again.page.locator('.order-card').first().textContent()).toMatch(/A\d{3}/)
    await again.close()
  })

  it('finds the shop open also behind a code that nobody knows', async () => {
    await phone.goto('/?scene=unknown0')
    await phone.page.locator('.unknown-code').waitFor()
    await phone.page.locator('.goods').first().waitFor()
  })

  it('reads English when the phone does', async () => {
    const tourist = await openPhone(browser, shop, 'tourist', { locale: 'en-US' })
    await tourist.goto('/pages/menu/menu')
    await tourist.page.getByText(TEA.name.en).first().waitFor()
    expect(await tourist.page.locator('.product-row').first().textContent()).not.toMatch(/[\u4e00-\u9fff]/)
    await tourist.close()
  })
})

describe('the bar', () => {
  it('makes a paid order ready and hands it over, and the customer sees it', async () => {
    await toCheckout(TART.name.zh)
    await phone.page.locator('.pay-button').click()
    await paySheet(phone.page).type(PASSWORD)
    await phone.page.locator('.pickup-number:visible').first().waitFor()
    const { pickupNumber } = (await ordersOf())[0]!

    const bar = await openPhone(browser, shop, 'owner', { viewport: { width: 1280, height: 800 }, isMobile: false })
    await bar.goto('/packages/merchant/orders/orders')
    await bar.page.locator('.bar-order', { hasText: pickupNumber! }).locator('.ready-button').click()
    await until('the order to be ready', async () => (await ordersOf())[0]?.state === 'Ready')
    await phone.page.locator('.view-order-button').click()
    await phone.page.locator('.order-state', { hasText: pickupNumber! }).waitFor()
    await bar.close()
  })

  it('shows nothing to a customer', async () => {
    await phone.goto('/packages/merchant/orders/orders')
    await phone.page.locator('.state-denied').waitFor()
    expect(await phone.page.locator('.bar-order').count()).toBe(0)
  })
})
