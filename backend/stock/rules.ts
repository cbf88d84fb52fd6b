import { beijingDay } from '../store/rules.ts'

/**
 * Where pieces of a product come from: the shelf, where every piece is counted, or the portions of one Beijing day, which
 * are counted anew each day. A product can need both.
 */
export interface StockSource {
  productId: string
  daily?: { day: string, portions: number }
}

/** So many pieces from one source. */
export interface Piece extends StockSource { quantity: number }

/** What of a product decides where its pieces come from. */
export interface Counting {
  /** Whether somebody counts the pieces on the shelf. */
  counted: boolean
  /** How many can be made on one day; absent where nobody limits it. */
  perDay?: number
}

/** The stock document of a source. A day's portions have one of their own, so yesterday's order gives nothing back to today. */
export const stockIdOf = ({ productId, daily }: StockSource): string => daily ? `${productId}@${daily.day}` : productId

/** The sources that one piece takes from at a moment; none for what is made to order without a limit. */
export function sourcesOf(productId: string, { counted, perDay }: Counting, nowMs: number): StockSource[] {
  const shelf: StockSource[] = counted ? [{ productId }] : []
  return perDay === undefined ? shelf : [...shelf, { productId, daily: { day: beijingDay(nowMs), portions: perDay } }]
}

/**
 * Pieces that all sources have, by what stock documents say is available; null where nobody counts. Portions of a day that
 * nobody has ordered from yet are all there; goods on a shelf that no document knows are not.
 */
export function leftAt(sources: readonly StockSource[], available: ReadonlyMap<string, number>): number | null {
  const left = sources.map(source => available.get(stockIdOf(source)) ?? source.daily?.portions ?? 0)
  return left.length === 0 ? null : Math.min(...left)
}

/** The document that a day's portions begin with. */
export const openedDay = ({ productId, daily }: StockSource & Required<Pick<StockSource, 'daily'>>) =>
  ({ _id: stockIdOf({ productId, daily }), available: daily.portions, supplied: daily.portions, sold: 0, holds: [], day: daily.day })

/** Goods that a customer gave back lie on the shelf; a portion of a day cannot be made again. */
export const isOnShelf = (piece: Piece): boolean => piece.daily === undefined
