import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feesOf } from '../../backend/pricing/fees.ts'
import type { FeeRules } from '../../backend/pricing/fees.ts'
import { chosen } from '../../backend/pricing/lines.ts'
import { quote } from '../../backend/pricing/rules.ts'
import type { Cart, PriceRules } from '../../backend/pricing/rules.ts'
import type { OptionGroup, Product } from '../../contracts/catalog.ts'
import type { CouponView } from '../../contracts/coupon.ts'
import type { CartLine, Quote } from '../../contracts/order.ts'

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
    optionGroups: [], specs: [], skus: [], weightGrams: 0, left: null, ...over,
  }
}

function coupon(over: Partial<CouponView> = {}): CouponView {
  return {
    id: 'c1', templateId: 't1', name: text('券'), benefit: { kind: 'AmountOff', amountFen: 500 }, scope: { kind: 'All' }, minimumFen: 0,
    audience: 'Members', validFromMs: 0, validUntilMs: 1000, state: 'Taken', orderId: null, ...over,
  }
}

const line = (productId: string, quantity = 1, choiceIds: string[] = []): CartLine => ({ productId, quantity, choiceIds })
const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0)

function priced(lines: CartLine[], products: Product[], rules: Partial<PriceRules> = {}, cart: Partial<Cart> = {}): Quote {
  return quote({ lines, way: null, coupon: 'None', ...cart }, {
    products: new Map(products.map(one => [one.id, one])), isMember: false, fees: {}, coupons: [], isNewMember: false, nowMs: 0, ...rules,
  })
}

describe('a quote', () => {
  it('adds the choices to the price of one piece and multiplies by the quantity', () => {
    const { lines, totalFen, count } = priced([line('milk-tea', 3, ['large', 'pearl'])], [product('milk-tea', { optionGroups: [size, extras] })])
    expect(lines[0]).toMatchObject({ unitFen: 2200, totalFen: 6600, choices: [text('大杯'), text('pearl')] })
    expect({ totalFen, count }).toEqual({ totalFen: 6600, count: 3 })
  })

  it('names goods that are gone and counts nothing for them', () => {
    const { lines, totalFen } = priced([line('gone'), line('tart')], [product('tart', { priceFen: 1200 })])
    expect(lines.map(one => one.problem)).toEqual(['Gone', undefined])
    expect(totalFen).toBe(1200)
  })

  it('tells sold out from not enough', () => {
    const { lines } = priced([line('a'), line('b', 3)], [product('a', { left: 0 }), product('b', { left: 2 })])
    expect(lines.map(({ problem, left }) => ({ problem, left }))).toEqual([{ problem: 'SoldOut', left: 0 }, { problem: 'NotEnough', left: 2 }])
  })

  it('does not let two lines take the last piece twice', () => {
    const { lines } = priced([line('mug'), line('mug')], [product('mug', { left: 1 })])
    expect(lines.map(one => one.problem)).toEqual([undefined, 'SoldOut'])
  })

  it('says why a line costs what it costs', () => {
    const goods = [product('tea', { optionGroups: [extras], memberPriceFen: 1500 }), product('mug', { priceFen: 6000 })]
    const bill = priced([line('tea', 2, ['oat']), line('mug')], goods, { isMember: true, coupons: [coupon()] }, { coupon: { id: 'c1' } })
    expect(bill.lines[0]!.reasons).toEqual([
      { kind: 'ListPrice', amountFen: 3600 },
      { kind: 'MemberPrice', amountFen: -600 },
      { kind: 'Choice', name: text('oat'), amountFen: 600 },
      { kind: 'Coupon', name: text('券'), amountFen: -188 },
    ])
    expect(bill).toMatchObject({
      goodsFen: 9600, totalFen: 9100, couponId: 'c1', discounts: [{ kind: 'Coupon', couponId: 'c1', amountFen: 500, shares: [188, 312] }],
    })
  })

  it('lets a choice take off no more than there is', () => {
    const own: OptionGroup = { ...extras, choices: [{ id: 'own-cup', name: text('自带杯'), deltaFen: -5000 }] }
    expect(priced([line('tea', 2, ['own-cup'])], [product('tea', { optionGroups: [own] })])).toMatchObject({ goodsFen: 0, totalFen: 0 })
  })
})

