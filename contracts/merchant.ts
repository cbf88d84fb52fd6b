import * as v from 'valibot'
import { action } from './action.ts'
import { RefundWish } from './afterSale.ts'
import type { AfterSaleView, RefundQuote } from './afterSale.ts'
import type { Localized } from './catalog.ts'
import { attentionActions } from './attention.ts'
import type { AttentionCounts } from './attention.ts'
import { couponTemplateFields } from './coupon.ts'
import type { CouponTemplateView } from './coupon.ts'
import { homeStaffActions } from './home.ts'
import { tableActions } from './tables.ts'
import { Cursor, Fen, Id, Note, RequestId } from './fields.ts'
import { goodsActions } from './goods.ts'
import { kitchenActions } from './kitchen.ts'
import type { KitchenView } from './kitchen.ts'
import type { OrderView, RefundState } from './order.ts'
import { reviewStaffActions } from './review.ts'
import { servingActions } from './serving.ts'
import { GivenParcels, shippingActions } from './shipping.ts'
import type { ShipmentView } from './shipping.ts'
import { staffOrderActions } from './staffOrder.ts'
import { statisticsActions } from './statistics.ts'
import { StockChange } from './stock.ts'
import { storeRuleActions } from './storeRules.ts'
import type { StockMoveView, StockView } from './stock.ts'

/** An order as the bar sees it: what to make, for whom to call. */
export interface BarOrder extends OrderView {
  /** The last four characters of the order's id, to tell two orders apart aloud. */
  shortId: string
}

/** A customer's request as staff see it. */
export interface AfterSaleForStaff extends AfterSaleView {
  pickupNumber: string | null
  shortId: string
  orderTotalFen: number
  /** The places of the lines that are counted goods: only these can come back to the shelf. */
  shelfLines: number[]
  /** WeChat could not look at its words and photos when it came: whoever opens them should know. */
  isUnchecked: boolean
}

/** A refund that does not go on without a person, and what WeChat said last. */
export interface TroubledRefund {
  id: string
  orderId: string
  shortId: string
  state: RefundState
  because: RefundCause
  amountFen: number
  said: string
  tries: number
  atMs: number
}

export type RefundCause = 'OrderClosed' | 'PaidTwice' | 'AfterSale' | 'ByStaff'

/** Money that does not match its order. */
export interface IncidentView {
  id: string
  kind: IncidentKind
  /** No single store's, so that only owners see it. */
  isShopWide: boolean
  orderId: string
  shortId: string
  outTradeNo: string
  /** The money in question, and what it should have been. */
  amountFen: number
  expectedFen: number
  atMs: number
  /** When the owner had it tried again, while that is under way; null otherwise. */
  retriedAtMs: number | null
}

export type IncidentKind =
  | 'AmountDiffers' | 'MerchantDiffers' | 'PayerDiffers' | 'RefundedElsewhere' | 'RefundTakenBack'
  /** Found in the bill of a day. */
  | 'MoneyWithoutOrder' | 'PaidThereNotHere' | 'PaidHereNotThere' | 'RefundMissingHere' | 'RefundMissingThere' | 'RefundAmountDiffers'
  /** The day's bill could not be had: `outTradeNo` is the day then. */
  | 'BillMissing'

/** What must happen after something was written down. */
export type EffectKind =
  | 'UploadShipping' | 'RemindReceipt' | 'TellPaid' | 'TellReady' | 'TellRefunded'
  /** Statistics of the day, what was sold of the goods, and the member's points. */
  | 'CountSale' | 'CountRefund'
  /** A round that was paid first goes to the kitchen. */
  | 'MakeTicket'

/** Waiting → Done; or Dead, when only a person helps. */
export type EffectState = 'Waiting' | 'Done' | 'Dead' | 'Dismissed'

/** An effect that could not be carried out, and what WeChat said last. */
export interface DeadLetter {
  id: string
  kind: EffectKind
  state: EffectState
  orderId: string
  shortId: string
  said: string
  tries: number
  atMs: number
}

