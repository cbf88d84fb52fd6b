import type { Category, GoodsKind, Localized, Product } from '../../contracts/catalog.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { sourcesOf } from '../stock/rules.ts'
import type { Counting, StockSource } from '../stock/rules.ts'
import { countLeft } from '../stock/stock.ts'

/** Goods as they are kept. What is left of them is in the collection stock. */
export interface ProductDocument extends Omit<Product, 'id' | 'left'>, Counting {
  _id: string
  sort: number
  onSale: boolean
  recommended: boolean
}

/** Goods with what a sale of them takes from. */
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

/** The goods of a cart that are on sale, by id. One or two database operations. */
export async function productsOf(world: World, ids: readonly string[]): Promise<Map<string, ProductOnSale>> {
  const unique = [...new Set(ids)]
  const documents = await world.database.collection<ProductDocument>('products')
    .find({ where: { _id: oneOf(unique), onSale: true }, limit: unique.length })
  return new Map((await withLeft(world, documents)).map(product => [product.id, product]))
}

/** Categories in the order of the rail. */
export async function categories(world: World): Promise<Category[]> {
  const documents = await world.database.collection<CategoryDocument>('categories').find({ where: {}, sort: ['sort', 'asc'], limit: 100 })
  return documents.map(({ _id, kind, name }) => ({ id: _id, kind, name }))
}

async function withLeft(world: World, documents: readonly ProductDocument[]): Promise<ProductOnSale[]> {
  const nowMs = world.clock.nowMs()
  const sources = documents.map(document => sourcesOf(document._id, document, nowMs))
  const left = await countLeft(world.database, sources.flat())
  return documents.map((document, index) => ({ ...viewProduct(document, left(sources[index]!)), sources: sources[index]! }))
}

function viewProduct(document: ProductDocument, left: number | null): Product {
  const { _id, sort: _sort, onSale: _onSale, recommended: _recommended, counted: _counted, ...shown } = document
  return { ...shown, id: _id, left }
}
