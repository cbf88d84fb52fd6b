import type { OrderState } from '../../contracts/order.ts'
import type { AttemptState } from '../../contracts/staffOrder.ts'
import type { Machine } from '../machine.ts'

export type { AttemptState }

export const attemptMachine: Machine<AttemptState> = {
  name: 'payment attempt',
  initial: 'Created',
  edges: {
    Created: { Prepaid: 'WeChat gave a prepay id', Paid: 'the money has arrived', Closed: 'WeChat closed it, or never knew it' },
    Prepaid: { Paid: 'the money has arrived', Closed: 'WeChat closed it' },
    Closed: { Paid: 'money came all the same, and goes back' },
    Paid: {},
  },
}

/** When WeChat has not told us, we ask. */
export const CHECK_AFTER_MS = 30_000
/** And once more so long after a number was closed: a payment that was on its way then has arrived, or never will. */
export const LOOK_AGAIN_AFTER_MS = 10 * 60_000

export interface Expected { totalFen: number, merchantId: string, openid: string }
export interface Received extends Expected { isRefunded: boolean }

export type MoneyDecision =
  /** This payment pays the order. */
  | { kind: 'Pay' }
  /** The very payment was credited before: nothing is left to do. */
  | { kind: 'Already' }
  /** The order needs no money, or no more: it goes back by itself. */
  | { kind: 'GiveBack', because: 'OrderClosed' | 'PaidTwice' }
  /** The money is not what we asked for. A person has to look. */
  | { kind: 'Incident', because: 'AmountDiffers' | 'MerchantDiffers' | 'PayerDiffers' | 'RefundedElsewhere' }

/** What becomes of money that WeChat says it has received for an attempt. */
export function decideMoney(
  order: { state: OrderState },
  attempt: { state: string },
  expected: Expected,
  received: Received,
): MoneyDecision {
  if (received.totalFen !== expected.totalFen) return { kind: 'Incident', because: 'AmountDiffers' }
  if (received.merchantId !== expected.merchantId) return { kind: 'Incident', because: 'MerchantDiffers' }
  if (received.openid !== expected.openid) return { kind: 'Incident', because: 'PayerDiffers' }
  if (attempt.state === 'Paid') return { kind: 'Already' }
  // Somebody sent the money back at WeChat before we ever saw it: nothing is left that could pay an order.
  if (received.isRefunded) return { kind: 'Incident', because: 'RefundedElsewhere' }
  if (order.state === 'Unpaid' || order.state === 'Closing') return { kind: 'Pay' }
  return { kind: 'GiveBack', because: order.state === 'Closed' ? 'OrderClosed' : 'PaidTwice' }
}