export interface ListOf<Item> { items: Item[], nextCursor: string | null }

/** Orders behind one tab of the bar, and how many wait behind each. */
export interface BarOrders { orders: BarOrder[], nextCursor: string | null, counts: { toMake: number, toCollect: number } }

/** Where somebody of the staff works at this moment. */
export interface Workplace {
  storeId: string
  name: Localized
  /** Its owner has stopped orders until further notice. */
  isResting: boolean
  /** The stores that this person may change to, this one among them; none where there is no other. */
  stores: { id: string, name: Localized }[]
}

/** Lines whose goods are back on the counter, by their places in the order. */
const GoodsReturned = v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(49))), v.maxLength(50))
const barTab = v.picklist(['ToMake', 'ToCollect', 'Collected'])

/**
 * The staff's door; the role is read from the database in every call. Clerks see, prepare and decline; only the owner sends
 * money back and closes an incident.
 */
export const merchantActions = {
  ...kitchenActions,
  ...servingActions,
  ...shippingActions,
  ...staffOrderActions,
  /** The bar's whole screen: the orders of a tab, what needs attention, and how the kitchen is doing, and where that is. */
  bar: action<BarOrders & { attention: AttentionCounts, kitchen: KitchenView, workplace: Workplace }>()({
    caller: 'clerk', input: v.strictObject({ tab: barTab }), codes: [],
  }),
  /** The orders alone: a screen that is open asks for these every few seconds. */
  orders: action<BarOrders>()({ caller: 'clerk', input: v.strictObject({ tab: barTab, cursor: v.optional(Cursor) }), codes: [] }),
  markReady: action<BarOrder>()({ caller: 'clerk', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown', 'OrderNotPaid', 'ParcelsNeeded'] }),
  markCollected: action<BarOrder>()({ caller: 'clerk', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown', 'OrderNotReady'] }),

  /** A paid order was posted, in so many parcels; the customer's WeChat says so. */
  shipOrder: action<ShipmentView>()({
    caller: 'clerk',
    input: v.strictObject({ orderId: Id, parcels: GivenParcels }),
    codes: ['OrderUnknown', 'NothingToShip', 'OrderNotPaid', 'ParcelsDoNotMatch'],
  }),
  /** Mends what was entered: once, says WeChat, after it has taken it. */
  correctShipping: action<ShipmentView>()({
    caller: 'clerk',
    input: v.strictObject({ orderId: Id, parcels: GivenParcels }),
    codes: [
      'OrderUnknown', 'NothingToShip', 'OrderNotShipped', 'ParcelsDoNotMatch', 'ShippingCorrected', 'ShippingOver', 'ShippedTogether',
    ],
  }),
  /** Has WeChat remind the customer that a parcel has arrived, once an order. */
  remindReceipt: action<ShipmentView>()({
    caller: 'clerk', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown', 'NothingToShip', 'OrderNotShipped'],
  }),

  ...attentionActions,

  refundQuote: action<RefundQuote>()({
    caller: 'clerk',
    input: v.strictObject({ orderId: Id, wish: RefundWish }),
    codes: ['OrderUnknown', 'OrderNotRefundable', 'TooManyPieces', 'NothingToRefund'],
  }),
  declineAfterSale: action<AfterSaleForStaff>()({
    caller: 'clerk',
    input: v.strictObject({ afterSaleId: Id, answer: Note }),
    codes: ['AfterSaleUnknown', 'AfterSaleDecided'],
  }),
  /** Sends back what was asked for, or less of it. `expectedFen` is what the owner saw. */
  approveAfterSale: action<AfterSaleForStaff>()({
    caller: 'owner',
    input: v.strictObject({ afterSaleId: Id, wish: RefundWish, goodsReturned: GoodsReturned, expectedFen: Fen }),
    codes: [
      'AfterSaleUnknown', 'AfterSaleDecided', 'OrderNotRefundable', 'TooManyPieces', 'NothingToRefund', 'AmountChanged', 'GoodsNotCounted',
      'TooManyRefunds',
    ],
  }),
  /** Sends money back without a request. One requestId gives one refund. */
  refundOrder: action<BarOrder>()({
    caller: 'owner',
    input: v.strictObject({
      requestId: RequestId, orderId: Id, wish: RefundWish, goodsReturned: GoodsReturned, expectedFen: Fen, note: Note,
    }),
    codes: ['OrderUnknown', 'OrderNotRefundable', 'TooManyPieces', 'NothingToRefund', 'AmountChanged', 'GoodsNotCounted', 'TooManyRefunds'],
  }),
  /** Asks WeChat again at once: under the same number, or under a new one where WeChat has given up the old. */
  retryRefund: action<TroubledRefund>()({
    caller: 'owner', input: v.strictObject({ refundId: Id }), codes: ['RefundUnknown', 'RefundNotInTrouble', 'TooManyRefunds'],
  }),
  /** The customer has the money by another way, which the note tells. */
  settleRefundByHand: action<TroubledRefund>()({
    caller: 'owner', input: v.strictObject({ refundId: Id, note: Note }), codes: ['RefundUnknown', 'RefundNotInTrouble'],
  }),
  resolveIncident: action<IncidentView>()({
    caller: 'owner', input: v.strictObject({ incidentId: Id, note: Note }), codes: ['IncidentUnknown'],
  }),
  /** BillMissing: asks WeChat for the day's bill again, as often as the first time. The incident ends once the bill is there. */
  retryBill: action<IncidentView>()({ caller: 'owner', input: v.strictObject({ incidentId: Id }), codes: ['IncidentUnknown'] }),

  /** Lets the timer try it again, within a minute. */
  retryEffect: action<DeadLetter>()({ caller: 'clerk', input: v.strictObject({ effectId: Id }), codes: ['EffectUnknown'] }),
  /** It was seen to another way, which the note tells, or is left undone. */
  dismissEffect: action<DeadLetter>()({
    caller: 'clerk', input: v.strictObject({ effectId: Id, note: Note }), codes: ['EffectUnknown'],
  }),
  /** A shelf and its ledger, the newest line first. */
  stock: action<{ stock: StockView, moves: StockMoveView[], nextCursor: string | null }>()({
    caller: 'clerk', input: v.strictObject({ productId: Id, skuId: v.optional(Id), cursor: v.optional(Cursor) }), codes: ['NotCounted'],
  }),
  /** Puts pieces on a shelf, or corrects their count. One requestId changes it once. */
  changeStock: action<StockView>()({ caller: 'clerk', input: v.strictObject(StockChange), codes: ['NotCounted', 'StockTooLow'] }),

  /** Makes a template, one a requestId, or changes the one that is named. What members have taken stays as it was. */
  saveCouponTemplate: action<CouponTemplateView>()({
    caller: 'owner',
    input: v.strictObject({ requestId: RequestId, templateId: v.optional(Id), ...couponTemplateFields }),
    codes: ['CouponUnknown', 'CouponStopped', 'LimitBelowTaken'],
  }),
  /** Newest first. */
  couponTemplates: action<{ templates: CouponTemplateView[], nextCursor: string | null }>()({
    caller: 'owner',
    input: v.strictObject({ cursor: v.optional(Cursor) }),
    codes: [],
  }),
  /** Hands out no more of it, for good. */
  stopCouponTemplate: action<CouponTemplateView>()({ caller: 'owner', input: v.strictObject({ templateId: Id }), codes: ['CouponUnknown'] }),

  ...statisticsActions,
  ...tableActions,
  ...reviewStaffActions,
  ...homeStaffActions,
  ...goodsActions,
  ...storeRuleActions,
} as const

export type MerchantActions = typeof merchantActions
