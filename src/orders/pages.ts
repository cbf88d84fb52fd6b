import type { OrderPage } from '@contracts/order.ts'

/**
 * A list whose first page was asked for again: the fresh page, and below it the older orders that were there already, so
 * that coming back to a long list does not throw the reader to its top. Where the two do not meet, there may be orders
 * between them that nobody has seen, and the list starts anew.
 */
export function withFreshStart(fresh: OrderPage, known: OrderPage): OrderPage {
  const last = fresh.orders[fresh.orders.length - 1]
  const freshIds = new Set(fresh.orders.map(order => order.id))
  const meet = known.orders.some(order => freshIds.has(order.id))
  if (fresh.nextCursor === null || last === undefined || !meet) return fresh
  const older = known.orders.filter(order => !freshIds.has(order.id) && order.createdAtMs < last.createdAtMs)
  return older.length === 0 ? fresh : { orders: [...fresh.orders, ...older], nextCursor: known.nextCursor }
}
