import * as v from 'valibot'
import { action } from './action.ts'
import { Cursor, Id } from './fields.ts'
import type { OrderView } from './order.ts'

/** An order as the bar sees it: what to make, for whom to call. */
export interface BarOrder extends OrderView {
  /** The last four characters of the order's id, to tell two orders apart aloud. */
  shortId: string
}

/** The staff's door; the role is read from the database in every call. */
export const merchantActions = {
  orders: action<{ orders: BarOrder[], nextCursor: string | null, counts: { toMake: number, toCollect: number } }>()({
    caller: 'clerk',
    input: v.strictObject({ tab: v.picklist(['ToMake', 'ToCollect', 'Collected']), cursor: v.optional(Cursor) }),
    codes: [],
  }),
  markReady: action<BarOrder>()({ caller: 'clerk', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown', 'OrderNotPaid'] }),
  markCollected: action<BarOrder>()({ caller: 'clerk', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown', 'OrderNotReady'] }),
} as const

export type MerchantActions = typeof merchantActions
