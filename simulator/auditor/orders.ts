import type { Books, Change, Row } from './books.ts'
import type { Violation } from './promises.ts'

/** How long a function may live that has read a price or a state, and its last request be on the way. */
const longestCallMs = 20_000 + 15_000

interface Line { productId: string, choiceIds: string[], unitFen: number, quantity: number, totalFen: number }
interface OptionGroup { choices: { id: string, deltaFen: number }[] }
export interface Piece { productId: string, quantity: number }

/** Promises 1 and 5 of an order, and 9 of its payments. */
export function checkOrder(change: Change, books: Books): Violation[] {
  const { collection, before, after } = change
  if (!after) return []
  if (collection === 'attempts' && !before) return checkAttempt(after, books)
  if (collection !== 'orders') return []
  return [
    ...checkTotal(after),
    ...before ? checkFrozen(before, after) : checkPrices(after, books),
    ...before?.state === after.state ? [] : checkHeld(after, books),
  ]
}

function checkTotal({ _id, lines, totalFen }: Row): Violation[] {
  const sum = (lines as Line[]).reduce((total, line) => total + line.unitFen * line.quantity, 0)
  if (sum === totalFen && Number.isSafeInteger(totalFen)) return []
  return [{ promise: 5, what: `${String(_id)} costs ${String(totalFen)} fen, its lines ${sum}` }]
}

function checkFrozen(before: Row, after: Row): Violation[] {
  if (before.lines === after.lines || JSON.stringify(before.lines) === JSON.stringify(after.lines)) return []
  return [{ promise: 5, what: `the lines of ${String(after._id)} changed` }]
}

/** A line costs what the product costs, or cost when the call that ordered it began. */
function checkPrices(order: Row, books: Books): Violation[] {
  return (order.lines as Line[]).flatMap(({ productId, choiceIds, unitFen }) => {
    const product = books.row('products', productId)
    const choices = (product?.optionGroups as OptionGroup[] | undefined ?? []).flatMap(group => group.choices)
    const delta = choices.filter(({ id }) => choiceIds.includes(id)).reduce((sum, { deltaFen }) => sum + deltaFen, 0)
    const known = books.pricesOf(productId, longestCallMs).map(priceFen => priceFen + delta)
    return known.includes(unitFen) ? [] : [{ promise: 5 as const, what: `${String(order._id)} has ${productId} at ${unitFen} fen, the shop at ${known.join(' or ')}` }]
  })
}

/** While an order can be paid, and in the moment in which it is, its pieces are put by for it. */
function checkHeld(order: Row, books: Books): Violation[] {
  if (order.state !== 'Unpaid' && order.state !== 'Paid') return []
  const id = String(order._id)
  return (order.pieces as Piece[]).flatMap(({ productId, quantity }) => {
    const holds = (books.row('stock', productId)?.holds ?? []) as { orderId: string, quantity: number }[]
    const held = holds.filter(({ orderId }) => orderId === id).reduce((sum, hold) => sum + hold.quantity, 0)
    if (held === quantity || books.sold.has(`${productId} ${id}`)) return []
    return [{ promise: 1 as const, what: `${id} is ${String(order.state)} and holds ${held} of ${quantity} ${productId}` }]
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
