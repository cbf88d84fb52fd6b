import type { Books, Change, Row } from './books.ts'
import { checkAsked, checkSums, longestCallMs } from './prices.ts'
import type { Line } from './prices.ts'
import type { Violation } from './promises.ts'
import { piecesOn, shelfOf } from './shelves.ts'
import type { Piece } from './shelves.ts'

/** Promises 1 and 5 of an order, and 9 of its payments. */
export function checkOrder(change: Change, books: Books): Violation[] {
  const { collection, before, after } = change
  if (!after) return []
  if (collection === 'attempts' && !before) return checkAttempt(after, books)
  if (collection !== 'orders') return []
  return [
    ...checkSums(after),
    ...before ? checkFrozen(before, after) : [...checkAsked(after, books), ...checkPieces(after, books)],
    ...before?.state === after.state ? [] : checkHeld(after, books),
  ]
}

/** What an order is about, what it costs and how it is paid never changes. */
const frozen = ['lines', 'discounts', 'fees', 'totalFen', 'couponId', 'gateway', 'openid', 'pieces']

function checkFrozen(before: Row, after: Row): Violation[] {
  return frozen.filter(field => before[field] !== after[field] && JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map(field => ({ promise: 5, what: `${field} of ${String(after._id)} changed` }))
}

const beijingAheadMs = 8 * 3_600_000
const dayOf = (atMs: number): string => new Date(atMs + beijingAheadMs).toISOString().slice(0, 10).replaceAll('-', '')

/** An order takes each piece from its shelf, where it is counted, and from the portions of the day, where there are so many. */
function checkPieces(order: Row, books: Books): Violation[] {
  const asked = new Map<string, number>()
  const ask = (shelf: string, quantity: number) => asked.set(shelf, quantity + (asked.get(shelf) ?? 0))
  for (const { productId, skuId, quantity } of order.lines as Line[]) {
    const product = books.row('products', productId)
    if (product?.counted) ask(shelfOf({ productId, ...(skuId === undefined ? {} : { skuId }) }), quantity)
    if (product?.perDay !== undefined) ask(`${productId}@${dayOf(Number(order.createdAtMs))}`, quantity)
  }
  const pieces = order.pieces as Piece[]
  return [...new Set([...asked.keys(), ...pieces.map(shelfOf)])].flatMap((shelf) => {
    const [taken, wanted] = [piecesOn(shelf, pieces), asked.get(shelf) ?? 0]
    return taken === wanted ? [] : [{ promise: 1 as const, what: `${String(order._id)} takes ${taken} from ${shelf} for ${wanted}` }]
  })
}

/** While an order can be paid, and in the moment in which it is, its pieces are put by for it. */
function checkHeld(order: Row, books: Books): Violation[] {
  if (order.state !== 'Unpaid' && order.state !== 'Paid') return []
  const id = String(order._id)
  return (order.pieces as Piece[]).flatMap(({ quantity, ...piece }) => {
    const shelf = shelfOf(piece)
    const holds = (books.row('stock', shelf)?.holds ?? []) as { orderId: string, quantity: number }[]
    const held = holds.filter(({ orderId }) => orderId === id).reduce((sum, hold) => sum + hold.quantity, 0)
    if (held === quantity || books.sold.has(`${shelf} ${id}`)) return []
    return [{ promise: 1 as const, what: `${id} is ${String(order.state)} and holds ${held} of ${quantity} ${shelf}` }]
  })
}

/** Nobody begins to pay an order whose time is over, or for another amount. */
function checkAttempt(attempt: Row, books: Books): Violation[] {
  const [id, order] = [String(attempt._id), books.row('orders', attempt.orderId)]
  if (!order) return [{ promise: 2, what: `${id} pays for an order that does not exist` }]
  const violations: Violation[] = []
  if (books.nowMs > Number(order.expiresAtMs) + longestCallMs + books.clocksOffMs) {
    violations.push({ promise: 9, what: `${id} begins after the time of its order is over` })
  }
  if (attempt.totalFen !== order.totalFen) violations.push({ promise: 2, what: `${id} asks for ${String(attempt.totalFen)} fen of ${String(order.totalFen)}` })
  return violations
}
