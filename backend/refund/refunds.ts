import type { RefundState } from '../../contracts/order.ts'
import type { Collection, Transaction } from '../database.ts'
import type { Gateway, World } from '../ports.ts'

/** Money on its way back. The number is kept over every retry: WeChat pays one outRefundNo once. */
export interface RefundDocument {
  _id: string
  outTradeNo: string
  orderId: string
  gateway: Gateway
  /** What the attempt was paid with, and what of it goes back. In fen. */
  totalFen: number
  refundFen: number
  because: 'OrderClosed' | 'PaidTwice'
  state: RefundState
  tries: number
  /** When the timer should try or ask again. */
  checkAtMs: number
  createdAtMs: number
  updatedAtMs: number
}

export const refunds = (world: World): Collection<RefundDocument> => world.database.collection<RefundDocument>('refunds')

/** One whole refund an attempt. */
export const outRefundNoOf = (outTradeNo: string): string => `R${outTradeNo}`

/** Notes, in the transaction that learns of the money, that it must go back. */
export async function requestRefund(
  world: World,
  transaction: Transaction,
  wish: Pick<RefundDocument, 'outTradeNo' | 'orderId' | 'gateway' | 'totalFen' | 'refundFen' | 'because'>,
): Promise<void> {
  const nowMs = world.clock.nowMs()
  await transaction.add<RefundDocument>('refunds', {
    _id: outRefundNoOf(wish.outTradeNo), ...wish, state: 'Requested', tries: 0, checkAtMs: nowMs, createdAtMs: nowMs, updatedAtMs: nowMs,
  })
}
