import { isPaid, sumOf } from './books.ts'
import type { Books, Change, Row } from './books.ts'
import type { Violation } from './promises.ts'
import { living } from './refunds.ts'

interface Share { amountFen: number }

const movesOf = (books: Books, field: 'openid' | 'orderId', value: unknown): Row[] =>
  books.rows('pointMoves').filter(move => move[field] === value)

/** Promise 6, at every step: what a member has is the sum of the ledger, and never below nothing. */
export function checkPoints({ collection, after }: Change, books: Books): Violation[] {
  if (!after || (collection !== 'members' && collection !== 'pointMoves')) return []
  const member = books.rows('members').find(({ openid }) => openid === after.openid)
  const [points, sum] = [Number(member?.points ?? 0), sumOf(movesOf(books, 'openid', after.openid), 'change')]
  if (points !== sum) return [{ promise: 6, what: `${String(after.openid)} has ${points} points, the ledger says ${sum}` }]
  return points < 0 ? [{ promise: 6, what: `${String(after.openid)} has ${points} points` }] : []
}

/** In the end an order has brought what is left of its goods in whole yuan, whatever went back in which parts. */
export function checkPointsHealed(books: Books): Violation[] {
  return books.rows('orders').flatMap((order): Violation[] => {
    const rate = Number(books.row('stores', order.storeId)?.pointsPerYuan)
    const paidFen = isPaid(order.state) ? sumOf(order.lines as Row[], 'paidFen') : 0
    const back = living(books.refundsOf(order.paidBy)).flatMap(({ lines }) => lines as Share[])
    const backFen = back.reduce((sum, { amountFen }) => sum + amountFen, 0)
    const asked = Math.floor((paidFen - backFen) / 100) * rate
    const brought = sumOf(movesOf(books, 'orderId', order._id), 'change')
    return brought === asked ? [] : [{ promise: 6, what: `${String(order._id)} brought ${brought} points instead of ${asked}` }]
  })
}
