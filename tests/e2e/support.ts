import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import path from 'node:path'
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/steps/chromium.ts'
import { root } from '../../scripts/steps/root.ts'
import { openTestShop } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'

export const PASSWORD = '123456'

/** The shop with its pages, and a browser to visit it. The builds must have been made. */
export async function openStreet(): Promise<{ shop: TestShop, browser: Browser, close(): Promise<void> }> {
  const [shop, browser] = await Promise.all([
    openTestShop({ staticDir: path.join(root, 'dist/build/h5') }),
    chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_FLAGS }),
  ])
  return { shop, browser, close: async () => { await browser.close(); await shop.close() } }
}

/** One person's phone: a browser of its own, what it called and what went wrong on it. */
export async function openPhone(browser: Browser, shop: TestShop, person: string, over: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true, locale: 'zh-CN', baseURL: shop.url, ...over,
  })
  const page = await context.newPage()
  const calls: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/http/')) calls.push((JSON.parse(request.postData() ?? '{}') as { action: string }).action)
  })
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', (message) => { if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`) })
  return {
    page,
    /** Errors of the page since it was opened. */
    errors,
    /** Cloud calls since this was last asked. */
    calls: () => calls.splice(0),
    goto: async (where: string) => {
      await page.goto(where.includes('?') ? `${where}&person=${person}` : `${where}?person=${person}`)
      await settled(page)
    },
    close: () => context.close(),
  }
}

export type Phone = Awaited<ReturnType<typeof openPhone>>

/** The screen has neither skeletons nor requests under way. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
}

/** Puts the first product of the menu that matches into the cart, with the choices that the sheet proposes. */
export async function addToCart(page: Page, name: string): Promise<void> {
  const row = page.locator('.product-row', { hasText: name })
  await row.scrollIntoViewIfNeeded()
  await row.locator('.choose-button, .add-button').first().click()
  const sheet = page.locator('.item-sheet__add')
  if (await row.locator('.choose-button').count() > 0) await sheet.click()
  await page.locator('.cart-bar').waitFor()
}

/** WeChat's password sheet, as the local WeChat plays it. */
export function paySheet(page: Page) {
  const frame = page.frameLocator('iframe[src*="/wechat/pay"]')
  return {
    amount: frame.locator('#amount'),
    error: frame.locator('#error'),
    close: () => frame.locator('#close').click(),
    type: async (password: string) => {
      for (const digit of password) await frame.getByRole('button', { name: digit, exact: true }).click()
    },
  }
}
