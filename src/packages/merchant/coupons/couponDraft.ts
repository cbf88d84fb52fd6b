import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import { countOf, fenOf, yuanOf } from '../typed'
import { offerText } from './couponWords'
import type { Audience, CouponTemplateView, Period, Scope } from '@contracts/coupon.ts'
import type { InputOf } from '@contracts/action.ts'
import type { MerchantActions } from '@contracts/merchant.ts'

/** A coupon template as it is typed: amounts in yuan, days as `YYYY-MM-DD` in Beijing. */
export interface CouponDraft {
  /** Null is a new one. */
  templateId: string | null
  zh: string
  en: string
  kind: 'AmountOff' | 'PercentOff'
  amount: string
  percent: string
  cap: string
  minimum: string
  scope: Scope['kind']
  productIds: string[]
  categoryIds: string[]
  audience: Audience
  period: Period['kind']
  days: string
  fromDay: string
  untilDay: string
  total: string
  perPerson: string
}

export type DraftProblem = 'amount' | 'percent' | 'tooMuch' | 'days' | 'order' | 'count' | 'perPerson' | 'picks'
export type DraftProblems = Partial<Record<keyof CouponDraft, DraftProblem>>
export type TemplateWish = Omit<InputOf<MerchantActions['saveCouponTemplate']>, 'requestId'>

const beijingAheadMs = 8 * 3_600_000
const dayMs = 24 * 3_600_000
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) - beijingAheadMs
const dayOf = (atMs: number): string => new Date(atMs + beijingAheadMs).toISOString().slice(0, 10)

/** What an owner most likely wants, so that little has to be typed. */
export const newDraft = (nowMs: number): CouponDraft => ({
  templateId: null, zh: '', en: '', kind: 'AmountOff', amount: '', percent: '', cap: '', minimum: '', scope: 'All', productIds: [],
  categoryIds: [], audience: 'Members', period: 'AfterTaking', days: '7', fromDay: dayOf(nowMs), untilDay: dayOf(nowMs + 30 * dayMs),
  total: '', perPerson: '1',
})

/** A template to be changed. */
export function draftOf(template: CouponTemplateView, nowMs: number): CouponDraft {
  const { benefit, scope, period, totalMax } = template
  return {
    ...newDraft(nowMs),
    templateId: template.id,
    ...template.name,
    kind: benefit.kind,
    ...benefit.kind === 'AmountOff'
      ? { amount: yuanOf(benefit.amountFen) }
      : { percent: String(benefit.percent), cap: benefit.capFen === null ? '' : yuanOf(benefit.capFen) },
    minimum: template.minimumFen === 0 ? '' : yuanOf(template.minimumFen),
    scope: scope.kind,
    ...scope.kind === 'Products' ? { productIds: scope.productIds } : scope.kind === 'Categories' ? { categoryIds: scope.categoryIds } : {},
    audience: template.audience,
    period: period.kind,
    ...period.kind === 'Fixed' ? { fromDay: dayOf(period.fromMs), untilDay: dayOf(period.untilMs - 1) } : { days: String(period.days) },
    total: totalMax === null ? '' : String(totalMax),
    perPerson: String(template.perPersonMax),
  }
}

/** What is wrong with it, by the field beside which it is said. Nothing when it can be saved. */
export function problemsOf(draft: CouponDraft): DraftProblems {
  return { ...benefitProblems(draft), ...scopeProblems(draft), ...limitProblems(draft) }
}

function benefitProblems({ kind, amount, percent, cap, minimum }: CouponDraft): DraftProblems {
  const problems: DraftProblems = {}
  const minimumFen = minimum === '' ? 0 : fenOf(minimum)
  if (minimumFen === null) problems.minimum = 'amount'
  if (kind === 'PercentOff') {
    if (countOf(percent, 1, 99) === null) problems.percent = 'percent'
    if (cap !== '' && !fenOf(cap)) problems.cap = 'amount'
    return problems
  }
  const amountFen = fenOf(amount)
  if (!amountFen) problems.amount = 'amount'
  else if (minimumFen && amountFen >= minimumFen) problems.amount = 'tooMuch'
  return problems
}

function scopeProblems({ scope, productIds, categoryIds }: CouponDraft): DraftProblems {
  if (scope === 'Products' && productIds.length === 0) return { productIds: 'picks' }
  return scope === 'Categories' && categoryIds.length === 0 ? { categoryIds: 'picks' } : {}
}

function limitProblems({ period, days, fromDay, untilDay, total, perPerson }: CouponDraft): DraftProblems {
  return {
    ...period === 'AfterTaking' && countOf(days, 1, 365) === null ? { days: 'days' } : {},
    ...period === 'Fixed' && untilDay < fromDay ? { untilDay: 'order' } : {},
    ...total !== '' && countOf(total, 1, 1_000_000) === null ? { total: 'count' } : {},
    ...countOf(perPerson, 1, 10) === null ? { perPerson: 'perPerson' } : {},
  }
}

/** What is sent. A name that was left out says what the coupon is worth. Null while something is wrong. */
export function wishOf(draft: CouponDraft): TemplateWish | null {
  if (Object.keys(problemsOf(draft)).length > 0) return null
  const benefit = draft.kind === 'AmountOff'
    ? { kind: draft.kind, amountFen: fenOf(draft.amount)! }
    : { kind: draft.kind, percent: Number(draft.percent), capFen: fenOf(draft.cap) }
  const minimumFen = fenOf(draft.minimum) ?? 0
  const name = draft.zh.trim() || offerText({ benefit, minimumFen }, zh)
  return {
    ...draft.templateId === null ? {} : { templateId: draft.templateId },
    name: { zh: name, en: draft.en.trim() || (draft.zh.trim() || offerText({ benefit, minimumFen }, en)) },
    benefit,
    scope: scopeOf(draft),
    minimumFen,
    audience: draft.audience,
    period: draft.period === 'AfterTaking'
      ? { kind: draft.period, days: Number(draft.days) }
      : { kind: draft.period, fromMs: startOf(draft.fromDay), untilMs: startOf(draft.untilDay) + dayMs },
    totalMax: draft.total === '' ? null : Number(draft.total),
    perPersonMax: Number(draft.perPerson),
  }
}

function scopeOf({ scope, productIds, categoryIds }: CouponDraft): Scope {
  if (scope === 'Products') return { kind: scope, productIds }
  return scope === 'Categories' ? { kind: scope, categoryIds } : { kind: 'All' }
}
