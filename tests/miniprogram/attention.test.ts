import { beforeAll, expect, it } from 'vitest'
import { member } from '../functions/support.ts'
import { manyRequests, openAllDay, troublesAt } from '../support/troubles.ts'
import { useShop } from './support.ts'

const world = useShop()
let requestId: string
beforeAll(async () => {
  const customer = await member(world.shop, 'o-alice')
  await member(world.shop, 'o-owner')
  await openAllDay(world.shop, ['station'])
  requestId = (await troublesAt(world.shop, 'station', customer)).afterSales
}, 60_000)

it('lets a list of many grow as it is scrolled, and keeps it when the page looks again', async () => {
  const ids = await manyRequests(world.shop, 'lakeside', 25, requestId)
  await world.shop.admin.set('staff', 'o-lake', { role: 'clerk', active: true, storeIds: ['lakeside'] })
  const phone = await world.phoneOf('lake', { path: 'packages/merchant/attention/attention' })
  const cards = phone.screen.locator('wx-page:not([hidden]) .attention-request')
  await phone.until('the first page', async () => await cards.count() === 20)
  await cards.last().scrollIntoViewIfNeeded()
  await phone.until('the second page', async () => await cards.count() === 25)
  // Somebody sees to one of the second page: the page hears of it by itself, and of nothing else.
  await world.shop.admin.remove('afterSales', ids[22]!)
  await phone.until('a look to find one less', async () => await cards.count() === 24, 30_000)
  const asked = phone.calls().filter(({ data }) => data.action === 'attention').map(({ data }) => (data as { input: object }).input)
  expect(asked.at(-1)).toEqual({ tab: 'afterSales', pages: 2, check: false, place: false })
}, 90_000)
