import type { RefundWish } from '../../contracts/afterSale.ts'
import type { RefundCause } from '../../contracts/merchant.ts'
import type { PricedLine } from '../../contracts/order.ts'
import type { RefusalDetail } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import { moved } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { hasMoney, orderMachine } from '../order/rules.ts'
import type { AttemptDocument } from '../payment/attempts.ts'
import type { World } from '../ports.ts'
import { writeAudit } from '../staff/audits.ts'
import type { AuditDocument } from '../staff/audits.ts'
import { isOnShelf, stockIdOf, takenFrom, takesFrom } from '../stock/rules.ts'
import type { Piece } from '../stock/rules.ts'
import { bookRefund } from './refunds.ts'
import { nothingBack, planRefund, REFUND_WITHIN_MS, roomFor } from './rules.ts'
import type { RefundPlan } from './rules.ts'

type PlanRefusal = { code: 'OrderNotRefundable' | 'TooManyPieces' | 'NothingToRefund', detail?: RefusalDetail }
export type GiveBackRefusal = PlanRefusal | { code: 'AmountChanged' | 'GoodsNotCounted' | 'TooManyRefunds', detail?: RefusalDetail }

/** What would go back of an order for a wish, now. */
export function planFor(world: World, order: OrderDocument, wish: RefundWish): RefundPlan | PlanRefusal {
  const paidAtMs = order.steps.find(step => step.state === 'Paid')?.atMs
  const isInTime = paidAtMs !== undefined && world.clock.nowMs() < paidAtMs + REFUND_WITHIN_MS
  if (!hasMoney(order.state) || !isInTime) return { code: 'OrderNotRefundable', detail: { state: order.state } }
  const plan = planRefund(order, order.back ?? nothingBack(order), wish)
  return typeof plan === 'string' ? { code: plan } : plan
}

export interface GiveBackAsk {
  wish: RefundWish
  /** Lines whose goods are on the counter again. */
  goodsReturned: readonly number[]
  /** What the person who decides has seen. */
  expectedFen: number
  because: Extract<RefundCause, 'AfterSale' | 'ByStaff'>
  afterSaleId: string | null
  audit: Pick<AuditDocument, '_id' | 'what' | 'by' | 'subject' | 'note'>
}

/**
 * Books the refund of some of a paid order, in the transaction that decides it: sums of the order and of its payment, the
 * row that is carried out afterwards, who did it, and the order's own state once nothing of its money is left.
 */
export async function giveBack(
  world: World, transaction: Transaction, order: OrderDocument, ask: GiveBackAsk,
): Promise<GiveBackRefusal | { outRefundNo: string, amountFen: number }> {
  const plan = planFor(world, order, ask.wish)
  if ('code' in plan) return plan
  if (plan.amountFen !== ask.expectedFen) return { code: 'AmountChanged', detail: { totalFen: plan.amountFen } }
  const pieces = piecesOf(order, plan, ask.goodsReturned)
  if (!pieces) return { code: 'GoodsNotCounted' }
  const attempt = await payingAttempt(transaction, order)
  const room = roomFor(attempt, plan.amountFen)
  if (room === 'TooMany') return { code: 'TooManyRefunds' }
  if (room === 'TooMuch') throw new Error(`Order ${order._id} would give back more than its payment ${attempt._id}.`)

  const { lines, feesFen, amountFen } = plan
  const { because, afterSaleId, audit } = ask
  const wish = { refundFen: amountFen, because, lines, feesFen, afterSaleId, pieces, storeId: order.storeId }
  const outRefundNo = await bookRefund(world, transaction, attempt, wish)
  await writeAudit(world, transaction, { ...audit, orderId: order._id, amountFen })
  await noteOnOrder(world, transaction, order, plan, audit.by)
  return { outRefundNo, amountFen }
}

async function payingAttempt(transaction: Transaction, order: OrderDocument): Promise<AttemptDocument> {
  const attempt = order.paidBy === undefined ? null : await transaction.read<AttemptDocument>('attempts', order.paidBy)
  if (!attempt) throw new Error(`Order ${order._id} is paid, but its payment is not there.`)
  return attempt
}

async function noteOnOrder(world: World, transaction: Transaction, order: OrderDocument, plan: RefundPlan, by: string): Promise<void> {
  if (!plan.isLast) return transaction.change('orders', order._id, { set: { back: plan.after } })
  assertMove(orderMachine, order.state, 'Refunded')
  const coupon = order.couponId === null ? {} : { followUp: 'ReturnCoupon' as const, dueAtMs: world.clock.nowMs() }
  return transaction.change('orders', order._id, moved(world, 'Refunded', { back: plan.after, ...coupon }, by))
}

/** What goes back to the shelf; null when a line is named that is no counted goods, or that nothing is refunded of. */
function piecesOf(order: OrderDocument, plan: RefundPlan, goodsReturned: readonly number[]): Piece[] | null {
  const pieces = new Map<string, Piece>()
  for (const place of new Set(goodsReturned)) {
    const part = plan.lines.find(one => one.line === place)
    const line = order.lines[place]
    const shelves = line ? shelvesOf(order, line) : []
    if (!part || !line || shelves.length === 0) return null
    for (const shelf of shelves) {
      const stockId = stockIdOf(shelf)
      pieces.set(stockId, { ...shelf, quantity: part.quantity * takenFrom(line, shelf) + (pieces.get(stockId)?.quantity ?? 0) })
    }
  }
  return [...pieces.values()]
}

/** Where the pieces of a line were taken from, and can go back to: those of its parts, for a set meal. None for what is made to order. */
const shelvesOf = (order: OrderDocument, line: PricedLine): Piece[] =>
  order.pieces.filter(piece => isOnShelf(piece) && takesFrom(line, piece))

/** Made-to-order goods have no shelf to go back to. */
export const isCounted = (order: OrderDocument, line: PricedLine): boolean => shelvesOf(order, line).length > 0
