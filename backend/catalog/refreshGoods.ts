import { above } from '../database.ts'
import type { World } from '../ports.ts'
import { entryOf } from '../search/indexGoods.ts'
import { GOODS_INDEX, searchIndexes } from '../search/searchIndex.ts'
import { keysOf } from './listing.ts'
import { products } from './products.ts'
import type { CategoryDocument, ProductDocument } from './products.ts'

/** How often lists and searches learn what was sold, and what has been written anew. */
const EVERY_MS = 10 * 60_000
/** Goods read at a time. */
const AT_ONCE = 100
/** A small shop's catalogue: what is beyond it is found in no search, and the log says so. */
const GOODS_MAX = 1000

/**
 * Brings up to date what is derived of goods: where they stand in lists, and the index of searches. All of it is computed anew
 * from what is written elsewhere, so a run that was lost or ran twice changes nothing. How many were sold is counted with each
 * sale, and never written here: what was read a moment ago may be too little by now. Answers how many goods were looked at.
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
  const fresh = { entries: goods.flatMap(one => one.onSale ? [entryOf(one, categories)] : []), builtAtMs: nowMs }
  if (!await searchIndexes(world).changeIf(GOODS_INDEX, {}, { set: fresh })) await searchIndexes(world).add({ _id: GOODS_INDEX, ...fresh })
  return goods.length
}

async function allGoods(world: World): Promise<ProductDocument[]> {
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
  return goods
}

/** Writes only what has changed. */
async function refreshOne(world: World, product: ProductDocument): Promise<void> {
  const keys = keysOf(product)
  if (JSON.stringify(product.keys) === JSON.stringify(keys)) return
  await products(world).changeIf(product._id, {}, { set: { keys } })
}
