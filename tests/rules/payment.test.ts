import { describe, expect, it } from 'vitest'
import { decideMoney } from '../../backend/payment/rules.ts'
import { says } from '../../backend/wechat/refusals.ts'
import { retryDelayMs } from '../../backend/refund/rules.ts'

const expected = { totalFen: 1800, merchantId: '1900000109', openid: 'o-alice' }
const received = { ...expected, isRefunded: false }
const attempt = { state: 'Prepaid' }

describe('money that WeChat has received', () => {
  it.each(['Unpaid', 'Closing'] as const)('pays an order that is %s', (state) => {
    expect(decideMoney({ state }, attempt, expected, received)).toEqual({ kind: 'Pay' })
  })

  it('is credited once', () => {
    expect(decideMoney({ state: 'Paid' }, { state: 'Paid' }, expected, received)).toEqual({ kind: 'Already' })
  })

  it('goes back when the order was closed before', () => {
    expect(decideMoney({ state: 'Closed' }, attempt, expected, received)).toEqual({ kind: 'GiveBack', because: 'OrderClosed' })
  })

  it.each(['Paid', 'Ready', 'Collected', 'Refunded'] as const)('goes back when another attempt paid the order, now %s', (state) => {
    expect(decideMoney({ state }, attempt, expected, received)).toEqual({ kind: 'GiveBack', because: 'PaidTwice' })
  })

  it.each([
    [{ totalFen: 1 }, 'AmountDiffers'],
    [{ totalFen: Number.NaN }, 'AmountDiffers'],
    [{ merchantId: '1900000110' }, 'MerchantDiffers'],
    [{ openid: 'o-mallory' }, 'PayerDiffers'],
    [{ isRefunded: true }, 'RefundedElsewhere'],
  ])('moves nothing when it is not what was asked for: %o', (over, because) => {
    expect(decideMoney({ state: 'Unpaid' }, attempt, expected, { ...received, ...over })).toEqual({ kind: 'Incident', because })
  })
})

it('waits longer after every failed refund, at most an hour', () => {
  expect([0, 1, 2, 10, 50].map(retryDelayMs)).toEqual([15_000, 30_000, 60_000, 3_600_000, 3_600_000])
})

describe('a refusal of cloudPay, of which only the words are left', () => {
  it.each([
    ['此交易订单号不存在', 'unknown'],
    ['order not exist', 'unknown'],
    ['APPID不存在', null],
    ['MCHID不存在', null],
    ['商户号mch_id或sub_mch_id不存在', null],
    ['该订单已支付', 'paid'],
    ['订单已关闭', 'closed'],
    ['基本账户余额不足，请充值后重新发起', 'notEnough'],
    ['退款订单查询失败', 'unknownRefund'],
    ['系统错误', null],
  ])('is read as what it says and nothing more: %s', (words, meaning) => {
    const understood = Object.entries(says).filter(([, is]) => is(words)).map(([name]) => name)
    expect(understood).toEqual(meaning === null ? [] : [meaning])
  })
})
