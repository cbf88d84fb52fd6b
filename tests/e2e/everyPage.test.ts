import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { framedPages } from '../../scripts/steps/vite/pageFrame.ts'
import { setScene } from '../../scripts/steps/scene/scene.ts'
import { largeLetters, screens } from '../../scripts/steps/screens.ts'
import type { Screen } from '../../scripts/steps/screens.ts'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'
import type { Phone } from './support.ts'
import { clippedTexts, faintTexts, foreignTexts, namelessControls, smallTargets } from './look.ts'

/**
 * Rules that hold on every page, present and future: this walk reads pages.json and the table of screens
 * (scripts/steps/screens.ts). A page without a screen fails; so does a screen that breaks a rule.
 */
type Locale = 'zh-CN' | 'en-US'

/** What customers and the merchant have written: remarks, addresses, why they want money back. */
const ownWords = ['珍珠多一点', '一起上', '要的是少冰', '林小满', '桥弄街 40 号', '文三路']

let shop: TestShop
let browser: Browser
let close: () => Promise<void>
let all: Screen[]
const phones = new Map<string, Phone>()

beforeAll(async () => {
  ({ shop, browser, close } = await openStreet())
  all = screens(await setScene(shop.url))
})
afterAll(async () => {
  await Promise.all([...phones.values()].map(phone => phone.close()))
  await close()
})

/** One phone for each person and language, logged in before anything is counted. */
async function phoneOf(person: string, locale: Locale): Promise<Phone> {
  const known = phones.get(`${person} ${locale}`)
  if (known) return known
  const phone = await openPhone(browser, shop, person, { locale })
  phones.set(`${person} ${locale}`, phone)
  await phone.goto('/pages/me/me')
  await phone.page.waitForFunction(key => localStorage.getItem(key) !== null, `xiaopu:${person}:session`)
  await phone.settled()
  return phone
}

/** Runs in the page: waits for what moves and comes to an end. */
async function atRest(): Promise<void> {
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
  await Promise.allSettled(ending.map(animation => animation.finished))
}

const pageOf = ({ path }: Screen) => path.split('?')[0]!.replace(/^\//, '') || 'pages/home/home'

it('has a screen for every page', () => {
  const shown = new Set(all.map(pageOf))
  // The checkout and the cart are reached by ordering: their screens start elsewhere.
  for (const screen of all) if (screen.leadsTo) shown.add(screen.leadsTo)
  expect([...framedPages().keys()].filter(page => !shown.has(page))).toEqual([])
})

/** Everything that is wrong with what is on the screen, in words that name the place. */
async function faults(page: Page, locale: Locale): Promise<string[]> {
  const found = [...await page.evaluate(namelessControls), ...await page.evaluate(smallTargets)]
  found.push(...await page.evaluate(foreignTexts, [locale, ownWords] as const))
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(atRest)
    const faint = await page.evaluate(faintTexts)
    found.push(...faint.map(text => `${colorScheme}: ${text}`))
  }
  return found
}

describe.each<Locale>(['zh-CN', 'en-US'])('in %s', (locale) => {
  it('every screen is shown by one call, and can be seen, read, heard and touched by everyone', async () => {
    const report: Record<string, string[]> = {}
    for (const screen of all) {
      const phone = await phoneOf(screen.person, locale)
      // The screen before this one may still be looking what is new.
      await phone.page.goto('about:blank')
      phone.calls()
      await phone.goto(screen.path)
      const calls = phone.calls()
      const found: string[] = calls.length > 1 ? [`asked ${calls.join(', ')}`] : []
      await screen.prepare?.(phone.page)
      if (screen.prepare) await phone.settled()
      // Sheets and bars come to rest.
      await phone.page.evaluate(atRest)
      found.push(...await faults(phone.page, locale), ...phone.errors.splice(0))
      if (found.length > 0) report[screen.name] = [...new Set(found)]
    }
    expect(report).toEqual({})
  }, 300_000)
})

it('in large letters every text still has its place', async () => {
  const report: Record<string, string[]> = {}
  for (const screen of all) {
    const phone = await phoneOf(screen.person, 'zh-CN')
    await phone.page.evaluate(([key, value]) => localStorage.setItem(key, value), largeLetters(screen.person))
    await phone.goto(screen.path)
    await screen.prepare?.(phone.page)
    await phone.page.evaluate(atRest)
    const found = await phone.page.evaluate(clippedTexts)
    if (found.length > 0) report[screen.name] = [...new Set(found)]
  }
  expect(report).toEqual({})
}, 300_000)
