import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosen, quote } from '../../backend/pricing/rules.ts'
import type { OptionGroup, Product } from '../../contracts/catalog.ts'
import type { CartLine } from '../../contracts/order.ts'

const text = (zh: string) => ({ zh, en: zh })
const size: OptionGroup = {
  id: 'size', name: text('杯型'), min: 1, max: 1,
  choices: [{ id: 'medium', name: text('中杯'), deltaFen: 0 }, { id: 'large', name: text('大杯'), deltaFen: 300 }],
}
const extras: OptionGroup = {
  id: 'extras', name: text('加料'), min: 0, max: 2,
  choices: ['pearl', 'jelly', 'oat'].map((id, index) => ({ id, name: text(id), deltaFen: 100 * (index + 1) })),
}

function product(id: string, over: Partial<Product> = {}): Product {
  return {
    id, categoryId: 'tea', kind: 'Menu', name: text(id), summary: text(''), picture: '', priceFen: 1800, soldCount: 0,
    optionGroups: [], left: null, ...over,
  }
}

const shelf = (...products: Product[]) => new Map(products.map(one => [one.id, one]))
const line = (productId: string, quantity = 1, choiceIds: string[] = []): CartLine => ({ productId, quantity, choiceIds })

describe('a quote', () => {
  it('adds the choices to the price of one piece and multiplies by the quantity', () => {
    const { lines, totalFen, count } = quote([line('milk-tea', 3, ['large', 'pearl'])], shelf(product('milk-tea', { optionGroups: [size, extras] })))
    expect(lines[0]).toMatchObject({ unitFen: 2200, totalFen: 6600, choices: [text('大杯'), text('pearl')] })
    expect({ totalFen, count }).toEqual({ totalFen: 6600, count: 3 })
  })

  it('names goods that are gone and counts nothing for them', () => {
    const { lines, totalFen } = quote([line('gone'), line('tart')], shelf(product('tart', { priceFen: 1200 })))
    expect(lines.map(one => one.problem)).toEqual(['Gone', undefined])
    expect(totalFen).toBe(1200)
  })

  it('tells sold out from not enough', () => {
    const { lines } = quote([line('a'), line('b', 3)], shelf(product('a', { left: 0 }), product('b', { left: 2 })))
    expect(lines.map(({ problem, left }) => ({ problem, left }))).toEqual([{ problem: 'SoldOut', left: 0 }, { problem: 'NotEnough', left: 2 }])
  })

  it('does not let two lines take the last piece twice', () => {
    const { lines } = quote([line('mug'), line('mug')], shelf(product('mug', { left: 1 })))
    expect(lines.map(one => one.problem)).toEqual([undefined, 'SoldOut'])
  })

  it('is the exact sum of its good lines, whatever is in the cart', () => {
    const goods = shelf(product('a', { priceFen: 1999, left: 5 }), product('b', { priceFen: 1, optionGroups: [extras] }), product('c', { left: 0 }))
    const anyLine = fc.record({
      productId: fc.constantFrom('a', 'b', 'c', 'nowhere'),
      quantity: fc.integer({ min: 1, max: 99 }),
      choiceIds: fc.subarray(['pearl', 'jelly', 'oat']),
    })
    fc.assert(fc.property(fc.array(anyLine, { minLength: 1, maxLength: 20 }), (lines) => {
      const priced = quote(lines, goods)
      const good = priced.lines.filter(one => !one.problem)
      expect(priced.totalFen).toBe(good.reduce((sum, one) => sum + one.unitFen * one.quantity, 0))
      expect(Number.isSafeInteger(priced.totalFen)).toBe(true)
      expect(good.filter(one => one.productId === 'a').reduce((sum, one) => sum + one.quantity, 0)).toBeLessThanOrEqual(5)
      expect(priced.lines).toHaveLength(lines.length)
    }))
  })
})

describe('choices', () => {
  it.each([
    ['a required group is missing', [], null],
    ['a single choice is taken twice', ['medium', 'large'], null],
    ['too many extras', ['medium', 'pearl', 'jelly', 'oat'], null],
    ['an unknown choice', ['medium', 'gold-leaf'], null],
    ['the same choice twice', ['medium', 'medium'], null],
  ])('are refused when %s', (_why, choiceIds, expected) => {
    expect(chosen([size, extras], choiceIds)).toBe(expected)
  })

  it('come back in the order of the menu', () => {
    expect(chosen([size, extras], ['oat', 'large', 'pearl'])?.map(choice => choice.id)).toEqual(['large', 'pearl', 'oat'])
  })
})
