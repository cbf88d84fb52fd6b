import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RefundWish } from '../../contracts/afterSale.ts'
import { ARRIVES_WITHIN_MS, judgeRefund, nothingBack, paidShares, planRefund, REFUND_WITHIN_MS, refundableFen, REFUNDS_MAX, roomFor, TRUST_TRADE_AFTER_MS } from '../../backend/refund/rules.ts'
import type { GivenBack, PaidOrder, RefundEvidence, RefundPlan } from '../../backend/refund/rules.ts'

const worth = (lines: PaidOrder['lines']) => lines.reduce((sum, { paidFen, totalFen }) => sum + (paidFen ?? totalFen), 0)
const order = (lines: PaidOrder['lines'], totalFen = worth(lines)): PaidOrder => ({ totalFen, lines })
const line = (quantity: number, totalFen: number, paidFen?: number) =>
  ({ quantity, totalFen, ...(paidFen === undefined ? {} : { paidFen }) })
const pieces = (...lines: [line: number, quantity: number][]): RefundWish =>
  ({ kind: 'Lines', lines: lines.map(([place, quantity]) => ({ line: place, quantity })) })

function plan(paid: PaidOrder, back: GivenBack, wish: RefundWish): RefundPlan {
  const planned = planRefund(paid, back, wish)
  if (typeof planned === 'string') throw new Error(planned)
  return planned
}

describe('what was paid', () => {
  it('is the line\'s part after discounts where there is one, else its price; what no line carries are fees', () => {
    expect(paidShares(order([line(2, 3000, 2500), line(1, 800)], 3600))).toEqual({
      lines: [{ quantity: 2, paidFen: 2500 }, { quantity: 1, paidFen: 800 }], feesFen: 300,
    })
  })

  it('can never be more in the lines than in the whole', () => {
    expect(() => paidShares(order([line(1, 1000)], 900))).toThrow('carry 100 fen too much')
  })
})

describe('a refund', () => {
  it('of one piece of three is a third, and the last piece takes what the division left', () => {
    const paid = order([line(3, 1000)])
    const first = plan(paid, nothingBack(paid), pieces([0, 1]))
    const second = plan(paid, first.after, pieces([0, 1]))
    const third = plan(paid, second.after, pieces([0, 1]))
    expect([first, second, third].map(one => [one.amountFen, one.isLast])).toEqual([[333, false], [333, false], [334, true]])
  })

  it('takes the fees along with the last money of the lines', () => {
    const paid = order([line(1, 1000), line(1, 500)], 1700)
    const first = plan(paid, nothingBack(paid), pieces([0, 1]))
    expect(first).toMatchObject({ amountFen: 1000, feesFen: 0, isLast: false })
    expect(plan(paid, first.after, pieces([1, 1]))).toMatchObject({ amountFen: 700, feesFen: 200, isLast: true })
  })

  it('of more pieces than are left, of a line that is not there, or of the same pieces named twice is none', () => {
    const paid = order([line(2, 1000)])
    const back = plan(paid, nothingBack(paid), pieces([0, 1])).after
    for (const wish of [pieces([0, 2]), pieces([1, 1]), pieces([0, 1], [0, 1])]) expect(planRefund(paid, back, wish)).toBe('TooManyPieces')
  })

  it('of what cost nothing, or after everything went back, is none', () => {
    const gift = order([line(1, 1000), line(2, 600, 0)])
    expect(planRefund(gift, nothingBack(gift), pieces([1, 2]))).toBe('NothingToRefund')
    const whole = plan(gift, nothingBack(gift), { kind: 'Whole' })
    expect(whole).toMatchObject({ amountFen: 1000, isLast: true })
    expect(planRefund(gift, whole.after, { kind: 'Whole' })).toBe('NothingToRefund')
  })

  it('of everything but a gift leaves nothing of the money', () => {
    const paid = order([line(1, 1000), line(1, 600, 0)], 1100)
    expect(plan(paid, nothingBack(paid), pieces([0, 1]))).toMatchObject({ amountFen: 1100, feesFen: 100, isLast: true })
  })
})

const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 99 }),
  totalFen: fc.integer({ min: 0, max: 1_000_000 }),
  paidFen: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
})
const anyOrder = fc.tuple(fc.array(anyLine, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 5000 }))
  .map(([lines, feesFen]) => order(lines, worth(lines) + feesFen))
const anyPieces = fc.record({ line: fc.integer({ min: 0, max: 6 }), quantity: fc.integer({ min: 1, max: 40 }) })
const anyWish: fc.Arbitrary<RefundWish> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: 'Whole' as const }) },
  {
    weight: 9,
    arbitrary: fc.array(anyPieces, { minLength: 1, maxLength: 4 }).map(lines => ({ kind: 'Lines' as const, lines })),
  },
)

