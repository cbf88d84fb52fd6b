import { expect, it } from 'vitest'
import { headingHeight, rowHeight, sectionAt, sectionTops, toSections } from '@/goods/sections'
import { tea } from './support/goods'
import type { MenuScreen } from '@contracts/catalog.ts'

const category = (id: string) => ({ id, kind: 'Menu' as const, name: { zh: id, en: id } })
const menu = {
  categories: [category('drinks'), category('empty'), category('snacks')],
  products: [tea, { ...tea, id: 'tart', categoryId: 'snacks' }, { ...tea, id: 'milk' }],
} as unknown as MenuScreen

it('leaves out a heading with nothing under it', () => {
  expect(toSections(menu).map(section => section.category.id)).toEqual(['drinks', 'snacks'])
})

it('marks the section under the top edge', () => {
  const tops = sectionTops(toSections(menu))
  expect(tops).toEqual([0, headingHeight + 2 * rowHeight])
  expect(sectionAt(tops, 0)).toBe(0)
  expect(sectionAt(tops, tops[1]! - 1)).toBe(0)
  expect(sectionAt(tops, tops[1]!)).toBe(1)
  expect(sectionAt(tops, 100_000)).toBe(1)
  expect(sectionAt([], 0)).toBe(0)
})
