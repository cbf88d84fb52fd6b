import type { PaymentParams } from '../../contracts/order.ts'
import type { Collection } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { Gateway, World } from '../ports.ts'
import { attemptMachine, LOOK_AGAIN_AFTER_MS } from './rules.ts'
import type { AttemptState } from './rules.ts'

/**
 * One try to pay an order, under its own outTradeNo: WeChat refuses a number that comes back with other parameters or
 * after it was closed.
 */
export interface AttemptDocument {
  _id: string
  orderId: string
  openid: string
  totalFen: number
  /** Of its order, which never switches. */
  gateway: Gateway
  state: AttemptState
  payment: PaymentParams | null
  transactionId: string | null
  /** The Beijing day on which WeChat says it was paid, `yyyyMMdd`: the bill of that day lists it. Absent until then. */
  paidDay?: string
  /** What of it is back or on its way back, and in how many refunds. */
  refundedFen: number
  refundCount: number
  /** The pay deadline told to WeChat: a repeated request must name the same one. */
  startsAtMs: number
  expiresAtMs: number
  createdAtMs: number
  /** When the timer should ask WeChat, should neither the notice nor the customer come back. Null when nobody has to ask any more. */
  checkAtMs: number | null
}

export const attempts = (world: World): Collection<AttemptDocument> => world.database.collection<AttemptDocument>('attempts')

/** At most 32 characters of WeChat's set: 24 of the order's id, `_`, the number. */
export const outTradeNoOf = (orderId: string, number: number): string => `${orderId}_${number}`

/** Moves an attempt along one edge, if it still stands where we think it does. */
export async function moveAttempt(
  world: World,
  { _id, state }: AttemptDocument,
  to: AttemptState,
  set: Partial<AttemptDocument> = {},
): Promise<boolean> {
  assertMove(attemptMachine, state, to)
  return attempts(world).changeIf(_id, { state }, { set: { ...set, state: to } })
}

/** Notes that nobody can pay this number any more. WeChat is asked once more after a while: it may have been paid just before. */
export async function noteClosed(world: World, attempt: AttemptDocument): Promise<boolean> {
  return moveAttempt(world, attempt, 'Closed', { checkAtMs: world.clock.nowMs() + LOOK_AGAIN_AFTER_MS })
}
