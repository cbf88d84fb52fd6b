import { describe, expect, it } from 'vitest'
import { decideMoney } from '../../backend/payment/rules.ts'
import { retryDelayMs } from '../../backend/refund/rules.ts'

const expected = { totalFen: 1800, merchantId: '1900000109', openid: 'o-alice' }
const received = { ...expected, transactionId: '4200' }
const attempt = { state: 'Prepaid', transactionId: null }

describe('money that WeChat has received', () => {
  it.each(['Unpaid', 'Closing'] as const)('pays an order that is %s', (state) => {
    expect(decideMoney({ state }, attempt, expected, received)).toEqual({ kind: 'Pay' })
  })

  it('is credited once', () => {
    expect(decideMoney({ state: 'Paid' }, { state: 'Paid', transactionId: '4200' }, expected, received)).toEqual({ kind: 'Already' })
  })

  it('goes back when the order was closed before', () => {
    expect(decideMoney({ state: 'Closed' }, attempt, expected, received)).toEqual({ kind: 'GiveBack', because: 'OrderClosed' })
  })

  it.each(['Paid', 'Ready', 'Collected'] as const)('goes back when another attempt paid the order, now %s', (state) => {
    expect(decideMoney({ state }, attempt, expected, received)).toEqual({ kind: 'GiveBack', because: 'PaidTwice' })
  })

  it.each([
    [{ totalFen: 1 }, 'AmountDiffers'],
    [{ totalFen: Number.NaN }, 'AmountDiffers'],
    [{ merchantId: '1900000110' }, 'MerchantDiffers'],
    [{ openid: 'o-mallory' }, 'PayerDiffers'],
  ])('moves nothing when it is not what was asked for: %o', (over, because) => {
    expect(decideMoney({ state: 'Unpaid' }, attempt, expected, { ...received, ...over })).toEqual({ kind: 'Incident', because })
  })
})

it('waits longer after every failed refund, at most an hour', () => {
  expect([0, 1, 2, 10, 50].map(retryDelayMs)).toEqual([15_000, 30_000, 60_000, 3_600_000, 3_600_000])
})
