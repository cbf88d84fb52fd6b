import { beijingDay } from '../store/rules.ts'

/** What is counted of one day of one store. Amounts in fen. */
export interface DayTotals {
  paidOrders: number
  paidFen: number
  refunds: number
  refundedFen: number
  /** Pieces sold of each product, by its id. What came back is not taken off: it was sold. */
  pieces: Record<string, number>
}

export const nothingSold = (): DayTotals => ({ paidOrders: 0, paidFen: 0, refunds: 0, refundedFen: 0, pieces: {} })

/** Of an order, what its counting depends on. */
export interface CountedOrder {
  storeId: string
  totalFen: number
  lines: readonly { productId: string, quantity: number }[]
  steps: readonly { state: string, atMs: number }[]
}

/** The Beijing day on which an order was paid; null for one that never was. */
export function paidDayOf({ steps }: Pick<CountedOrder, 'steps'>): string | null {
  const paid = steps.find(step => step.state === 'Paid')
  return paid ? beijingDay(paid.atMs) : null
}

/** Pieces by product, over all lines. */
export function piecesOf({ lines }: Pick<CountedOrder, 'lines'>): Map<string, number> {
  const pieces = new Map<string, number>()
  for (const { productId, quantity } of lines) pieces.set(productId, quantity + (pieces.get(productId) ?? 0))
  return pieces
}

/** Of a refund, what its counting depends on. Only one that belongs to a paid order has lines or fees. */
export interface CountedRefund {
  storeId: string
  refundFen: number
  lines: readonly unknown[]
  feesFen: number
  endedAtMs?: number
}

/** Money of a sale went back. What was paid too late or twice was never a sale. */
export const isOfSale = ({ lines, feesFen }: Pick<CountedRefund, 'lines' | 'feesFen'>): boolean => lines.length > 0 || feesFen > 0

export const dayIdOf = (storeId: string, day: string): string => `${storeId}_${day}`

/** Every day's totals from all orders and refunds, by `dayIdOf`. Pure: what is stored must equal it. */
export function countAnew(orders: readonly CountedOrder[], refunds: readonly CountedRefund[]): Map<string, DayTotals> {
  const days = new Map<string, DayTotals>()
  const dayOf = (id: string) => {
    const known = days.get(id) ?? nothingSold()
    days.set(id, known)
    return known
  }
  for (const order of orders) {
    const day = paidDayOf(order)
    if (day === null) continue
    const totals = dayOf(dayIdOf(order.storeId, day))
    totals.paidOrders += 1
    totals.paidFen += order.totalFen
    for (const [productId, pieces] of piecesOf(order)) totals.pieces[productId] = pieces + (totals.pieces[productId] ?? 0)
  }
  for (const refund of refunds) {
    if (!isOfSale(refund) || refund.endedAtMs === undefined) continue
    const totals = dayOf(dayIdOf(refund.storeId, beijingDay(refund.endedAtMs)))
    totals.refunds += 1
    totals.refundedFen += refund.refundFen
  }
  return days
}
