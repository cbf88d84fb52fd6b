import * as v from 'valibot'
import type { AfterSaleView } from './afterSale.ts'
import type { Localized, Whereabouts } from './catalog.ts'
import type { CouponChoice } from './coupon.ts'
import { Id, Quantity } from './fields.ts'
import { Fulfilment } from './fulfilment.ts'
import type { FulfilmentKind, Obstacle, Way } from './fulfilment.ts'
import type { Receiver } from './address.ts'
import type { Invoice } from './invoice.ts'

/** One wish in the cart: which goods, which of their kinds, with which choices, how many. Never a price. */
export const CartLine = v.strictObject({
  productId: Id,
  /** Of goods with SKUs, the one that is wanted. */
  skuId: v.optional(Id),
  choiceIds: v.pipe(v.array(Id), v.maxLength(20)),
  quantity: Quantity,
})
export type CartLine = v.InferOutput<typeof CartLine>

export const CartLines = v.pipe(v.array(CartLine), v.minLength(1), v.maxLength(50))

export { Fulfilment }
export type { FulfilmentKind, Obstacle, Way }

/**
 * Why a line cannot be bought as it stands. NotHere: another store sells it. SkuInvalid: none was chosen, or that one is not sold
 * any more. OtherWay: it cannot go the way that was chosen. ChoiceSoldOut: a choice is gone for today, the rest can be had.
 * OverLimit: one order may hold only so many, and `left` says how many more.
 */
export type LineProblem =
  'Gone' | 'NotHere' | 'SoldOut' | 'NotEnough' | 'ChoiceInvalid' | 'SkuInvalid' | 'OtherWay' | 'ChoiceSoldOut' | 'OverLimit'

/** One reason for what a line costs, for all its pieces. Signed: what makes it cheaper is below zero. */
export type LineReason =
  | { kind: 'ListPrice', amountFen: number }
  /** What a member pays less. */
  | { kind: 'MemberPrice', amountFen: number }
  | { kind: 'Choice', name: Localized, amountFen: number }
  /** The line's share of a discount on the order. */
  | { kind: 'Coupon', name: Localized, amountFen: number }

/** All amounts in fen. */
export interface PricedLine {
  productId: string
  skuId?: string
  choiceIds: string[]
  name: Localized
  /** The SKU's own, where it has one. */
  picture: string
  /** What the SKU is: a value of each group; absent for goods without SKUs. */
  specs?: Localized[]
  choices: Localized[]
  /** Of a set meal: what is in one set, in the order of the menu. */
  parts?: PricedPart[]
  /** What one piece weighs; absent where nobody has weighed it. */
  weightGrams?: number
  /** Price of one piece with its choices, before discounts on the order. */
  unitFen: number
  quantity: number
  /** unitFen × quantity. */
  totalFen: number
  /** The line's share of what is paid: totalFen less its shares of the discounts. At most this much can be given back. */
  paidFen: number
  /** Why it costs that; they add up to paidFen. */
  reasons: LineReason[]
}

/** One dish of a set meal, as it is made and as it is paid for. */
export interface PricedPart {
  productId: string
  name: Localized
  choices: Localized[]
  /** Pieces in one set. */
  quantity: number
  /** Its share of the price of one set, in fen: by what the dishes cost by themselves. All shares add up to unitFen. */
  shareFen: number
}

/** Money off the whole order, spread over its lines. */
export interface Discount {
  kind: 'Coupon'
  couponId: string
  name: Localized
  amountFen: number
  /** What of it falls to each line, in their order. They add up to amountFen. */
  shares: number[]
}

/** What is paid beside the goods. */
export interface Fee {
  kind: 'Packaging' | 'Delivery' | 'Freight' | 'Utensils' | 'PerPerson' | 'Service'
  amountFen: number
  /** How many pieces are charged for, where each one is. */
  pieces?: number
  /** Why it is that much. */
  because?: FeeReason
}

export type FeeReason =
  /** Of a parcel: the first weight and what comes on top of it. */
  | { kind: 'Weight', grams: number, firstGrams: number, firstFen: number, furtherGrams: number, furtherFen: number }
  | { kind: 'Distance', meters: number, uptoMeters: number }
  /** A share of the dishes, in hundredths of a percent. */
  | { kind: 'Percent', basisPoints: number }
  /** It is nothing, because the goods come to so much. */
  | { kind: 'FreeFrom', freeFromFen: number }

export interface QuotedLine extends PricedLine {
  problem?: LineProblem
  /** Pieces left, beside SoldOut, NotEnough and OverLimit. */
  left?: number
}

