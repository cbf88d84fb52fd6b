import { isPaid } from './books.ts'
import type { Books, Row } from './books.ts'
import type { Violation } from './promises.ts'

const beijingAheadMs = 8 * 3_600_000
const dayOf = (atMs: number): string => new Date(atMs + beijingAheadMs).toISOString().slice(0, 10).replaceAll('-', '')

/** Of pieces only how many they are: each product's own sum is looked at by itself. */
type Totals = Record<'paidOrders' | 'paidFen' | 'refunds' | 'refundedFen' | 'pieces' | 'piecesBack', number>
interface Line { productId: string, quantity: number }
interface Step { state: string, atMs: number }

/** Promise 12: the stored days, and what was sold of each product, are what counting everything anew comes to. */
export function checkStatistics(books: Books): Violation[] {
  const paid = books.rows('orders').filter(({ state }) => isPaid(state))
  return [...checkDays(books, paid), ...checkProducts(books, paid)]
}

function checkDays(books: Books, paid: readonly Row[]): Violation[] {
  const days = new Map<string, Totals>()
  const add = (storeId: unknown, atMs: number, more: Partial<Totals>) => {
    const id = `${String(storeId)}_${dayOf(atMs)}`
    const totals = days.get(id) ?? { paidOrders: 0, paidFen: 0, refunds: 0, refundedFen: 0, pieces: 0, piecesBack: 0 }
    for (const [name, amount] of Object.entries(more)) totals[name as keyof Totals] += amount
    days.set(id, totals)
  }
  for (const { storeId, steps, totalFen, lines } of paid) {
    const paidAtMs = (steps as Step[]).find(({ state }) => state === 'Paid')?.atMs ?? 0
    add(storeId, paidAtMs, { paidOrders: 1, paidFen: Number(totalFen), pieces: piecesIn(lines) })
  }
  for (const refund of books.rows('refunds')) {
    const hasArrived = refund.state === 'Succeeded' || refund.state === 'SettledByHand'
    if (hasArrived && (refund.because === 'ByStaff' || refund.because === 'AfterSale')) {
      add(refund.storeId, Number(refund.endedAtMs), {
        refunds: 1, refundedFen: Number(refund.refundFen), piecesBack: piecesIn(refund.lines),
      })
    }
  }
  const stored = new Map(books.rows('sales').map(row => [String(row._id), row]))
  return [...new Set([...days.keys(), ...stored.keys()])].flatMap(id => compare(id, days.get(id), stored.get(id)))
}

const piecesIn = (lines: unknown): number => (lines as Pick<Line, 'quantity'>[]).reduce((sum, { quantity }) => sum + quantity, 0)

/** A sum as it is stored: a number, or one a product. */
const sumOf = (stored: unknown): number =>
  typeof stored === 'object' && stored !== null ? Object.values(stored as Record<string, number>).reduce((sum, count) => sum + count, 0) : Number(stored ?? 0)

function compare(id: string, counted: Totals | undefined, stored: Row | undefined): Violation[] {
  const names = ['paidOrders', 'paidFen', 'refunds', 'refundedFen', 'pieces', 'piecesBack'] as const
  return names.filter(name => (counted?.[name] ?? 0) !== sumOf(stored?.[name]))
    .map(name => ({ promise: 12, what: `the day ${id} has ${name} ${sumOf(stored?.[name])}, counted anew it is ${String(counted?.[name])}` }))
}

function checkProducts(books: Books, paid: readonly Row[]): Violation[] {
  const lines = paid.flatMap(order => order.lines as Line[])
  return books.rows('products').flatMap(({ _id, soldCount }): Violation[] => {
    const sold = lines.filter(({ productId }) => productId === _id).reduce((sum, { quantity }) => sum + quantity, 0)
    return sold === soldCount ? [] : [{ promise: 12, what: `${String(_id)} says ${String(soldCount)} sold, paid orders have ${sold}` }]
  })
}
