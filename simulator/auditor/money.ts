import type { Trade } from '../../emulator/pay/ledger.ts'
import { isPaid } from './books.ts'
import type { Books, Change, Row } from './books.ts'
import type { Violation } from './promises.ts'

/** Promises 2 and 3: money is credited once, if WeChat has it, in the right amount; and 10: nothing is closed that can be paid. */
export function checkMoney({ collection, before, after }: Change, books: Books): Violation[] {
  if (!after || before?.state === after.state) return []
  if (collection === 'attempts') return after.state === 'Paid' ? checkAttempt(after, books) : []
  if (collection !== 'orders') return []
  if (isPaid(after.state) && !isPaid(before?.state)) return checkCredit(after, books)
  return after.state === 'Closed' ? checkClosed(after, books) : []
}

/** How WeChat's trade differs from what its order asks for; empty when it pays the order. */
export function differences(trade: Trade, order: Row): ('AmountDiffers' | 'PayerDiffers')[] {
  return [
    ...trade.totalFee === order.totalFen ? [] : ['AmountDiffers' as const],
    ...trade.openid === order.openid ? [] : ['PayerDiffers' as const],
  ]
}

function checkCredit(order: Row, books: Books): Violation[] {
  const id = String(order._id)
  const trade = books.tradesOf(id).find(({ transactionId }) => transactionId === order.transactionId)
  if (!trade || trade.paidAtMs === null) return [{ promise: 2, what: `${id} was credited with ${String(order.transactionId)}, which WeChat does not have` }]
  const violations: Violation[] = differences(trade, order)
    .map(difference => ({ promise: 2, what: `${id} costs ${String(order.totalFen)} fen and was paid with ${trade.totalFee} by ${trade.openid}: ${difference}` }))
  if (trade.state !== 'SUCCESS') violations.push({ promise: 3, what: `${id} was credited with ${trade.outTradeNo}, which is ${trade.state}` })
  const count = books.ordersPaidWith(order.transactionId).length
  if (count > 1) violations.push({ promise: 2, what: `${String(order.transactionId)} was credited to ${count} orders` })
  return [...violations, ...checkPickupNumber(order, books)]
}

/** A number is called once in a day. */
function checkPickupNumber(order: Row, books: Books): Violation[] {
  const day = dayOfPayment(order)
  const others = books.rows('orders').filter(other => other.pickupNumber === order.pickupNumber && other._id !== order._id && dayOfPayment(other) === day)
  return others.length === 0 ? [] : [{ promise: 2, what: `two orders of a day are called ${String(order.pickupNumber)}` }]
}

const beijingAheadMs = 8 * 3600_000
const dayMs = 24 * 3600_000

function dayOfPayment({ steps }: Row): number {
  const paid = (steps as { state: string, atMs: number }[]).find(({ state }) => state === 'Paid')
  return Math.floor(((paid?.atMs ?? 0) + beijingAheadMs) / dayMs)
}

function checkAttempt(attempt: Row, books: Books): Violation[] {
  const trade = books.trade(attempt._id)
  if (trade?.paidAtMs && trade.transactionId === attempt.transactionId) return []
  return [{ promise: 2, what: `${String(attempt._id)} is Paid with ${String(attempt.transactionId)}, and WeChat says ${trade?.transactionId ?? 'nothing'}` }]
}

/** Before stock goes back nobody may be able to pay any more. */
function checkClosed(order: Row, books: Books): Violation[] {
  return books.tradesOf(String(order._id)).filter(trade => books.isPayable(trade))
    .map(({ outTradeNo }) => ({ promise: 10, what: `${outTradeNo} can be paid although its order is closed` }))
}