describe('goods with SKUs', () => {
  const bag = product('bag', {
    kind: 'Mall', picture: 'bag', priceFen: 5900, left: 4,
    specs: [{ id: 'colour', name: text('颜色'), values: [{ id: 'red', name: text('红') }, { id: 'blue', name: text('蓝') }] }],
    skus: [
      { id: 's-red', valueIds: ['red'], priceFen: 5900, memberPriceFen: 4900, weightGrams: 300, left: 3 },
      { id: 's-blue', valueIds: ['blue'], priceFen: 6900, picture: 'bag-blue', weightGrams: 320, left: 1 },
    ],
  })
  const wish = (skuId?: string, quantity = 1): CartLine => ({ ...line('bag', quantity), ...skuId === undefined ? {} : { skuId } })

  it('cost and look as the SKU does, and say which one it is', () => {
    const { lines, totalFen } = priced([wish('s-red', 2), wish('s-blue')], [bag], { isMember: true })
    expect(lines).toMatchObject([
      { skuId: 's-red', specs: [text('红')], picture: 'bag', unitFen: 4900, weightGrams: 300, totalFen: 9800 },
      { skuId: 's-blue', specs: [text('蓝')], picture: 'bag-blue', unitFen: 6900, weightGrams: 320 },
    ])
    expect(lines[0]!.reasons).toEqual([{ kind: 'ListPrice', amountFen: 11_800 }, { kind: 'MemberPrice', amountFen: -2000 }])
    expect(totalFen).toBe(16_700)
  })

  it('cannot be bought without saying which, nor by one that is not there; and other goods not by any', () => {
    const { lines, totalFen } = priced([wish(), wish('s-green'), { ...line('tea'), skuId: 's-red' }], [bag, product('tea')])
    expect(lines.map(one => one.problem)).toEqual(['SkuInvalid', 'SkuInvalid', 'SkuInvalid'])
    expect(lines[0]).toMatchObject({ name: text('bag'), picture: 'bag', totalFen: 0 })
    expect(totalFen).toBe(0)
  })

  it('run out one by one, and together where the whole product is limited', () => {
    const left = (lines: CartLine[], goods = bag) => priced(lines, [goods]).lines.map(({ problem, left: pieces }) => [problem, pieces])
    expect(left([wish('s-red', 3), wish('s-blue', 2), wish('s-red')])).toEqual([[undefined, undefined], ['NotEnough', 1], ['SoldOut', 0]])
    expect(left([wish('s-red', 3), wish('s-blue')])).toEqual([[undefined, undefined], [undefined, undefined]])
    expect(left([wish('s-red', 2), wish('s-blue')], { ...bag, left: 2 })).toEqual([[undefined, undefined], ['SoldOut', 0]])
  })
})

describe('the member price', () => {
  const tea = product('tea', { memberPriceFen: 1500 })

  it('is for members', () => {
    expect([true, false].map(isMember => priced([line('tea', 2)], [tea], { isMember }).totalFen)).toEqual([3000, 3600])
  })

  it('is never dearer than the list price', () => {
    expect(priced([line('tea')], [product('tea', { memberPriceFen: 1900 })], { isMember: true }).totalFen).toBe(1800)
  })
})

