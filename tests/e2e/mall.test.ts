import path from 'node:path'
import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { root } from '../../scripts/steps/root.ts'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'
import type { Phone } from './support.ts'

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
beforeAll(async () => { ({ shop, browser, close } = await openStreet()) })
afterAll(() => close())

let people = 0
let phone: Phone
beforeEach(async () => { phone = await openPhone(browser, shop, `shopper-${++people}`) })
afterEach(async () => {
  expect(phone.errors).toEqual([])
  await phone.close()
})

it('A combination that is sold out is drawn with another border, and says so to those who listen', async () => {
  const { page } = phone
  await phone.goto('/packages/mall/product/product?productId=rice-bowl')
  await page.locator('.choose-row').click()
  await page.locator('.spec-green').click()
  const large = page.locator('.spec-large')
  expect(await large.getAttribute('aria-disabled')).toBe('true')
  expect(await large.evaluate(element => getComputedStyle(element).borderStyle)).toBe('dashed')
})

it('A member gives a picture and a name, and Me greets by it', async () => {
  const { page } = phone
  await phone.goto('/pages/me/me')
  await page.locator('.profile-entry').click()
  await page.locator('.nickname-input input').fill('小林')
  const chooser = page.waitForEvent('filechooser')
  await page.locator('.choose-avatar').click()
  await (await chooser).setFiles(path.join(root, 'demo/pictures/goods/umbrella.480.webp'))
  await phone.settled()
  await page.locator('.save-profile').click()
  await page.locator('.greeting__hello:visible', { hasText: '小林' }).waitFor()
  expect(await shop.as(`o-shopper-${people}`).shop('me', {})).toMatchObject({
    value: { member: { nickname: '小林', avatar: expect.stringContaining('/avatar/m') as string } },
  })
})
