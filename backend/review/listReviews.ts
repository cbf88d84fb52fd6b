import type { ParsedOf } from '../../contracts/action.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { ReviewFilter, ReviewView, reviewActions } from '../../contracts/review.ts'
import { products } from '../catalog/products.ts'
import { folderOf } from '../content/rules.ts'
import { atLeast, atMost, below } from '../database.ts'
import type { Where } from '../database.ts'
import { memberIdOf } from '../member/members.ts'
import { ownOrder } from '../order/orders.ts'
import type { World } from '../ports.ts'
import { reviews, viewOwn, viewReview } from './reviews.ts'
import { unrated } from './rules.ts'

const PAGE = 10
const SHOWN_WITH_PRODUCT = 2

const filters: Record<ReviewFilter, Where> = {
  All: {}, Pictures: { hasPictures: true }, Good: { stars: atLeast(4) }, Poor: { stars: atMost(3) },
}

/** A page of what is said about a product, the newest first. Two database operations. */
export async function listReviews(world: World, { productId, filter, cursor }: ParsedOf<typeof reviewActions['reviews']>) {
  const [product, found] = await Promise.all([
    products(world).read(productId),
    reviews(world).find({
      where: { productId, isHidden: false, ...filters[filter], ...(cursor === undefined ? {} : { sortKey: below(cursor) }) },
      sort: ['sortKey', 'desc'],
      limit: PAGE + 1,
    }),
  ])
  const shown = found.slice(0, PAGE)
  return done({
    rating: product?.rating ?? unrated,
    reviews: shown.map(viewReview),
    nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null,
  })
}

/** The newest ones, for the page of the product. One database operation. */
export async function newestReviews(world: World, productId: string): Promise<ReviewView[]> {
  const found = await reviews(world).find({ where: { productId, isHidden: false }, sort: ['sortKey', 'desc'], limit: SHOWN_WITH_PRODUCT })
  return found.map(viewReview)
}

/** What the caller has said about each line of an order. Two database operations. */
export async function reviewsOfOrder(world: World, openid: string, { orderId }: { orderId: string }) {
  const order = await ownOrder(world, openid, orderId)
  if (!order) return refused('OrderUnknown')
  if (order.state !== 'Collected') return refused('OrderNotReceived', { state: order.state })
  const found = await reviews(world).find({ where: { orderId }, limit: order.lines.length })
  const mine = new Map(found.map(review => [review.line, viewOwn(review)]))
  return done({
    pictureFolder: folderOf('review', memberIdOf(openid)),
    lines: order.lines.map(({ productId, name, picture, specs = [], choices }, line) =>
      ({ line, productId, name, picture, bought: [...specs, ...choices], review: mine.get(line) ?? null })),
  })
}
