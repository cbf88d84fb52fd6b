import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import type { OrderView } from '../../contracts/order.ts'
import { formatFen } from '../../src/locales/money'
import { orderedAndPaid } from '../../scripts/steps/scene/orders.ts'
import { townAt } from '../../scripts/steps/scene/people.ts'
import { until } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

it('the owner sees what today has brought, to the fen, and what sold best', async () => {
  const town = townAt(shop.url)
  await orderedAndPaid(town, await town.person('buyer'))
  const list = await shop.as('o-buyer').shop('orders', { tab: 'All' })
  const order = (list as { value: { orders: OrderView[] } }).value.orders[0]!
  await until('the sale to be counted', async () => {
    await shop.manage('timers/timer')
    const read = await shop.as('o-owner').merchant('sales', { days: 1 })
    return read.ok && read.value.days[0]!.paidOrders === 1
  })
  const owner = await openPhone(browser, shop, 'owner')
  await owner.goto('/packages/merchant/orders/orders')
  await owner.page.locator('.sales-entry').click()
  await owner.page.locator('.today-paid').waitFor()
  await owner.settled()
  expect(await owner.page.locator('.today-paid').textContent()).toBe(formatFen(order.totalFen))
  expect(await owner.page.locator('.best-row').first().textContent()).toContain(order.lines[0]!.name.zh)
  expect(await owner.page.locator('.day-bar').last().getAttribute('aria-label')).toContain(`收款 ${formatFen(order.totalFen)}，1 单`)
  owner.calls()
  await owner.page.locator('.period-30').click()
  await owner.page.locator('.day-bar').nth(29).waitFor()
  expect(owner.calls()).toEqual(['sales'])
  expect(owner.errors).toEqual([])
  await owner.close()
})
