import type { CodeOf, ParsedOf } from '../../contracts/action.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome, Refused } from '../../contracts/outcome.ts'
import type { OwnReview, reviewActions } from '../../contracts/review.ts'
import { lookAt } from '../content/lookAt.ts'
import { isOwnPhoto, objections } from '../content/rules.ts'
import type { Transaction } from '../database.ts'
import { memberIdOf, profileOf } from '../member/members.ts'
import type { OrderDocument } from '../order/orders.ts'
import { sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { reviewIdOf, viewOwn } from './reviews.ts'
import type { ReviewDocument } from './reviews.ts'
import { masked, ratingChange, toReview } from './rules.ts'

type Actions = typeof reviewActions
type Input = ParsedOf<Actions['writeReview']>
type Code = CodeOf<Actions['writeReview']>
type Content = Pick<Input, 'stars' | 'text' | 'pictures' | 'isAnonymous'>

/**
 * Reviews one line of an order, once. What is written is checked by WeChat first; then review, order and the rating of the
 * product change in one transaction, so that every review counts exactly once.
 */
export async function writeReview(world: World, openid: string, input: Input): Promise<Outcome<OwnReview, Code>> {
  const objection = await objectTo(world, openid, input)
  if (objection) return refused(objection)
  const { nickname, avatar } = await profileOf(world, openid)
  const author = { openid, author: masked(nickname), avatar }
  const written = await world.database.transact(transaction => write(world, transaction, author, input))
  return 'ok' in written ? written : done(viewOwn(written))
}

async function write(
  world: World, transaction: Transaction, author: Pick<ReviewDocument, 'openid' | 'author' | 'avatar'>, input: Input,
): Promise<ReviewDocument | Refused<Code>> {
  const { orderId, line, ...content } = input
  const order = await transaction.read<OrderDocument>('orders', orderId)
  if (order?.openid !== author.openid || order.state === 'Reserving' || order.state === 'Rejected') return refused('OrderUnknown')
  const known = await transaction.read<ReviewDocument>('reviews', reviewIdOf(orderId, line))
  // The answer to the first try was lost: what stands is what was wanted.
  if (known) return isSame(known, content) ? known : refused('AlreadyReviewed')
  const wanted = order.lines[line]
  if (!wanted || !toReview(order).includes(line)) return refused('OrderNotReceived', { state: order.state })
  const atMs = world.clock.nowMs()
  const _id = reviewIdOf(orderId, line)
  const review: ReviewDocument = {
    _id, productId: wanted.productId, productName: wanted.name, bought: [...wanted.specs ?? [], ...wanted.choices],
    orderId, line, ...author, ...content, hasPictures: content.pictures.length > 0,
    addition: null, isAmended: false, answer: '', isHidden: false, hiddenBecause: '', atMs, sortKey: sortKeyOf(atMs, _id),
  }
  await transaction.add('reviews', review)
  await transaction.change('orders', orderId, { push: { reviewedLines: line } })
  await countReview(transaction, null, review)
  return review
}

const isSame = (review: ReviewDocument, { stars, text, pictures }: Content): boolean =>
  review.stars === stars && review.text === text && review.pictures.join() === pictures.join()

/** Brings the rating of the product up to date; goods that are gone have none. */
export async function countReview(transaction: Transaction, before: ReviewDocument | null, after: ReviewDocument): Promise<void> {
  const inc = ratingChange(before, after)
  if (inc && await transaction.read('products', after.productId)) await transaction.change('products', after.productId, { inc })
}

/** Writes a review anew, or adds to it: one of the two, once. */
export async function amendReview(
  world: World, openid: string, { reviewId, amendment }: ParsedOf<Actions['amendReview']>,
): Promise<Outcome<OwnReview, CodeOf<Actions['amendReview']>>> {
  const objection = await objectTo(world, openid, amendment.kind === 'Add' ? { text: amendment.text, pictures: [] } : amendment)
  if (objection) return refused(objection)
  const amended = await world.database.transact(async (transaction): Promise<ReviewDocument | 'Unknown' | 'Amended'> => {
    const review = await transaction.read<ReviewDocument>('reviews', reviewId)
    if (review?.openid !== openid) return 'Unknown'
    if (review.isAmended) return 'Amended'
    const set = changeOf(amendment, world.clock.nowMs())
    await transaction.change('reviews', reviewId, { set: { ...set, isAmended: true } })
    const after: ReviewDocument = { ...review, ...set, isAmended: true }
    await countReview(transaction, review, after)
    return after
  })
  if (amended === 'Unknown') return refused('ReviewUnknown')
  return amended === 'Amended' ? refused('ReviewAmended') : done(viewOwn(amended))
}

function changeOf(amendment: ParsedOf<Actions['amendReview']>['amendment'], atMs: number): Partial<ReviewDocument> {
  if (amendment.kind === 'Add') return { addition: { text: amendment.text, atMs } }
  const { kind: _kind, ...content } = amendment
  return { ...content, hasPictures: content.pictures.length > 0 }
}

/** Pictures of others, and what WeChat says may not be shown; null where nothing is wrong. */
async function objectTo(
  world: World, openid: string, { text, pictures }: { text: string, pictures: readonly string[] },
): Promise<'PhotoUnknown' | 'PhotoTooLarge' | 'ContentRefused' | 'CheckUnavailable' | null> {
  const whose = { envId: world.settings.envId, memberId: memberIdOf(openid) }
  if (!pictures.every(picture => isOwnPhoto(picture, 'review', whose))) return 'PhotoUnknown'
  return objections[await lookAt(world, openid, { text, pictures })]
}
