import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Browser } from 'playwright-core'
import { openTestShop } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { launchBrowser, openPhone } from './phone.ts'
import type { Phone, PhoneOptions } from './phone.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** The build under test: what `npm run build:mp` leaves, unless told otherwise. */
export const buildDir = path.resolve(root, process.env.MINI_PROGRAM ?? 'dist/build/mp-weixin')

/** One shop for all tests of a file, a fresh phone for each person; a test with a problem on any phone fails. */
export function useShop() {
  let shop: TestShop
  let browser: Browser
  let phones: Phone[] = []

  beforeAll(async () => { [shop, browser] = await Promise.all([openTestShop({ tradeDelayMs: 0 }), launchBrowser()]) })
  afterAll(() => Promise.all([shop.close(), browser.close()]))
  afterEach(async () => {
    const problems = phones.flatMap(phone => phone.problems())
    await Promise.all(phones.map(phone => phone.close()))
    phones = []
    expect(problems).toEqual([])
  })

  return {
    get shop() { return shop },
    async phoneOf(person: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
      const phone = await openPhone({ buildDir, cloudUrl: shop.url, browser, person, ...options })
      phones.push(phone)
      return phone
    },
  }
}
