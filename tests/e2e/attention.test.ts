import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { member } from '../functions/support.ts'
import type { TestShop } from '../support/localShop.ts'
import { manyRequests, openAllDay, troublesAt } from '../support/troubles.ts'
import { openPhone, openStreet } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

it('a list of many grows as it is scrolled, and stays where it is when the page looks again', async () => {
  const customer = await member(shop, 'o-alice')
  await member(shop, 'o-owner')
  await openAllDay(shop, ['station'])
  const ids = await manyRequests(shop, 'lakeside', 45, (await troublesAt(shop, 'station', customer)).afterSales)
  await shop.admin.set('staff', 'o-lake', { role: 'clerk', active: true, storeIds: ['lakeside'] })

  const lake = await openPhone(browser, shop, 'lake')
  const cards = lake.page.locator('.attention-request')
  await lake.goto('/packages/merchant/attention/attention')
  expect(await cards.count()).toBe(20)
  await cards.last().scrollIntoViewIfNeeded()
  await cards.nth(39).waitFor()
  await cards.nth(30).scrollIntoViewIfNeeded()
  await lake.settled()
  const stoodAt = await lake.page.evaluate(() => scrollY)
  // Somebody sees to one further down: the page hears of it by itself, and nothing else moves.
  expect(lake.calls()).toContain('afterSales')
  await shop.admin.remove('afterSales', ids[37]!)
  const look = await lake.page.waitForRequest(request => (request.postData() ?? '').includes('"attention"'))
  expect((JSON.parse(look.postData()!) as { input: object }).input).toMatchObject({ pages: 2, check: false, place: false })
  await lake.settled()
  expect([lake.calls(), await cards.count()]).toEqual([['attention'], 40])
  expect(await lake.page.evaluate(() => scrollY)).toBe(stoodAt)
  expect(lake.errors).toEqual([])
  await lake.close()
}, 90_000)
