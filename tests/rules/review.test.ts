import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { masked, ratingChange, toReview, unrated } from '../../backend/review/rules.ts'
import type { Rating } from '../../contracts/review.ts'

const review = fc.record({ stars: fc.integer({ min: 1, max: 5 }), pictures: fc.array(fc.constant('p'), { maxLength: 2 }), isHidden: fc.boolean() })

describe('the rating of a product', () => {
  it('is what its reviews come to, however often they were written anew, hidden and shown', () => {
    fc.assert(fc.property(fc.array(fc.array(review, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), (lives) => {
      const rating: Record<string, number> = { ...unrated }
      for (const life of lives) {
        let before: typeof life[number] | null = null
        for (const after of life) {
          for (const [field, by] of Object.entries(ratingChange(before, after) ?? {})) rating[field.replace('rating.', '')]! += by
          before = after
        }
      }
      const last = lives.map(life => life.at(-1)!).filter(one => !one.isHidden)
      const expected: Rating = {
        count: last.length, starsSum: last.reduce((sum, one) => sum + one.stars, 0),
        withPictures: last.filter(one => one.pictures.length > 0).length, good: last.filter(one => one.stars >= 4).length,
      }
      expect(rating).toEqual(expected)
    }))
  })
})

it('A name is known again by its bearer alone', () => {
  expect(['林小满', '周姐', 'A', '  ', 'Sunny', '👩‍🍳王'].map(masked)).toEqual(['林**满', '周**', 'A**', '', 'S**y', expect.stringMatching(/\*\*王$/)])
})

it('Lines can be reviewed once their customer has them, keeps some of them and has said nothing yet', () => {
  const lines = [{ quantity: 1 }, { quantity: 2 }, { quantity: 1 }]
  expect(toReview({ state: 'Ready', lines })).toEqual([])
  expect(toReview({ state: 'Collected', lines })).toEqual([0, 1, 2])
  expect(toReview({ state: 'Collected', lines, reviewedLines: [0], back: { lines: [{ quantity: 0 }, { quantity: 1 }, { quantity: 1 }] } })).toEqual([1])
  expect(toReview({ state: 'Refunded', lines })).toEqual([])
})
