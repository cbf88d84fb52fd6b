import { isPaid } from './books.ts'
import type { Books, Change, Row } from './books.ts'
import type { Violation } from './promises.ts'
import { piecesOn, supplyOf } from './shelves.ts'
import type { Piece } from './shelves.ts'

interface Return { outRefundNo: string, quantity: number }
interface Hold { orderId: string, quantity: number }

const none: Row = { available: 0, sold: 0, holds: [] }

/** Promise 1, at every step, and who may move pieces from where to where. */
export function checkStock({ collection, before, after }: Change, books: Books): Violation[] {
  if (collection !== 'stock' || !after) return []
  return [...checkEquation(after, books), ...before ? checkMoves(before, after, books) : []]
}

function checkEquation(shelf: Row, books: Books): Violation[] {
  const id = String(shelf._id)
  const [available, sold] = [Number(shelf.available), Number(shelf.sold)]
  const holds = shelf.holds as Hold[]
  const held = holds.reduce((sum, hold) => sum + hold.quantity, 0)
  const violations: Violation[] = []
  if (available < 0) violations.push({ promise: 1, what: `${id} has ${available} pieces left` })
  const supply = supplyOf(id, books)
  if (available + held + sold !== supply) {
    violations.push({ promise: 1, what: `${id}: ${available} available + ${held} held + ${sold} sold is not ${supply}` })
  }
  if (new Set(holds.map(hold => hold.orderId)).size !== holds.length) violations.push({ promise: 1, what: `${id} is held twice for one order` })
  return violations
}

function checkMoves(before: Row, after: Row, books: Books): Violation[] {
  const [old, now] = [before, after].map(({ holds }) => (holds ?? none.holds) as Hold[]) as [Hold[], Hold[]]
  const taken = now.filter(({ orderId }) => !old.some(hold => hold.orderId === orderId))
  const gone = old.filter(({ orderId }) => !now.some(hold => hold.orderId === orderId))
  const isSale = Number(after.sold) > Number(before.sold)
  const id = String(after._id)
  return [
    ...taken.flatMap(hold => checkTaken(id, hold, books)),
    ...checkReturned(before, after, books),
    ...gone.flatMap(({ orderId }) => isSale ? checkSold(id, orderId, books) : checkReleased(id, orderId, books)),
  ]
}

function checkTaken(id: string, { orderId, quantity }: Hold, books: Books): Violation[] {
  const asked = piecesOn(id, books.row('orders', orderId)?.pieces as Piece[] | undefined)
  return asked === quantity ? [] : [{ promise: 1, what: `${quantity} ${id} are held for ${orderId}, which has ${asked}` }]
}

function checkSold(id: string, orderId: string, books: Books): Violation[] {
  const state = books.row('orders', orderId)?.state
  const key = `${id} ${orderId}`
  const violations: Violation[] = []
  if (!isPaid(state)) violations.push({ promise: 1, what: `${id} is sold to ${orderId}, which is ${String(state)}` })
  if (books.sold.has(key)) violations.push({ promise: 1, what: `${id} is sold to ${orderId} a second time` })
  books.sold.add(key)
  return violations
}

/** Pieces go back only for an order that is over, or as the leftover of one that has had its pieces. */
function checkReleased(id: string, orderId: string, books: Books): Violation[] {
  const state = books.row('orders', orderId)?.state
  const isOver = state === undefined || state === 'Rejected' || state === 'Closed'
  if (!isOver && !books.sold.has(`${id} ${orderId}`)) return [{ promise: 1, what: `${id} goes back from ${orderId}, which is ${String(state)}` }]
  return books.tradesOf(orderId).filter(trade => books.isPayable(trade))
    .map(({ outTradeNo }) => ({ promise: 10, what: `${id} goes back from ${orderId}, and ${outTradeNo} can still be paid` }))
}

/** Sold pieces come onto the shelf again once for each refund that says so. */
function checkReturned(before: Row, after: Row, books: Books): Violation[] {
  const id = String(after._id)
  const [old, now] = [before, after].map(({ returns }) => (returns ?? []) as Return[]) as [Return[], Return[]]
  const added = now.filter(one => !old.some(({ outRefundNo }) => outRefundNo === one.outRefundNo))
  const violations: Violation[] = added.flatMap(({ outRefundNo, quantity }) => {
    const key = `${id} ${outRefundNo}`
    const named = piecesOn(id, books.row('refunds', outRefundNo)?.pieces as Piece[] | undefined)
    const isRight = named === quantity && !books.returned.has(key)
    books.returned.add(key)
    return isRight ? [] : [{ promise: 1 as const, what: `${quantity} ${id} come back with ${outRefundNo}, which has ${named}, or once more` }]
  })
  const pieces = added.reduce((sum, { quantity }) => sum + quantity, 0)
  const isSale = Number(after.sold) > Number(before.sold)
  if (!isSale && Number(before.sold) - Number(after.sold) !== pieces) violations.push({ promise: 1, what: `${id} takes back what no refund names` })
  return violations
}
