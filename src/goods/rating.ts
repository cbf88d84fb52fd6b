import type { Rating } from '@contracts/review.ts'

/** The average to one decimal; empty where nobody has said anything. */
export function averageText({ count, starsSum }: Rating): string {
  return count === 0 ? '' : (Math.round(starsSum / count * 10) / 10).toFixed(1)
}

/** How many of a hundred are content. */
export function goodPercent({ count, good }: Rating): number {
  return count === 0 ? 0 : Math.round(good / count * 100)
}
