import { expect, it } from 'vitest'
import { bestSellers, countAnew, isOfSale, nothingSold, paidDayOf, piecesBackOf, piecesOf } from '../../backend/statistics/rules.ts'
import type { DayTotals } from '../../backend/statistics/rules.ts'

// One millisecond before and at midnight in Beijing.
const LATE = Date.UTC(2026, 0, 31, 15, 59, 59, 999)
const MIDNIGHT = LATE + 1

const order = (over: object = {}) => ({
  _id: 'order-1', storeId: 'main', totalFen: 3000, lines: [{ productId: 'tart', quantity: 2 }, { productId: 'tea', quantity: 1 }, { productId: 'tart', quantity: 1 }],
  steps: [{ state: 'Unpaid', atMs: LATE - 60_000 }, { state: 'Paid', atMs: LATE }], ...over,
})
const refund = (over: object = {}) =>
  ({ orderId: 'order-1', storeId: 'main', refundFen: 1000, lines: [{ line: 0, quantity: 1 }], feesFen: 0, endedAtMs: MIDNIGHT, ...over })

it('an order counts on the Beijing day of its payment, and not before it is paid', () => {
  expect(paidDayOf(order())).toBe('20260131')
  expect(paidDayOf(order({ steps: [{ state: 'Paid', atMs: MIDNIGHT }] }))).toBe('20260201')
  expect(paidDayOf(order({ steps: [{ state: 'Unpaid', atMs: LATE }] }))).toBeNull()
})

it('pieces of one product are counted over all lines', () => {
  expect(Object.fromEntries(piecesOf(order()))).toEqual({ tart: 3, tea: 1 })
})

it('only money of a sale is a refund: what came too late or twice was never sold', () => {
  expect(isOfSale({ lines: [{}], feesFen: 0 })).toBe(true)
  expect(isOfSale({ lines: [], feesFen: 300 })).toBe(true)
  expect(isOfSale({ lines: [], feesFen: 0 })).toBe(false)
})

it('each day of each store has its own totals, and a refund counts on the day on which it arrived', () => {
  const orders = [order(), order(), order({ storeId: 'river', totalFen: 500 }), order({ steps: [{ state: 'Closed', atMs: LATE }] })]
  const refunds = [refund(), refund({ refundFen: 1 }), refund({ endedAtMs: undefined }), refund({ lines: [] }), refund({ storeId: 'river', endedAtMs: LATE })]
  expect(Object.fromEntries(countAnew(orders, refunds))).toEqual({
    main_20260131: { paidOrders: 2, paidFen: 6000, refunds: 0, refundedFen: 0, pieces: { tart: 6, tea: 2 }, piecesBack: {} },
    main_20260201: { paidOrders: 0, paidFen: 0, refunds: 2, refundedFen: 1001, pieces: {}, piecesBack: { tart: 2 } },
    river_20260131: { paidOrders: 1, paidFen: 500, refunds: 1, refundedFen: 1000, pieces: { tart: 3, tea: 1 }, piecesBack: { tart: 1 } },
  })
})

it('pieces go back under the product of their line, whichever lines it stood on', () => {
  const lines = [{ line: 0, quantity: 1 }, { line: 2, quantity: 1 }, { line: 1, quantity: 1 }, { line: 9, quantity: 4 }]
  expect(Object.fromEntries(piecesBackOf({ lines }, order()))).toEqual({ tart: 2, tea: 1 })
})

it('what sold best is what stayed sold over all days, without shares of bills, in an order that does not jump', () => {
  const days: DayTotals[] = [
    { ...nothingSold(), pieces: { 'tart': 5, 'tea': 3, 'table-share': 90 } },
    { ...nothingSold(), pieces: { tea: 1, cake: 4, bun: 2 }, piecesBack: { tart: 4, bun: 2 } },
    // As days were counted before what goes back was.
    { paidOrders: 1, paidFen: 100, refunds: 0, refundedFen: 0, pieces: { bread: 4 } },
  ]
  const best = [['bread', 4], ['cake', 4], ['tea', 4], ['tart', 1]].map(([productId, pieces]) => ({ productId, pieces }))
  expect(bestSellers(days, 10)).toEqual(best)
  expect(bestSellers(days, 2)).toEqual(best.slice(0, 2))
})
