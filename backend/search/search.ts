import { done } from '../../contracts/outcome.ts'
import type { SearchResult, Suggestion } from '../../contracts/mall.ts'
import { cardsOf, products } from '../catalog/products.ts'
import type { ProductDocument } from '../catalog/products.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { theStore } from '../store/stores.ts'
import { searchIn } from './rules.ts'
import { readIndex } from './searchIndex.ts'

const PAGE = 20
const SUGGESTIONS = 8
const PROPOSALS = 6
/** Pages of one search: nobody looks further, and a cursor from elsewhere cannot make us. */
const FOUND_MAX = 100

/** Goods of menu and mall that are like a text. Three database operations. */
export async function search(world: World, { text, cursor }: { text: string, cursor?: string }) {
  const found = searchIn(await readIndex(world), text).slice(0, FOUND_MAX)
  const from = cursor === undefined ? 0 : Number(cursor.split('_')[0])
  const page = found.slice(from, from + PAGE)
  const goods = await cardsOf(world, await onSale(world, page.map(({ id }) => id)))
  const isEmpty = found.length === 0
  const result: SearchResult = {
    goods,
    nextCursor: from + PAGE < found.length ? `${from + PAGE}_found` : null,
    proposals: isEmpty ? await cardsOf(world, await bestSellers(world)) : [],
  }
  return done(result)
}

/** Names for what was typed so far; before anything is, the words that the shop suggests. One database operation. */
export async function suggest(world: World, { text }: { text: string }) {
  if (text === '') return done({ hotWords: (await theStore(world)).hotWords ?? [], suggestions: [] })
  const suggestions: Suggestion[] = searchIn(await readIndex(world), text).slice(0, SUGGESTIONS)
    .map(({ id, kind, name }) => ({ productId: id, kind, name }))
  return done({ hotWords: [], suggestions })
}

/** Those that are still sold, in the order of the ids. */
async function onSale(world: World, ids: readonly string[]): Promise<ProductDocument[]> {
  if (ids.length === 0) return []
  const found = await products(world).find({ where: { _id: oneOf(ids), onSale: true }, limit: ids.length })
  const byId = new Map(found.map(product => [product._id, product]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

async function bestSellers(world: World): Promise<ProductDocument[]> {
  const [menu, mall] = await Promise.all((['Menu', 'Mall'] as const).map(kind =>
    products(world).find({ where: { onSale: true, kind }, sort: ['keys.sales', 'desc'], limit: PROPOSALS / 2 })))
  return [...menu!, ...mall!]
}
