import * as v from 'valibot'
import { action } from './action.ts'

/** What a store sold on one Beijing day, `YYYYMMDD`. Amounts in fen. */
export interface SalesDay {
  day: string
  paidOrders: number
  /** What orders were paid with, by the day of their payment. */
  paidFen: number
  refunds: number
  /** What went back to customers, by the day on which it arrived. Net is paidFen − refundedFen. */
  refundedFen: number
}

export const statisticsActions = {
  /** The last days, today first; days without a sale are all zero. */
  sales: action<{ days: SalesDay[] }>()({
    caller: 'owner',
    input: v.strictObject({ days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31)) }),
    codes: [],
  }),
} as const
