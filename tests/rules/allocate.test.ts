import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from '../../backend/pricing/allocate.ts'

const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0)
const weights = fc.array(fc.integer({ min: 0, max: 100_000_000 }), { minLength: 1, maxLength: 50 }).filter(all => sum(all) > 0)
const amount = fc.integer({ min: 0, max: 100_000_000 })

describe('an amount that is split', () => {
  it('is all there again, and nobody owes anything', () => {
    fc.assert(fc.property(amount, weights, (totalFen, all) => {
      const shares = allocate(totalFen, all)
      expect(sum(shares)).toBe(totalFen)
      for (const share of shares) expect(share).toBeGreaterThanOrEqual(0)
      expect(shares).toHaveLength(all.length)
    }))
  })

  it('gives everyone their part to within a fen', () => {
    fc.assert(fc.property(amount, weights, (totalFen, all) => {
      for (const [index, share] of allocate(totalFen, all).entries()) {
        const whole = BigInt(totalFen) * BigInt(all[index]!) / BigInt(sum(all))
        expect([Number(whole), Number(whole) + 1]).toContain(share)
      }
    }))
  })

  it('takes from nobody more than they have', () => {
    const part = weights.chain(all => fc.tuple(fc.integer({ min: 0, max: Math.min(sum(all), 100_000_000) }), fc.constant(all)))
    fc.assert(fc.property(part, ([totalFen, all]) => {
      for (const [index, share] of allocate(totalFen, all).entries()) expect(share).toBeLessThanOrEqual(all[index]!)
    }))
  })

  it('never gives a fen to a smaller part of a fen before a larger one', () => {
    fc.assert(fc.property(amount, weights, (totalFen, all) => {
      const shares = allocate(totalFen, all)
      const parts = all.map((weight, index) => {
        const product = BigInt(totalFen) * BigInt(weight)
        return { remainder: product % BigInt(sum(all)), rounded: BigInt(shares[index]!) - product / BigInt(sum(all)) }
      })
      const up = parts.filter(part => part.rounded === 1n).map(part => part.remainder)
      const down = parts.filter(part => part.rounded === 0n).map(part => part.remainder)
      for (const lost of down) for (const won of up) expect(won >= lost).toBe(true)
    }))
  })
})

it('the fen that equals are left with goes to the first of them', () => {
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(allocate(2, [1, 1, 1, 1])).toEqual([1, 1, 0, 0])
})

it('largest remainders win, wherever they stand', () => {
  expect(allocate(10, [5, 5, 10, 1])).toEqual([2, 2, 5, 1])
})

it('nothing can be split among nobody, or among those who have nothing', () => {
  expect(allocate(0, [])).toEqual([])
  expect(allocate(0, [0, 0])).toEqual([0, 0])
  expect(() => allocate(1, [])).toThrow('Nobody')
  expect(() => allocate(1, [0])).toThrow('Nobody')
})

it.each([[-1, [1]], [1, [-1]], [1.5, [1]], [1, [0.5]], [Number.NaN, [1]]])('%s among %s is no amount', (totalFen, all) => {
  expect(() => allocate(totalFen, all)).toThrow('no amount')
})
