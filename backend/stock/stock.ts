import { atLeast, not, oneOf } from '../database.ts'
import type { Collection, Database } from '../database.ts'

/**
 * The pieces of one product, with the orders that hold some of them in the same document: one conditional update takes
 * the pieces and records for whom, so a reservation is atomic and can be repeated without taking twice.
 * Always: initial = available + held + sold − restocked.
 */
export interface StockDocument {
  _id: string
  available: number
  sold: number
  holds: Hold[]
}

export interface Hold { orderId: string, quantity: number, atMs: number }

export interface Piece { productId: string, quantity: number }

/** The collection of stock documents. */
export const stock = (database: Database): Collection<StockDocument> => database.collection<StockDocument>('stock')

/** Pieces that can be bought now, by product. */
export async function available(database: Database, productIds: readonly string[]): Promise<Map<string, number>> {
  const documents = await stock(database).find({ where: { _id: oneOf(productIds) }, limit: productIds.length })
  return new Map(documents.map(document => [document._id, document.available]))
}

/** Takes pieces out for an order. `Short` when there are too few; taking again for the same order changes nothing. */
export async function reserve(database: Database, piece: Piece, orderId: string, nowMs: number): Promise<'Reserved' | 'Short'> {
  const hold: Hold = { orderId, quantity: piece.quantity, atMs: nowMs }
  const taken = await stock(database).changeIf(
    piece.productId,
    { 'available': atLeast(piece.quantity), 'holds.orderId': not(orderId) },
    { inc: { available: -piece.quantity }, push: { holds: hold } },
  )
  if (taken) return 'Reserved'
  const document = await stock(database).read(piece.productId)
  return document?.holds.some(held => held.orderId === orderId) ? 'Reserved' : 'Short'
}

/** Puts an order's pieces back on the shelf. Changes nothing when the order holds none. */
export async function release(database: Database, piece: Piece, orderId: string): Promise<void> {
  await stock(database).changeIf(piece.productId, { 'holds.orderId': orderId }, {
    inc: { available: piece.quantity },
    pull: { holds: { orderId } },
  })
}

/** Turns an order's held pieces into sold ones. Changes nothing when the order holds none. */
export async function sell(database: Database, piece: Piece, orderId: string): Promise<void> {
  await stock(database).changeIf(piece.productId, { 'holds.orderId': orderId }, {
    inc: { sold: piece.quantity },
    pull: { holds: { orderId } },
  })
}
