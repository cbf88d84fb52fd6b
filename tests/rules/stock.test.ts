import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOnShelf, leftAt, openedDay, sourcesOf, stockIdOf, takesFrom } from '../../backend/stock/rules.ts'

// 2026-03-01 00:00 in Beijing.
const MIDNIGHT_MS = Date.UTC(2026, 1, 28, 16)

describe('the sources of a product', () => {
  it('are none for what is made to order', () => {
    expect(sourcesOf('tea', { counted: false }, MIDNIGHT_MS)).toEqual([])
    expect(leftAt([], new Map())).toBeNull()
  })

  it('are the shelf for counted goods, and of a shelf that no document knows nothing is left', () => {
    const sources = sourcesOf('cup', { counted: true }, MIDNIGHT_MS)
    expect(sources.map(stockIdOf)).toEqual(['cup'])
    expect(leftAt(sources, new Map([['cup', 3]]))).toBe(3)
    expect(leftAt(sources, new Map())).toBe(0)
  })

  it('are the portions of the Beijing day, all there until somebody has ordered, and new ones from midnight', () => {
    const of = (nowMs: number) => sourcesOf('soup', { counted: false, perDay: 20 }, nowMs)
    expect(of(MIDNIGHT_MS - 1).map(stockIdOf)).toEqual(['soup@20260228'])
    expect(of(MIDNIGHT_MS).map(stockIdOf)).toEqual(['soup@20260301'])
    expect(leftAt(of(MIDNIGHT_MS), new Map([['soup@20260228', 0]]))).toBe(20)
    expect(leftAt(of(MIDNIGHT_MS), new Map([['soup@20260301', 0]]))).toBe(0)
  })

  it('are a shelf for each SKU, and the portions of the whole product', () => {
    const sources = sourcesOf('bag', { counted: true, perDay: 9, skus: [{ id: 'red' }, { id: 'blue' }] }, MIDNIGHT_MS)
    expect(sources.map(stockIdOf)).toEqual(['bag:red', 'bag:blue', 'bag@20260301'])
    const taken = (wanted: { productId: string, skuId?: string }) => sources.filter(source => takesFrom(wanted, source)).map(stockIdOf)
    expect(taken({ productId: 'bag', skuId: 'red' })).toEqual(['bag:red', 'bag@20260301'])
    expect(taken({ productId: 'bag' })).toEqual(['bag@20260301'])
    expect(taken({ productId: 'cup', skuId: 'red' })).toEqual([])
  })

  it('are never the same document for two shelves', () => {
    const id = fc.string({ unit: fc.constantFrom('a', 'b', '-', '_'), minLength: 1, maxLength: 4 })
    const source = fc.record({
      productId: id, skuId: fc.option(id, { nil: undefined }),
      daily: fc.option(fc.record({ day: fc.constantFrom('20260301', '20260302'), portions: fc.constant(3) }), { nil: undefined }),
    })
    const clean = (one: object) => JSON.parse(JSON.stringify(one)) as Parameters<typeof stockIdOf>[0]
    fc.assert(fc.property(source, source, (one, other) => {
      const [a, b] = [clean(one), clean(other)]
      expect(stockIdOf(a) === stockIdOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }))
  })

  it('are both for a product that has both, and the scarcer one decides', () => {
    fc.assert(fc.property(fc.nat(500), fc.nat(500), (onShelf, today) => {
      const sources = sourcesOf('cake', { counted: true, perDay: 20 }, MIDNIGHT_MS)
      expect(leftAt(sources, new Map([['cake', onShelf], ['cake@20260301', today]]))).toBe(Math.min(onShelf, today))
    }))
  })
})

it('A day opens with all of its portions, and nothing that comes back can be put among them', () => {
  const daily = { day: '20260301', portions: 20 }
  expect(openedDay({ productId: 'soup' }, daily)).toEqual({
    _id: 'soup@20260301', available: 20, supplied: 20, sold: 0, holds: [], day: '20260301',
  })
  expect([isOnShelf({ productId: 'soup', daily, quantity: 1 }), isOnShelf({ productId: 'cup', quantity: 1 })]).toEqual([false, true])
})
