import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestOf, fateOfLock, refusalToTake, takesOffFen, validityOf, weigh } from '../../backend/promotion/coupon/rules.ts'
import type { Basket, Goods } from '../../backend/promotion/coupon/rules.ts'
import { statesOf } from '../../backend/machine.ts'
import { orderMachine } from '../../backend/order/rules.ts'
import type { CouponView } from '../../contracts/coupon.ts'

const name = { zh: '券', en: 'Coupon' }

function coupon(over: Partial<CouponView> = {}): CouponView {
  return {
    id: 'c1', templateId: 't1', name, benefit: { kind: 'AmountOff', amountFen: 500 }, scope: { kind: 'All' }, minimumFen: 0,
    audience: 'Members', validFromMs: 100, validUntilMs: 200, state: 'Taken', orderId: null, ...over,
  }
}

const tea: Goods = { productId: 'tea', categoryId: 'drinks', totalFen: 1800 }
const mug: Goods = { productId: 'mug', categoryId: 'ware', totalFen: 6000 }
const basket = (over: Partial<Basket> = {}): Basket => ({ goods: [tea, mug], feesFen: 0, isNewMember: true, nowMs: 150, ...over })

const fen = fc.integer({ min: 0, max: 100_000_000 })

describe('a percentage', () => {
  it('takes off no more than it says, and less than a fen less', () => {
    fc.assert(fc.property(fen, fc.integer({ min: 1, max: 99 }), (scopeFen, percent) => {
      const offFen = takesOffFen({ kind: 'PercentOff', percent, capFen: null }, scopeFen)
      expect(offFen * 100).toBeLessThanOrEqual(scopeFen * percent)
      expect((offFen + 1) * 100).toBeGreaterThan(scopeFen * percent)
    }))
  })

  it('never goes above its cap, and does not feel one that it does not reach', () => {
    fc.assert(fc.property(fen, fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 100_000 }), (scopeFen, percent, capFen) => {
      const free = takesOffFen({ kind: 'PercentOff', percent, capFen: null }, scopeFen)
      expect(takesOffFen({ kind: 'PercentOff', percent, capFen }, scopeFen)).toBe(Math.min(free, capFen))
    }))
  })

  it('rounds down in the shop\'s favour', () => {
    expect(takesOffFen({ kind: 'PercentOff', percent: 15, capFen: null }, 999)).toBe(149)
  })
})

it('an amount off is never more than the goods', () => {
  fc.assert(fc.property(fen, fc.integer({ min: 1, max: 100_000 }), (scopeFen, amountFen) => {
    expect(takesOffFen({ kind: 'AmountOff', amountFen }, scopeFen)).toBe(Math.min(scopeFen, amountFen))
  }))
})

