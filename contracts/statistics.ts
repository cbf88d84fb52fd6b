import * as v from 'valibot'
import { action } from './action.ts'
import type { Localized } from './catalog.ts'

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

/** Goods by how many pieces of them were sold in some days, less those whose money went back in these days. */
export interface BestSeller { productId: string, name: Localized, picture: string, pieces: number }

/** What a store takes, as its owner sees it. */
export interface Takings {
  storeName: Localized
  /** The last days, today first; days without a sale are all zero. */
  days: SalesDay[]
  /** The same weekday a week before today, as a whole. */
  weekAgo: SalesDay
  /** Of these days, the ten that sold best, the best first. A bill that was shared by amount names no goods, so it counts for none. */
  best: BestSeller[]
}

export const statisticsActions = {
  sales: action<Takings>()({
    caller: 'owner',
    input: v.strictObject({ days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31)) }),
    codes: [],
  }),
} as const