/** A cart as it would be charged now: totalFen = Σ paidFen + Σ fees, over the lines without a problem. In fen. */
export interface Quote {
  lines: QuotedLine[]
  /** Pieces and sum of the lines without a problem, before discounts and fees. */
  count: number
  goodsFen: number
  discounts: Discount[]
  /** Empty while nobody has said how the goods reach the customer. */
  fees: Fee[]
  totalFen: number
  /** My coupons, those that end first in front, each with what it would save or why it cannot be used. */
  coupons: CouponChoice[]
  /** The one that saves most. */
  bestCouponId: string | null
  /** The one that is counted in. Null when none was asked for, or when it cannot be used. */
  couponId: string | null
  /** In which ways each line can go, by its place in `lines`. */
  ways: Way[][]
  /** What stands in the way of the fulfilment that was asked about; null where nothing does, or none was named. */
  obstacle: Obstacle | null
}

/**
 * Unpaid → Paid → Making → Ready → OnTheWay → Collected, where Making and OnTheWay may be left out; Unpaid → Closing → Closed;
 * Refunded once all of its money goes back. Reserving is the moment before Unpaid, Rejected its other end; customers never see
 * these two in a list.
 */
export type OrderState =
  | 'Reserving' | 'Rejected' | 'Unpaid' | 'Closing' | 'Closed' | 'Paid' | 'Making' | 'Ready' | 'OnTheWay' | 'Collected' | 'Refunded'

/**
 * Money on its way back: asked for, waiting for the merchant's account to be filled up, taken up by WeChat, arrived. Or in
 * need of a person: the customer's bank account is dead, WeChat gave it up, nobody knows. Those end by hand or by a new refund.
 */
export type RefundState =
  'Requested' | 'NotEnough' | 'Accepted' | 'Succeeded' | 'Abnormal' | 'Closed' | 'Failed' | 'SettledByHand' | 'Replaced'

/** How an order reaches its customer, frozen. `slotAtMs` is the time that was wished for; null is as soon as possible. */
export type FulfilmentView =
  | { kind: 'DineIn', tableName: string }
  | { kind: 'TakeAway' | 'PickUp', slotAtMs: number | null }
  | { kind: 'Delivery', slotAtMs: number | null, receiver: Receiver | null, meters: number | null }
  | { kind: 'Express', receiver: Receiver }
  | { kind: 'Virtual' }

export interface OrderView {
  id: string
  state: OrderState
  /** The store takes each order on by hand, and has not taken this one yet. */
  awaitsAcceptance: boolean
  /** Why a closed order was closed. */
  closedBecause?: 'Cancelled' | 'Expired'
  storeId: string
  /** The store that makes it; absent in lists, null where it is there no more. */
  store?: Whereabouts | null
  fulfilment: FulfilmentView
  /** What was posted; empty in lists. */
  parcels: { company: string, trackingNumber: string }[]
  lines: PricedLine[]
  discounts: Discount[]
  fees: Fee[]
  /** What is paid: Σ paidFen of the lines + Σ fees. */
  totalFen: number
  remark: string
  /** When it is to be ready, or brought where it is delivered, as it was promised when it was ordered; absent where nobody promised. */
  promise?: { fromMs: number, toMs: number }
  /** Sets of cutlery that were asked for. */
  utensils: number
  invoice: Invoice | null
  /** Given when paid, e.g. `A012`; starts anew each day. */
  pickupNumber: string | null
  createdAtMs: number
  /** Until when it can be paid. */
  expiresAtMs: number
  steps: { state: OrderState, atMs: number }[]
  refunds: { id: string, state: RefundState, refundFen: number, atMs: number }[]
  /** What of its money can still be asked back, in fen. */
  refundableFen: number
  /** Pieces of each line whose money went back or is on its way. */
  refundedPieces: number[]
  /** The customer's latest request about it. */
  afterSale: AfterSaleView | null
  /** Lines that the customer may review now, by their places. */
  toReview?: number[]
  /** It was sent, and the customer may say that it has arrived; absent otherwise. */
  toReceive?: ToReceive
}

/**
 * How receipt is confirmed. `inWeChat`: WeChat holds the money back until then, and asks the customer itself about the payment
 * of this number. Source: wx.openBusinessView, weappOrderConfirm.
 */
export interface ToReceive { transactionId: string, inWeChat: boolean }

/** `counts` stands on the first page of a list: the tabs show how many orders wait for the customer, and for how many they wait. */
export interface OrderPage { orders: OrderView[], nextCursor: string | null, counts?: OrderCounts }

export interface OrderCounts { unpaidCount: number, doingCount: number }

/** What `wx.requestPayment` takes. Source: CloudPay.unifiedOrder, handed on unchanged. */
export interface PaymentParams {
  timeStamp: string
  nonceStr: string
  package: string
  signType: 'MD5' | 'HMAC-SHA256' | 'RSA'
  paySign: string
}
