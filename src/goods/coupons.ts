import { formatFen, formatRound } from '@/locales/money'
import { formatDay } from '@/locales/time'
import type { Messages } from '@/locales/zh'
import type { CouponChoice, CouponOffer, CouponTerms, CouponView } from '@contracts/coupon.ts'

/** What a coupon is worth, in two words. */
export function worthText({ benefit }: CouponTerms, t: Messages): string {
  return benefit.kind === 'AmountOff'
    ? t.coupon.amountOff({ amount: formatRound(benefit.amountFen) })
    : t.coupon.percentOff({ percent: benefit.percent })
}

/** On what conditions it can be used, and until when. */
export function termsText(coupon: CouponView | CouponOffer, t: Messages): string {
  const { benefit, minimumFen, audience } = coupon
  return [
    audience === 'NewMembers' ? t.coupon.newMembers : '',
    minimumFen > 0 ? t.coupon.minimum({ amount: formatRound(minimumFen) }) : '',
    benefit.kind === 'PercentOff' && benefit.capFen !== null ? t.coupon.cap({ amount: formatRound(benefit.capFen) }) : '',
    timeText(coupon, t),
  ].filter(part => part !== '').join(' · ')
}

function timeText(coupon: CouponView | CouponOffer, t: Messages): string {
  if ('validUntilMs' in coupon) return t.coupon.until({ day: formatDay(coupon.validUntilMs, t) })
  const { period } = coupon
  return period.kind === 'AfterTaking' ? t.coupon.days({ count: period.days }) : t.coupon.until({ day: formatDay(period.untilMs, t) })
}

/** Why it cannot be used for this cart; empty when it can. */
export function couponProblemText({ problem, missingFen = 0 }: CouponChoice, t: Messages): string {
  if (!problem) return ''
  const { problems } = t.coupon
  return problem === 'MinimumNotMet' ? problems.MinimumNotMet({ missing: formatFen(missingFen) }) : problems[problem]
}
