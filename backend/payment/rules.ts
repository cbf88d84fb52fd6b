import type { OrderState } from '../../contracts/order.ts'

/** A prepay id lives two hours; one that is used within this time leaves the customer time to type a password. */
export const PREPAY_FRESH_MS = 90 * 60_000
/** When WeChat has not told us, we ask. */
export const CHECK_AFTER_MS = 30_000

export interface Expected { totalFen: number, merchantId: string, openid: string }
export interface Received { transactionId: string, totalFen: number, merchantId: string, openid: string }

export type MoneyDecision =
  /** This payment pays the order. */
  | { kind: 'Pay' }
  /** The very payment was credited before: nothing is left to do. */
  | { kind: 'Already' }
  /** The order needs no money, or no more: it goes back by itself. */
  | { kind: 'GiveBack', because: 'OrderClosed' | 'PaidTwice' }
  /** The money is not what we asked for. A person has to look. */
  | { kind: 'Incident', because: 'AmountDiffers' | 'MerchantDiffers' | 'PayerDiffers' }

/** What becomes of money that WeChat says it has received for an attempt. */
export function decideMoney(
  order: { state: OrderState },
  attempt: { state: string, transactionId: string | null },
  expected: Expected,
  received: Received,
): MoneyDecision {
  if (received.totalFen !== expected.totalFen) return { kind: 'Incident', because: 'AmountDiffers' }
  if (received.merchantId !== expected.merchantId) return { kind: 'Incident', because: 'MerchantDiffers' }
  if (received.openid !== expected.openid) return { kind: 'Incident', because: 'PayerDiffers' }
  if (attempt.state === 'Paid') return { kind: 'Already' }
  if (order.state === 'Unpaid' || order.state === 'Closing') return { kind: 'Pay' }
  return { kind: 'GiveBack', because: order.state === 'Closed' ? 'OrderClosed' : 'PaidTwice' }
}
