import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import type { TestShop } from '../support/localShop.ts'
import { answered, openPhone, openStreet } from './support.ts'
import type { Phone } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

/** The first product that the menu finds, as this customer sees it now. */
async function lookFor(customer: Phone, name: string) {
  await customer.goto('/pages/menu/menu')
  await customer.page.locator('.search input').fill(name)
  return customer.page.locator('.menu__found .product-row').first()
}

async function staffPage(clerk: Phone) {
  await clerk.goto('/packages/merchant/orders/orders')
  await clerk.page.locator('.goods-entry').click()
  await clerk.page.locator('.kept-goods').first().waitFor()
}

it('a clerk takes a tart off, and pearls in all teas: customers see it on the menu and in the sheet until they are back', async () => {
  const [clerk, customer] = [await openPhone(browser, shop, 'clerk'), await openPhone(browser, shop, 'alice')]
  const { page } = clerk
  const pearls = customer.page.locator('.choice-chip', { hasText: '黑糖珍珠' })
  const shared = page.locator('.shared-pearls')

  await staffPage(clerk)
  await page.locator('.goods-input input').fill('葡式蛋挞')
  const tart = page.locator('.kept-goods', { hasText: '葡式蛋挞' })
  await tart.locator('.take-off').click()
  await tart.locator('.goods-status', { hasText: '恢复' }).waitFor()
  await page.locator('.category-shared').click()
  await answered(page, '黑糖珍珠：7 款都标记售罄了', () => shared.locator('.all-off').click())

  await (await lookFor(customer, '葡式蛋挞')).locator('.product-row__sold-out').waitFor()
  for (const name of ['小铺珍珠奶茶', '芝士抹茶']) {
    await (await lookFor(customer, name)).locator('.choose-button').click()
    await pearls.locator('.choice-chip__gone').waitFor()
  }

  await answered(page, '黑糖珍珠：7 款都恢复了', () => shared.locator('.all-back').click())
  await page.locator('.goods-input input').fill('葡式蛋挞')
  await tart.locator('.bring-back').click()
  await tart.locator('.take-off').waitFor()
  await clerk.settled()

  await (await lookFor(customer, '葡式蛋挞')).locator('.add-button').waitFor()
  await (await lookFor(customer, '小铺珍珠奶茶')).locator('.choose-button').click()
  await pearls.waitFor()
  expect(await pearls.locator('.choice-chip__gone').count()).toBe(0)
  expect([...clerk.errors, ...customer.errors]).toEqual([])
  await Promise.all([clerk.close(), customer.close()])
})

it('a clerk puts tarts on the shelf, and customers can buy them', async () => {
  const clerk = await openPhone(browser, shop, 'clerk')
  const { page } = clerk
  await staffPage(clerk)
  await page.locator('.goods-input input').fill('抹茶')
  await page.locator('.kept-goods', { hasText: '库存 0' }).locator('.open-goods').click()
  await page.locator('.keep-stock').click()
  await page.locator('.pieces-input input').fill('6')
  await page.locator('.save-stock', { hasText: '加 6 件' }).click()
  await page.locator('.ledger-row', { hasText: '+6' }).waitFor()
  await page.locator('.kept-goods', { hasText: '库存 6' }).waitFor()
  const product = await shop.as(null).shop('product', { productId: 'matcha-set' })
  expect(product).toMatchObject({ value: { product: { left: 6 } } })
  expect(clerk.errors).toEqual([])
  await clerk.close()
})
