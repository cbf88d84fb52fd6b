import { beijingDay } from '../store/rules.ts'

/**
 * Where pieces of a product come from: the shelf, where every piece is counted, or the portions of one Beijing day, which
 * are counted anew each day. A product can need both. Each SKU has a shelf of its own; portions are the whole product's.
 */
export interface StockSource {
  productId: string
  skuId?: string
  /** The store whose shelf it is; absent for the shop's first one. */
  storeId?: string
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
  /** The SKUs, each of which is counted by itself. */
  skus?: readonly { id: string }[]
  /** Where it is sold; absent for the shop's first store. */
  storeId?: string
}

/** Of a store, what its shelves are told apart by: those of the first store carry no name, as they did when it was the only one. */
export const shelfStore = ({ storeId, mainStoreId }: { storeId: string, mainStoreId: string }): { storeId?: string } =>
  storeId === mainStoreId ? {} : { storeId }

/** What of a wish decides which sources it takes from. A set meal takes from those of its parts. */
export interface Wanted { productId: string, skuId?: string | undefined, parts?: readonly { productId: string, quantity: number }[] }

/**
 * The stock document of a source: the only place that makes its id. Ids of products, SKUs and stores have no `:`, `#` or `@`. A
 * day's portions have a document of their own, so yesterday's order gives nothing back to today.
 */
export function stockIdOf({ productId, skuId, storeId, daily }: StockSource): string {
  const goods = skuId === undefined ? productId : `${productId}:${skuId}`
  const shelf = storeId === undefined ? goods : `${goods}#${storeId}`
  return daily ? `${shelf}@${daily.day}` : shelf
}

/** All sources of a product at a moment; none for what is made to order without a limit. `takesFrom` says which one a piece needs. */
export function sourcesOf(productId: string, { counted, perDay, skus = [], storeId }: Counting, nowMs: number): StockSource[] {
  const at = storeId === undefined ? {} : { storeId }
  const shelves: StockSource[] = skus.length === 0 ? [{ productId, ...at }] : skus.map(({ id }) => ({ productId, skuId: id, ...at }))
  const portions: StockSource[] = perDay === undefined ? [] : [{ productId, ...at, daily: { day: beijingDay(nowMs), portions: perDay } }]
  return counted ? [...shelves, ...portions] : portions
}

/** How many pieces of this source one piece of what is wanted takes: those of its parts among them. */
export function takenFrom({ productId, skuId, parts = [] }: Wanted, source: StockSource): number {
  const own = takesItself({ productId, skuId }, source) ? 1 : 0
  return parts.reduce((sum, part) => takesItself(part, source) ? sum + part.quantity : sum, own)
}

const takesItself = (wanted: Pick<Wanted, 'productId' | 'skuId'>, source: StockSource): boolean =>
  source.productId === wanted.productId && (source.skuId === undefined || source.skuId === wanted.skuId)

/** Whether what is wanted takes its pieces from this source, among others. */
export const takesFrom = (wanted: Wanted, source: StockSource): boolean => takenFrom(wanted, source) > 0

/**
 * Pieces that all sources have, by what stock documents say is available; null where nobody counts. Portions of a day that
 * nobody has ordered from yet are all there; goods on a shelf that no document knows are not.
 */
export function leftAt(sources: readonly StockSource[], available: ReadonlyMap<string, number>): number | null {
  const left = sources.map(source => available.get(stockIdOf(source)) ?? source.daily?.portions ?? 0)
  return left.length === 0 ? null : Math.min(...left)
}

/** The document that a day's portions begin with. */
export const openedDay = (source: StockSource, daily: NonNullable<StockSource['daily']>) =>
  ({ _id: stockIdOf({ ...source, daily }), available: daily.portions, supplied: daily.portions, sold: 0, holds: [], day: daily.day })

/** Goods that a customer gave back lie on the shelf; a portion of a day cannot be made again. */
export const isOnShelf = (piece: Piece): boolean => piece.daily === undefined
