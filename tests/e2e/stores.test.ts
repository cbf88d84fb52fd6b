import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { demoCatalog } from '../../demo/seed.ts'
import type { TestShop } from '../support/localShop.ts'
import { addToCart, openPhone, openStreet, PASSWORD, paySheet } from './support.ts'
import type { Phone } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => {
  ({ shop, browser, close } = await openStreet())
  // Whatever the clock says.
  for (const { id, pieces: _pieces, tables: _tables, week: _week, ...branch } of demoCatalog.branches) {
    await shop.admin.set('stores', id, { ...branch, banners: [], hours: { from: '00:00', until: '24:00' } })
  }
})
afterAll(() => close())

const nameOf = (id: string) => demoCatalog.products.find(product => product.id === id)!.name.zh

let people = 0
let phone: Phone
beforeEach(async () => { phone = await openPhone(browser, shop, `neighbour-${++people}`) })
afterEach(async () => {
  expect(phone.errors).toEqual([])
  await phone.close()
})
const orders = async () => {
  const list = await shop.as(`o-neighbour-${people}`).shop('orders', { tab: 'All' })
  return list.ok ? list.value.orders : []
}

/** To the checkout with one thing in the cart. */
async function toCheckout(productId: string, times = 1): Promise<void> {
  await phone.goto('/pages/menu/menu')
  for (let time = 0; time < times; time += 1) await addToCart(phone.page, nameOf(productId))
  await phone.page.locator('.cart-bar .checkout-button').click()
  await phone.page.locator('.pay-button').waitFor()
  await phone.settled()
}

/** Writes the address that WeChat knows, with a place on the map, and comes back to the checkout with it. */
async function addAddress(place: string): Promise<void> {
  const { page } = phone
  await page.locator('.address-card').click()
  await page.locator('.from-wechat-button').click()
  await page.locator('.place-row').click()
  await page.locator('.local-map button', { hasText: place }).click()
  await page.locator('.save-button').click()
  await page.locator('.address-row').first().click()
  await page.locator('.address-card:visible').waitFor()
  await phone.settled()
}

async function pay(): Promise<void> {
  await phone.page.locator('.pay-button:visible').click()
  await paySheet(phone.page).type(PASSWORD)
  await phone.page.locator('.result-paid').waitFor()
}

describe('dishes', () => {
  it('are delivered nearby, and not to the airport', async () => {
    await toCheckout('egg-tart', 2)
    await phone.page.locator('.delivery-choice').click()
    await phone.settled()
    await addAddress('萧山机场')
    expect(await phone.page.locator('.obstacle').textContent()).toMatch(/离店 .* 公里，超出了 4 公里/)
    await phone.page.locator('.pay-button').click()
    await phone.page.locator('.add-address-button').waitFor()
    expect(await orders()).toEqual([])

    await phone.page.locator('.from-wechat-button').click()
    await phone.page.locator('.place-row:visible').click()
    await phone.page.locator('.local-map button', { hasText: '小河直街' }).click()
    await phone.page.locator('.save-button:visible').click()
    await phone.page.locator('.address-row').last().click()
    await phone.page.locator('.address-card:visible').waitFor()
    await phone.settled()
    expect(await phone.page.locator('.obstacle').count()).toBe(0)
    await pay()
    expect(await orders()).toMatchObject([{ fulfilment: { kind: 'Delivery', receiver: { place: { name: '小河直街' } } }, fees: [{ kind: 'Packaging' }, { kind: 'Delivery' }] }])
  })
})

describe('a store', () => {
  it('is chosen from the nearest, sells what it has, and says what of the cart it lacks', async () => {
    const { page } = phone
    await phone.goto('/pages/menu/menu')
    await page.evaluate(() => sessionStorage.setItem('at', '30.2905,120.2125'))
    await addToCart(page, nameOf('scallion-pancake'))
    await page.locator('.store-switch').click()
    await page.locator('.locate-button').click()
    const first = page.locator('.store-row').first()
    await first.getByText('最近').waitFor()
    expect(await first.textContent()).toContain('东站店')
    await first.locator('.store-choose').click()
    await page.getByText(/购物车里有 1 样这里买不了/).waitFor()
    await page.locator('.head__name', { hasText: '东站店' }).waitFor()
    expect(await page.locator('.product-row', { hasText: nameOf('scallion-pancake') }).count()).toBe(0)
    await addToCart(page, nameOf('egg-tart'))
    await page.locator('.cart-bar .checkout-button').click()
    await page.locator('.pay-button').waitFor()
    await phone.settled()
    expect(await page.locator('.delivery-choice').count()).toBe(0)
    await pay()
    expect(await orders()).toMatchObject([{ storeId: 'station' }])
  })

  it('is the one of the table that was scanned', async () => {
    await phone.goto(`/?scene=${demoCatalog.branches[0]!.tables[0]!.linkId}`)
    await phone.page.locator('.store-card__name', { hasText: '西溪店' }).waitFor()
    await phone.page.getByText('堂食 W1 桌').first().waitFor()
  })
})
