import type { ParsedOf } from '../../contracts/action.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { reviewStaffActions } from '../../contracts/review.ts'
import { below } from '../database.ts'
import type { World } from '../ports.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import { reviews, viewOwn } from './reviews.ts'
import type { ReviewDocument } from './reviews.ts'
import { countReview } from './writeReview.ts'

type Actions = typeof reviewStaffActions
const PAGE = 20

/** Every review, the newest first, hidden ones too. One database operation. */
export async function reviewsForStaff(world: World, { cursor }: { cursor?: string }) {
  const found = await reviews(world).find({ where: cursor === undefined ? {} : { sortKey: below(cursor) }, sort: ['sortKey', 'desc'], limit: PAGE + 1 })
  const shown = found.slice(0, PAGE)
  return done({ items: shown.map(viewOwn), nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null })
}

/** The shop answers below a review; the latest answer stands. */
export async function answerReview(world: World, { reviewId, answer }: ParsedOf<Actions['answerReview']>) {
  if (!await reviews(world).changeIf(reviewId, {}, { set: { answer } })) return refused('ReviewUnknown')
  const review = await reviews(world).read(reviewId)
  return review ? done(viewOwn(review)) : refused('ReviewUnknown')
}

/** Takes a review out of sight, or shows it again, with the rating of its product and a row of who did it and why. */
export async function hideReview(world: World, { reviewId, isHidden, reason }: ParsedOf<Actions['hideReview']>, { openid }: { openid: string }) {
  const after = await world.database.transact(async (transaction): Promise<ReviewDocument | null> => {
    const review = await transaction.read<ReviewDocument>('reviews', reviewId)
    if (!review || review.isHidden === isHidden) return review
    const set = { isHidden, hiddenBecause: reason }
    await transaction.change('reviews', reviewId, { set })
    await countReview(transaction, review, { ...review, ...set })
    const what = isHidden ? 'HideReview' as const : 'ShowReview' as const
    const _id = auditIdOf(what, reviewId, String(world.clock.nowMs()))
    await writeAudit(world, transaction, { _id, what, by: openid, subject: reviewId, orderId: review.orderId, amountFen: 0, note: reason })
    return { ...review, ...set }
  })
  return after ? done(viewOwn(after)) : refused('ReviewUnknown')
}
