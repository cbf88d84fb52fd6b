import { beijingDay } from '../store/rules.ts'

/** What is counted of one day of one store. Amounts in fen. */
export interface DayTotals {
  paidOrders: number
  paidFen: number
  refunds: number
  refundedFen: number
  /** Pieces sold of each product, by its id, on the day of their payment. */
  pieces: Record<string, number>
  /** Pieces whose money went back, by product, on the day on which it arrived. Absent in days that were counted before these were. */
  piecesBack?: Record<string, number>
}

export const nothingSold = (): Required<DayTotals> =>
  ({ paidOrders: 0, paidFen: 0, refunds: 0, refundedFen: 0, pieces: {}, piecesBack: {} })

/** Of an order, what its counting depends on. */
export interface CountedOrder {
  _id: string
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

/** Pieces whose money goes back, by product, over the lines of a refund; a line is named by its place in its order. */
export function piecesBackOf({ lines }: Pick<CountedRefund, 'lines'>, order: Pick<CountedOrder, 'lines'>): Map<string, number> {
  return piecesOf({ lines: lines.flatMap(({ line, quantity }) => {
    const productId = order.lines[line]?.productId
    return productId === undefined ? [] : [{ productId, quantity }]
  }) })
}

/** A part of a bill that was shared by amount: no goods. */
export const SHARE_ID = 'table-share'

/** Products by the pieces that stayed sold over some days, the most first; of as many the id decides, so that nothing jumps. Pure. */
export function bestSellers(days: readonly DayTotals[], max: number): { productId: string, pieces: number }[] {
  const sold = new Map<string, number>()
  const add = (pieces: Record<string, number>, sign: 1 | -1) => {
    for (const [productId, count] of Object.entries(pieces)) sold.set(productId, (sold.get(productId) ?? 0) + sign * count)
  }
  for (const { pieces, piecesBack = {} } of days) {
    add(pieces, 1)
    add(piecesBack, -1)
  }
  return [...sold].map(([productId, pieces]) => ({ productId, pieces }))
    .filter(({ productId, pieces }) => pieces > 0 && productId !== SHARE_ID)
    .sort((one, other) => other.pieces - one.pieces || (one.productId < other.productId ? -1 : 1))
    .slice(0, max)
}

/** Of a refund, what its counting depends on. Only one that belongs to a paid order has lines or fees. */
export interface CountedRefund {
  orderId: string
  storeId: string
  refundFen: number
  lines: readonly { line: number, quantity: number }[]
  feesFen: number
  endedAtMs?: number
}

/** Money of a sale went back. What was paid too late or twice was never a sale. */
export const isOfSale = ({ lines, feesFen }: { lines: readonly unknown[], feesFen: number }): boolean => lines.length > 0 || feesFen > 0

export const dayIdOf = (storeId: string, day: string): string => `${storeId}_${day}`

/** Every day's totals from all orders and refunds, by `dayIdOf`. Pure: what is stored must equal it. */
export function countAnew(orders: readonly CountedOrder[], refunds: readonly CountedRefund[]): Map<string, Required<DayTotals>> {
  const days = new Map<string, Required<DayTotals>>()
  const byId = new Map(orders.map(order => [order._id, order]))
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
    addPieces(totals.pieces, piecesOf(order))
  }
  for (const refund of refunds) {
    if (!isOfSale(refund) || refund.endedAtMs === undefined) continue
    const totals = dayOf(dayIdOf(refund.storeId, beijingDay(refund.endedAtMs)))
    totals.refunds += 1
    totals.refundedFen += refund.refundFen
    addPieces(totals.piecesBack, piecesBackOf(refund, byId.get(refund.orderId) ?? { lines: [] }))
  }
  return days
}

function addPieces(known: Record<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [productId, pieces] of more) known[productId] = pieces + (known[productId] ?? 0)
}
