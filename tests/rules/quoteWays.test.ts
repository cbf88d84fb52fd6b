import { expect, describe, it } from 'vitest'
import { quote } from '../../backend/pricing/rules.ts'
import type { Cart, PriceRules } from '../../backend/pricing/rules.ts'
import type { Product } from '../../contracts/catalog.ts'
import type { CouponView } from '../../contracts/coupon.ts'

const text = (zh: string) => ({ zh, en: zh })
const product = (id: string, over: Partial<Product> = {}): Product => ({
  id, categoryId: 'tea', kind: 'Menu', name: text(id), summary: text(''), picture: '', priceFen: 1000, soldCount: 0,
  optionGroups: [], specs: [], skus: [], weightGrams: 0, left: null, ...over,
})
const goods = [
  product('tea'), product('gone-tea', { left: 0 }), product('honey', { kind: 'Mall', weightGrams: 700 }), product('jar', { kind: 'Mall' }), product('mug', { kind: 'Mall', ways: ['TakeAway'] }),
]
const freight = {
  zones: [{ provinces: ['33' as const], firstGrams: 1000, firstFen: 800, furtherGrams: 1000, furtherFen: 200, freeFromFen: null }], notDeliverable: [],
}
const fees: PriceRules['fees'] = {
  TakeAway: { packaging: { per: 'Piece', feeFen: 100 }, utensils: { freeSets: 1, feeFen: 50 } }, Express: { freight },
}
const serving: PriceRules['serving'] = { hours: { from: '09:00', until: '21:00' }, fees }
const noon = Date.parse('2026-03-02T12:00:00+08:00')
const line = (productId: string, quantity = 1) => ({ productId, quantity, choiceIds: [] })
const priced = (lines: Cart['lines'], cart: Partial<Cart> = {}, rules: Partial<PriceRules> = {}) => quote({ lines, way: null, coupon: 'None', ...cart }, {
  products: new Map(goods.map(one => [one.id, one])), isMember: false, fees, coupons: [], isNewMember: false, nowMs: noon, ...rules,
})

describe('a quote says in which ways each line can go', () => {
  it('and which lines cannot go the way that was chosen; what is gone is gone either way', () => {
    const bill = priced([line('tea'), line('honey'), line('nowhere')], { way: 'DineIn' })
    expect(bill.ways).toEqual([['DineIn', 'TakeAway', 'Delivery'], ['Express', 'PickUp'], []])
    expect(bill.lines.map(one => one.problem)).toEqual([undefined, 'OtherWay', 'Gone'])
    expect(bill).toMatchObject({ count: 1, goodsFen: 1000, totalFen: 1000 })
  })

  it('and blames no line while nobody has chosen', () => {
    expect(priced([line('tea'), line('honey')]).lines.map(one => one.problem)).toEqual([undefined, undefined])
  })
})

describe('a quote says what is in the way of the order', () => {
  it('once somebody has chosen how it goes, and the store is asked', () => {
    const express = { way: 'Express' as const }
    expect(priced([line('honey')], express, { serving }).obstacle).toEqual({ kind: 'AddressNeeded' })
    expect(priced([line('honey')], express).obstacle).toBeNull()
    expect(priced([line('honey')], {}, { serving }).obstacle).toBeNull()
    expect(priced([line('honey')], { ...express, destination: { province: '33', meters: null } }, { serving }).obstacle).toBeNull()
  })
})

describe('a trip costs', () => {
  const freightOf = (lines: Cart['lines']) => {
    const [fee] = priced(lines, { way: 'Express', destination: { province: '33', meters: null } }).fees
    return [fee?.amountFen, fee?.because?.kind === 'Weight' ? fee.because.grams : null]
  }

  it('by what its pieces weigh; half a kilogram where nobody has said it', () => {
    expect(freightOf([line('honey', 3)])).toEqual([1200, 2100])
    expect(freightOf([line('honey', 1), line('jar', 2)])).toEqual([1000, 1700])
  })

  it('nothing for lines that cannot be bought', () => {
    expect(freightOf([line('honey'), line('tea', 9), line('nowhere', 9)])).toEqual([800, 700])
    expect(priced([line('tea'), line('gone-tea', 5)], { way: 'TakeAway' }).fees).toEqual([{ kind: 'Packaging', amountFen: 100, pieces: 1 }])
  })

  it('for the cutlery beyond what is free', () => {
    const bill = priced([line('mug')], { way: 'TakeAway', utensils: 3 })
    expect(bill.fees).toEqual([{ kind: 'Utensils', amountFen: 100, pieces: 2 }])
    expect(priced([line('mug')], { way: 'TakeAway' }).fees).toEqual([])
  })
})

it('a coupon is no reason for a line that it takes nothing off', () => {
  const coupon: CouponView = {
    id: 'c1', templateId: 't1', name: text('券'), benefit: { kind: 'AmountOff', amountFen: 300 }, scope: { kind: 'Products', productIds: ['tea'] },
    minimumFen: 0, audience: 'Members', validFromMs: 0, validUntilMs: noon + 1, state: 'Taken', orderId: null,
  }
  const bill = priced([line('tea'), line('jar')], { coupon: 'Best' }, { coupons: [coupon] })
  expect(bill.lines.map(one => one.reasons.map(reason => reason.kind))).toEqual([['ListPrice', 'Coupon'], ['ListPrice']])
})
