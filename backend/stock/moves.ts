import { createHash } from 'node:crypto'
import type { StockMoveKind } from '../../contracts/stock.ts'
import { sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { isOnShelf, stockIdOf } from './rules.ts'
import type { Piece } from './rules.ts'

/**
 * One line of the stock ledger: what a shelf gained or lost for good. Pieces that an unpaid order holds have not moved yet.
 * Of every shelf: Σ change = supplied − sold = available + held.
 */
export interface StockMoveDocument {
  _id: string
  /** The shelf. */
  stockId: string
  kind: StockMoveKind
  /** Pieces gained; negative when they went. */
  change: number
  /** The order, the refund or the wish of staff that moved them. */
  subject: string
  by: string | null
  note: string
  atMs: number
  sortKey: string
}

export const stockMoves = (world: World) => world.database.collection<StockMoveDocument>('stockMoves')

/** The line of a ledger: the same movement always has the same `_id`, so that repeating writes it once. */
export function moveOf(
  { stockId, kind, change, subject }: Pick<StockMoveDocument, 'stockId' | 'kind' | 'change' | 'subject'>,
  { atMs, by = null, note = '' }: { atMs: number, by?: string | null, note?: string },
): StockMoveDocument {
  const _id = createHash('sha256').update([kind, stockId, subject].join('\n')).digest('hex').slice(0, 24)
  return { _id, stockId, kind, change, subject, by, note, atMs, sortKey: sortKeyOf(atMs, _id) }
}

/** Writes that pieces of a shelf were sold, or came back. Again changes nothing. Portions of a day are no shelf's. */
export async function noteMove(world: World, piece: Piece, kind: 'Sold' | 'Returned', subject: string): Promise<void> {
  if (!isOnShelf(piece)) return
  const change = kind === 'Sold' ? -piece.quantity : piece.quantity
  await stockMoves(world).add(moveOf({ stockId: stockIdOf(piece), kind, change, subject }, { atMs: world.clock.nowMs() }))
}
