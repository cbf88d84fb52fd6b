import type { Trade } from '../../emulator/pay/ledger.ts'
import { checkAfterwards, isTrueDifference } from './afterwards.ts'
import { isPaid, orderIdIn, sumOf } from './books.ts'
import type { Books, Row } from './books.ts'
import { checkCouponsHealed } from './coupons.ts'
import { differences } from './money.ts'
import { checkPointsHealed } from './points.ts'
import type { Violation } from './promises.ts'
import { living } from './refunds.ts'
import { shelfOf } from './shelves.ts'
import type { Piece } from './shelves.ts'
import { checkStatistics } from './statistics.ts'

const isOver = (state: unknown) => isPaid(state) || state === 'Closed' || state === 'Rejected'

/** What must hold once nothing goes wrong any more, everybody has had time, and the owner has seen to what was shown. */
export function checkHealed(books: Books): Violation[] {
  const trades = books.ledger.trades()
  return [
    ...books.rows('orders').flatMap(order => checkOrder(order, trades)),
    ...books.rows('refunds').flatMap(refund => checkRefund(refund, books)),
    ...books.rows('afterSales').flatMap(request => checkAfterSale(request, books)),
    ...trades.filter(({ paidAtMs }) => paidAtMs !== null).flatMap(trade => checkTrade(trade, books)),
    ...books.rows('incidents').flatMap(incident => checkIncident(incident, books)),
    ...checkShelf(books),
    ...checkCouponsHealed(books, books.nowMs),
    ...checkPointsHealed(books),
    ...checkStatistics(books),
    ...checkAfterwards(books, books.nowMs),
  ]
}

/** Promise 9: nothing is stuck, no follow-up either. Promise 3: what is paid has money. */
function checkOrder({ _id, state, followUp, transactionId }: Row, trades: readonly Trade[]): Violation[] {
  const id = String(_id)
  if (!isOver(state)) return [{ promise: 9, what: `${id} is still ${String(state)}` }]
  if (followUp !== 'None') return [{ promise: 12, what: `${id} still has to do ${String(followUp)}` }]
  if (!isPaid(state) || trades.some(trade => trade.transactionId === transactionId && trade.paidAtMs !== null)) return []
  return [{ promise: 3, what: `${id} is ${String(state)}, and WeChat has no money for it` }]
}

const ends = new Set<unknown>(['Succeeded', 'Replaced', 'SettledByHand'])

function checkRefund({ _id, state, followUp }: Row, books: Books): Violation[] {
  const [id, fate] = [String(_id), books.fateOf(_id)]
  if (!ends.has(state)) return [{ promise: 9, what: `the refund ${id} is still ${String(state)}` }]
  if (followUp !== 'None') return [{ promise: 12, what: `the goods of ${id} are not on the shelf` }]
  return state !== 'Succeeded' || fate === 'SUCCESS' ? [] : [{ promise: 3, what: `${id} is Succeeded, and WeChat says ${fate ?? 'nothing'}` }]
}

/** A request that was approved is as far as its refund. */
function checkAfterSale({ _id, state }: Row, books: Books): Violation[] {
  const refund = living(books.rows('refunds')).find(({ afterSaleId }) => afterSaleId === _id)
  const isApproved = state === 'Approved' || state === 'Refunding' || state === 'Refunded'
  if (isApproved !== (refund !== undefined)) return [{ promise: 10, what: `the request ${String(_id)} is ${String(state)}, its refund ${String(refund?.state)}` }]
  return !isApproved || state === 'Refunded' ? [] : [{ promise: 9, what: `the request ${String(_id)} is still ${String(state)}` }]
}

/** Promises 10 and 11: money that came in pays an order, or went back, or a person knows; and WeChat holds what is left, to the fen. */
function checkTrade(trade: Trade, books: Books): Violation[] {
  const order = books.row('orders', orderIdIn(trade.outTradeNo))
  const refunds = living(books.refundsOf(trade.outTradeNo))
  const paysOrder = order && isPaid(order.state) && order.transactionId === trade.transactionId
  if (isDisputed(trade, books) && !paysOrder) return []
  if (!paysOrder && sumOf(refunds, 'refundFen') !== trade.totalFee) {
    return [{ promise: 10, what: `the money of ${trade.outTradeNo} (${trade.state}) is nowhere, and its order is ${String(order?.state)}` }]
  }
  // What was settled by hand went another way, or is WeChat's to tell.
  if (refunds.some(({ state }) => state === 'SettledByHand')) return []
  const sentFen = books.ledger.refundsOf(trade.id).filter(({ state }) => state === 'SUCCESS').reduce((sum, { refundFee }) => sum + refundFee, 0)
  const bookedFen = sumOf(refunds, 'refundFen')
  return sentFen === bookedFen ? [] : [{ promise: 11, what: `WeChat sent ${sentFen} fen of ${trade.outTradeNo} back, the shop's books say ${bookedFen}` }]
}

/** Money that a person has to decide about. */
const disputes = ['AmountDiffers', 'PayerDiffers', 'MerchantDiffers', 'RefundedElsewhere', 'MoneyWithoutOrder']

const isDisputed = (trade: Trade, books: Books): boolean =>
  books.rows('incidents').some(({ outTradeNo, kind }) => outTradeNo === trade.outTradeNo && disputes.includes(String(kind)))

/** Promise 12: a person is called only for what is really strange. */
function checkIncident(incident: Row, books: Books): Violation[] {
  const { _id, outTradeNo, kind } = incident
  const trade = books.trade(outTradeNo)
  const order = books.row('orders', orderIdIn(String(outTradeNo)))
  const reasons: string[] = trade && order ? [...differences(trade, order), ...trade.state === 'REFUND' ? ['RefundedElsewhere'] : []] : []
  if (books.refundsOf(outTradeNo).some(refund => wasAbnormal(String(refund._id), books))) reasons.push('RefundTakenBack')
  return reasons.includes(String(kind)) || isTrueDifference(incident, books) ? [] : [{ promise: 12, what: `the incident ${String(_id)} tells of something that is not so` }]
}

/** WeChat has told that it could not bring the money. */
const wasAbnormal = (outRefundNo: string, { ledger }: Books): boolean =>
  ledger.noticesOf(outRefundNo).some(({ event }) => event.includes('"CHANGE"') || event.includes('"ABNORMAL"'))

/** Promise 1, in full: nothing is held any more, and what was sold is what was paid for and not brought back. */
function checkShelf(books: Books): Violation[] {
  const sold = new Map<string, number>()
  const count = (pieces: Piece[], times: number) => {
    for (const { quantity, ...piece } of pieces) sold.set(shelfOf(piece), (sold.get(shelfOf(piece)) ?? 0) + times * quantity)
  }
  for (const { pieces } of books.rows('orders').filter(({ state }) => isPaid(state))) count(pieces as Piece[], 1)
  for (const { pieces } of books.rows('refunds')) count(pieces as Piece[], -1)
  return books.rows('stock').flatMap((shelf) => {
    const id = String(shelf._id)
    const holders = (shelf.holds as { orderId: string }[]).map(({ orderId }) => `${orderId}, which is ${String(books.row('orders', orderId)?.state)}`)
    const violations: Violation[] = holders.map(holder => ({ promise: 1, what: `${id} is still held for ${holder}` }))
    if (shelf.sold !== (sold.get(id) ?? 0)) violations.push({ promise: 1, what: `${id} sold ${String(shelf.sold)}, paid orders have ${sold.get(id) ?? 0}` })
    return violations
  })
}
