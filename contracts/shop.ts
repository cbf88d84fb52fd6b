import * as v from 'valibot'
import { action } from './action.ts'
import { addressActions } from './address.ts'
import { afterSaleReasons, EvidencePhoto, Explanation, RefundWish } from './afterSale.ts'
import type { AfterSaleQuote, AfterSaleView } from './afterSale.ts'
import type { Localized, MenuScreen } from './catalog.ts'
import { checkoutActions, Utensils } from './checkout.ts'
import { diningActions } from './dining.ts'
import { CouponGoodsOf } from './coupon.ts'
import type { CouponToTake, CouponView, UsableCoupon } from './coupon.ts'
import { Cursor, Fen, Id, Remark, RequestId, Scene } from './fields.ts'
import { favouriteActions } from './favourite.ts'
import { obstacleCodes } from './fulfilment.ts'
import type { HomeScreen } from './home.ts'
import { Invoice } from './invoice.ts'
import { mallActions } from './mall.ts'
import type { GoodsPage } from './mall.ts'
import { memberActions } from './member.ts'
import type { Member } from './member.ts'
import { storeActions } from './store.ts'
import { CartLines, Fulfilment } from './order.ts'
import type { OrderPage, OrderView, PaymentParams, Quote } from './order.ts'
import { pointsActions } from './points.ts'
import { reviewActions } from './review.ts'

/** Subscription messages that the customer may be asked to accept at this moment. Source: wx.requestSubscribeMessage. */
export type TemplateIds = string[]