describe('fees', () => {
  const rules: FeeRules = {
    TakeAway: { packaging: { per: 'Piece', feeFen: 100 } },
    Delivery: { packaging: { per: 'Order', feeFen: 200 }, delivery: { kind: 'Fixed', feeFen: 600, freeFromFen: 5000 } },
  }
  const goods = [product('tea'), product('mug', { kind: 'Mall', priceFen: 6000 })]

  it('are charged by the way the goods go', () => {
    expect(feesOf({ way: 'DineIn', goodsFen: 1800, packedPieces: 1 }, rules)).toEqual([])
    expect(feesOf({ way: 'TakeAway', goodsFen: 5400, packedPieces: 3 }, rules)).toEqual([{ kind: 'Packaging', amountFen: 300, pieces: 3 }])
    expect(feesOf({ way: 'Delivery', goodsFen: 4999, packedPieces: 3 }, rules)).toEqual([{ kind: 'Packaging', amountFen: 200 }, { kind: 'Delivery', amountFen: 600 }])
    expect(feesOf({ way: 'Delivery', goodsFen: 5000, packedPieces: 0 }, rules)).toEqual([{ kind: 'Delivery', amountFen: 0, because: { kind: 'FreeFrom', freeFromFen: 5000 } }])
  })

  it('pack what is made at the bar, and not what comes packed', () => {
    expect(priced([line('tea', 2), line('mug', 3)], goods, { fees: rules }, { way: 'TakeAway' }).fees).toEqual([{ kind: 'Packaging', amountFen: 200, pieces: 2 }])
    expect(priced([line('mug')], goods, { fees: rules }, { way: 'TakeAway' }).fees).toEqual([])
  })

  it('are not charged for lines that cannot be bought, nor before anybody knows the way', () => {
    expect(priced([line('tea'), line('gone')], goods, { fees: rules }, { way: 'TakeAway' })).toMatchObject({ totalFen: 1900 })
    expect(priced([line('tea')], goods, { fees: rules })).toMatchObject({ fees: [], totalFen: 1800 })
  })

  it('are never discounted, and a coupon makes no delivery dearer', () => {
    const bill = priced([line('tea', 3)], goods, { fees: rules, coupons: [coupon({ benefit: { kind: 'AmountOff', amountFen: 5000 } })] }, { way: 'Delivery', coupon: 'Best' })
    expect(bill).toMatchObject({ goodsFen: 5400, totalFen: 400 + 200, fees: [{ kind: 'Packaging', amountFen: 200 }, { kind: 'Delivery', amountFen: 0 }] })
  })
})

describe('a coupon in a quote', () => {
  const goods = [product('tea'), product('mug', { categoryId: 'ware', priceFen: 6000 })]
  const big = coupon({ id: 'big', benefit: { kind: 'AmountOff', amountFen: 900 }, minimumFen: 2000, scope: { kind: 'Categories', categoryIds: ['tea'] } })

  it('is counted in only when it is asked for', () => {
    expect(priced([line('tea')], goods, { coupons: [coupon()] })).toMatchObject({ couponId: null, discounts: [], totalFen: 1800, bestCouponId: 'c1' })
  })

  it('is the best one when the best is asked for', () => {
    expect(priced([line('tea', 2)], goods, { coupons: [coupon(), big] }, { coupon: 'Best' })).toMatchObject({ couponId: 'big', totalFen: 2700 })
    expect(priced([line('tea')], goods, { coupons: [coupon(), big] }, { coupon: 'Best' })).toMatchObject({ couponId: 'c1', totalFen: 1300 })
  })

  it('that cannot be used is left out, with the reason', () => {
    const bill = priced([line('tea')], goods, { coupons: [big] }, { coupon: { id: 'big' } })
    expect(bill).toMatchObject({ couponId: null, totalFen: 1800, coupons: [{ problem: 'MinimumNotMet', missingFen: 200 }] })
  })

  it('touches only the lines in its scope', () => {
    const bill = priced([line('mug'), line('tea', 2)], goods, { coupons: [big] }, { coupon: 'Best' })
    expect(bill.lines.map(one => one.paidFen)).toEqual([6000, 2700])
  })

  it('of somebody else counts for nothing', () => {
    expect(priced([line('tea')], goods, { coupons: [coupon()] }, { coupon: { id: 'not-mine' } })).toMatchObject({ couponId: null, totalFen: 1800 })
  })
})

