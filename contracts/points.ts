import * as v from 'valibot'
import { action } from './action.ts'
import { Cursor } from './fields.ts'

/** Earned: an order was paid. TakenBack: money of it went back, and with it the points that it had brought. */
export type PointMoveKind = 'Earned' | 'TakenBack'

/** One line of a member's points. */
export interface PointMoveView {
  id: string
  kind: PointMoveKind
  orderId: string
  /** Points gained; negative when they went. */
  change: number
  /** What the member has after it. */
  balance: number
  atMs: number
}

export const pointsActions = {
  /** My points and where they come from, the newest line first. */
  points: action<{ balance: number, moves: PointMoveView[], nextCursor: string | null }>()({
    caller: 'customer', input: v.strictObject({ cursor: v.optional(Cursor) }), codes: [],
  }),
} as const
