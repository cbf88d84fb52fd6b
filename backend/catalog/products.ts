import type { Category, Choice, GoodsKind, Localized, OptionGroup, Product, Sku, SpecGroup } from '../../contracts/catalog.ts'
import type { GoodsCard } from '../../contracts/mall.ts'
import type { Rating } from '../../contracts/review.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { shelfStore, sourcesOf, takesFrom } from '../stock/rules.ts'
import type { Counting, StockSource } from '../stock/rules.ts'
import { countLeft } from '../stock/stock.ts'
import type { ListingKeys } from './listing.ts'
import { completeSet, partIdsOf } from './sets.ts'
import { soldOutUntil } from './soldOut.ts'
import type { SoldOutMarks } from './soldOut.ts'

type Derived = 'id' | 'left' | 'optionGroups' | 'parts' | 'specs' | 'skus' | 'weightGrams'

/** Goods as they are kept. What is left of them is in the collection stock, what only their page shows in productDetails. */
export interface ProductDocument extends Omit<Product, Derived>, Counting {
  _id: string
  optionGroups: OptionGroupDocument[]
  /** Of a set meal: what is always in it. */
  parts?: PartDocument[]
  /** Until when it is off in every store that says nothing of its own. */
  soldOutUntilMs?: number
  /** What staff have taken off in each store, by the store's id. */
  soldOutIn?: Record<string, SoldOutMarks>
  specs?: SpecGroup[]
  skus?: Omit<Sku, 'left'>[]
  weightGrams?: number
  /** The stores that sell it; all of them where it says nothing. */
  storeIds?: string[]
  sort: number
  onSale: boolean
  recommended: boolean
  addedAtMs?: number
  /** Where it stands in lists; goods without these are in none. */
  keys?: ListingKeys
  /** What its reviews come to; absent until there is one. */
  rating?: Rating
}

export interface OptionGroupDocument extends Omit<OptionGroup, 'choices'> { choices: ChoiceDocument[] }

/** `soldOutUntilMs`: as of products, for this choice alone. */
export interface ChoiceDocument extends Omit<Choice, 'isSoldOut' | 'part'> { soldOutUntilMs?: number, part?: PartDocument }

/** A dish of a set meal, with the choices that the set makes for it. */
export interface PartDocument { productId: string, quantity: number, choiceIds: string[] }

/** Goods with all that sales of them can take from. */
export interface ProductOnSale extends Product { sources: StockSource[] }

export interface CategoryDocument { _id: string, kind: GoodsKind, name: Localized, picture?: string, sort: number }

/** A small shop's whole catalogue fits one read; goods beyond it are not shown, and the log says so. */
const MAX_PRODUCTS = 200

export const products = (world: World) => world.database.collection<ProductDocument>('products')

/** What is on the menu of the shop, in its order. One database operation. */
export const productsOfMenu = (world: World): Promise<ProductDocument[]> =>
  products(world).find({ where: { onSale: true, kind: 'Menu' }, sort: ['sort', 'asc'], limit: MAX_PRODUCTS })

/** Everything on the menu, in its order, with the pieces left. Two database operations. */
export async function productsOnMenu(world: World): Promise<Product[]> {
  const found = await productsOfMenu(world)
  const documents = found.filter(document => isSoldAt(document, world.settings.storeId))
  if (found.length === MAX_PRODUCTS) world.log.warn('The menu shows no more goods than these', { MAX_PRODUCTS })
  return (await withLeft(world, documents)).map(({ sources: _sources, ...product }) => product)
}

/**
 * Goods as cards of a list, in the order given, without those that this store does not sell. One database operation, none where
 * nobody counts any of them.
 */
export async function cardsOf(world: World, documents: readonly ProductDocument[]): Promise<GoodsCard[]> {
  return (await withLeft(world, documents.filter(document => isSoldAt(document, world.settings.storeId)))).map(viewCard)
}

export function viewCard(product: Product): GoodsCard {
  const { id, kind, name, summary, picture, priceFen, originalFen, memberPriceFen, soldCount, badge, skus, left } = product
  const memberFen = [memberPriceFen, ...skus.map(sku => sku.memberPriceFen)].flatMap(fen => fen ?? [])
  return {
    id, kind, name, summary, picture, priceFen, soldCount,
    hasRange: skus.some(sku => sku.priceFen !== priceFen),
    ...originalFen === undefined ? {} : { originalFen },
    ...memberFen.length === 0 ? {} : { memberPriceFen: Math.min(...memberFen) },
    ...badge ? { badge } : {},
    isSoldOut: left !== null && left <= 0,
  }
}

/**
 * The goods of a cart that are on sale, by id, with the dishes of its set meals. One or two database operations, and one more
 * where there is a set whose dishes are not in the cart.
 */
export async function productsOf(world: World, ids: readonly string[]): Promise<Map<string, ProductOnSale>> {
  const documents = await onSaleOf(world, [...new Set(ids)])
  const all = [...documents, ...await dishesOf(world, documents)]
  return new Map((await completed(world, all)).map(product => [product.id, product]))
}

async function onSaleOf(world: World, ids: string[]): Promise<ProductDocument[]> {
  const found = await products(world).find({ where: { _id: oneOf(ids), onSale: true }, limit: ids.length })
  return found.filter(document => isSoldAt(document, world.settings.storeId))
}

/** How goods look that are sold no more, or not in this store but in another one. */
export type GoneGoods = Pick<Product, 'name' | 'picture'> & { problem: 'Gone' | 'NotHere' }

