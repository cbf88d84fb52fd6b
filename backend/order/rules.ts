import type { OrderState } from '../../contracts/order.ts'
import type { Machine } from '../machine.ts'

/** Reserving is the moment before anybody sees the order; Closing is while WeChat is asked whether money is on its way. */
export const orderMachine: Machine<OrderState> = {
  name: 'order',
  initial: 'Reserving',
  edges: {
    Reserving: { Unpaid: 'its stock and its coupon are held', Rejected: 'some of it is not there' },
    Rejected: {},
    Unpaid: { Paid: 'the money has arrived', Closing: 'the customer cancels, or time runs out' },
    Closing: { Paid: 'the money was quicker', Closed: 'nobody can pay it any more' },
    Closed: {},
    Paid: { Making: 'the bar has begun', Ready: 'the bar has made it, or it was posted', Refunded: 'all of its money goes back' },
    Making: { Ready: 'the bar has made it, or it was posted', Refunded: 'all of its money goes back' },
    Ready: { OnTheWay: 'a courier has left with it', Collected: 'the customer has it', Refunded: 'all of its money goes back' },
    OnTheWay: { Collected: 'the customer has it', Refunded: 'all of its money goes back' },
    Collected: { Refunded: 'all of its money goes back' },
    Refunded: {},
  },
}

/** Orders whose money the shop has and keeps. Who has one of these is no new member any more. */
export const PAID_STATES: readonly OrderState[] = ['Paid', 'Making', 'Ready', 'OnTheWay', 'Collected']

/** The bar has the money and still has to make it. */
export const TO_MAKE = ['Paid', 'Making'] as const satisfies readonly OrderState[]
/** Made and not yet with the customer. */
export const TO_HAND_OVER = ['Ready', 'OnTheWay'] as const satisfies readonly OrderState[]

export const isToMake = (state: OrderState): state is typeof TO_MAKE[number] => TO_MAKE.some(one => one === state)
export const isToHandOver = (state: OrderState): state is typeof TO_HAND_OVER[number] => TO_HAND_OVER.some(one => one === state)

/** How long a customer may take to pay. */
export const PAY_WITHIN_MS = 15 * 60_000
/** The doors live at most 20 s; after this long no customer's call still works on a reservation or an attempt. */
export const ABANDONED_AFTER_MS = 60_000
/** Unpaid orders a member may have at a time, so that nobody empties the shelf without paying. */
export const MAX_UNPAID = 5

/** Payable until the very millisecond of expiry, not after. */
export const isPayable = (order: { state: OrderState, expiresAtMs: number }, nowMs: number): boolean =>
  order.state === 'Unpaid' && nowMs < order.expiresAtMs

/** The shop has this order's money, so some of it may go back. */
export const hasMoney = (state: OrderState): boolean => PAID_STATES.includes(state)

export type OrderTab = 'All' | 'Unpaid' | 'Doing' | 'Done'

/** Which states a customer's tab shows. */
export const tabStates: Record<OrderTab, readonly OrderState[]> = {
  All: ['Unpaid', 'Closing', 'Closed', ...PAID_STATES, 'Refunded'],
  Unpaid: ['Unpaid'],
  Doing: [...TO_MAKE, ...TO_HAND_OVER],
  Done: ['Collected', 'Refunded'],
}

/** `A001` … `A999`, then `B001`: short enough to be called out. */
export function pickupNumber(count: number): string {
  const letter = String.fromCharCode('A'.charCodeAt(0) + Math.floor((count - 1) / 999) % 26)
  return letter + String((count - 1) % 999 + 1).padStart(3, '0')
}

/** The last four characters of an order's id, to tell two orders apart aloud. */
export const shortIdOf = (orderId: string): string => orderId.slice(-4).toUpperCase()

/** What staff find an order by beside its pickup number: its short id, and the last four digits of the receiver's number. */
export function findersOf(orderId: string, phone: string | null): string[] {
  const digits = (phone ?? '').replace(/[^0-9]/g, '')
  return [...new Set([shortIdOf(orderId), ...digits.length < 7 ? [] : [digits.slice(-4)]])]
}

/** Sorts orders by time, and two of one millisecond by id; also the cursor of lists. */
export const sortKeyOf = (createdAtMs: number, orderId: string): string => `${String(createdAtMs).padStart(14, '0')}_${orderId}`
