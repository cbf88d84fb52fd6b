import { splitFen } from '@/locales/money'
import { formatDay } from '@/locales/time'
import type { Messages } from '@/locales/zh'
import type { DraftProblem } from './couponDraft'
import type { Benefit, CouponTemplateView, Period, Scope } from '@contracts/coupon.ts'

/** `30` or `6.50`: as people say an amount in a sentence. */
function plain(amountFen: number): string {
  const { yuan, fen } = splitFen(amountFen)
  return fen === '00' ? yuan : `${yuan}.${fen}`
}

/** What a coupon gives and from which amount on: `满 30 减 6`. */
export function offerText({ benefit, minimumFen }: { benefit: Benefit, minimumFen: number }, t: Messages): string {
  const minimum = plain(minimumFen)
  const { offer } = t.coupons
  if (benefit.kind === 'AmountOff') {
    const amount = plain(benefit.amountFen)
    return minimumFen === 0 ? offer.amount({ amount }) : offer.amountFrom({ minimum, amount })
  }
  const { percent, capFen } = benefit
  const words = minimumFen === 0 ? offer.percent({ percent }) : offer.percentFrom({ minimum, percent })
  return capFen === null ? words : offer.capped({ offer: words, cap: plain(capFen) })
}

/** For which goods; empty for all of them. */
function scopeText(scope: Scope, t: Messages): string {
  if (scope.kind === 'All') return ''
  return scope.kind === 'Products'
    ? t.coupons.forProducts({ count: scope.productIds.length })
    : t.coupons.forCategories({ count: scope.categoryIds.length })
}

/** The last day is part of it. */
const periodText = (period: Period, t: Messages): string => period.kind === 'AfterTaking'
  ? t.coupon.days({ count: period.days })
  : t.coupons.between({ from: formatDay(period.fromMs, t), until: formatDay(period.untilMs - 1, t) })

type Terms = Pick<CouponTemplateView, 'benefit' | 'minimumFen' | 'scope' | 'audience' | 'period'>

/** The whole coupon in one sentence, as its customers will understand it. */
export function sentenceOf(terms: Terms, t: Messages): string {
  const parts = [
    offerText(terms, t), scopeText(terms.scope, t), terms.audience === 'NewMembers' ? t.coupon.newMembers : '', periodText(terms.period, t),
  ]
  return parts.filter(part => part !== '').join(t.coupons.comma)
}

/** What is wrong with a field; empty while nothing is. */
export const problemText = (problem: DraftProblem | undefined, t: Messages): string =>
  problem === undefined ? '' : t.coupons.problems[problem]

export type TemplateStatus = 'Open' | 'Gone' | 'Over' | 'Stopped'

/** Whether customers can take it now, and why not. */
export function statusOf({ state, totalMax, takenCount, period }: CouponTemplateView, nowMs: number): TemplateStatus {
  if (state === 'Stopped') return 'Stopped'
  if (period.kind === 'Fixed' && period.untilMs <= nowMs) return 'Over'
  return totalMax !== null && takenCount >= totalMax ? 'Gone' : 'Open'
}
