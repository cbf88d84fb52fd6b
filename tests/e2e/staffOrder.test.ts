import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { EGG_TART, EGG_TART_FEN, member, orderOf, paidOrder } from '../functions/support.ts'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

it('the owner finds an order by its pickup number and refunds one piece of it, and the customer sees that', async () => {
  const alice = await member(shop, 'o-alice')
  const { orderId } = await paidOrder(shop, alice, [{ ...EGG_TART, quantity: 2 }])
  const { pickupNumber } = await orderOf(alice, orderId)

  const owner = await openPhone(browser, shop, 'owner')
  const { page } = owner
  await owner.goto('/packages/merchant/orders/orders')
  await page.locator('.find-entry').click()
  await page.locator('.find-input input').fill(pickupNumber!.toLowerCase())
  await page.locator('.found-order').click()
  await page.locator('.refund-button').click()
  await page.locator('.refund-row .stepper__plus').click()
  await page.locator('.reason-Missing').click()
  await page.locator('.refund-send', { hasText: '¥12.00' }).click()
  await page.locator('.question-yes').click()
  await page.locator('.order-back', { hasText: '店主退款' }).waitFor()
  expect(await orderOf(alice, orderId)).toMatchObject({ refundedPieces: [1], refundableFen: EGG_TART_FEN })

  const customer = await openPhone(browser, shop, 'alice')
  await customer.goto(`/packages/order/order/order?orderId=${orderId}`)
  await customer.page.getByText('已退 1').waitFor()
  expect([...owner.errors, ...customer.errors]).toEqual([])
  await Promise.all([owner.close(), customer.close()])
})