/** The customer's door. One entry an action; a page calls it by its name. */
export const shopActions = {
  /** The home screen, and where the scanned code leads. */
  home: action<HomeScreen>()({
    caller: 'guest',
    input: v.strictObject({ scene: v.optional(Scene) }),
    codes: [],
  }),
  menu: action<MenuScreen>()({ caller: 'guest', input: v.strictObject({}), codes: [] }),
  /**
   * Prices a cart and says which lines cannot be bought, and which coupons can be used. Reserves nothing. `bestCoupon` takes
   * the coupon that saves most when none is named. Without `fulfilment` the fees are left out.
   */
  quote: action<Quote>()({
    caller: 'guest',
    input: v.strictObject({
      lines: CartLines,
      fulfilment: v.optional(Fulfilment),
      couponId: v.optional(Id),
      bestCoupon: v.optional(v.boolean()),
      utensils: v.optional(Utensils),
    }),
    codes: [],
  }),

  /** Takes the code of `wx.login` to code2session. Over HTTP the token in the answer is the identity from then on. */
  login: action<{ member: Member, session: string }>()({
    caller: 'anyone',
    input: v.strictObject({ code: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,128}$/)) }),
    codes: ['CodeExpired', 'AccountBlocked', 'TooOften', 'WeChatBusy', 'LoginNotConfigured'],
    limit: { perMinute: 20 },
  }),
  /** `couponCount` is of those that can be used now or soon. */
  me: action<{ member: Member, unpaidCount: number, doingCount: number, couponCount: number }>()({
    caller: 'customer',
    input: v.strictObject({}),
    codes: [],
  }),

  /**
   * Reserves stock and coupon and makes the order. `expectedTotalFen` is what the customer saw; another total, or a coupon
   * that cannot be used any more, is refused with PriceChanged and the quote as it is now, never silently charged.
   */
  placeOrder: action<OrderView>()({
    caller: 'customer',
    input: v.strictObject({
      requestId: RequestId,
      lines: CartLines,
      fulfilment: Fulfilment,
      remark: Remark,
      expectedTotalFen: Fen,
      couponId: v.optional(Id),
      utensils: v.optional(Utensils),
      invoice: v.optional(Invoice),
      /** The code that brought the customer, for whoever wants to know what a poster brought in. */
      arrivedBy: v.optional(Id),
    }),
    codes: [
      'LinesUnavailable', 'PriceChanged', 'TableUnknown', 'SittingNeeded', 'NothingToPay', 'TooManyUnpaid', 'CouponUnknown', 'TooOften', ...obstacleCodes,
    ],
    limit: { perMinute: 30 },
  }),
  /** Makes or repeats the payment attempt of an unpaid order. */
  unifiedOrder: action<{ payment: PaymentParams, outTradeNo: string, expiresAtMs: number, askFor: TemplateIds }>()({
    caller: 'customer',
    input: v.strictObject({ orderId: Id }),
    codes: ['OrderUnknown', 'OrderNotUnpaid', 'PaymentUnavailable', 'TooOften'],
    limit: { perMinute: 30 },
  }),
  /** Asks WeChat Pay and answers the order as it then stands: the only truth about a payment. */
  syncPayment: action<OrderView>()({ caller: 'customer', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown'] }),
  /** The customer has confirmed receipt in WeChat's own component; WeChat is asked whether it is so. */
  confirmReceipt: action<OrderView>()({
    caller: 'customer',
    input: v.strictObject({ orderId: Id }),
    codes: ['OrderUnknown', 'OrderNotShipped', 'ReceiptNotConfirmed', 'TooOften'],
    limit: { perMinute: 10 },
  }),
  cancelOrder: action<OrderView>()({
    caller: 'customer',
    input: v.strictObject({ orderId: Id }),
    codes: ['OrderUnknown', 'OrderNotUnpaid'],
  }),

  /** The form for money back: the order, and what all that is left of it comes to; null where nothing can go back. */
  afterSaleForm: action<{ order: OrderView, quote: AfterSaleQuote | null }>()({
    caller: 'customer', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown'],
  }),
  /** What would go back for a wish, before anything is asked for. */
  afterSaleQuote: action<AfterSaleQuote>()({
    caller: 'customer',
    input: v.strictObject({ orderId: Id, wish: RefundWish }),
    codes: ['OrderUnknown', 'OrderNotRefundable', 'TooManyPieces', 'NothingToRefund'],
  }),
  /** Asks for money back; staff decide. `expectedFen` is what the customer saw; another amount is refused with AmountChanged. */
  requestAfterSale: action<AfterSaleView>()({
    caller: 'customer',
    input: v.strictObject({
      requestId: RequestId,
      orderId: Id,
      wish: RefundWish,
      reason: v.picklist(afterSaleReasons),
      text: Explanation,
      photos: v.pipe(v.array(EvidencePhoto), v.maxLength(3)),
      expectedFen: Fen,
    }),
    codes: [
      'OrderUnknown', 'OrderNotRefundable', 'TooManyPieces', 'NothingToRefund', 'AmountChanged', 'AlreadyRequested', 'AskedTooOften',
      'PhotoUnknown', 'PhotoTooLarge', 'ContentRefused', 'TooOften',
    ],
    limit: { perMinute: 10 },
  }),
  /** Takes a request back that nobody has decided yet. */
  withdrawAfterSale: action<AfterSaleView>()({
    caller: 'customer',
    input: v.strictObject({ afterSaleId: Id }),
    codes: ['AfterSaleUnknown', 'AfterSaleDecided', 'TooOften'],
    limit: { perMinute: 10 },
  }),

  order: action<OrderView>()({ caller: 'customer', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown'] }),
  orders: action<OrderPage>()({
    caller: 'customer',
    input: v.strictObject({ tab: v.picklist(['All', 'Unpaid', 'Doing', 'Done']), cursor: v.optional(Cursor) }),
    codes: [],
  }),

  /**
   * What can be taken now and what can be used, those that end first in front: both with the first page only. And all that I have or
   * had, newest first.
   */
  coupons: action<{ toTake: CouponToTake[], usable: UsableCoupon[], mine: CouponView[], nextCursor: string | null }>()({
    caller: 'customer',
    input: v.strictObject({ cursor: v.optional(Cursor) }),
    codes: [],
  }),
  /** The goods that a coupon is for, page by page, with its name. */
  couponGoods: action<GoodsPage & { name: Localized }>()({
    caller: 'guest', input: v.strictObject({ of: CouponGoodsOf, cursor: v.optional(Cursor) }), codes: ['CouponUnknown'],
  }),
  /** The same template and number give the same coupon, however often it is tapped. */
  takeCoupon: action<CouponView>()({
    caller: 'customer',
    input: v.strictObject({ templateId: Id, number: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)), 1) }),
    codes: ['CouponUnknown', 'CouponStopped', 'CouponOver', 'CouponsGone', 'TakenAlready', 'NotNewMember', 'CouponBusy'],
  }),

  ...memberActions,
  ...addressActions,
  ...storeActions,
  ...checkoutActions,
  ...pointsActions,
  ...diningActions,
  ...mallActions,
  ...reviewActions,
  ...favouriteActions,
} as const

export type ShopActions = typeof shopActions
