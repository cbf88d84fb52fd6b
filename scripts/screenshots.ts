import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { demoCatalog } from '../demo/seed.ts'
import { buildApp } from './steps/app.ts'
import { CHROMIUM_FLAGS, requireChromium } from './steps/chromium.ts'
import { buildFunctions } from './steps/functions.ts'
import { openLocalShop } from './steps/localShop.ts'
import { root } from './steps/root.ts'
import { orderedAndPaid, orderedOnly } from './steps/scenes.ts'

const PHONE = { width: 375, height: 812 }
const DESK = { width: 1280, height: 800 }
const outDir = path.join(root, 'docs/screenshots')
const tableCode = demoCatalog.links.find(link => link.kind === 'Table')!.id

interface Look { locale: 'zh-CN' | 'en-US', scheme: 'light' | 'dark', viewport: typeof PHONE }

/** One screen: where it is, who looks, and what to do there before the picture is taken. */
interface Screen { name: string, path: string, person: string, prepare?: (page: Page) => Promise<void> }

async function fillCart(page: Page): Promise<void> {
  for (const id of ['brown-sugar-pearl-milk', 'egg-tart']) {
    const { name } = demoCatalog.products.find(product => product.id === id)!
    await page.locator('.search input').fill(name.zh)
    const row = page.locator('.menu__found .product-row').first()
    await row.locator('.choose-button, .add-button').first().click()
    if (await row.locator('.choose-button').count() > 0) await page.locator('.item-sheet__add').click()
    await page.waitForTimeout(400)
    await page.locator('.search__clear').click()
  }
}

async function toCheckout(page: Page): Promise<void> {
  await fillCart(page)
  await page.locator('.cart-bar .checkout-button').click()
  await page.locator('.pay-button').waitFor()
}

function screens(orders: { paid: string, unpaid: string }): Screen[] {
  return [
    { name: 'home', path: `/?scene=${tableCode}`, person: 'visitor' },
    { name: 'menu', path: '/pages/menu/menu', person: 'visitor', prepare: fillCart },
    {
      name: 'item', path: '/pages/menu/menu', person: 'chooser',
      prepare: async (page) => { await page.locator('.choose-button').first().click() },
    },
    { name: 'cart', path: '/pages/menu/menu', person: 'carrier', prepare: async (page) => { await fillCart(page); await page.locator('.cart-bar__open').click() } },
    { name: 'cart-empty', path: '/pages/cart/cart', person: 'nobody' },
    {
      name: 'checkout', path: `/?scene=${tableCode}`, person: 'payer',
      prepare: async (page) => {
        await page.locator('.dine-in-entry').click()
        await page.locator('.product-row').first().waitFor()
        await toCheckout(page)
      },
    },
    {
      name: 'password', path: '/pages/menu/menu', person: 'payer',
      prepare: async (page) => { await toCheckout(page); await page.locator('.pay-button').click(); await page.locator('iframe').waitFor() },
    },
    { name: 'result', path: `/packages/checkout/result/result?orderId=${orders.paid}`, person: 'regular' },
    { name: 'order', path: `/packages/order/order/order?orderId=${orders.paid}`, person: 'regular' },
    { name: 'order-unpaid', path: `/packages/order/order/order?orderId=${orders.unpaid}`, person: 'regular' },
    { name: 'orders', path: '/pages/orders/orders', person: 'regular' },
    { name: 'orders-empty', path: '/pages/orders/orders', person: 'nobody' },
    { name: 'me', path: '/pages/me/me', person: 'regular' },
    { name: 'bar', path: '/packages/merchant/orders/orders', person: 'owner' },
  ]
}

async function take(browser: Browser, url: string, screen: Screen, look: Look, file: string): Promise<void> {
  const context = await browser.newContext({
    viewport: look.viewport, deviceScaleFactor: 2, locale: look.locale, colorScheme: look.scheme, timezoneId: 'Asia/Shanghai',
    isMobile: look.viewport === PHONE, hasTouch: look.viewport === PHONE,
  })
  const page = await context.newPage()
  await page.goto(`${url}${screen.path}${screen.path.includes('?') ? '&' : '?'}person=${screen.person}`)
  await page.waitForLoadState('networkidle')
  await screen.prepare?.(page)
  // Pictures, sheets and counters need a moment to come to rest.
  await page.waitForTimeout(1200)
  await sharp(await page.screenshot()).webp({ quality: 80 }).toFile(path.join(outDir, `${file}.webp`))
  await context.close()
  console.log(`docs/screenshots/${file}.webp`)
}

/** Every screen in Chinese, in English and by night; with `--all` on a desk too. */
function looks(): { suffix: string, look: Look }[] {
  const light = { suffix: '', look: { locale: 'zh-CN', scheme: 'light', viewport: PHONE } as Look }
  const english = { suffix: '-en', look: { locale: 'en-US', scheme: 'light', viewport: PHONE } as Look }
  const dark = { suffix: '-dark', look: { locale: 'zh-CN', scheme: 'dark', viewport: PHONE } as Look }
  const desk = { suffix: '-desk', look: { locale: 'zh-CN', scheme: 'light', viewport: DESK } as Look }
  return process.argv.includes('--all') ? [light, english, dark, desk] : [light, english, dark]
}

console.log('Building …')
await buildFunctions()
await buildApp('h5')
const dataDir = mkdtempSync(path.join(tmpdir(), 'xiaopu-screenshots-'))
const shop = await openLocalShop({ dataDir, port: 0, staticDir: path.join(root, 'dist/build/h5'), timers: false })
const browser = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_FLAGS })
try {
  mkdirSync(outDir, { recursive: true })
  for (const person of ['o-early', 'o-bird']) await orderedAndPaid(shop.url, person)
  const orders = { paid: await orderedAndPaid(shop.url, 'o-regular'), unpaid: await orderedOnly(shop.url, 'o-regular') }
  for (const { suffix, look } of looks()) {
    for (const screen of screens(orders)) await take(browser, shop.url, screen, look, `${screen.name}${suffix}`)
  }
} finally {
  await browser.close()
  await shop.close()
  rmSync(dataDir, { recursive: true, force: true })
}
