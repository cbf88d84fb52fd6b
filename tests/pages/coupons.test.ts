// @vitest-environment happy-dom
import './support/phone'
import { describe, expect, it } from 'vitest'
import { changesText } from '@/goods/bill'
import { couponProblemText, termsText, worthText } from '@/goods/coupons'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import { couponChoice, pricedLine, quote } from './support/goods'
import type { CouponProblem, CouponView } from '@contracts/coupon.ts'
import type { Localized } from '@contracts/catalog.ts'

const chinese = (text: Localized) => text.zh
const coupon = (over: Partial<CouponView>) => ({ ...couponChoice('a').coupon, ...over })

describe('a coupon in words', () => {
  it('says what it is worth as people say it', () => {
    expect(worthText(coupon({}), zh)).toBe('减 ¥5')
    expect(worthText(coupon({ benefit: { kind: 'AmountOff', amountFen: 550 } }), zh)).toBe('减 ¥5.50')
    const percent = coupon({ benefit: { kind: 'PercentOff', percent: 15, capFen: 800 } })
    expect([worthText(percent, zh), worthText(percent, en)]).toEqual(['8.5 折', '15% off'])
  })

  it('says on what conditions it can be used, and until when', () => {
    const strict = coupon({ audience: 'NewMembers', minimumFen: 1500, benefit: { kind: 'PercentOff', percent: 20, capFen: 800 }, validUntilMs: 1_764_086_400_000 })
    expect(termsText(strict, zh)).toBe('新客专享 · 满 ¥15 可用 · 最多减 ¥8 · 2025年11月26日前有效')
    expect(termsText(coupon({ validUntilMs: 1_764_086_400_000 }), zh)).toBe('2025年11月26日前有效')
  })

  it('says why it cannot be used, for every reason there is', () => {
    const reasons: Record<CouponProblem, true> = {
      NotYet: true, Expired: true, InUse: true, Used: true, NotNewMember: true, ScopeEmpty: true, MinimumNotMet: true, NothingToSave: true,
    }
    for (const texts of [zh, en]) {
      const said = Object.keys(reasons).map(problem => couponProblemText(couponChoice('a', { problem: problem as CouponProblem, missingFen: 300 }), texts))
      expect(new Set(said).size).toBe(said.length)
      expect(said.filter(text => text.includes('¥3.00'))).toHaveLength(1)
    }
    expect(couponProblemText(couponChoice('a'), zh)).toBe('')
  })
})

describe('what has changed', () => {
  const discount = { kind: 'Coupon' as const, couponId: 'a', name: { zh: '券', en: 'Coupon' }, amountFen: 500, shares: [500] }

  it('is nothing between two quotes that are the same', () => {
    expect(changesText(quote([pricedLine()]), quote([pricedLine()]), zh, chinese)).toEqual([])
  })

  it('is a coupon that is worth less now', () => {
    const now = quote([pricedLine()], { coupons: [couponChoice('a', { savesFen: 300 })] })
    expect(changesText(quote([pricedLine()], { discounts: [discount] }), now, zh, chinese)).toEqual(['券：-¥5.00 变为 -¥3.00'])
  })

  it('is a coupon that the server does not know any more', () => {
    expect(changesText(quote([pricedLine()], { discounts: [discount] }), quote([pricedLine()]), zh, chinese)).toEqual(['券：-¥5.00 变为 ¥0.00'])
  })

  it('is a fee that is gone', () => {
    const seen = quote([pricedLine()], { fees: [{ kind: 'Delivery', amountFen: 600 }] })
    expect(changesText(seen, quote([pricedLine()]), zh, chinese)).toEqual(['配送费：¥6.00 变为 ¥0.00'])
  })
})
