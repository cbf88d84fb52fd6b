import { expect, it } from 'vitest'
import * as v from 'valibot'
import { aimBanners, hasStrangePicture, shownSections, usualSections } from '../../backend/catalog/arrangement.ts'
import { homeStaffActions } from '../../contracts/home.ts'
import type { HomeSection } from '../../contracts/home.ts'

const words = { zh: '字', en: 'words' }
const picture = (file: string): HomeSection => ({ kind: 'Picture', picture: file, title: words, text: words, target: { kind: 'Menu' } })
const banner = (id: string, productId?: string) => ({ id, picture: id, title: words, subtitle: words, ...productId ? { productId } : {} })
const wish = (sections: unknown[]) => v.safeParse(homeStaffActions.arrangeHome.input, { revision: 0, banners: [], sections }).success

it('shows the usual sections until somebody arranges them, and then those that are on', () => {
  expect(shownSections()).toEqual(usualSections)
  expect(shownSections([{ kind: 'Coupons', isOff: true }, { kind: 'Ways' }])).toEqual([{ kind: 'Ways' }])
})

it('takes no picture that the home screen did not have', () => {
  expect(hasStrangePicture([picture('b'), picture('a')], [picture('a'), picture('b')])).toBe(false)
  expect(hasStrangePicture([picture('c')], [picture('a')])).toBe(true)
})

it('sends a banner to goods or to nowhere, and leaves alone what nobody named', () => {
  const aimed = aimBanners([banner('a', 'tea'), banner('b', 'tart'), banner('c')], [{ id: 'a', productId: null }, { id: 'c', productId: 'cup' }])
  expect(aimed).toEqual([banner('a'), banner('b', 'tart'), banner('c', 'cup')])
})

it('takes each section once, but goods and pictures as often as the merchant likes', () => {
  const goods = { kind: 'Goods', title: words, layout: 'Grid', source: { kind: 'New', of: 'Mall' }, max: 4 }
  expect(wish([goods, goods, picture('a'), picture('a'), { kind: 'Ways' }])).toBe(true)
  expect(wish([{ kind: 'Ways' }, { kind: 'Ways' }])).toBe(false)
})

it.each([
  ['nothing at all', []],
  ['thirteen sections', Array.from({ length: 13 }, () => picture('a'))],
  ['a title of blanks', [{ kind: 'Categories', title: { zh: ' ', en: 'Shop' } }]],
  ['more goods than a section holds', [{ kind: 'Goods', title: words, layout: 'Grid', source: { kind: 'New', of: 'Mall' }, max: 13 }]],
  ['a key that nobody knows', [{ kind: 'Ways', html: '<b>' }]],
])('does not take %s', (_what, sections) => {
  expect(wish(sections)).toBe(false)
})
