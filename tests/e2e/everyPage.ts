import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { listedScreens } from '../../scripts/steps/screens.ts'
import { faintTexts, foreignTexts, namelessControls, smallTargets } from './look.ts'
import { comesToRest, useWalk } from './walk.ts'
import type { Locale } from './walk.ts'

/** What customers and the merchant have written: remarks, addresses, why they want money back. */
const ownWords = ['珍珠多一点', '一起上', '要的是少冰', '林小满', '桥弄街 40 号', '文三路']

/** Everything that is wrong with what is on the screen, in words that name the place. */
async function faults(page: Page, locale: Locale): Promise<string[]> {
  const found = [...await page.evaluate(namelessControls), ...await page.evaluate(smallTargets)]
  found.push(...await page.evaluate(foreignTexts, [locale, ownWords] as const))
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await comesToRest(page)
    const faint = await page.evaluate(faintTexts)
    found.push(...faint.map(text => `${colorScheme}: ${text}`))
  }
  return found
}

/**
 * Rules that hold on every page, present and future, for who speaks this language: this walk reads the table of screens
 * (scripts/steps/screens.ts), and a screen that breaks a rule fails.
 */
export function walkOverEveryPage(locale: Locale): void {
  const walk = useWalk(locale)
  describe(`in ${locale}, shown by one call, and seen, read, heard and touched by everyone:`, () => {
    it.each(listedScreens)('$name', async ({ name }) => {
      const { screen, phone } = await walk.start(name)
      // The screen before this one may still be looking what is new.
      await phone.page.goto('about:blank')
      phone.calls()
      await phone.goto(screen.path)
      const calls = phone.calls()
      const found = calls.length > 1 ? [`asked ${calls.join(', ')}`] : []
      await screen.prepare?.(phone.page)
      if (screen.prepare) await phone.settled()
      await comesToRest(phone.page)
      found.push(...await faults(phone.page, locale), ...phone.errors.splice(0))
      expect(found).toEqual([])
    })
  })
}
