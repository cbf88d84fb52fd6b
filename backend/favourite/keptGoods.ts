import { createHash } from 'node:crypto'
import type { ParsedOf } from '../../contracts/action.ts'
import type { favouriteActions, KeptGoods } from '../../contracts/favourite.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { cardsOf, products } from '../catalog/products.ts'
import { atMost, below, oneOf } from '../database.ts'
import type { Collection } from '../database.ts'
import { sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'

/** Goods that a member put by, or looked at. One document a member and product, whose `_id` is made of both. */
export interface KeptGoodsDocument { _id: string, openid: string, productId: string, atMs: number, sortKey: string }

type List = 'favourites' | 'footprints'
const PAGE = 20
const FAVOURITES_MAX = 200
/** A look is remembered for this long. */
const FOOTPRINT_LIFE_MS = 90 * 24 * 3_600_000
const AT_ONCE = 100

const listOf = (world: World, list: List): Collection<KeptGoodsDocument> => world.database.collection<KeptGoodsDocument>(list)

const keptIdOf = (openid: string, productId: string): string =>
  createHash('sha256').update(`${openid}\n${productId}`).digest('hex').slice(0, 24)

/** Whether a member has put these goods by. One database operation. */
export async function isFavourite(world: World, openid: string, productId: string): Promise<boolean> {
  return await listOf(world, 'favourites').read(keptIdOf(openid, productId)) !== null
}

/** Puts goods by, or no longer. Doing it again changes nothing. */
export async function setFavourite(world: World, openid: string, input: { productId: string, isFavourite: boolean }) {
  const { productId, isFavourite: wanted } = input
  if (!wanted) {
    await listOf(world, 'favourites').remove(keptIdOf(openid, productId))
    return done({ isFavourite: false })
  }
  const [product, count] = await Promise.all([products(world).read(productId), listOf(world, 'favourites').count({ openid })])
  if (!product?.onSale) return refused('ProductUnknown')
  if (count >= FAVOURITES_MAX) return refused('FavouritesFull')
  await listOf(world, 'favourites').add(documentOf(world, openid, productId))
  return done({ isFavourite: true })
}

/** Remembers that a member has looked at goods: the latest look counts. One database operation, two for the first look. */
export async function noteFootprint(world: World, openid: string, productId: string): Promise<void> {
  const document = documentOf(world, openid, productId)
  const { _id, atMs, sortKey } = document
  if (await listOf(world, 'footprints').changeIf(_id, {}, { set: { atMs, sortKey } })) return
  await listOf(world, 'footprints').add(document)
}

function documentOf(world: World, openid: string, productId: string): KeptGoodsDocument {
  const atMs = world.clock.nowMs()
  const _id = keptIdOf(openid, productId)
  return { _id, openid, productId, atMs, sortKey: sortKeyOf(atMs, _id) }
}

/** A page of one of the two lists, the newest first. Three database operations. */
export const showKept = (list: List) => async (world: World, openid: string, { cursor }: { cursor?: string }) => {
  const found = await listOf(world, list).find({
    where: { openid, ...(cursor === undefined ? {} : { sortKey: below(cursor) }) }, sort: ['sortKey', 'desc'], limit: PAGE + 1,
  })
  const shown = found.slice(0, PAGE)
  const ids = shown.map(({ productId }) => productId)
  const sold = ids.length === 0 ? [] : await products(world).find({ where: { _id: oneOf(ids), onSale: true }, limit: ids.length })
  const cards = new Map((await cardsOf(world, sold)).map(card => [card.id, card]))
  const items: KeptGoods[] = shown.map(({ productId, atMs }) => ({ productId, goods: cards.get(productId) ?? null, atMs }))
  return done({ items, nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null })
}

type Which = ParsedOf<typeof favouriteActions['removeFootprints']>['which']

/** Takes some out of a list, or all of them. */
export const removeKept = (list: List) => async (world: World, openid: string, { which }: { which: Which }) => {
  if (which.kind === 'Some') {
    await Promise.all(which.productIds.map(productId => listOf(world, list).remove(keptIdOf(openid, productId))))
    return done({ removed: which.productIds.length })
  }
  const mine = await listOf(world, list).find({ where: { openid }, sort: ['sortKey', 'desc'], limit: FAVOURITES_MAX })
  await Promise.all(mine.map(({ _id }) => listOf(world, list).remove(_id)))
  return done({ removed: mine.length })
}

/** Forgets looks that are long past, a hundred at a time; answers how many. */
export async function forgetFootprints(world: World): Promise<number> {
  const old = await listOf(world, 'footprints').find({ where: { atMs: atMost(world.clock.nowMs() - FOOTPRINT_LIFE_MS) }, sort: ['atMs', 'asc'], limit: AT_ONCE })
  for (const { _id } of old) await listOf(world, 'footprints').remove(_id)
  return old.length
}
