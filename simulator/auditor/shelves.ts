import type { Books } from './books.ts'

/** What an order takes from one place: a shelf, or the portions of one day. */
export interface Piece {
  productId: string
  skuId?: string
  daily?: { day: string, portions: number }
  quantity: number
}

/** The stock document that a piece is taken from. */
export function shelfOf({ productId, skuId, daily }: Omit<Piece, 'quantity'>): string {
  const shelf = skuId === undefined ? productId : `${productId}:${skuId}`
  return daily ? `${shelf}@${daily.day}` : shelf
}

/** True for a document of a day's portions, which nobody brings and nothing comes back to. */
export const isDay = (shelfId: string): boolean => shelfId.includes('@')

/** Pieces that were ever there: brought onto the shelf, or the portions that the product has in a day. */
export function supplyOf(shelfId: string, books: Books): number {
  if (!isDay(shelfId)) return books.supplyOf(shelfId)
  return Number(books.row('products', shelfId.split('@')[0])?.perDay)
}

/** How many pieces of a shelf are among these. */
export const piecesOn = (shelfId: string, pieces: readonly Piece[] | undefined): number =>
  (pieces ?? []).filter(piece => shelfOf(piece) === shelfId).reduce((sum, { quantity }) => sum + quantity, 0)
