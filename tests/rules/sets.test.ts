import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeSet } from '../../backend/catalog/sets.ts'
import type { ProductDocument, ProductOnSale } from '../../backend/catalog/products.ts'
import { countedPieces } from '../../backend/order/pieces.ts'
import { priceLines } from '../../backend/pricing/lines.ts'
import { isSet, partsIn, pricedParts, setPriceMax } from '../../backend/pricing/sets.ts'
import { planRefund, nothingBack } from '../../backend/refund/rules.ts'
import { stockIdOf, takenFrom } from '../../backend/stock/rules.ts'
import type { SetPart } from '../../contracts/catalog.ts'

const same = (text: string) => ({ zh: text, en: text })
const plain = (id: string, over: Partial<ProductOnSale> = {}): ProductOnSale => ({
  id, categoryId: 'all', kind: 'Menu', name: same(id), summary: same(''), picture: `${id}.webp`, priceFen: 1000, soldCount: 0, optionGroups: [],
  specs: [], skus: [], weightGrams: 0, left: null, sources: [], ...over,
})
const size = {
  id: 'size', name: same('size'), min: 1, max: 1,
  choices: [{ id: 'medium', name: same('medium'), deltaFen: 0 }, { id: 'large', name: same('large'), deltaFen: 300 }],
}
const shelf = (id: string, left: number): Partial<ProductOnSale> => ({ left, sources: [{ productId: id }] })
const tea = plain('tea', { priceFen: 1400, optionGroups: [size] })
const latte = plain('latte', { priceFen: 1800 })
const tart = plain('tart', { priceFen: 1200, ...shelf('tart', 5) })
const bun = plain('bun', { priceFen: 900, ...shelf('bun', 3) })

/** A drink, a tart, and two snacks of three. */
const document = {
  _id: 'set',
  parts: [{ productId: 'tart', quantity: 2, choiceIds: [] }],
  optionGroups: [
    {
      id: 'drink', name: same('drink'), min: 1, max: 1,
      choices: [
        { id: 'with-tea', name: same('tea'), deltaFen: 0, part: { productId: 'tea', quantity: 1, choiceIds: ['large'] } },
        { id: 'with-latte', name: same('latte'), deltaFen: 200, part: { productId: 'latte', quantity: 1, choiceIds: [] } },
      ],
    },
    {
      id: 'snacks', name: same('snacks'), min: 2, max: 2,
      choices: [
        { id: 'with-bun', name: same('bun'), deltaFen: 0, part: { productId: 'bun', quantity: 1, choiceIds: [] } },
        { id: 'with-tart', name: same('tart'), deltaFen: 100, part: { productId: 'tart', quantity: 1, choiceIds: [] } },
        { id: 'with-cake', name: same('cake'), deltaFen: 0, part: { productId: 'cake', quantity: 1, choiceIds: [] } },
      ],
    },
  ],
} as unknown as ProductDocument
const bare = plain('set', { priceFen: 4000, optionGroups: document.optionGroups.map(({ choices, ...group }) =>
  ({ ...group, choices: choices.map(({ part: _part, ...choice }) => choice) })) })

const cake = plain('cake', { priceFen: 1600 })
const kitchen = (...dishes: ProductOnSale[]) => {
  const dishesById = new Map([tea, latte, tart, bun, cake, ...dishes].map(dish => [dish.id, dish]))
  return new Map([...dishesById, ['set', completeSet(bare, document, dishesById)] as const])
}
const setOf = (...dishes: ProductOnSale[]) => kitchen(...dishes).get('set')!
const picks = ['with-tea', 'with-bun', 'with-cake']
const quoted = (lines: { choiceIds?: string[], quantity?: number, productId?: string }[], products = kitchen()) => priceLines(
  lines.map(({ choiceIds = picks, quantity = 1, productId = 'set' }) => ({ productId, choiceIds, quantity })), { products, isMember: false },
)

describe('a set meal on the menu', () => {
  it('shows its dishes with what they cost by themselves, made as the set makes them', () => {
    const { parts, optionGroups } = setOf()
    expect(parts).toMatchObject([{ productId: 'tart', quantity: 2, listFen: 2400 }])
    expect(optionGroups[0]!.choices.map(choice => choice.part?.listFen)).toEqual([1700, 1800])
    expect(optionGroups[0]!.choices[0]!.part?.choices).toEqual([same('large')])
    expect([isSet(setOf()), isSet(tea)]).toEqual([true, false])
  })

  it('can be had as often as its dishes go', () => {
    expect(setOf().left).toBe(2)
    expect(setOf(plain('tart', { left: null })).left).toBeNull()
  })

  it('is sold out when a dish is lacking that is always in it', () => {
    expect(setOf(plain('tart', shelf('tart', 1))).left).toBe(0)
    const without = new Map([tea, latte, bun, cake].map(dish => [dish.id, dish]))
    expect(completeSet(bare, document, without)).toMatchObject({ left: 0, parts: [] })
  })

  it('offers the other dishes of a group when one is lacking, until too few are left', () => {
    const withoutBuns = setOf(plain('bun', shelf('bun', 0)))
    expect(withoutBuns.optionGroups[1]!.choices.map(choice => choice.isSoldOut ?? false)).toEqual([true, false, false])
    expect(withoutBuns.left).toBe(2)
    expect(setOf(plain('bun', shelf('bun', 0)), plain('cake', { left: 0 })).left).toBe(0)
    const offSize = { ...size, choices: size.choices.map(choice => ({ ...choice, isSoldOut: true })) }
    expect(setOf({ ...tea, optionGroups: [offSize] }).optionGroups[0]!.choices[0]!.isSoldOut).toBe(true)
  })
})

