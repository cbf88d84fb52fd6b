import { createHash } from 'node:crypto'
import type { Localized } from '../../contracts/catalog.ts'
import type { OwnReview, ReviewView } from '../../contracts/review.ts'
import type { Collection } from '../database.ts'
import type { World } from '../ports.ts'

/** One line of one order, reviewed by its customer. Names are frozen at the moment of ordering. */
export interface ReviewDocument {
  _id: string
  productId: string
  productName: Localized
  bought: Localized[]
  orderId: string
  line: number
  openid: string
  stars: number
  text: string
  pictures: string[]
  hasPictures: boolean
  isAnonymous: boolean
  /** The masked nickname; empty where the member has given none. */
  author: string
  /** The picture that the member went by; a file id, absent or empty where there was none. */
  avatar?: string
  addition: { text: string, atMs: number } | null
  isAmended: boolean
  answer: string
  isHidden: boolean
  /** Why staff took it out of sight, or showed it again. */
  hiddenBecause: string
  atMs: number
  sortKey: string
}

export const reviews = (world: World): Collection<ReviewDocument> => world.database.collection<ReviewDocument>('reviews')

/** The same line of the same order always means the same review. */
export const reviewIdOf = (orderId: string, line: number): string =>
  createHash('sha256').update(`${orderId}\n${line}`).digest('hex').slice(0, 24)

/** As everybody sees it. */
export function viewReview(review: ReviewDocument): ReviewView {
  const { _id, stars, text, pictures, isAnonymous, author, avatar = '', bought, atMs, addition, answer } = review
  return { id: _id, stars, text, pictures, author: isAnonymous ? null : author, avatar: isAnonymous ? '' : avatar, bought, atMs, addition, answer }
}

/** As its author sees it, and staff. */
export function viewOwn(review: ReviewDocument): OwnReview {
  const { orderId, line, productId, productName, isAnonymous, isAmended, isHidden, hiddenBecause } = review
  return {
    ...viewReview(review), orderId, line, productId, productName, isAnonymous, canAmend: !isAmended,
    hiddenBecause: isHidden ? hiddenBecause : null,
  }
}
