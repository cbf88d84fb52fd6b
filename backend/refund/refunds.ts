import type { RefundShare } from '../../contracts/afterSale.ts'
import type { RefundCause, TroubledRefund } from '../../contracts/merchant.ts'
import type { RefundState } from '../../contracts/order.ts'
import type { Collection, Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import { shortIdOf, sortKeyOf } from '../order/rules.ts'
import { enqueue } from '../outbox/outbox.ts'
import type { AttemptDocument } from '../payment/attempts.ts'
import type { Gateway, World } from '../ports.ts'
import type { Piece } from '../stock/rules.ts'
import { tellAfterSale } from '../aftersale/followRefund.ts'
import { isOfSale } from '../statistics/rules.ts'
import { refundMachine, retryDelayMs } from './rules.ts'

/** Money on its way back. The number is kept over every retry: WeChat pays one outRefundNo once. */
export interface RefundDocument {
  _id: string
  outTradeNo: string
  orderId: string
  storeId: string
  gateway: Gateway
  /** What the attempt was paid with, and what of it goes back. In fen. */
  totalFen: number
  refundFen: number
  because: RefundCause
  /** Of which lines; empty where the payment goes back that never paid the order. */
  lines: RefundShare[]
  feesFen: number
  afterSaleId: string | null
  /** Goods that came back to the counter, and whether they are on the shelf yet. */
  pieces: Piece[]
  followUp: 'None' | 'RestockGoods'
  state: RefundState
  tries: number
  /** What WeChat said when it did not simply do it. */
  said: string
  acceptedAtMs: number | null
  /** When the customer had the money, by WeChat or by hand; absent until then. And the day that it was counted in. */
  endedAtMs?: number
  countedDay?: string
  /** The last day whose bill can name it for the first time, and the day whose bill did. */
  lastBillDay?: string
  billDay?: string
  /** When the timer should try or ask again. */
  checkAtMs: number
  sortKey: string
  createdAtMs: number
  updatedAtMs: number
}

export const refunds = (world: World): Collection<RefundDocument> => world.database.collection<RefundDocument>('refunds')

/** `R`, the payment's number, and which refund of it: at most 50. */
export const outRefundNoOf = (outTradeNo: string, number: number): string => `R${outTradeNo}_${number}`

export type NewRefund = Pick<RefundDocument, 'refundFen' | 'because'>
  & Partial<Pick<RefundDocument, 'lines' | 'feesFen' | 'afterSaleId' | 'pieces'>>
  & Pick<RefundDocument, 'storeId'>

/**
 * Books a refund in the transaction that decides it: the payment's own sum and count, and the row that the timer carries
 * out. Throws when more would go back than was paid; whoever asks has looked before.
 */
export async function bookRefund(world: World, transaction: Transaction, attempt: AttemptDocument, wish: NewRefund): Promise<string> {
  const refundedFen = attempt.refundedFen + wish.refundFen
  if (refundedFen > attempt.totalFen) throw new Error(`Refunds of ${refundedFen} fen for ${attempt._id}, paid with ${attempt.totalFen}.`)
  const refundCount = attempt.refundCount + 1
  await transaction.change('attempts', attempt._id, { set: { refundedFen, refundCount } })
  return addRefund(world, transaction, attempt, refundCount, wish)
}

/** The row alone, under the given number: for a refund whose money is booked already. */
export async function addRefund(
  world: World, transaction: Transaction, attempt: AttemptDocument, number: number, wish: NewRefund,
): Promise<string> {
  const nowMs = world.clock.nowMs()
  const id = outRefundNoOf(attempt._id, number)
  const pieces = wish.pieces ?? []
  await transaction.add<RefundDocument>('refunds', {
    _id: id, outTradeNo: attempt._id, orderId: attempt.orderId, storeId: wish.storeId, gateway: attempt.gateway, totalFen: attempt.totalFen,
    refundFen: wish.refundFen, because: wish.because, lines: wish.lines ?? [], feesFen: wish.feesFen ?? 0,
    afterSaleId: wish.afterSaleId ?? null, pieces, followUp: pieces.length > 0 ? 'RestockGoods' : 'None',
    state: 'Requested', tries: 0, said: '', acceptedAtMs: null,
    checkAtMs: nowMs, sortKey: sortKeyOf(nowMs, id), createdAtMs: nowMs, updatedAtMs: nowMs,
  })
  return id
}

/**
 * Moves a refund along one edge, if it still stands where we think it does; a request that waits for it moves, and the message
 * about it is written, in the same transaction. True for the one caller that moved it.
 */
export async function moveRefund(
  world: World, refund: RefundDocument, to: RefundState, set: Partial<RefundDocument> = {},
): Promise<boolean> {
  assertMove(refundMachine, refund.state, to)
  const nowMs = world.clock.nowMs()
  const hasArrived = to === 'Succeeded'
  const change = { set: { ...set, state: to, updatedAtMs: nowMs, ...(hasArrived ? { endedAtMs: nowMs } : {}) } }
  const isTold = hasArrived && world.settings.templates.Refunded !== undefined
  if (refund.afterSaleId === null && !hasArrived) return refunds(world).changeIf(refund._id, { state: refund.state }, change)
  return world.database.transact(async (transaction) => {
    const now = await transaction.read<RefundDocument>('refunds', refund._id)
    if (now?.state !== refund.state) return false
    await transaction.change('refunds', refund._id, change)
    await tellAfterSale(world, transaction, now, to)
    if (hasArrived) await countLater(world, transaction, now)
    if (isTold) await tellRefunded(world, transaction, now)
    return true
  })
}

/** Has the money that went back counted, where it was a sale's. */
export async function countLater(world: World, transaction: Transaction, refund: RefundDocument): Promise<void> {
  const { _id, orderId, storeId } = refund
  if (!isOfSale(refund)) return
  await enqueue(world, transaction, { kind: 'CountRefund', about: _id, order: { _id: orderId, storeId }, payload: { refundId: _id } })
}

async function tellRefunded(world: World, transaction: Transaction, { _id, orderId, storeId, refundFen }: RefundDocument): Promise<void> {
  const order = { _id: orderId, storeId }
  await enqueue(world, transaction, { kind: 'TellRefunded', about: _id, order, payload: { amountFen: refundFen } })
}

/** Notes one more question that changed nothing, and when to ask again: later each time. */
export async function noteTry(world: World, refund: RefundDocument, said: string): Promise<void> {
  const nowMs = world.clock.nowMs()
  const tries = refund.tries + 1
  const set = { tries, said, updatedAtMs: nowMs, checkAtMs: nowMs + retryDelayMs(tries) }
  await refunds(world).changeIf(refund._id, { state: refund.state }, { set })
}

export function viewTrouble(refund: RefundDocument): TroubledRefund {
  const { _id: id, orderId, state, because, refundFen: amountFen, said, tries, createdAtMs: atMs } = refund
  return { id, orderId, shortId: shortIdOf(orderId), state, because, amountFen, said, tries, atMs }
}
