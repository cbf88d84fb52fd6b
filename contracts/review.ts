import * as v from 'valibot'
import { action } from './action.ts'
import type { Localized } from './catalog.ts'
import { Cursor, Id, Note, photoIn } from './fields.ts'

/** What reviewers think of goods on the whole. Hidden reviews do not count. */
export interface Rating {
  count: number
  /** Of all stars; the average is starsSum / count. */
  starsSum: number
  withPictures: number
  /** Four or five stars. */
  good: number
}

export const reviewFilters = ['All', 'Pictures', 'Good', 'Poor'] as const
export type ReviewFilter = typeof reviewFilters[number]

/** A review as everybody may see it: its author is never named in full. */
export interface ReviewView {
  id: string
  stars: number
  text: string
  /** File ids. */
  pictures: string[]
  /** Null for somebody who wants no name to be shown; empty for somebody who has given none. */
  author: string | null
  /** A file id; empty for somebody who wants no name to be shown, or has given no picture. */
  avatar: string
  /** The SKU and the choices that were bought. */
  bought: Localized[]
  atMs: number
  /** What was added later. */
  addition: { text: string, atMs: number } | null
  /** What the shop says to it. */
  answer: string
}

/** My own review, or a staff member's look at one. */
export interface OwnReview extends ReviewView {
  orderId: string
  line: number
  productId: string
  productName: Localized
  isAnonymous: boolean
  /** The text may be written anew once, or something be added to it once. */
  canAmend: boolean
  /** Staff have taken it out of sight, for this reason. */
  hiddenBecause: string | null
}

/** A line of one of my orders, with what I have said about it. */
export interface ReviewedLine {
  line: number
  productId: string
  name: Localized
  picture: string
  bought: Localized[]
  review: OwnReview | null
}

export const ReviewPicture = photoIn('review')

const Line = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(49))
const ReviewText = v.pipe(v.string(), v.trim(), v.maxLength(300))
const content = {
  stars: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
  text: ReviewText,
  pictures: v.pipe(v.array(ReviewPicture), v.maxLength(6)),
  isAnonymous: v.boolean(),
}

export const reviewActions = {
  /** Reviews of a product, the newest first. */
  reviews: action<{ rating: Rating, reviews: ReviewView[], nextCursor: string | null }>()({
    caller: 'anyone',
    input: v.strictObject({ productId: Id, filter: v.picklist(reviewFilters), cursor: v.optional(Cursor) }),
    codes: [],
  }),
  /** The lines of one of my orders, each with my review of it, if there is one; and where my pictures have to be put. */
  orderReviews: action<{ lines: ReviewedLine[], pictureFolder: string }>()({
    caller: 'customer', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown', 'OrderNotReceived'],
  }),
  /** Reviews one line of an order that its customer has received; once. The same again answers the review that stands. */
  writeReview: action<OwnReview>()({
    caller: 'customer',
    input: v.strictObject({ orderId: Id, line: Line, ...content }),
    codes: [
      'OrderUnknown', 'OrderNotReceived', 'AlreadyReviewed', 'PhotoUnknown', 'PhotoTooLarge', 'ContentRefused', 'CheckUnavailable',
      'TooOften',
    ],
    limit: { perMinute: 10 },
  }),
  /** Writes a review anew, or adds to it; one of the two, once. */
  amendReview: action<OwnReview>()({
    caller: 'customer',
    input: v.strictObject({
      reviewId: Id,
      amendment: v.variant('kind', [
        v.strictObject({ kind: v.literal('Rewrite'), ...content }),
        v.strictObject({ kind: v.literal('Add'), text: v.pipe(ReviewText, v.minLength(1)) }),
      ]),
    }),
    codes: ['ReviewUnknown', 'ReviewAmended', 'PhotoUnknown', 'PhotoTooLarge', 'ContentRefused', 'CheckUnavailable', 'TooOften'],
    limit: { perMinute: 10 },
  }),
} as const

/** What staff do about reviews. */
export const reviewStaffActions = {
  /** All reviews, the newest first, also those that are hidden. */
  reviews: action<{ items: OwnReview[], nextCursor: string | null }>()({
    caller: 'clerk', input: v.strictObject({ cursor: v.optional(Cursor) }), codes: [],
  }),
  answerReview: action<OwnReview>()({ caller: 'clerk', input: v.strictObject({ reviewId: Id, answer: Note }), codes: ['ReviewUnknown'] }),
  /** Takes a review out of sight, or shows it again; with a reason, which is kept. */
  hideReview: action<OwnReview>()({
    caller: 'clerk', input: v.strictObject({ reviewId: Id, isHidden: v.boolean(), reason: Note }), codes: ['ReviewUnknown'],
  }),
} as const