describe('whatever is in the cart', () => {
  const goods = [
    product('a', { priceFen: 1999, left: 5, memberPriceFen: 1777 }),
    product('b', { priceFen: 1, optionGroups: [extras], categoryId: 'cakes' }),
    product('c', { left: 0 }),
    product('d', { priceFen: 333, kind: 'Mall', categoryId: 'ware' }),
  ]
  const anyLine = fc.record({
    productId: fc.constantFrom('a', 'b', 'c', 'd', 'nowhere'),
    quantity: fc.integer({ min: 1, max: 99 }),
    choiceIds: fc.subarray(['pearl', 'jelly', 'oat']),
  })
  const benefit = fc.oneof(
    fc.record({ kind: fc.constant('AmountOff' as const), amountFen: fc.integer({ min: 1, max: 100_000 }) }),
    fc.record({
      kind: fc.constant('PercentOff' as const), percent: fc.integer({ min: 1, max: 99 }), capFen: fc.option(fc.integer({ min: 1, max: 5000 })),
    }),
  )
  const scope = fc.oneof(
    fc.constant({ kind: 'All' as const }),
    fc.record({ kind: fc.constant('Products' as const), productIds: fc.subarray(['a', 'b', 'd'], { minLength: 1 }) }),
    fc.record({ kind: fc.constant('Categories' as const), categoryIds: fc.subarray(['tea', 'cakes', 'ware'], { minLength: 1 }) }),
  )
  const anyCoupon = fc.record({ benefit, scope, minimumFen: fc.integer({ min: 0, max: 20_000 }) })
  const situation = fc.record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 20 }),
    coupons: fc.array(anyCoupon, { maxLength: 5 }).map(all => all.map((one, index) => coupon({ ...one, id: `c${index}` }))),
    isMember: fc.boolean(),
    way: fc.constantFrom(null, 'DineIn' as const, 'TakeAway' as const, 'Delivery' as const),
    fees: fc.record({
      TakeAway: fc.record({ packaging: fc.record({ per: fc.constantFrom('Piece' as const, 'Order' as const), feeFen: fc.integer({ min: 0, max: 500 }) }) }),
      Delivery: fc.record({ delivery: fc.record({ kind: fc.constant('Fixed' as const), feeFen: fc.integer({ min: 0, max: 900 }), freeFromFen: fc.option(fc.nat(9000)) }) }),
    }),
    choice: fc.oneof(fc.constantFrom('Best' as const, 'None' as const), fc.nat(4).map(index => ({ id: `c${index}` }))),
  })
  const bill = ({ lines, coupons, isMember, way, fees, choice }: typeof situation extends fc.Arbitrary<infer S> ? S : never) =>
    priced(lines, goods, { coupons, isMember, fees }, { way, coupon: choice })

  it('the total is what the good lines pay and the fees, to the fen', () => {
    fc.assert(fc.property(situation, (given) => {
      const { lines, fees, discounts, goodsFen, totalFen } = bill(given)
      const good = lines.filter(one => !one.problem)
      expect(totalFen).toBe(sum(good.map(one => one.paidFen)) + sum(fees.map(fee => fee.amountFen)))
      expect(totalFen).toBe(goodsFen - sum(discounts.map(one => one.amountFen)) + sum(fees.map(fee => fee.amountFen)))
      expect(goodsFen).toBe(sum(good.map(one => one.unitFen * one.quantity)))
      if (goodsFen > 0) expect(totalFen).toBeGreaterThanOrEqual(1)
      expect(Number.isSafeInteger(totalFen)).toBe(true)
    }))
  })

  it('every line pays from nothing to its price, and its reasons add up to what it pays', () => {
    fc.assert(fc.property(situation, (given) => {
      for (const one of bill(given).lines) {
        expect(one.paidFen).toBeGreaterThanOrEqual(0)
        expect(one.paidFen).toBeLessThanOrEqual(one.totalFen)
        expect(sum(one.reasons.map(reason => reason.amountFen))).toBe(one.paidFen)
        expect(sum(one.reasons.filter(reason => reason.kind !== 'Coupon').map(reason => reason.amountFen))).toBe(one.totalFen)
      }
    }))
  })

  it('the shares of a discount add up to it, and none falls on a line with a problem', () => {
    fc.assert(fc.property(situation, (given) => {
      const { lines, discounts, coupons, couponId } = bill(given)
      for (const { amountFen, shares } of discounts) {
        expect(sum(shares)).toBe(amountFen)
        for (const [index, share] of shares.entries()) if (share > 0) expect(lines[index]!.problem).toBeUndefined()
        expect(coupons.find(choice => choice.coupon.id === couponId)?.savesFen).toBe(amountFen)
      }
      expect(discounts).toHaveLength(couponId === null ? 0 : 1)
    }))
  })

  it('no coupon makes it cheaper than the best', () => {
    fc.assert(fc.property(situation, (given) => {
      const best = bill({ ...given, choice: 'Best' })
      expect(bill(given).totalFen).toBeGreaterThanOrEqual(best.totalFen)
      expect(best.couponId).toBe(best.bestCouponId)
    }))
  })

  it('no more pieces are sold than are left, and every line keeps its place', () => {
    fc.assert(fc.property(situation, (given) => {
      const { lines } = bill(given)
      expect(sum(lines.filter(one => one.productId === 'a' && !one.problem).map(one => one.quantity))).toBeLessThanOrEqual(5)
      expect(lines.map(one => one.productId)).toEqual(given.lines.map(one => one.productId))
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
