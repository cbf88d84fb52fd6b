import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { getCurrentTest } from 'vitest/suite'
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/steps/chromium.ts'
import { root } from '../../scripts/steps/root.ts'
import { openTestShop, until } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'

export const PASSWORD = '123456'

/** The shop with its pages, and a browser to visit it. The builds must have been made. */
export async function openStreet(): Promise<{ shop: TestShop, browser: Browser, close(): Promise<void> }> {
  const [shop, browser] = await Promise.all([
    openTestShop({ staticDir: path.join(root, 'dist/build/h5'), tradeDelayMs: 0 }),
    chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_FLAGS }),
  ])
  return { shop, browser, close: async () => { await browser.close(); await shop.close() } }
}

/** What went wrong in the cloud functions of this shop, by their own log. */
function complaintsOf({ dataDir }: TestShop): string {
  const lines = readFileSync(path.join(dataDir, 'functions.log'), 'utf8').split('\n')
  return lines.filter(line => / (?:failure|error) /.test(line)).slice(-5).join('\n') || 'nothing'
}

/** Beside what failed, what the page and the cloud say then: who reads of it later cannot look any more. */
async function tellOfFailure(page: Page, shop: TestShop): Promise<void> {
  const result = getCurrentTest()?.result
  if (result?.state !== 'fail') return
  const words = await page.locator('body').innerText({ timeout: 5_000 }).catch((error: Error) => `nothing: ${error.message}`)
  const shown = `The page ${page.url()} says: ${words.replaceAll(/\s+/g, ' ').slice(0, 1_500)}`
  for (const stack of [shown, `The functions complain of ${complaintsOf(shop)}`]) result.errors?.push({ message: stack, stack })
}

/** One person's phone: a browser of its own, what it called and what went wrong on it. */
export async function openPhone(browser: Browser, shop: TestShop, person: string, over: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true, locale: 'zh-CN', baseURL: shop.url, ...over,
  })
  const page = await context.newPage()
  // What is thrown and is no error has no words of its own: `pageerror` calls it "Object".
  await page.addInitScript(() => addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
    if (!(reason instanceof Error)) console.error(`Nobody heard of ${JSON.stringify(reason)}`)
  }))
  const calls: string[] = []
  const underWay = new Set<Request>()
  const errors: string[] = []
  let asked = 0
  page.on('request', (request) => {
    asked++
    underWay.add(request)
    if (request.url().includes('/http/')) calls.push((JSON.parse(request.postData() ?? '{}') as { action: string }).action)
  })
  page.on('requestfinished', request => underWay.delete(request))
  page.on('requestfailed', request => underWay.delete(request))
  page.on('pageerror', error => errors.push(error.message))
  /** The browser tells of what failed a moment later, when the network may be back. */
  let wasOffline = false
  page.on('console', (message) => {
    if (wasOffline && message.text().includes('ERR_INTERNET_DISCONNECTED')) return
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`)
  })
  /** Nothing was asked of the network for a moment. `networkidle` of the browser comes once, for the first screen alone. */
  const quiet = async () => {
    let quietSince = Date.now()
    await until('the network to be quiet', () => {
      if (underWay.size > 0) quietSince = Date.now()
      return Date.now() - quietSince > 300
    })
  }
  /** The network is quiet, and the page has nothing left to do that would ask more of it: on a busy machine that takes longer. */
  const settled = async () => {
    for (let askedBefore = -1; askedBefore !== asked;) {
      askedBefore = asked
      await quiet()
      await page.evaluate(() => new Promise(resolve => requestIdleCallback(resolve, { timeout: 10_000 })))
    }
  }
  return {
    page,
    settled,
    /** Errors of the page since it was opened. */
    errors,
    /** Cloud calls since this was last asked. */
    calls: () => calls.splice(0),
    goto: async (where: string) => {
      await page.goto(where.includes('?') ? `${where}&person=${person}` : `${where}?person=${person}`)
      await settled()
    },
    /** Leaves and finds the network. What fails to load meanwhile is no fault of the shop. */
    setOffline: async (isGone: boolean) => {
      wasOffline ||= isGone
      await context.setOffline(isGone)
    },
    close: async () => {
      await tellOfFailure(page, shop)
      await context.close()
    },
  }
}

export type Phone = Awaited<ReturnType<typeof openPhone>>

/** Searches the menu and puts the first product that matches into the cart, with the choices that the sheet proposes. */
export async function addToCart(page: Page, name: string): Promise<void> {
  await page.locator('.search input').fill(name)
  const row = page.locator('.menu__found .product-row').first()
  await row.locator('.choose-button, .add-button').first().click()
  const sheet = page.locator('.item-sheet__add')
  if (await row.locator('.choose-button').count() > 0) await sheet.click()
  await page.locator('.cart-bar').waitFor()
  await page.locator('.search__clear').click()
}

/** Does something that is answered by words which stand for a moment only: the page itself looks for them in every frame. */
export async function answered(page: Page, words: string, act: () => Promise<unknown>): Promise<void> {
  const seen = page.waitForFunction(text => document.body.innerText.includes(text), words)
  await Promise.all([seen, act()])
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
