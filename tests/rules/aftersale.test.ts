import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideRequest, DECLINES_MAX, follows, isWithin, REQUESTS_MAX } from '../../backend/aftersale/rules.ts'
import type { AfterSaleState, RefundWish } from '../../contracts/afterSale.ts'

describe('a request', () => {
  it('is the first of its order, or follows one that is over', () => {
    expect(decideRequest(null, 0)).toEqual({ kind: 'First', declines: 0 })
    expect(decideRequest({ state: 'Refunded', declines: 2 }, 1)).toEqual({ kind: 'First', declines: 0 })
  })

  it.each(['Requested', 'Approved', 'Refunding'] as const)('is refused while another one is %s', (state) => {
    expect(decideRequest({ state, declines: 0 }, 1)).toEqual({ kind: 'No', because: 'AlreadyRequested' })
  })

  it('may be made twice again after a no, and no more, also by withdrawing in between', () => {
    const asked: string[] = []
    let last: { state: AfterSaleState, declines: number } = { state: 'Declined', declines: 1 }
    for (const declines of [1, 2, 3]) {
      last = { state: 'Declined', declines }
      asked.push(decideRequest(last, 1).kind, decideRequest({ ...last, state: 'Withdrawn' }, 1).kind)
    }
    expect(asked).toEqual(['Again', 'First', 'Again', 'First', 'No', 'No'])
    expect(DECLINES_MAX).toBe(3)
  })

  it('takes the noes along when it follows a withdrawn one', () => {
    expect(decideRequest({ state: 'Withdrawn', declines: 2 }, 1)).toEqual({ kind: 'First', declines: 2 })
  })

  it('cannot be made and withdrawn for ever', () => {
    expect(decideRequest({ state: 'Withdrawn', declines: 0 }, REQUESTS_MAX)).toEqual({ kind: 'No', because: 'AskedTooOften' })
  })
})

it('a request goes with its refund: under way when WeChat has it, over when the customer has it, however that came', () => {
  expect(follows('Approved', 'Accepted')).toBe('Refunding')
  expect(follows('Refunding', 'Succeeded')).toBe('Refunded')
  expect([follows('Approved', 'SettledByHand'), follows('Refunding', 'SettledByHand')]).toEqual(['Refunded', 'Refunded'])
  for (const state of ['NotEnough', 'Abnormal', 'Closed', 'Failed', 'Replaced'] as const) expect(follows('Refunding', state)).toBeNull()
  expect(follows('Refunding', 'Accepted')).toBeNull()
  for (const state of ['Requested', 'Declined', 'Withdrawn', 'Refunded'] as const) expect(follows(state, 'Succeeded')).toBeNull()
})

describe('what staff approve', () => {
  const wish: RefundWish = { kind: 'Lines', lines: [{ line: 0, quantity: 2 }, { line: 2, quantity: 1 }] }
  const asked = { wish, lines: [{ line: 0, quantity: 2, amountFen: 0 }, { line: 2, quantity: 1, amountFen: 0 }] }

  it('is what was asked for or less, never more and nothing else', () => {
    const line = fc.record({ line: fc.integer({ min: 0, max: 3 }), quantity: fc.integer({ min: 1, max: 3 }) })
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
      const wanted = (place: number) => lines.filter(one => one.line === place).reduce((sum, one) => sum + one.quantity, 0)
      const fits = wanted(0) <= 2 && wanted(1) === 0 && wanted(2) <= 1 && wanted(3) === 0
      expect(isWithin(asked, { kind: 'Lines', lines })).toBe(fits)
    }))
    expect(isWithin(asked, { kind: 'Whole' })).toBe(false)
  })

  it('may be anything of the order when all of it was asked for', () => {
    expect(isWithin({ wish: { kind: 'Whole' }, lines: [] }, wish)).toBe(true)
  })
})