describe('the price of a set meal', () => {
  it('is its own, with what a pick costs on top, and each dish has its share of it', () => {
    const [line] = quoted([{ choiceIds: ['with-latte', 'with-bun', 'with-cake'] }])
    expect(line).toMatchObject({ unitFen: 4200, reasons: [{ kind: 'ListPrice', amountFen: 4000 }, { kind: 'Choice', amountFen: 200 }], choices: [] })
    expect(line!.parts!.map(part => part.productId)).toEqual(['tart', 'latte', 'bun', 'cake'])
    expect(line!.parts!.reduce((sum, part) => sum + part.shareFen, 0)).toBe(4200)
  })

  it('is split to the fen, none below nothing, the dearest dish the most, whatever the dishes cost', () => {
    const partOf = fc.record({ listFen: fc.nat(20_000), quantity: fc.integer({ min: 1, max: 4 }) }).map(({ listFen, quantity }): SetPart =>
      ({ productId: 'p', name: same('p'), picture: '', quantity, choiceIds: [], choices: [], listFen }))
    fc.assert(fc.property(fc.array(partOf, { minLength: 1, maxLength: 12 }), fc.nat(100_000), (parts, unitFen) => {
      const shares = pricedParts({ parts }, [], unitFen).parts!.map(part => part.shareFen)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(unitFen)
      expect(shares.every(share => share >= 0)).toBe(true)
      const dearest = Math.max(...parts.map(part => part.listFen))
      if (dearest > 0) expect(Math.max(...shares) - shares[parts.findIndex(part => part.listFen === dearest)]!).toBeLessThanOrEqual(1)
    }))
  })

  it('is at most what the cheapest dishes would cost one by one', () => {
    // Two tarts 2400, tea 1700 or latte 1800 − 200, bun 900 and tart 1200 − 100.
    expect(setPriceMax(setOf())).toBe(2400 + 1600 + 900 + 1100)
    expect(setPriceMax(tea)).toBe(0)
  })

  it('goes back piece by piece, to the fen', () => {
    const lines = quoted([{ quantity: 2 }]).map(line => ({ ...line, paidFen: line.paidFen - 333 }))
    const order = { totalFen: lines[0]!.paidFen, lines }
    const first = planRefund(order, nothingBack(order), { kind: 'Lines', lines: [{ line: 0, quantity: 1 }] })
    if (typeof first === 'string') throw new Error(first)
    const second = planRefund(order, first.after, { kind: 'Whole' })
    if (typeof second === 'string') throw new Error(second)
    expect(first.amountFen + second.amountFen).toBe(order.totalFen)
  })
})

describe('the dishes of a set meal', () => {
  it('are counted with those ordered by themselves, over all lines', () => {
    const lines = quoted([{ productId: 'tart', choiceIds: [], quantity: 2 }, {}, {}])
    // Five tarts: two alone, two in the first set; one is left, and the second set needs two.
    expect(lines.map(line => line.problem)).toEqual([undefined, undefined, 'SoldOut'])
  })

  it('cannot be picked when they are gone', () => {
    const products = kitchen(plain('bun', shelf('bun', 0)))
    expect(quoted([{}, { choiceIds: ['with-tea', 'with-tart', 'with-cake'] }], products).map(line => line.problem))
      .toEqual(['ChoiceSoldOut', undefined])
    expect(quoted([{ choiceIds: ['with-tea', 'with-bun'] }])[0]!.problem).toBe('ChoiceInvalid')
  })

  it('are taken from the shelf, a dish that stands in it twice twice', () => {
    const lines = quoted([{ choiceIds: ['with-tea', 'with-tart', 'with-bun'] }, { productId: 'bun', choiceIds: [], quantity: 1 }])
    const pieces = countedPieces(lines, kitchen())
    expect(Object.fromEntries(pieces.map(piece => [stockIdOf(piece), piece.quantity]))).toEqual({ tart: 3, bun: 2 })
    expect(takenFrom(lines[0]!, { productId: 'tart' })).toBe(3)
  })

  it('are never promised beyond what is there, whatever the cart', () => {
    const wish = fc.constantFrom<{ productId: string, choiceIds: string[] }>(
      { productId: 'set', choiceIds: picks }, { productId: 'set', choiceIds: ['with-latte', 'with-tart', 'with-bun'] },
      { productId: 'tart', choiceIds: [] }, { productId: 'bun', choiceIds: [] },
    )
    const wishes = fc.array(fc.record({ wish, quantity: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(wishes, fc.nat(9), fc.nat(9), (cart, tarts, buns) => {
      const products = kitchen(plain('tart', shelf('tart', tarts)), plain('bun', shelf('bun', buns)))
      const lines = quoted(cart.map(one => ({ ...one.wish, quantity: one.quantity })), products)
      const good = lines.filter(line => line.problem === undefined)
      const taken = new Map(countedPieces(good, products).map(piece => [piece.productId, piece.quantity]))
      expect(taken.get('tart') ?? 0).toBeLessThanOrEqual(tarts)
      expect(taken.get('bun') ?? 0).toBeLessThanOrEqual(buns)
    }))
  })

  it('are those that are always in it, then those that were picked', () => {
    const set = setOf()
    expect(partsIn(set, set.optionGroups[0]!.choices.slice(0, 1)).map(part => part.productId)).toEqual(['tart', 'tea'])
  })
})
