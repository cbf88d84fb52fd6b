import { readFileSync } from 'node:fs'
import type { Localized } from '../contracts/catalog.ts'
import { sortKeyOf } from '../backend/order/rules.ts'
import { reviewIdOf } from '../backend/review/reviews.ts'
import { masked, unrated, weightOf } from '../backend/review/rules.ts'
import type { Rating } from '../contracts/review.ts'
import type { AdminCloud } from './adminCloud.ts'

/** Puts a picture into the cloud's storage; answers its file id. */
export type Upload = (picture: string) => Promise<string>

/** demo/reviews.json: what customers of the demo shop have said. */
interface DemoReview {
  productId: string
  bought: Localized[]
  nickname: string
  isAnonymous?: boolean
  stars: number
  daysAgo: number
  text: string
  pictures?: string[]
  addition?: string
  answer?: string
}

const demoReviews = JSON.parse(readFileSync(new URL('reviews.json', import.meta.url), 'utf8')) as DemoReview[]
const DAY_MS = 24 * 3_600_000

/** Reviews of orders that were collected long ago, and what they come to. */
export async function seedReviews(cloud: AdminCloud, upload: Upload): Promise<void> {
  const ratings = new Map<string, Rating>()
  for (const [index, review] of demoReviews.entries()) {
    const pictures = await Promise.all((review.pictures ?? []).map(upload))
    const atMs = Date.now() - review.daysAgo * DAY_MS - index * 60_000
    const orderId = `demo-order-${index}`
    const _id = reviewIdOf(orderId, 0)
    await cloud.set('reviews', _id, {
      productId: review.productId, productName: { zh: '', en: '' }, bought: review.bought, orderId, line: 0, openid: `o-demo-${index}`,
      stars: review.stars, text: review.text, pictures, hasPictures: pictures.length > 0, isAnonymous: review.isAnonymous ?? false,
      author: masked(review.nickname),
      addition: review.addition ? { text: review.addition, atMs: atMs + 5 * DAY_MS } : null,
      isAmended: review.addition !== undefined, answer: review.answer ?? '', isHidden: false, hiddenBecause: '', atMs,
      sortKey: sortKeyOf(atMs, _id),
    })
    const own = weightOf({ stars: review.stars, pictures, isHidden: false })
    ratings.set(review.productId, plus(ratings.get(review.productId) ?? unrated, own))
  }
  for (const [productId, rating] of ratings) await cloud.change('products', productId, { rating })
}

const plus = (one: Rating, other: Rating): Rating => ({
  count: one.count + other.count, starsSum: one.starsSum + other.starsSum,
  withPictures: one.withPictures + other.withPictures, good: one.good + other.good,
})
