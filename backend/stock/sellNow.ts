import type { Transaction } from '../database.ts'
import type { World } from '../ports.ts'
import { moveOf } from './moves.ts'
import type { StockMoveDocument } from './moves.ts'
import { isOnShelf, openedDay, stockIdOf } from './rules.ts'
import type { Piece } from './rules.ts'
import type { StockDocument } from './stock.ts'

/**
 * Sells pieces inside the transaction that writes what they are for, without holding them first: what is sent to the kitchen
 * is made, paid or not. `Short` when some source has too few; then nothing was changed. Two documents a source of the shelf.
 */
export async function sellNow(world: World, transaction: Transaction, pieces: readonly Piece[], subject: string): Promise<'Sold' | 'Short'> {
  const known = new Map<string, StockDocument | null>()
  for (const piece of pieces) {
    const document = await transaction.read<StockDocument>('stock', stockIdOf(piece))
    const available = document?.available ?? piece.daily?.portions ?? 0
    if (available < piece.quantity) return 'Short'
    known.set(stockIdOf(piece), document)
  }
  for (const piece of pieces) {
    const { quantity, daily } = piece
    const stockId = stockIdOf(piece)
    if (known.get(stockId)) await transaction.change('stock', stockId, { inc: { available: -quantity, sold: quantity } })
    else if (daily) {
      const opened = openedDay(piece, daily)
      await transaction.add<StockDocument>('stock', { ...opened, available: opened.available - quantity, sold: quantity })
    }
    await note(world, transaction, { piece, kind: 'Sold', subject })
  }
  return 'Sold'
}

/** Puts pieces back that were sold that way: they can be sold again. */
export async function unsellNow(world: World, transaction: Transaction, pieces: readonly Piece[], subject: string): Promise<void> {
  for (const piece of pieces) {
    // The portions of a day long past are counted no more.
    if (!await transaction.read<StockDocument>('stock', stockIdOf(piece))) continue
    await transaction.change('stock', stockIdOf(piece), { inc: { available: piece.quantity, sold: -piece.quantity } })
    await note(world, transaction, { piece, kind: 'Returned', subject })
  }
}

async function note(
  world: World, transaction: Transaction, { piece, kind, subject }: { piece: Piece, kind: 'Sold' | 'Returned', subject: string },
): Promise<void> {
  if (!isOnShelf(piece)) return
  const change = kind === 'Sold' ? -piece.quantity : piece.quantity
  const move = moveOf({ stockId: stockIdOf(piece), kind, change, subject }, { atMs: world.clock.nowMs() })
  await transaction.add<StockMoveDocument>('stockMoves', move)
}
