import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatFen, splitFen } from '@/locales/money'

it('writes an amount as people write prices', () => {
  expect(formatFen(1800)).toBe('¥18.00')
  expect(formatFen(5)).toBe('¥0.05')
  expect(formatFen(-1250)).toBe('-¥12.50')
})

it('never loses a fen, however large the amount', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (amountFen) => {
    const { yuan, fen } = splitFen(amountFen)
    expect(BigInt(yuan) * 100n + BigInt(fen)).toBe(BigInt(amountFen))
    expect(fen).toHaveLength(2)
  }))
})
