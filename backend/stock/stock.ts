import { atLeast, not, oneOf } from '../database.ts'
import type { Collection, Database } from '../database.ts'
import { leftAt, openedDay, stockIdOf } from './rules.ts'
import type { Piece, StockSource } from './rules.ts'

/**
 * The pieces of one source, with the orders that hold some of them in the same document: one conditional update takes
 * the pieces and records for whom, so a reservation is atomic and can be repeated without taking twice.
 * Always: supplied = available + held + sold, where goods that came back are no longer sold.
 */
export interface StockDocument {
  _id: string
  available: number
  /** All that ever came in, less what was counted away. */
  supplied: number
  sold: number
  holds: Hold[]
  /** The orders that were sold to last: a request to hold pieces for one of them comes too late, and takes none. */
  soldTo?: string[]
  /** Refunds whose goods are on the shelf again, so that each puts them there once. */
  returns?: { outRefundNo: string, quantity: number, atMs: number }[]
  /** The Beijing day whose portions these are; absent for a shelf. */
  day?: string
}

export interface Hold { orderId: string, quantity: number, atMs: number }

/** The collection of stock documents. */
export const stock = (database: Database): Collection<StockDocument> => database.collection<StockDocument>('stock')

/** Answers how many pieces the given sources have now, all of them together. One database operation, none for no source. */
export async function countLeft(
  database: Database, sources: readonly StockSource[],
): Promise<(wanted: readonly StockSource[]) => number | null> {
  const ids = [...new Set(sources.map(stockIdOf))]
  const documents = ids.length === 0 ? [] : await stock(database).find({ where: { _id: oneOf(ids) }, limit: ids.length })
  const available = new Map(documents.map(document => [document._id, document.available]))
  return wanted => leftAt(wanted, available)
}

/**
 * Takes pieces out for an order. `Short` when there are too few; taking again for the same order changes nothing. The first
 * one of a day opens the day's portions.
 */
export async function reserve(database: Database, piece: Piece, orderId: string, nowMs: number): Promise<'Reserved' | 'Short'> {
  const hold: Hold = { orderId, quantity: piece.quantity, atMs: nowMs }
  const stockId = stockIdOf(piece)
  for (;;) {
    const taken = await stock(database).changeIf(
      stockId,
      { 'available': atLeast(piece.quantity), 'holds.orderId': not(orderId), 'soldTo': not(orderId) },
      { inc: { available: -piece.quantity }, push: { holds: hold } },
    )
    if (taken) return 'Reserved'
    const document = await stock(database).read(stockId)
    if (document?.holds.some(held => held.orderId === orderId) || document?.soldTo?.includes(orderId)) return 'Reserved'
    if (document && document.available < piece.quantity) return 'Short'
    // Somebody opened the day, or put pieces back, between the two looks.
    if (document) continue
    if (!piece.daily) return 'Short'
    await stock(database).add(openedDay(piece, piece.daily))
  }
}

/** Pieces that orders hold. */
export const heldIn = ({ holds }: StockDocument): number => holds.reduce((sum, hold) => sum + hold.quantity, 0)

/** Puts an order's pieces back where they came from. Changes nothing when the order holds none. */
export async function release(database: Database, stockId: string, { orderId, quantity }: Omit<Hold, 'atMs'>): Promise<void> {
  await stock(database).changeIf(stockId, { 'holds.orderId': orderId }, {
    inc: { available: quantity },
    pull: { holds: { orderId } },
  })
}

/** More orders than are sold to from one shelf while a request of ours can still be under way. */
const SOLD_TO_KEPT = 50

/** Turns an order's held pieces into sold ones. Changes nothing when the order holds none. */
export async function sell(database: Database, piece: Piece, orderId: string): Promise<void> {
  await stock(database).changeIf(stockIdOf(piece), { 'holds.orderId': orderId }, {
    inc: { sold: piece.quantity },
    pull: { holds: { orderId } },
    pushLast: { soldTo: { value: orderId, keep: SOLD_TO_KEPT } },
  })
}

/** No call of ours works on a refund's goods for so long after it has put them back. */
const KEEP_RETURNS_MS = 30 * 24 * 3_600_000

/** Puts goods that a customer gave back on the shelf. Again for the same refund changes nothing. */
export async function putBack(database: Database, piece: Piece, outRefundNo: string, nowMs: number): Promise<void> {
  const { quantity } = piece
  const stockId = stockIdOf(piece)
  const isNew = await stock(database).changeIf(stockId, { 'returns.outRefundNo': not(outRefundNo) }, {
    inc: { available: quantity, sold: -quantity },
    push: { returns: { outRefundNo, quantity, atMs: nowMs } },
  })
  if (isNew) await forgetReturns(database, stockId, nowMs)
}

/** Keeps the list of returns short. */
async function forgetReturns(database: Database, stockId: string, nowMs: number): Promise<void> {
  const document = await stock(database).read(stockId)
  for (const { outRefundNo, atMs } of document?.returns ?? []) {
    if (atMs < nowMs - KEEP_RETURNS_MS) await stock(database).changeIf(stockId, {}, { pull: { returns: { outRefundNo } } })
  }
}
