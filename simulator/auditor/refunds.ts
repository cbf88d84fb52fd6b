import { isPaid, sumOf } from './books.ts'
import type { Books, Change, Row } from './books.ts'
import type { Violation } from './promises.ts'
import { piecesOn, shelfOf } from './shelves.ts'
import type { Piece } from './shelves.ts'

interface Share { line: number, quantity: number, amountFen: number }
interface Line { productId: string, skuId?: string, quantity: number, totalFen: number, paidFen?: number }

/** Money back of a paid order by the owner's word, beside what goes back by itself. */
const isDecided = ({ because }: Row): boolean => because === 'ByStaff' || because === 'AfterSale'

/** Refunds that count: one that was replaced lives on under its next number. */
export const living = (refunds: readonly Row[]): Row[] => refunds.filter(({ state }) => state !== 'Replaced')

/** Promises 3, 4 and 5 of a refund: when it is booked, and at each step that says what WeChat has done. */
export function checkRefund({ collection, before, after }: Change, books: Books): Violation[] {
  if (!after || before?.state === after.state) return []
  if (collection === 'orders') return after.state === 'Refunded' ? checkAllBack(after, books) : []
  if (collection !== 'refunds') return []
  if (before) return [...checkFate(after, books), ...checkGivenUp(after, books)]
  return isDecided(after) ? checkDecided(after, books) : checkAutomatic(after, books)
}

/** Money that nobody needs goes back once, all of it, and never the money of an order that stays paid with it. */
function checkAutomatic(refund: Row, books: Books): Violation[] {
  const [id, order] = [String(refund._id), books.row('orders', refund.orderId)]
  const trade = books.trade(refund.outTradeNo)
  const violations: Violation[] = []
  if (!trade || trade.paidAtMs === null) violations.push({ promise: 3, what: `${id} gives back what nobody paid` })
  else if (refund.refundFen !== trade.totalFee) violations.push({ promise: 3, what: `${id} gives ${String(refund.refundFen)} of ${trade.totalFee} fen back` })
  if (trade && trade.transactionId === order?.transactionId) violations.push({ promise: 3, what: `${id} gives the money of a paid order back` })
  if (living(books.refundsOf(refund.outTradeNo)).length > 1) violations.push({ promise: 4, what: `${String(refund.outTradeNo)} goes back twice` })
  return violations
}

/** What the owner sends back is what the owner said, of the payment that pays the order, and no more than is left. */
function checkDecided(refund: Row, books: Books): Violation[] {
  const [id, order, trade] = [String(refund._id), books.row('orders', refund.orderId), books.trade(refund.outTradeNo)]
  if (!order || !isPaid(order.state) || !trade || trade.transactionId !== order.transactionId) {
    return [{ promise: 3, what: `${id} gives money of ${String(refund.outTradeNo)} back, which pays no order` }]
  }
  const all = living(books.refundsOf(refund.outTradeNo))
  const violations: Violation[] = [...checkSaid(id, order, all, books), ...checkLines(id, order, all), ...checkGoods(refund, books)]
  const backFen = sumOf(all, 'refundFen')
  const ofRequest = all.filter(({ afterSaleId }) => refund.afterSaleId !== null && afterSaleId === refund.afterSaleId)
  if (ofRequest.length > 1) violations.push({ promise: 4, what: `${String(refund.afterSaleId)} is given back ${ofRequest.length} times` })
  const partsFen = sumOf(refund.lines as Row[], 'amountFen') + Number(refund.feesFen)
  if (partsFen !== refund.refundFen) violations.push({ promise: 5, what: `${id} gives ${String(refund.refundFen)} fen back, its parts come to ${partsFen}` })
  if (backFen > trade.totalFee) violations.push({ promise: 3, what: `${backFen} fen go back of ${trade.totalFee} with ${id}` })
  if ((backFen === order.totalFen) !== (order.state === 'Refunded')) {
    violations.push({ promise: 5, what: `${backFen} of ${String(order.totalFen)} fen go back with ${id}, and the order is ${String(order.state)}` })
  }
  return violations
}

/** Each decision is carried out once: what is booked is among what was said, amount by amount. */
function checkSaid(id: string, order: Row, all: readonly Row[], books: Books): Violation[] {
  const said = books.decisions.of(order._id).map(({ amountFen }) => amountFen)
  for (const { refundFen } of all) {
    const place = said.indexOf(Number(refundFen))
    if (place < 0) return [{ promise: 4, what: `${id}: ${String(refundFen)} fen go back that the owner has not sent, or sent once` }]
    said.splice(place, 1)
  }
  return []
}

/** Line by line: each piece is worth the whole fen of its share, and the last one takes the rest. */
function checkLines(id: string, order: Row, all: readonly Row[]): Violation[] {
  const shares = all.flatMap(({ lines }) => lines as Share[])
  return (order.lines as Line[]).flatMap(({ quantity, totalFen, paidFen = totalFen }, line) => {
    const own = shares.filter(share => share.line === line)
    const [pieces, fen] = [own.reduce((sum, share) => sum + share.quantity, 0), own.reduce((sum, share) => sum + share.amountFen, 0)]
    const isRight = pieces <= quantity && fen === (pieces === quantity ? paidFen : pieces * Math.floor(paidFen / quantity))
    return isRight ? [] : [{ promise: 5 as const, what: `${id}: ${pieces} of ${quantity} pieces of line ${line} come to ${fen} of ${paidFen} fen` }]
  })
}

/** Goods come back to the shelf only where the owner said that they are on the counter. */
function checkGoods(refund: Row, books: Books): Violation[] {
  const ordered = books.row('orders', refund.orderId)?.lines as Line[]
  const isFrom = (line: Line | undefined, shelf: string) =>
    line !== undefined && shelfOf({ productId: line.productId, ...(line.skuId === undefined ? {} : { skuId: line.skuId }) }) === shelf
  return (refund.pieces as Piece[]).map(shelfOf).flatMap((shelf) => {
    const booked = books.refundsOf(refund.outTradeNo).reduce((sum, { pieces }) => sum + piecesOn(shelf, pieces as Piece[]), 0)
    const brought = books.decisions.piecesOf(refund.orderId, line => isFrom(ordered[line], shelf))
    return booked <= brought ? [] : [{ promise: 1 as const, what: `${booked} ${shelf} come back with ${String(refund._id)}, and the customer brought ${brought}` }]
  })
}

function checkAllBack(order: Row, books: Books): Violation[] {
  const backFen = sumOf(living(books.refundsOf(order.paidBy)), 'refundFen')
  return backFen === order.totalFen ? [] : [{ promise: 5, what: `${String(order._id)} is Refunded with ${backFen} of ${String(order.totalFen)} fen` }]
}

/** The shop says of a refund what WeChat says. */
function checkFate({ _id, state }: Row, books: Books): Violation[] {
  const fate = books.fateOf(_id)
  const isTrue: Record<string, boolean> = {
    Accepted: fate !== undefined, Abnormal: fate !== undefined, Succeeded: fate === 'SUCCESS', Closed: fate === 'CLOSED',
  }
  return isTrue[String(state)] ?? true ? [] : [{ promise: 3, what: `${String(_id)} is ${String(state)}, and WeChat says ${fate ?? 'nothing'}` }]
}

/** A person is called only where WeChat has kept silent, or refused for days. */
function checkGivenUp({ _id, state }: Row, books: Books): Violation[] {
  return state !== 'Failed' || books.mayBeLost(String(_id)) ? [] : [{ promise: 12, what: `${String(_id)} was given up, although WeChat told of it` }]
}
