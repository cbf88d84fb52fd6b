import type { RefundWish } from '@contracts/afterSale.ts'
import type { OrderView } from '@contracts/order.ts'

/** Pieces of each line whose money has not gone back yet. */
export function leftPieces(order: OrderView): number[] {
  return order.lines.map(({ quantity }, line) => quantity - (order.refundedPieces[line] ?? 0))
}

/** Pieces as a wish; null when nothing is chosen. All that is left is the whole order, which takes its fees along. */
export function wishOf(pieces: readonly number[], left: readonly number[]): RefundWish | null {
  const lines = pieces.map((quantity, line) => ({ line, quantity })).filter(({ quantity }) => quantity > 0)
  if (lines.length === 0) return null
  return pieces.every((quantity, line) => quantity === left[line]) ? { kind: 'Whole' } : { kind: 'Lines', lines }
}
