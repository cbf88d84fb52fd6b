import * as v from 'valibot'
import { action } from './action.ts'
import type { RefundShare } from './afterSale.ts'
import { Id } from './fields.ts'
import type { AfterSaleForStaff, BarOrder, TroubledRefund } from './merchant.ts'
import type { ShipmentView } from './shipping.ts'

/** Created is before WeChat knows the number; Prepaid is when the customer can pay it. */
export type AttemptState = 'Created' | 'Prepaid' | 'Paid' | 'Closed'

/** What a person did to money, or to what is owed after it. */
export type AuditKind =
  | 'ApproveAfterSale' | 'RefundOrder' | 'RetryRefund' | 'SettleRefundByHand' | 'ResolveIncident' | 'RetryEffect' | 'DismissEffect'
  | 'ReadReceiver' | 'RetryBill' | 'ReturnDish' | 'MarkLeft' | 'ResolveLeft' | 'HideReview' | 'ShowReview' | 'ArrangeHome'
  | 'TakeOff' | 'BringBack' | 'ChangeStoreRules'

/** One try to pay, as staff look for it at WeChat: by its number. In fen. */
export interface AttemptForStaff { outTradeNo: string, state: AttemptState, totalFen: number, refundedFen: number, createdAtMs: number }

/** Money on its way back: of which lines, and how far it is. */
export interface RefundForStaff extends TroubledRefund { lines: RefundShare[], feesFen: number }

/** Who did what about an order. `byName` is empty where that person has given no name. */
export interface AuditView { id: string, what: AuditKind, isMine: boolean, byName: string, amountFen: number, note: string, atMs: number }

/** What was posted of an order, and whether its customer was reminded to say that it has come. */
export interface StaffShipment extends ShipmentView {
  reminder: 'None' | 'Waiting' | 'Sent' | 'Failed'
}

/** One order with everything that staff may have to know of it. */
export interface StaffOrder {
  order: BarOrder
  /** The places of the lines that are counted goods: only these can come back to the shelf. */
  shelfLines: number[]
  /** In the order in which they were made. */
  attempts: AttemptForStaff[]
  refunds: RefundForStaff[]
  shipment: StaffShipment | null
  /** The newest first. */
  afterSales: AfterSaleForStaff[]
  audits: AuditView[]
  /** Whether this person may send money back. */
  mayDecide: boolean
}

/**
 * What somebody at the bar says to find an order, in capitals: its pickup number, the last four characters of its id, or the last
 * four digits of the receiver's number.
 */
export const findPattern = /^#?(?:[A-Z][0-9]{3}|[0-9A-F]{4})$/
export const FindText = v.pipe(v.string(), v.maxLength(16), v.trim(), v.toUpperCase(), v.regex(findPattern))

/** How many orders a search answers, the newest first: more than anybody reads. */
export const foundMax = 20

/** One order on a page of its own, and how staff come to it. */
export const staffOrderActions = {
  orderForStaff: action<StaffOrder>()({ caller: 'clerk', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown'] }),
  /** Receivers' numbers come masked; the search itself is written down nowhere. */
  findOrders: action<{ orders: BarOrder[] }>()({ caller: 'clerk', input: v.strictObject({ text: FindText }), codes: [] }),
} as const
