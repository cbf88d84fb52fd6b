import type { OrderState } from '../../contracts/order.ts'
import type { Rating } from '../../contracts/review.ts'

export const unrated: Rating = { count: 0, starsSum: 0, withPictures: 0, good: 0 }

/** What of a review counts in the rating of its product. */
export interface Counted { stars: number, pictures: readonly string[], isHidden: boolean }

/** What a review adds to the rating of its product; a hidden one, or none at all, adds nothing. */
export function weightOf(review: Counted | null): Rating {
  if (!review || review.isHidden) return unrated
  return { count: 1, starsSum: review.stars, withPictures: review.pictures.length > 0 ? 1 : 0, good: review.stars >= 4 ? 1 : 0 }
}

/**
 * How the rating of a product changes when a review becomes another one: the increments of its fields, in the transaction
 * that changes the review, so that every review counts exactly once. Null where nothing changes.
 */
export function ratingChange(before: Counted | null, after: Counted | null): Record<string, number> | null {
  const [was, is] = [weightOf(before), weightOf(after)]
  const changes = (['count', 'starsSum', 'withPictures', 'good'] as const).map(field => [`rating.${field}`, is[field] - was[field]] as const)
  return changes.some(([, by]) => by !== 0) ? Object.fromEntries(changes) : null
}

/** A name that its bearer knows again and nobody else: 小**铺, A**. Empty where there is none. */
export function masked(nickname: string): string {
  const letters = [...nickname.trim()]
  if (letters.length === 0) return ''
  return letters.length < 3 ? `${letters[0]!}**` : `${letters[0]!}**${letters.at(-1)!}`
}

interface Received {
  state: OrderState
  lines: readonly { quantity: number }[]
  back?: { lines: readonly { quantity: number }[] }
  reviewedLines?: readonly number[]
}

/** The places of the lines that can be reviewed: the customer has them, keeps some of them and has said nothing yet. */
export function toReview({ state, lines, back, reviewedLines = [] }: Received): number[] {
  if (state !== 'Collected') return []
  const isOpen = (place: number, quantity: number) => !reviewedLines.includes(place) && (back?.lines[place]?.quantity ?? 0) < quantity
  return lines.flatMap(({ quantity }, place) => isOpen(place, quantity) ? [place] : [])
}
