import { expect, it } from 'vitest'
import { pageOf } from './shopping.ts'
import { useStreet } from './street.ts'

/** How a person wants the shop to look is chosen once, holds on every page and is still so the next time. */
const street = useStreet()

it('language, letters and theme are chosen on Me, and the goods are shown so', async () => {
  const ann = await street.phoneOf('ann', { path: 'pages/me/me' })
  await ann.tap('.language-en')
  await ann.see('My orders')
  // Larger letters move what stands below them: the next tap is for what has come to rest.
  for (const choice of ['.text-large', '.theme-dark']) {
    await ann.tap(choice)
    await ann.see(`${choice}.segments__choice--current`)
  }
  await ann.open({ path: pageOf('rice-bowl') })
  await ann.see('.head__name:has-text("Sprig rice bowl")')
  await ann.see('Add to cart')
  expect((await ann.texts('.head__prices, .head__title, .product__row, .bar__word')).join()).not.toMatch(/[\u4e00-\u9fff]/)
  await ann.open({ path: 'pages/me/me' })
  for (const choice of ['.language-en', '.text-large', '.theme-dark']) await ann.see(`${choice}.segments__choice--current`)
}, 60_000)
