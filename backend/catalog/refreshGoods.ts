import { above, oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { entryOf } from '../search/indexGoods.ts'
import { GOODS_INDEX, searchIndexes } from '../search/searchIndex.ts'
import { sourcesOf, stockIdOf } from '../stock/rules.ts'
import { stock } from '../stock/stock.ts'
import { keysOf } from './listing.ts'
import { products } from './products.ts'
import type { CategoryDocument, ProductDocument } from './products.ts'

/** How often lists and searches learn what was sold, and what has been written anew. */
const EVERY_MS = 10 * 60_000
/** Goods read at a time, and shelves asked for at a time. */
const AT_ONCE = 100
/** A small shop's catalogue: what is beyond it is found in no search, and the log says so. */
const GOODS_MAX = 1000

/**
 * Brings up to date what is derived of goods: how many were sold, where they stand in lists, and the index of searches. All of
 * it is computed anew from what is written elsewhere, so a run that was lost or ran twice changes nothing. Answers how many
 * goods were looked at; none before it is time.
 */
export async function refreshGoods(world: World, endAtMs: number): Promise<number> {
  const nowMs = world.clock.nowMs()
  const index = await searchIndexes(world).read(GOODS_INDEX)
  if (index && nowMs < index.builtAtMs + EVERY_MS) return 0
  const goods = await allGoods(world)
  for (const one of goods) {
    if (world.clock.nowMs() > endAtMs) return goods.length
    await refreshOne(world, one)
  }
  const categories = await world.database.collection<CategoryDocument>('categories').find({ where: {}, limit: AT_ONCE })
  const fresh = { entries: goods.flatMap(({ now }) => now.onSale ? [entryOf(now, categories)] : []), builtAtMs: nowMs }
  if (!await searchIndexes(world).changeIf(GOODS_INDEX, {}, { set: fresh })) await searchIndexes(world).add({ _id: GOODS_INDEX, ...fresh })
  return goods.length
}

/** Goods as they should be, and as they are written. */
interface Refreshed { now: ProductDocument, before: ProductDocument }

async function allGoods(world: World): Promise<Refreshed[]> {
  const goods: ProductDocument[] = []
  for (;;) {
    const page = await products(world).find({ where: { _id: above(goods.at(-1)?._id ?? '') }, sort: ['_id', 'asc'], limit: AT_ONCE })
    goods.push(...page)
    if (page.length < AT_ONCE) break
    if (goods.length >= GOODS_MAX) {
      world.log.warn('No more goods than these are found by a search', { GOODS_MAX })
      break
    }
  }
  const sold = await soldOn(world, goods.filter(product => product.counted))
  return goods.map(before => ({ before, now: withSales(before, sold) }))
}

const shelvesOf = (product: ProductDocument): string[] =>
  sourcesOf(product._id, product, 0).filter(source => source.daily === undefined).map(stockIdOf)

/** How many pieces each shelf has sold. */
async function soldOn(world: World, counted: readonly ProductDocument[]): Promise<ReadonlyMap<string, number>> {
  const ids = counted.flatMap(shelvesOf)
  const sold = new Map<string, number>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const found = await stock(world.database).find({ where: { _id: oneOf(ids.slice(from, from + AT_ONCE)) }, limit: AT_ONCE })
    for (const shelf of found) sold.set(shelf._id, shelf.sold)
  }
  return sold
}

/** What the shelves have sold, beside what was sold before anybody counted. Goods that nobody counts keep their number. */
function withSales(product: ProductDocument, sold: ReadonlyMap<string, number>): ProductDocument {
  if (!product.counted) return product
  const soldBefore = product.soldBefore ?? product.soldCount
  return { ...product, soldBefore, soldCount: soldBefore + shelvesOf(product).reduce((sum, id) => sum + (sold.get(id) ?? 0), 0) }
}

/** Writes only what has changed. */
async function refreshOne(world: World, { now, before }: Refreshed): Promise<void> {
  const { _id, soldCount, soldBefore } = now
  const keys = keysOf(now)
  if (before.soldCount === soldCount && JSON.stringify(before.keys) === JSON.stringify(keys)) return
  await products(world).changeIf(_id, {}, { set: { keys, soldCount, ...(soldBefore === undefined ? {} : { soldBefore }) } })
}
