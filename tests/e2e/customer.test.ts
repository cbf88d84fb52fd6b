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
    await phone.page.locator('.code-fault').waitFor()
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
  it('shows nothing to a customer', async () => {
    await phone.goto('/packages/merchant/orders/orders')
    await phone.page.locator('.state-denied').waitFor()
    expect(await phone.page.locator('.bar-order').count()).toBe(0)
  })
})
