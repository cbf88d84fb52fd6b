import type { ParsedOf } from '../../contracts/action.ts'
import type { MerchantActions } from '../../contracts/merchant.ts'
import type { RefundQuote, RefundWish } from '../../contracts/afterSale.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import { ofStore } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import type { World } from '../ports.ts'
import { auditIdOf } from '../staff/audits.ts'
import type { AuditDocument } from '../staff/audits.ts'
import { viewForBar } from '../staff/serve.ts'
import { giveBack, planFor } from './giveBack.ts'
import type { GiveBackRefusal } from './giveBack.ts'
import { payOut } from './payOut.ts'
import { nothingBack, refundableFen } from './rules.ts'

type Input = ParsedOf<MerchantActions['refundOrder']>

/**
 * Sends money back without a customer's request. The same requestId of the same person gives one refund, however often it
 * is sent; what WeChat makes of it shows at the order's refunds.
 */
export async function refundOrder(world: World, input: Input, { openid }: { openid: string }) {
  const outcome = await world.database.transact(transaction => book(world, transaction, input, openid))
  if ('code' in outcome) return refused(outcome.code, outcome.detail)
  if (outcome.outRefundNo !== null) await payOut(world, outcome.outRefundNo)
  const order = await ofStore(world, input.orderId)
  return order ? done(await viewForBar(world, order)) : refused('OrderUnknown')
}

async function book(
  world: World, transaction: Transaction, input: Input, by: string,
): Promise<{ outRefundNo: string | null } | GiveBackRefusal | { code: 'OrderUnknown', detail?: undefined }> {
  const auditId = auditIdOf('RefundOrder', by, input.requestId)
  if (await transaction.read<AuditDocument>('audits', auditId)) return { outRefundNo: null }
  const order = await transaction.read<OrderDocument>('orders', input.orderId)
  if (order?.storeId !== world.settings.storeId) return { code: 'OrderUnknown' }
  const { wish, goodsReturned, expectedFen, note, orderId } = input
  const audit = { _id: auditId, what: 'RefundOrder' as const, by, subject: orderId, note }
  return giveBack(world, transaction, order, { wish, goodsReturned, expectedFen, because: 'ByStaff', afterSaleId: null, audit })
}

/** What would go back for a wish, for staff. */
export async function refundQuote(world: World, input: { orderId: string, wish: RefundWish }) {
  const order = await ofStore(world, input.orderId)
  return order ? quoteFor(world, order, input.wish) : refused('OrderUnknown')
}

/** What would go back for a wish, and what could at most. */
export function quoteFor(world: World, order: OrderDocument, wish: RefundWish) {
  const plan = planFor(world, order, wish)
  if ('code' in plan) return refused(plan.code, plan.detail)
  const { lines, feesFen, amountFen } = plan
  const back = order.back ?? nothingBack(order)
  const leftPieces = order.lines.map(({ quantity }, line) => quantity - back.lines[line]!.quantity)
  return done<RefundQuote>({ lines, feesFen, amountFen, leftPieces, leftFen: refundableFen(order, back) })
}
