import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findInMenu } from '@/goods/findInMenu'
import { headingHeight, rowHeight, rowsBetween, sectionAt, sectionTops, toSections } from '@/goods/sections'
import { tea } from './support/goods'
import type { MenuProduct, MenuScreen } from '@contracts/catalog.ts'

const usualName = { zh: '常点', en: 'Usual' }
const category = (id: string) => ({ id, kind: 'Menu' as const, name: { zh: id, en: id } })
const dish = (id: string, over: Partial<MenuProduct> = {}): MenuProduct => ({ ...tea, id, initials: '', ...over })
const menu = {
  categories: [category('drinks'), category('empty'), category('snacks')],
  products: [dish('tea'), dish('gone', { left: 0 }), dish('tart', { categoryId: 'snacks' }), dish('milk')],
  usual: [{ productId: 'tart', choiceIds: [] }, { productId: 'gone', choiceIds: [] }, { productId: 'unknown', choiceIds: [] }],
} as unknown as MenuScreen
const sections = toSections({ ...menu, usual: [] }, usualName)

describe('the menu in sections', () => {
  it('leaves out a heading with nothing under it', () => {
    expect(sections.map(section => section.id)).toEqual(['drinks', 'snacks'])
  })

  it('puts what is sold out at the end of its section', () => {
    expect(sections[0]!.products.map(product => product.id)).toEqual(['tea', 'milk', 'gone'])
  })

  it('begins with what the customer usually has, as far as it can be had, and keeps it in its own section too', () => {
    const withUsual = toSections(menu, usualName)
    expect(withUsual.map(({ id, products }) => [id, products.map(product => product.id)]))
      .toEqual([['usual', ['tart']], ['drinks', ['tea', 'milk', 'gone']], ['snacks', ['tart']]])
  })

  it('marks the section under the top edge', () => {
    const tops = sectionTops(sections)
    expect(tops).toEqual([0, headingHeight + 3 * rowHeight])
    expect(sectionAt(tops, 0)).toBe(0)
    expect(sectionAt(tops, tops[1]! - 1)).toBe(0)
    expect(sectionAt(tops, tops[1]!)).toBe(1)
    expect(sectionAt(tops, 100_000)).toBe(1)
    expect(sectionAt([], 0)).toBe(0)
  })

  it('draws every row that is in sight, and of a long menu few others', () => {
    const lengths = fc.array(fc.nat(40), { minLength: 1, maxLength: 12 })
    fc.assert(fc.property(lengths, fc.nat(60_000), fc.integer({ min: 1, max: 4_000 }), (counts, from, height) => {
      const long = counts.map((count, at) => ({ products: Array.from({ length: count }, (_, row) => dish(`${at}-${row}`)) }))
      const tops = sectionTops(long)
      const windows = rowsBetween(long, from, from + height)
      for (const [index, { products }] of long.entries()) {
        const drawn = windows[index]!
        expect(drawn.from).toBeLessThanOrEqual(drawn.until)
        for (const row of products.keys()) {
          const top = tops[index]! + headingHeight + row * rowHeight
          const isInSight = top < from + height && top + rowHeight > from
          if (isInSight) expect(row >= drawn.from && row < drawn.until).toBe(true)
        }
      }
      const rows = windows.reduce((sum, drawn) => sum + drawn.until - drawn.from, 0)
      expect(rows).toBeLessThanOrEqual(height / rowHeight + 2 * 4 * long.length)
    }))
  })
})

describe('the search in the menu', () => {
  const goods = [
    dish('pearl', { name: { zh: '黑糖珍珠鲜奶', en: 'Brown Sugar Pearl Milk' }, initials: 'htzzxn' }),
    dish('zhen', { name: { zh: '小铺珍珠奶茶', en: 'House Pearl Milk Tea' }, initials: 'xpzznc', summary: { zh: '黑糖可加', en: 'with syrup' } }),
    dish('tart', { name: { zh: '蛋挞', en: 'Egg Tart' }, initials: 'dt' }),
  ]
  const found = (typed: string) => findInMenu(goods, typed).map(product => product.id)

  it('finds by a name in either language and by first letters, the nearest first', () => {
    expect(found('珍珠')).toEqual(['pearl', 'zhen'])
    expect(found('黑糖')).toEqual(['pearl', 'zhen'])
    expect(found('xpzz')).toEqual(['zhen'])
    expect(found('ZZ')).toEqual(['pearl', 'zhen'])
    expect(found('egg')).toEqual(['tart'])
    expect(found('ＤＴ')).toEqual(['tart'])
  })

  it('wants all words, in whatever order', () => {
    expect(found('milk house')).toEqual(['zhen'])
    expect(found('milk egg')).toEqual([])
  })

  it('finds nothing for nothing, and takes no text for a pattern', () => {
    expect(found('  ')).toEqual([])
    expect(found('.*')).toEqual([])
  })
})