/** Those of these ids that are not among the goods that were found, by id. One database operation, none where all of them are. */
export async function goneAmong(
  world: World, ids: readonly string[], known: ReadonlyMap<string, unknown>,
): Promise<Map<string, GoneGoods>> {
  const lacking = [...new Set(ids)].filter(id => !known.has(id))
  const found = lacking.length === 0 ? [] : await products(world).find({ where: { _id: oneOf(lacking) }, limit: lacking.length })
  return new Map(found.map(({ _id, name, picture, onSale }) => [_id, { name, picture, problem: onSale ? 'NotHere' : 'Gone' }]))
}

/** Whether a store sells these goods at all. */
export const isSoldAt = ({ storeIds }: ProductDocument, storeId: string): boolean => storeIds === undefined || storeIds.includes(storeId)

/** The dishes of set meals among these goods that are not among them themselves. One database operation where there are any. */
async function dishesOf(world: World, documents: readonly ProductDocument[]): Promise<ProductDocument[]> {
  const known = new Set(documents.map(document => document._id))
  const lacking = [...new Set(documents.flatMap(partIdsOf))].filter(id => !known.has(id))
  return lacking.length === 0 ? [] : onSaleOf(world, lacking)
}

/** Categories of one kind in the order of the rail. */
export async function categories(world: World, kind: GoodsKind): Promise<Category[]> {
  const documents = await world.database.collection<CategoryDocument>('categories').find({ where: { kind }, sort: ['sort', 'asc'], limit: 100 })
  return documents.map(({ _id, name, picture }) => ({ id: _id, kind, name, ...picture === undefined ? {} : { picture } }))
}

/** Goods with the pieces left, of all of them and of each SKU; of set meals as many as their dishes make. */
export async function withLeft(world: World, documents: readonly ProductDocument[]): Promise<ProductOnSale[]> {
  return (await completed(world, [...documents, ...await dishesOf(world, documents)])).slice(0, documents.length)
}

/** Of goods among which the dishes of all set meals are. One database operation, none where nobody counts any of them. */
async function completed(world: World, documents: readonly ProductDocument[]): Promise<ProductOnSale[]> {
  const nowMs = world.clock.nowMs()
  const sources = documents.map(document => sourcesOf(document._id, { ...document, ...shelfStore(world.settings) }, nowMs))
  const left = await countLeft(world.database, sources.flat())
  const plain = documents.map((document, index) => {
    const taken = sources[index]!
    return { ...viewProduct(document, taken, { leftOf: left, nowMs, storeId: world.settings.storeId }), sources: taken }
  })
  const products = new Map(plain.map(product => [product.id, product]))
  return plain.map((product, index) => completeSet(product, documents[index]!, products))
}

type LeftOf = (sources: readonly StockSource[]) => number | null

interface Now { leftOf: LeftOf, nowMs: number, storeId: string }

function viewProduct(document: ProductDocument, sources: readonly StockSource[], now: Now): Product {
  const {
    _id, sort: _sort, onSale: _onSale, recommended: _recommended, counted: _counted, storeIds: _storeIds,
    keys: _keys, rating: _rating, addedAtMs: _addedAtMs, soldOutUntilMs: _soldOut, soldOutIn: _soldOutIn,
    optionGroups, parts: _parts, specs = [], skus = [], weightGrams = 0, ...shown
  } = document
  const { leftOf } = now
  const isOff = soldOutUntil(document, { kind: 'Product' }, now) !== null
  const isSkuOff = (id: string) => isOff || soldOutUntil(document, { kind: 'Sku', id }, now) !== null
  const left = (skuId: string) => isSkuOff(skuId) ? 0 : leftOf(sources.filter(source => takesFrom({ productId: _id, skuId }, source)))
  const there = sources.filter(source => source.skuId === undefined || !isSkuOff(source.skuId))
  const leftNow = () => skus.length === 0 ? leftOf(sources) : leftOfAll(there, leftOf)
  const isAllOff = isOff || (skus.length > 0 && skus.every(sku => isSkuOff(sku.id)))
  return {
    ...shown, id: _id, specs, weightGrams,
    optionGroups: optionGroups.map(group => viewGroup(group, id => soldOutUntil(document, { kind: 'Choice', id }, now) !== null)),
    skus: skus.map(sku => ({ ...sku, left: left(sku.id) })),
    left: isAllOff ? 0 : leftNow(),
  }
}

/** What staff have taken off comes back by itself. */
function viewGroup({ choices, ...group }: OptionGroupDocument, isSoldOut: (choiceId: string) => boolean): OptionGroup {
  const view = ({ soldOutUntilMs: _soldOut, part: _part, ...choice }: ChoiceDocument): Choice =>
    isSoldOut(choice.id) ? { ...choice, isSoldOut: true } : choice
  return { ...group, choices: choices.map(view) }
}

/** What is left of goods with SKUs: the pieces of all their shelves, as far as the day's portions go. */
function leftOfAll(sources: readonly StockSource[], leftOf: LeftOf): number | null {
  const shelves = sources.filter(source => source.daily === undefined)
  const portions = leftOf(sources.filter(source => source.daily !== undefined))
  if (shelves.length === 0) return portions
  const pieces = shelves.reduce((sum, shelf) => sum + (leftOf([shelf]) ?? 0), 0)
  return Math.min(pieces, portions ?? pieces)
}
