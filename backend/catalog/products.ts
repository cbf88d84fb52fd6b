import type { Category, GoodsKind, Localized, Product } from '../../contracts/catalog.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { available } from '../stock/stock.ts'

/** Goods as they are kept. What is left of them is in the collection stock. */
export interface ProductDocument extends Omit<Product, 'id' | 'left'> {
  _id: string
  sort: number
  onSale: boolean
  recommended: boolean
  /** Whether somebody counts the pieces. Made-to-order goods have no stock document. */
  counted: boolean
}

export interface CategoryDocument { _id: string, kind: GoodsKind, name: Localized, sort: number }

/** A small shop's whole catalogue fits one read; goods beyond it are not shown, and the log says so. */
const MAX_PRODUCTS = 200

/** Everything on sale, in the order of the menu, with the pieces left. Two database operations. */
export async function productsOnSale(world: World): Promise<(Product & { recommended: boolean })[]> {
  const documents = await world.database.collection<ProductDocument>('products')
    .find({ where: { onSale: true }, sort: ['sort', 'asc'], limit: MAX_PRODUCTS })
  if (documents.length === MAX_PRODUCTS) world.log.warn('The menu shows no more goods than these', { MAX_PRODUCTS })
  const left = await leftOf(world, documents)
  return documents.map(document => ({ ...viewProduct(document, left), recommended: document.recommended }))
}

/** The goods of a cart that are on sale, by id. One or two database operations. */
export async function productsOf(world: World, ids: readonly string[]): Promise<Map<string, Product>> {
  const unique = [...new Set(ids)]
  const documents = await world.database.collection<ProductDocument>('products')
    .find({ where: { _id: oneOf(unique), onSale: true }, limit: unique.length })
  const left = await leftOf(world, documents)
  return new Map(documents.map(document => [document._id, viewProduct(document, left)]))
}

/** Categories in the order of the rail. */
export async function categories(world: World): Promise<Category[]> {
  const documents = await world.database.collection<CategoryDocument>('categories').find({ where: {}, sort: ['sort', 'asc'], limit: 100 })
  return documents.map(({ _id, kind, name }) => ({ id: _id, kind, name }))
}

async function leftOf(world: World, documents: readonly ProductDocument[]): Promise<Map<string, number>> {
  const counted = documents.filter(document => document.counted).map(document => document._id)
  return counted.length === 0 ? new Map() : available(world.database, counted)
}

function viewProduct(document: ProductDocument, left: ReadonlyMap<string, number>): Product {
  const { _id, sort: _sort, onSale: _onSale, recommended: _recommended, counted, ...shown } = document
  // Counted goods without a stock document cannot be reserved, so nothing is left of them.
  return { ...shown, id: _id, left: counted ? left.get(_id) ?? 0 : null }
}
