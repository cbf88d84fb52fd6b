import { createHash } from 'node:crypto'
import type { Invoice } from '../../contracts/invoice.ts'
import type { Discount, Fee, OrderState, OrderView, PricedLine } from '../../contracts/order.ts'
import { viewAfterSale } from '../aftersale/afterSales.ts'
import type { AfterSaleDocument } from '../aftersale/afterSales.ts'
import type { Change, Collection, Where } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { Gateway, World } from '../ports.ts'
import type { RefundDocument } from '../refund/refunds.ts'
import type { OrderPoints } from '../points/points.ts'
import { nothingBack, refundableFen } from '../refund/rules.ts'
import type { GivenBack } from '../refund/rules.ts'
import type { Piece } from '../stock/rules.ts'
import { viewFulfilment } from './fulfilments.ts'
import type { FrozenFulfilment } from './fulfilments.ts'
import { toReview } from '../review/rules.ts'
import { hasMoney, orderMachine } from './rules.ts'

/** An order as it is kept. Names and prices are frozen at the moment of ordering. */
export interface OrderDocument {
  _id: string
  openid: string
  storeId: string
  state: OrderState
  closedBecause?: 'Cancelled' | 'Expired'
  fulfilment: FrozenFulfilment
  /** Its store takes every order on by hand. */
  needsAccepting?: boolean
  lines: PricedLine[]
  discounts: Discount[]
  fees: Fee[]
  /** What is paid: Σ paidFen of the lines + Σ fees. */
  totalFen: number
  /** The coupon that the order holds, then uses. */
  couponId: string | null
  /** Why it was never made, beside Rejected. */
  rejectedBecause?: 'CouponLost' | 'OutOfStock' | 'Abandoned' | 'TooManyUnpaid'
  remark: string
  /** When its customer was told that it would be ready, or brought; absent for what is wanted at a time, and what is not made here. */
  promise?: { fromMs: number, toMs: number } | null
  /** Sets of cutlery that were asked for. */
  utensils?: number
  /** What the customer wants an invoice to say. */
  invoice?: Invoice
  /** The sitting at whose table it pays for something: a round that is paid first, or a part of the bill. */
  sitting?: { id: string, roundId?: string }
  arrivedBy: string | null
  /** The gateway that this order is paid through; never switched. */
  gateway: Gateway
  /** How many payment attempts were registered: their numbers are 1 … attempts. */
  attempts: number
  /** Counted goods, whose stock the order holds until it is paid or closed. */
  pieces: Piece[]
  /**
   * What must still happen to the pieces and the coupon after the last change of state; the timer repeats it until it is
   * done. An order with a coupon and no pieces has it all the same.
   */
  followUp: 'None' | 'SellStock' | 'ReleaseStock' | 'ReturnCoupon'
  pickupNumber: string | null
  /** What staff find it by beside its pickup number, see `findersOf`; absent on orders from before there was a search. */
  foundBy?: string[]
  transactionId: string | null
  /** The payment attempt that paid it. */
  paidBy?: string
  /** What of its money is back or on its way back; absent until a refund is booked. */
  back?: GivenBack
  /** What it has brought its member, and the day that it was counted in; both absent until then. */
  points?: OrderPoints
  countedDay?: string
  /** Lines that the customer has reviewed, by their places. */
  reviewedLines?: number[]
  /** How many after-sale requests there were: their numbers are 1 … afterSales. */
  afterSales?: number
  /** `by` is the staff member who moved the order. */
  steps: { state: OrderState, atMs: number, by?: string }[]
  sortKey: string
  createdAtMs: number
  updatedAtMs: number
  expiresAtMs: number
  /** When the timer should look at an order that is not settled, or that has a follow-up. */
  dueAtMs: number
}

export const orders = (world: World): Collection<OrderDocument> => world.database.collection<OrderDocument>('orders')

/** The same person and the same requestId always mean the same order. */
export function orderIdOf(openid: string, requestId: string): string {
  return createHash('sha256').update(`${openid}\n${requestId}`).digest('hex').slice(0, 24)
}

/** The caller's own order; null for an unknown one and for anyone else's. */
export async function ownOrder(world: World, openid: string, orderId: string): Promise<OrderDocument | null> {
  const order = await orders(world).read(orderId)
  return order && order.openid === openid && order.state !== 'Reserving' && order.state !== 'Rejected' ? order : null
}

/** An order of this store; null for any other. */
export async function ofStore(world: World, orderId: string): Promise<OrderDocument | null> {
  const order = await orders(world).read(orderId)
  return order?.storeId === world.settings.storeId ? order : null
}

/**
 * Moves an order along one edge, if it still stands where we think it does and is what `where` says. True for the one caller
 * that moved it: only the winner may act on it.
 */
export async function move(
  world: World,
  orderId: string,
  [from, to]: readonly [from: OrderState, to: OrderState],
  set: Partial<OrderDocument> = {},
  where: Where = {},
): Promise<boolean> {
  assertMove(orderMachine, from, to)
  return orders(world).changeIf(orderId, { ...where, state: from }, moved(world, to, set))
}

/** The change that puts an order into a state, with its step. */
export function moved(world: World, to: OrderState, set: Partial<OrderDocument> = {}, by?: string): Change {
  const nowMs = world.clock.nowMs()
  const step = by === undefined ? { state: to, atMs: nowMs } : { state: to, atMs: nowMs, by }
  return { set: { ...set, state: to, updatedAtMs: nowMs }, push: { steps: step } }
}

export interface Beside {
  refunds?: readonly RefundDocument[]
  afterSale?: AfterSaleDocument | null
  parcels?: OrderView['parcels']
}

/** An order as its customer may see it, with what belongs to it. */
export function viewOrder(order: OrderDocument, { refunds = [], afterSale = null, parcels = [] }: Beside = {}): OrderView {
  const { fulfilment, back = nothingBack(order) } = order
  return {
    id: order._id,
    state: order.state,
    awaitsAcceptance: order.state === 'Paid' && order.needsAccepting === true,
    ...(order.closedBecause ? { closedBecause: order.closedBecause } : {}),
    storeId: order.storeId,
    fulfilment: viewFulfilment(fulfilment),
    parcels,
    lines: order.lines,
    discounts: order.discounts,
    fees: order.fees,
    totalFen: order.totalFen,
    remark: order.remark,
    ...(order.promise ? { promise: order.promise } : {}),
    utensils: order.utensils ?? 0,
    invoice: order.invoice ?? null,
    // Nobody comes for a parcel.
    pickupNumber: fulfilment.kind === 'Express' ? null : order.pickupNumber,
    createdAtMs: order.createdAtMs,
    expiresAtMs: order.expiresAtMs,
    steps: order.steps.filter(step => step.state !== 'Reserving').map(({ state, atMs }) => ({ state, atMs })),
    refunds: refunds.filter(refund => refund.state !== 'Replaced')
      .map(refund => ({ id: refund._id, state: refund.state, refundFen: refund.refundFen, atMs: refund.createdAtMs })),
    refundableFen: hasMoney(order.state) ? refundableFen(order, back) : 0,
    refundedPieces: back.lines.map(line => line.quantity),
    afterSale: afterSale && viewAfterSale(afterSale),
    toReview: toReview(order),
  }
}