/** Carries out every wish that can be, in turn. */
function carryOut(paid: PaidOrder, wishes: readonly RefundWish[]): { plans: RefundPlan[], back: GivenBack } {
  let back = nothingBack(paid)
  const plans: RefundPlan[] = []
  for (const wish of wishes) {
    const planned = planRefund(paid, back, wish)
    if (typeof planned === 'string') continue
    plans.push(planned)
    back = planned.after
  }
  return { plans, back }
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

describe('refunds of one order, in whatever order and split', () => {
  it('come to what was paid once everything has gone back, to the fen', () => {
    fc.assert(fc.property(anyOrder, fc.array(anyWish, { maxLength: 20 }), (paid, wishes) => {
      const { plans } = carryOut(paid, [...wishes, { kind: 'Whole' }])
      expect(sum(plans.map(one => one.amountFen))).toBe(paid.totalFen)
      expect(sum(plans.flatMap(one => [one.feesFen, ...one.lines.map(part => part.amountFen)]))).toBe(paid.totalFen)
      expect(plans.filter(one => one.isLast)).toHaveLength(paid.totalFen === 0 ? 0 : 1)
    }))
  })

  it('never give back more of a line than was paid for it, nor more pieces than were bought, nor an amount below one fen', () => {
    fc.assert(fc.property(anyOrder, fc.array(anyWish, { maxLength: 20 }), (paid, wishes) => {
      const { plans, back } = carryOut(paid, wishes)
      paidShares(paid).lines.forEach(({ quantity, paidFen }, place) => {
        expect(back.lines[place]!.amountFen).toBeLessThanOrEqual(paidFen)
        expect(back.lines[place]!.quantity).toBeLessThanOrEqual(quantity)
      })
      for (const { amountFen, lines } of plans) {
        expect(amountFen).toBeGreaterThanOrEqual(1)
        for (const part of lines) expect(part.amountFen).toBeGreaterThanOrEqual(0)
      }
      expect(refundableFen(paid, back)).toBe(paid.totalFen - sum(plans.map(one => one.amountFen)))
    }))
  })

  it('are worth the same for the same pieces, whether they go back together or one by one', () => {
    fc.assert(fc.property(anyOrder, (paid) => {
      const everyPiece = paid.lines.flatMap(({ quantity }, place) => Array.from({ length: quantity }, () => pieces([place, 1])))
      const { plans } = carryOut(paid, [...everyPiece, { kind: 'Whole' }])
      expect(sum(plans.map(one => one.amountFen))).toBe(paid.totalFen)
    }), { numRuns: 30 })
  })
})

describe('a payment', () => {
  const payment = { totalFen: 1000, refundedFen: 400, refundCount: 3 }

  it('gives back what it brought in and no fen more', () => {
    expect([roomFor(payment, 600), roomFor(payment, 601)]).toEqual(['Fits', 'TooMuch'])
  })

  it('gives back fifty times, as often as WeChat does', () => {
    expect(roomFor({ ...payment, refundCount: REFUNDS_MAX - 1 }, 1)).toBe('Fits')
    expect(roomFor({ ...payment, refundCount: REFUNDS_MAX }, 1)).toBe('TooMany')
  })
})

describe('what becomes of a refund', () => {
  const silent: RefundEvidence = { answered: 'Unclear', told: null, isTradeRefunded: true, isOnly: true, waitedMs: 0 }

  it('is what the query for it says, whatever a notice claims', () => {
    for (const answered of ['Succeeded', 'Processing', 'Abnormal', 'Closed'] as const) {
      expect(judgeRefund({ ...silent, answered, told: 'Succeeded' })).toBe(answered)
    }
  })

  it('is what the notice says where the query is silent, if the trade itself has been refunded', () => {
    expect(judgeRefund({ ...silent, told: 'Succeeded', isOnly: false })).toBe('Succeeded')
    expect(judgeRefund({ ...silent, told: 'Succeeded', isTradeRefunded: false })).toBe('Unclear')
    expect(judgeRefund({ ...silent, told: 'Abnormal' })).toBe('Abnormal')
    expect(judgeRefund({ ...silent, told: 'Closed', answered: 'Unknown' })).toBe('Closed')
  })

  it('is read off the trade alone only for its one refund, and only after a contrary notice had its time', () => {
    const waited = { ...silent, waitedMs: TRUST_TRADE_AFTER_MS }
    expect(judgeRefund(waited)).toBe('Succeeded')
    expect(judgeRefund({ ...waited, waitedMs: TRUST_TRADE_AFTER_MS - 1 })).toBe('Unclear')
    expect(judgeRefund({ ...waited, isOnly: false })).toBe('Unclear')
    expect(judgeRefund({ ...waited, isTradeRefunded: false })).toBe('Unclear')
  })
})

it('a refund of some lines names no line of which nothing goes back', () => {
  const paid = order([line(2, 1000), line(1, 500)])
  expect(plan(paid, nothingBack(paid), pieces([1, 1])).lines).toEqual([{ line: 1, quantity: 1, amountFen: 500 }])
})

it('WeChat pays back within a year, banks within a week, and a trade that stands at refunded is believed after three days', () => {
  expect([REFUND_WITHIN_MS, ARRIVES_WITHIN_MS, TRUST_TRADE_AFTER_MS].map(ms => ms / 86_400_000)).toEqual([365, 7, 3])
})
