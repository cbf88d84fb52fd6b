import type { AfterSaleState } from '../../contracts/afterSale.ts'
import type { RefundState } from '../../contracts/order.ts'
import type { RefundShare, RefundWish } from '../../contracts/afterSale.ts'
import type { Machine } from '../machine.ts'

export const afterSaleMachine: Machine<AfterSaleState> = {
  name: 'after-sale request',
  initial: 'Requested',
  edges: {
    Requested: { Approved: 'the owner sends money back', Declined: 'staff say no, and why', Withdrawn: 'the customer takes it back' },
    Approved: { Refunding: 'WeChat has taken the refund up', Refunded: 'staff saw to it by hand' },
    Refunding: { Refunded: 'the money is with the customer' },
    Declined: { Requested: 'the customer asks again, at most twice' },
    Refunded: {},
    Withdrawn: {},
  },
}

/** A no is final after so many: the first request and two more. */
export const DECLINES_MAX = 3
/** Requests about one order, so that nobody fills the shop's list by asking and withdrawing. */
export const REQUESTS_MAX = 20

/** These wait for staff or for WeChat; there is one of them an order. */
export const isOpen = (state: AfterSaleState): boolean => state === 'Requested' || state === 'Approved' || state === 'Refunding'

/** What a refund's new state makes of its request; null when nothing. */
export function follows(request: AfterSaleState, refund: RefundState): AfterSaleState | null {
  if (refund === 'Accepted') return request === 'Approved' ? 'Refunding' : null
  if (refund === 'Succeeded' || refund === 'SettledByHand') return request === 'Approved' || request === 'Refunding' ? 'Refunded' : null
  return null
}

interface Earlier { state: AfterSaleState, declines: number }

export type RequestDecision =
  | { kind: 'First', declines: number }
  | { kind: 'Again' }
  | { kind: 'No', because: 'AlreadyRequested' | 'AskedTooOften' }

/** Whether a customer may ask, given the order's last request and how many there were. */
export function decideRequest(last: Earlier | null, count: number): RequestDecision {
  if (last && isOpen(last.state)) return { kind: 'No', because: 'AlreadyRequested' }
  // Withdrawing does not wash the shop's noes away; getting money back does.
  const declines = last && last.state !== 'Refunded' ? last.declines : 0
  if (declines >= DECLINES_MAX) return { kind: 'No', because: 'AskedTooOften' }
  if (last?.state === 'Declined') return { kind: 'Again' }
  return count < REQUESTS_MAX ? { kind: 'First', declines } : { kind: 'No', because: 'AskedTooOften' }
}

/** Staff may send back what was asked for or less of it, never more. */
export function isWithin(asked: { wish: RefundWish, lines: readonly RefundShare[] }, wish: RefundWish): boolean {
  if (asked.wish.kind === 'Whole') return true
  if (wish.kind === 'Whole') return false
  const wanted = new Map<number, number>()
  for (const { line, quantity } of wish.lines) wanted.set(line, (wanted.get(line) ?? 0) + quantity)
  return [...wanted].every(([line, quantity]) => quantity <= (asked.lines.find(one => one.line === line)?.quantity ?? 0))
}
