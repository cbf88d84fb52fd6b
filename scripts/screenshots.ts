import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { buildApp } from './steps/app.ts'
import { CHROMIUM_FLAGS, requireChromium } from './steps/chromium.ts'
import { buildFunctions } from './steps/functions.ts'
import { openLocalShop } from './steps/localShop.ts'
import { root } from './steps/root.ts'
import { setScene } from './steps/scene/scene.ts'
import { largeLetters, screens } from './steps/screens.ts'
import type { Screen } from './steps/screens.ts'

// npm run screenshots -- [name …] [--looks zh,en,dark,large,desk] [--out folder]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { looks: { type: 'string', default: 'zh,en,dark,large' }, out: { type: 'string', default: path.join(root, 'docs/screenshots') } },
})

/** The documentation shows them at half of this width, four in a row; looked at alone they are still sharp. */
const PIXEL_RATIO = 1.5
const PHONE = { width: 375, height: 812 }
const DESK = { width: 1280, height: 800 }
/** All pictures of the documentation together. */
const ALL_BYTES_MAX = 3 * 1024 * 1024
/** Large letters are shown on these screens only. */
const LARGE = ['home', 'menu', 'checkout', 'me']

interface Look { suffix: string, locale: 'zh-CN' | 'en-US', scheme: 'light' | 'dark', viewport: typeof PHONE, isLarge?: boolean }

const looks: Record<string, Look> = {
  zh: { suffix: '', locale: 'zh-CN', scheme: 'light', viewport: PHONE },
  en: { suffix: '-en', locale: 'en-US', scheme: 'light', viewport: PHONE },
  dark: { suffix: '-dark', locale: 'zh-CN', scheme: 'dark', viewport: PHONE },
  large: { suffix: '-large', locale: 'zh-CN', scheme: 'light', viewport: PHONE, isLarge: true },
  desk: { suffix: '-desk', locale: 'zh-CN', scheme: 'light', viewport: DESK },
}

/** What each person is logged in by: the shop lets nobody log in anew for every screen. */
const sessions = new Map<string, string>()
const sessionKey = (person: string) => `xiaopu:${person}:session`

async function take(browser: Browser, url: string, screen: Screen, look: Look): Promise<void> {
  const isPhone = look.viewport === PHONE
  const context = await browser.newContext({
    viewport: look.viewport, deviceScaleFactor: PIXEL_RATIO, locale: look.locale, colorScheme: look.scheme, timezoneId: 'Asia/Shanghai',
    isMobile: isPhone, hasTouch: isPhone,
  })
  const { person } = screen
  const session = sessions.get(person)
  if (session) await context.addInitScript(([key, value]) => localStorage.setItem(key, value), [sessionKey(person), session] as const)
  if (look.isLarge) await context.addInitScript(([key, value]) => localStorage.setItem(key, value), largeLetters(person))
  const page = await context.newPage()
  await page.goto(`${url}${screen.path}${screen.path.includes('?') ? '&' : '?'}person=${person}`)
  await page.waitForLoadState('networkidle')
  await screen.prepare?.(page)
  // Pictures, sheets and counters need a moment to come to rest.
  await page.waitForTimeout(1000)
  const file = path.join(values.out, `${screen.name}${look.suffix}.webp`)
  await sharp(await page.screenshot()).webp({ quality: 50, effort: 6 }).toFile(file)
  const known = await page.evaluate(key => localStorage.getItem(key), sessionKey(person))
  if (known) sessions.set(person, known)
  await context.close()
  console.log(path.relative(root, file))
}

const chosen = values.looks.split(',').map((name) => {
  const look = looks[name]
  if (!look) throw new Error(`Unknown look ${name}. Known: ${Object.keys(looks).join(', ')}.`)
  return look
})

console.log('Building …')
await buildFunctions()
await buildApp('h5')
const dataDir = mkdtempSync(path.join(tmpdir(), 'xiaopu-screenshots-'))
const shop = await openLocalShop({ dataDir, port: 0, staticDir: path.join(root, 'dist/build/h5'), timers: false })
const browser = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_FLAGS })
try {
  mkdirSync(values.out, { recursive: true })
  const isWanted = ({ name, isUndocumented }: Screen) => positionals.length === 0 ? !isUndocumented : positionals.includes(name)
  const all = screens(await setScene(shop.url)).filter(isWanted)
  for (const look of chosen) {
    const wanted = look.isLarge && positionals.length === 0 ? all.filter(({ name }) => LARGE.includes(name)) : all
    for (const screen of wanted) await take(browser, shop.url, screen, look)
  }
  const bytes = readdirSync(values.out).reduce((sum, name) => sum + statSync(path.join(values.out, name)).size, 0)
  console.log(`${Math.round(bytes / 1024)} KB in all.`)
  if (bytes > ALL_BYTES_MAX) throw new Error('The pictures weigh more than 3 MB: show fewer screens, or fewer looks of them.')
} finally {
  await browser.close()
  await shop.close()
  rmSync(dataDir, { recursive: true, force: true })
}