describe('a coupon weighed against a cart', () => {
  it.each<[what: string, given: Partial<CouponView>, against: Partial<Basket>, expected: object]>([
    ['saves what it says', {}, {}, { savesFen: 500 }],
    ['cannot be used a millisecond early', {}, { nowMs: 99 }, { problem: 'NotYet' }],
    ['can be used from its first millisecond on', {}, { nowMs: 100 }, { savesFen: 500 }],
    ['can be used to its last millisecond', {}, { nowMs: 199 }, { savesFen: 500 }],
    ['is over at its end', {}, { nowMs: 200 }, { problem: 'Expired' }],
    ['is held by another order', { state: 'Locked', orderId: 'o' }, {}, { problem: 'InUse' }],
    ['was used', { state: 'Used', orderId: 'o' }, {}, { problem: 'Used' }],
    ['was used, also after its time', { state: 'Used', orderId: 'o' }, { nowMs: 300 }, { problem: 'Used' }],
    ['was written off by the timer', { state: 'Expired' }, {}, { problem: 'Expired' }],
    ['is for new members', { audience: 'NewMembers' }, { isNewMember: false }, { problem: 'NotNewMember' }],
    ['knows a new member', { audience: 'NewMembers' }, {}, { savesFen: 500 }],
    ['is for other goods', { scope: { kind: 'Products', productIds: ['pot'] } }, {}, { problem: 'ScopeEmpty' }],
    ['is for another category', { scope: { kind: 'Categories', categoryIds: ['cakes'] } }, {}, { problem: 'ScopeEmpty' }],
    ['looks at its goods alone', { scope: { kind: 'Categories', categoryIds: ['drinks'] }, minimumFen: 1800 }, {}, { savesFen: 500 }],
    ['says how much is missing', { scope: { kind: 'Products', productIds: ['tea'] }, minimumFen: 2000 }, {}, { problem: 'MinimumNotMet', missingFen: 200 }],
    ['takes at most its goods', { scope: { kind: 'Products', productIds: ['tea'] }, benefit: { kind: 'AmountOff', amountFen: 9900 } }, {}, { savesFen: 1800 }],
    ['leaves a fen to pay', { benefit: { kind: 'AmountOff', amountFen: 9900 } }, {}, { savesFen: 7799 }],
    ['leaves a fee to pay', { benefit: { kind: 'AmountOff', amountFen: 9900 } }, { feesFen: 100 }, { savesFen: 7800 }],
    ['would save nothing', { benefit: { kind: 'PercentOff', percent: 1, capFen: null } }, { goods: [{ ...tea, totalFen: 99 }] }, { problem: 'NothingToSave' }],
  ])('%s', (_what, given, against, expected) => {
    const choice = weigh(coupon(given), basket(against))
    expect(choice).toMatchObject({ savesFen: 0, ...expected })
    expect('problem' in choice).toBe(choice.savesFen === 0)
  })

  it('is the best when it saves most; then when it ends first', () => {
    const [small, soon, late] = [
      coupon({ id: 'a', benefit: { kind: 'AmountOff', amountFen: 100 } }), coupon({ id: 'z', validUntilMs: 180 }), coupon({ id: 'b' }),
    ].map(one => weigh(one, basket()))
    expect(bestOf([small!, late!, soon!])?.coupon.id).toBe('z')
    expect(bestOf([weigh(coupon({ state: 'Used' }), basket())])).toBeNull()
    const alike = ['b', 'a', 'c'].map(id => weigh(coupon({ id }), basket()))
    expect([bestOf(alike), bestOf([...alike].reverse())].map(best => best?.coupon.id)).toEqual(['a', 'a'])
  })
})

describe('taking', () => {
  const open = { state: 'Open', period: { kind: 'Fixed', fromMs: 100, untilMs: 200 }, audience: 'NewMembers', perPersonMax: 2 } as const
  const wish = { number: 1, isNewMember: true, nowMs: 50 }

  it.each([
    ['before its time comes, which is no hindrance', open, wish, null],
    ['the last of one\'s own', open, { ...wish, number: 2 }, null],
    ['one more than one may', open, { ...wish, number: 3 }, 'TakenAlready'],
    ['what is over', open, { ...wish, nowMs: 200 }, 'CouponOver'],
    ['what is for new members only', open, { ...wish, isNewMember: false }, 'NotNewMember'],
    ['what is for every member', { ...open, audience: 'Members' as const }, { ...wish, isNewMember: false }, null],
    ['what the owner has stopped', { ...open, state: 'Stopped' as const }, wish, 'CouponStopped'],
  ])('%s', (_what, template, given, expected) => {
    expect(refusalToTake(template, given)).toBe(expected)
  })

  it('for some days counts from the moment of taking', () => {
    expect(validityOf({ kind: 'AfterTaking', days: 7 }, 1000)).toEqual({ validFromMs: 1000, validUntilMs: 1000 + 7 * 86_400_000 })
    expect(validityOf({ kind: 'Fixed', fromMs: 1, untilMs: 2 }, 1000)).toEqual({ validFromMs: 1, validUntilMs: 2 })
  })
})

it('a lock stays while its order may still be paid, goes when it cannot, and is used up when it was', () => {
  const fates = Object.fromEntries(statesOf(orderMachine).map(state => [state, fateOfLock(state)]))
  expect(fates).toMatchObject({ Reserving: 'Keep', Unpaid: 'Keep', Closing: 'Keep', Rejected: 'Release', Closed: 'Release', Paid: 'Use', Ready: 'Use', Collected: 'Use' })
  expect(fateOfLock(null)).toBe('Release')
})
