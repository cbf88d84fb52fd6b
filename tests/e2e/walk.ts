import { afterAll, beforeAll } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { setScene } from '../../scripts/steps/scene/scene.ts'
import { screens } from '../../scripts/steps/screens.ts'
import type { Screen } from '../../scripts/steps/screens.ts'
import type { TestShop } from '../support/localShop.ts'
import { openPhone, openStreet } from './support.ts'
import type { Phone } from './support.ts'

export type Locale = 'zh-CN' | 'en-US'

/** What moves comes to its end within this time, in ms. */
const REST_MS = 10_000

/** Runs in the page: waits for what moves and comes to an end. */
async function atRest(withinMs: number): Promise<void> {
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
  const restless = () => ending.filter(({ playState }) => playState !== 'finished' && playState !== 'idle')
    .map(animation => `${((animation.effect as KeyframeEffect).target as Element).className} (${animation.playState})`)
  let timer = 0
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject(new Error(`Still moving after ${withinMs} ms: ${restless().join(', ')}`)), withinMs)
  })
  await Promise.race([Promise.allSettled(ending.map(animation => animation.finished)), late]).finally(() => clearTimeout(timer))
}

/** Waits until sheets and bars lie still; fails with what does not. */
export const comesToRest = (page: Page): Promise<void> => page.evaluate(atRest, REST_MS)

/** The screens of the shop for tests of one file: one phone for each person, logged in before anything is counted. */
export function useWalk(locale: Locale) {
  let shop: TestShop
  let browser: Browser
  let close: () => Promise<void>
  let all: Map<string, Screen>
  const phones = new Map<string, Phone>()
  beforeAll(async () => {
    ({ shop, browser, close } = await openStreet())
    all = new Map(screens(await setScene(shop.url)).map(screen => [screen.name, screen]))
  })
  afterAll(async () => {
    await Promise.all([...phones.values()].map(phone => phone.close()))
    await close()
  })

  async function phoneOf(person: string): Promise<Phone> {
    const known = phones.get(person)
    if (known) return known
    const phone = await openPhone(browser, shop, person, { locale })
    phones.set(person, phone)
    await phone.goto('/pages/me/me')
    await phone.page.waitForFunction(key => localStorage.getItem(key) !== null, `xiaopu:${person}:session`)
    await phone.settled()
    return phone
  }

  return {
    /** A screen by its name, and the phone of who looks at it. */
    async start(name: string): Promise<{ screen: Screen, phone: Phone }> {
      const screen = all.get(name)!
      return { screen, phone: await phoneOf(screen.person) }
    },
  }
}
