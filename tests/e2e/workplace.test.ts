import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

const BAR = '/packages/merchant/orders/orders'

it('staff of several stores choose where they work, and stay there; staff of one have nothing to choose', async () => {
  await shop.admin.set('staff', 'o-two', { role: 'owner', active: true, storeIds: ['station', 'lakeside'] })
  const two = await openPhone(browser, shop, 'two')
  await two.goto(BAR)
  await two.page.locator('.workplace', { hasText: '东站店' }).click()
  expect(await two.page.locator('.place-sheet__row').allTextContents()).toEqual(['小铺茶屋 · 西溪店', '小铺茶屋 · 东站店'])
  await two.page.locator('.work-in-lakeside').click()
  await two.page.locator('.workplace', { hasText: '西溪店' }).waitFor()
  await two.goto(BAR)
  await two.page.locator('.workplace', { hasText: '西溪店' }).waitFor()
  await two.page.locator('.rules-entry').click()
  await two.page.locator('.rest', { hasText: '西溪店' }).waitFor()

  // Somebody works there no more: the phone forgets it by itself.
  await shop.admin.set('staff', 'o-two', { role: 'owner', active: true, storeIds: ['station'] })
  await two.goto(BAR)
  await two.page.locator('.find-entry').waitFor()
  expect(await two.page.locator('.workplace').count()).toBe(0)
  await two.page.locator('.rules-entry').click()
  await two.page.locator('.rest', { hasText: '东站店' }).waitFor()
  expect(two.errors).toEqual([])
  await two.close()
})
