import type { Refund, Trade } from './ledger.ts'

/** How long a prepay id can be paid. */
export const prepayLifeMs = 2 * 3600_000

const mostRefundsPerTrade = 50
const refundPeriodMs = 365 * 24 * 3600_000

/** Why a number cannot be ordered again. */
export type OrderObstacle = 'CLOSED' | 'PAID' | 'OTHER_TERMS' | 'EXPIRED'

/** Why a trade cannot be paid. */
export type PaymentRefusal = 'PAYER_MISMATCH' | 'CLOSED' | 'EXPIRED' | 'PAID' | 'UNKNOWN'

/** Why a refund is not accepted. */
export type RefundObstacle = 'UNKNOWN_TRADE' | 'NOT_PAID' | 'TOO_LATE' | 'OTHER_AMOUNT' | 'TOO_MUCH' | 'TOO_MANY'

/** What a merchant wants to give back. */
export interface RefundTerms {
  totalFee: number
  refundFee: number
}

/** True once money has come in, whether or not some went back since. */
export function isPaid(trade: Trade): boolean {
  return trade.state === 'SUCCESS' || trade.state === 'REFUND'
}

/** True from the very moment that the order's deadline names. The trade stays NOTPAY: a deadline closes nothing. */
export function hasExpired(trade: Trade, atMs: number): boolean {
  return trade.expiresAtMs !== null && atMs >= trade.expiresAtMs
}

/** Whether a known number can be ordered once more: only as the same order, and while it can be paid. */
export function findOrderObstacle(trade: Trade, terms: string, nowMs: number): OrderObstacle | null {
  if (trade.state === 'CLOSED') return 'CLOSED'
  if (isPaid(trade)) return 'PAID'
  if (trade.terms !== terms) return 'OTHER_TERMS'
  return hasExpired(trade, nowMs) ? 'EXPIRED' : null
}

/** Whether this person can pay at this moment with a prepay id of that age. */
export function findPaymentRefusal(trade: Trade, openid: string, atMs: number, prepaidAtMs: number): PaymentRefusal | null {
  if (trade.openid !== openid) return 'PAYER_MISMATCH'
  if (trade.state === 'CLOSED') return 'CLOSED'
  if (isPaid(trade)) return 'PAID'
  return hasExpired(trade, atMs) || atMs - prepaidAtMs >= prepayLifeMs ? 'EXPIRED' : null
}

/** Whether a new refund fits: the order was paid within a year, and what goes back is never more than what came in. */
export function findRefundObstacle(trade: Trade, earlier: Refund[], terms: RefundTerms, nowMs: number): RefundObstacle | null {
  if (!isPaid(trade)) return 'NOT_PAID'
  if (nowMs - (trade.paidAtMs ?? 0) > refundPeriodMs) return 'TOO_LATE'
  if (trade.totalFee !== terms.totalFee) return 'OTHER_AMOUNT'
  if (refundedFee(earlier) + terms.refundFee > trade.totalFee) return 'TOO_MUCH'
  return earlier.length >= mostRefundsPerTrade ? 'TOO_MANY' : null
}

/** What went back, or is on its way. The money of a closed refund returned to the merchant, and can be refunded with another number. */
export function refundedFee(refunds: Refund[]): number {
  return refunds.filter(({ state }) => state !== 'CLOSED').reduce((sum, { refundFee }) => sum + refundFee, 0)
}

/** The same number is the same refund, as long as it is about the same money. */
export function isSameRefund(known: Refund, tradeId: string, terms: RefundTerms): boolean {
  return known.tradeId === tradeId && known.refundFee === terms.refundFee && known.totalFee === terms.totalFee
}
