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

it('A customer searches by initials, sees which combination is sold out, and puts another one into the cart', async () => {
  const { page } = phone
  await phone.goto('/')
  await page.locator('.hero .entry').click()
  await page.locator('.search__input').waitFor()
  await phone.settled()
  phone.calls()
  await page.locator('.search__input input').fill('zyfw')
  await page.locator('.search__suggestion', { hasText: '枝叶饭碗' }).click()
  await page.locator('.goods:visible', { hasText: '枝叶饭碗' }).click()
  await page.locator('.choose-row').waitFor()
  await phone.settled()
  expect(phone.calls()).toEqual(['suggest', 'search', 'product'])

  await page.locator('.choose-row').click()
  await page.locator('.spec-green').click()
  const large = page.locator('.spec-large')
  expect(await large.getAttribute('aria-disabled')).toBe('true')
  expect(await large.evaluate(element => getComputedStyle(element).borderStyle)).toBe('dashed')
  await page.locator('.spec-blue').click()
  await large.click()
  await page.locator('.sku__chosen', { hasText: '青花 · 6 寸' }).waitFor()
  await page.locator('.sku-add-button').click()
  await page.locator('.bar__count', { hasText: '1' }).waitFor()

  await page.locator('.bar-cart').click()
  const line = page.locator('.cart-line:visible', { hasText: '枝叶饭碗' })
  await line.waitFor()
  expect(await line.textContent()).toContain('青花 · 6 寸')
  expect(await line.textContent()).toContain('42')
})

it('A customer who searches for nothing that is sold is shown what others buy, and finds the search again', async () => {
  const { page } = phone
  await phone.goto('/packages/mall/search/search')
  await page.locator('.search__input input').fill('洗衣机')
  await page.locator('.search-button').click()
  await page.locator('.nothing-found').waitFor()
  expect(await page.locator('.goods:visible').count()).toBe(6)
  await phone.goto('/packages/mall/search/search')
  await page.locator('.words__word', { hasText: '洗衣机' }).waitFor()
  await page.locator('.words__clear').click()
  expect(await page.locator('.words__word', { hasText: '洗衣机' }).count()).toBe(0)
})

it('The mall grows as it is scrolled, a page at a time, and is turned over by its price', async () => {
  const { page } = phone
  await phone.goto('/pages/mall/mall')
  await page.locator('.goods').first().waitFor()
  expect(phone.calls()).toEqual(['mall'])
  expect(await page.locator('.goods').count()).toBe(20)
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await page.locator('.goods').nth(36).waitFor()
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.locator('.sort-price').click()
  await page.locator('.goods', { hasText: '茶铺贴纸' }).waitFor()
  expect(await page.locator('.goods__name').first().textContent()).toBe('茶铺贴纸')
  await page.locator('.category-mall-living').click()
  await phone.settled()
  expect(await page.locator('.goods').count()).toBe(4)
})

it('The heart of a product is remembered, and a coupon of the home screen is taken with one tap', async () => {
  const { page } = phone
  await phone.goto('/packages/mall/product/product?productId=umbrella')
  await page.locator('.favourite-button').click()
  await page.locator('.favourite-button[aria-pressed="true"]').waitFor()
  await phone.settled()
  await phone.goto('/packages/mall/product/product?productId=umbrella')
  await page.locator('.favourite-button[aria-pressed="true"]').waitFor()

  await phone.goto('/')
  await page.locator('.coupons__take').first().click()
  await page.locator('.coupons__ticket--taken').first().waitFor()
  const coupons = await shop.as(`o-shopper-${people}`).shop('coupons', {})
  expect(coupons.ok && coupons.value.mine).toHaveLength(1)
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

it('A coupon that was taken is there to use, and leads to its goods', async () => {
  const { page } = phone
  await phone.goto('/packages/member/coupons/coupons')
  await page.getByLabel('领取 好茶满百减十五').click()
  await page.getByLabel('去使用 好茶满百减十五').click()
  await page.locator('.category-mall-tea:visible').waitFor()
  await phone.settled()
  expect(new URL(page.url()).pathname).toBe('/pages/mall/mall')
})

it('A line of the cart is chosen anew where it stands', async () => {
  const { page } = phone
  await phone.goto('/packages/mall/product/product?productId=umbrella')
  await page.locator('.choose-row').click()
  await page.locator('.spec-navy').click()
  await page.locator('.sku-add-button').click()
  await page.locator('.bar-cart').click()
  const chosen = page.locator('.change-line:visible')
  await chosen.click()
  await page.locator('.spec-green:visible').click()
  await page.locator('.sku-add-button:visible').click()
  await chosen.filter({ hasText: '茶绿' }).waitFor()
  expect(await page.locator('.cart-line:visible').count()).toBe(1)
})
