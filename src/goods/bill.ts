import { formatGrams, formatMeters } from '@/locales/distance'
import { formatFen } from '@/locales/money'
import { couponProblemText } from './coupons'
import type { Messages } from '@/locales/zh'
import type { Localized } from '@contracts/catalog.ts'
import type { Discount, Fee, PricedLine, Quote } from '@contracts/order.ts'

/** A line of the bill below the goods; what is taken off is below zero. */
export interface BillRow { label: string, amountFen: number, /** Why it is that much. */ reason?: string }

/** The goods before anything is added or taken off. */
export function goodsFenOf(lines: readonly Pick<PricedLine, 'totalFen'>[]): number {
  return lines.reduce((sum, line) => sum + line.totalFen, 0)
}

/** The fees and discounts that lead from the goods to the total. */
export function billRows(
  { fees, discounts }: { fees: readonly Fee[], discounts: readonly Discount[] }, t: Messages, localized: (text: Localized) => string,
): BillRow[] {
  return [
    ...fees.map(fee => ({ label: feeText(fee, t), amountFen: fee.amountFen, reason: reasonText(fee, t) })),
    ...discounts.map(discount => ({ label: localized(discount.name), amountFen: -discount.amountFen })),
  ]
}

function feeText(fee: Fee, t: Messages): string {
  if (fee.kind === 'PerPerson') return t.dining.perPersonOf({ count: fee.pieces ?? 1 })
  if (fee.kind === 'Utensils') return t.fees.utensils({ count: fee.pieces ?? 1 })
  if (fee.kind === 'Packaging' && fee.pieces !== undefined) return t.bill.packagingOf({ count: fee.pieces })
  return feeName(fee.kind, t)
}

function feeName(kind: Fee['kind'], t: Messages): string {
  return {
    Packaging: t.bill.packaging, Delivery: t.bill.delivery, Freight: t.fees.freight, Utensils: t.fees.utensils({ count: 1 }),
    PerPerson: t.dining.perPerson, Service: t.dining.service,
  }[kind]
}

/** Why a fee is that much: `首重 1 kg ¥8.00 + 续重 2 kg ¥4.00`. */
function reasonText({ because }: Fee, t: Messages): string {
  if (!because) return ''
  if (because.kind === 'FreeFrom') return t.fees.freeFrom({ amount: formatFen(because.freeFromFen) })
  if (because.kind === 'Percent') return t.dining.percent({ percent: because.basisPoints / 100 })
  if (because.kind === 'Distance') return t.fees.distance({ away: formatMeters(because.meters, t) })
  const first = t.fees.firstWeight({ weight: formatGrams(because.firstGrams, t), amount: formatFen(because.firstFen) })
  if (because.furtherGrams === 0) return first
  return `${first} + ${t.fees.furtherWeight({ weight: formatGrams(because.furtherGrams, t), amount: formatFen(because.furtherFen) })}`
}

/** Whether a member pays less for this line than others. */
export function hasMemberPrice(line: Pick<PricedLine, 'reasons'>): boolean {
  return line.reasons.some(reason => reason.kind === 'MemberPrice')
}

/** What a person has in front of them, and what the server says it would be now. */
type Seen = Pick<Quote, 'totalFen' | 'fees' | 'discounts'> & { lines: readonly Pick<PricedLine, 'name' | 'unitFen'>[] }

/** Everything that makes the new total differ from the one that was seen, a sentence each. */
export function changesText(seen: Seen, now: Quote, t: Messages, localized: (text: Localized) => string): string[] {
  const changed = (what: string, beforeFen: number, nowFen: number) => beforeFen === nowFen
    ? []
    : [t.checkout.changedFrom({ what, before: formatFen(beforeFen), now: formatFen(nowFen) })]
  const lines = seen.lines.flatMap((line, index) => changed(localized(line.name), line.unitFen, now.lines[index]?.unitFen ?? line.unitFen))
  const fees = (['Packaging', 'Utensils', 'Delivery', 'Freight', 'PerPerson', 'Service'] as const).flatMap(kind =>
    changed(feeName(kind, t), feeOf(seen.fees, kind), feeOf(now.fees, kind)))
  const coupons = seen.discounts.flatMap((discount) => {
    const name = localized(discount.name)
    const choice = now.coupons.find(one => one.coupon.id === discount.couponId)
    if (choice?.problem) return [t.checkout.changedCoupon({ name, why: couponProblemText(choice, t) })]
    return changed(name, -discount.amountFen, -(choice?.savesFen ?? 0))
  })
  return [...lines, ...fees, ...coupons]
}

const feeOf = (fees: readonly Fee[], kind: Fee['kind']): number => fees.find(fee => fee.kind === kind)?.amountFen ?? 0
