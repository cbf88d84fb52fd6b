import type { Category, Choice, GoodsKind, Localized, OptionGroup, Product, Sku, SpecGroup } from '../../contracts/catalog.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { sourcesOf, takesFrom } from '../stock/rules.ts'
import type { Counting, StockSource } from '../stock/rules.ts'
import { countLeft } from '../stock/stock.ts'
import { completeSet, partIdsOf } from './sets.ts'

/** Goods as they are kept. What is left of them is in the collection stock. */
export interface ProductDocument extends Omit<Product, 'id' | 'left' | 'optionGroups' | 'parts' | 'specs' | 'skus' | 'weightGrams'>, Counting {
  _id: string
  optionGroups: OptionGroupDocument[]
  /** Of a set meal: what is always in it. */
  parts?: PartDocument[]
  /** Until when staff have taken it off: the end of the day, or a moment of their own. */
  soldOutUntilMs?: number
  specs?: SpecGroup[]
  skus?: Omit<Sku, 'left'>[]
  weightGrams?: number
  sort: number
  onSale: boolean
  recommended: boolean
}

export interface OptionGroupDocument extends Omit<OptionGroup, 'choices'> { choices: ChoiceDocument[] }

/** `soldOutUntilMs`: as of products, for this choice alone. */
export interface ChoiceDocument extends Omit<Choice, 'isSoldOut' | 'part'> { soldOutUntilMs?: number, part?: PartDocument }

/** A dish of a set meal, with the choices that the set makes for it. */
export interface PartDocument { productId: string, quantity: number, choiceIds: string[] }

/** Goods with all that sales of them can take from. */
export interface ProductOnSale extends Product { sources: StockSource[] }

export interface CategoryDocument { _id: string, kind: GoodsKind, name: Localized, sort: number }

/** A small shop's whole catalogue fits one read; goods beyond it are not shown, and the log says so. */
const MAX_PRODUCTS = 200

/** Everything on sale, in the order of the menu, with the pieces left. Two database operations. */
export async function productsOnSale(world: World): Promise<(Product & { recommended: boolean })[]> {
  const documents = await world.database.collection<ProductDocument>('products')
    .find({ where: { onSale: true }, sort: ['sort', 'asc'], limit: MAX_PRODUCTS })
  if (documents.length === MAX_PRODUCTS) world.log.warn('The menu shows no more goods than these', { MAX_PRODUCTS })
  const products = await withLeft(world, documents)
  return products.map(({ sources: _sources, ...product }, index) => ({ ...product, recommended: documents[index]!.recommended }))
}

/**
 * The goods of a cart that are on sale, by id, with the dishes of its set meals. One or two database operations, and one more
 * where there is a set whose dishes are not in the cart.
 */
export async function productsOf(world: World, ids: readonly string[]): Promise<Map<string, ProductOnSale>> {
  const documents = await onSaleOf(world, [...new Set(ids)])
  const known = new Set(documents.map(document => document._id))
  const lacking = [...new Set(documents.flatMap(partIdsOf))].filter(id => !known.has(id))
  const dishes = lacking.length === 0 ? [] : await onSaleOf(world, lacking)
  return new Map((await withLeft(world, [...documents, ...dishes])).map(product => [product.id, product]))
}

const onSaleOf = (world: World, ids: string[]): Promise<ProductDocument[]> =>
  world.database.collection<ProductDocument>('products').find({ where: { _id: oneOf(ids), onSale: true }, limit: ids.length })

/** Categories in the order of the rail. */
export async function categories(world: World): Promise<Category[]> {
  const documents = await world.database.collection<CategoryDocument>('categories').find({ where: {}, sort: ['sort', 'asc'], limit: 100 })
  return documents.map(({ _id, kind, name }) => ({ id: _id, kind, name }))
}

async function withLeft(world: World, documents: readonly ProductDocument[]): Promise<ProductOnSale[]> {
  const nowMs = world.clock.nowMs()
  const sources = documents.map(document => sourcesOf(document._id, document, nowMs))
  const left = await countLeft(world.database, sources.flat())
  const plain = documents.map((document, index) => {
    const taken = sources[index]!
    return { ...viewProduct(document, taken, { leftOf: left, nowMs }), sources: taken }
  })
  const products = new Map(plain.map(product => [product.id, product]))
  return plain.map((product, index) => completeSet(product, documents[index]!, products))
}

type LeftOf = (sources: readonly StockSource[]) => number | null

interface Now { leftOf: LeftOf, nowMs: number }

function viewProduct(document: ProductDocument, sources: readonly StockSource[], { leftOf, nowMs }: Now): Product {
  const {
    _id, sort: _sort, onSale: _onSale, recommended: _recommended, counted: _counted, soldOutUntilMs, optionGroups, parts: _parts,
    specs = [], skus = [], weightGrams = 0, ...shown
  } = document
  const isOff = isSoldOut(soldOutUntilMs, nowMs)
  const left = (skuId: string) => isOff ? 0 : leftOf(sources.filter(source => takesFrom({ productId: _id, skuId }, source)))
  const leftNow = () => skus.length === 0 ? leftOf(sources) : leftOfAll(sources, leftOf)
  return {
    ...shown, id: _id, specs, weightGrams,
    optionGroups: optionGroups.map(group => viewGroup(group, nowMs)),
    skus: skus.map(sku => ({ ...sku, left: left(sku.id) })),
    left: isOff ? 0 : leftNow(),
  }
}

function viewGroup({ choices, ...group }: OptionGroupDocument, nowMs: number): OptionGroup {
  const view = ({ soldOutUntilMs, part: _part, ...choice }: ChoiceDocument): Choice =>
    isSoldOut(soldOutUntilMs, nowMs) ? { ...choice, isSoldOut: true } : choice
  return { ...group, choices: choices.map(view) }
}

/** What staff have taken off comes back by itself. */
const isSoldOut = (untilMs: number | undefined, nowMs: number): boolean => untilMs !== undefined && nowMs < untilMs

/** What is left of goods with SKUs: the pieces of all their shelves, as far as the day's portions go. */
function leftOfAll(sources: readonly StockSource[], leftOf: LeftOf): number | null {
  const shelves = sources.filter(source => source.daily === undefined)
  const portions = leftOf(sources.filter(source => source.daily !== undefined))
  if (shelves.length === 0) return portions
  const pieces = shelves.reduce((sum, shelf) => sum + (leftOf([shelf]) ?? 0), 0)
  return Math.min(pieces, portions ?? pieces)
}
