import { formatFen } from '@/locales/money'
import { couponProblemText } from './coupons'
import type { Messages } from '@/locales/zh'
import type { Localized } from '@contracts/catalog.ts'
import type { Discount, Fee, PricedLine, Quote } from '@contracts/order.ts'

/** A line of the bill below the goods; what is taken off is below zero. */
export interface BillRow { label: string, amountFen: number }

/** The goods before anything is added or taken off. */
export function goodsFenOf(lines: readonly Pick<PricedLine, 'totalFen'>[]): number {
  return lines.reduce((sum, line) => sum + line.totalFen, 0)
}

/** The fees and discounts that lead from the goods to the total. */
export function billRows(
  { fees, discounts }: { fees: readonly Fee[], discounts: readonly Discount[] }, t: Messages, localized: (text: Localized) => string,
): BillRow[] {
  return [
    ...fees.map(fee => ({ label: feeText(fee, t), amountFen: fee.amountFen })),
    ...discounts.map(discount => ({ label: localized(discount.name), amountFen: -discount.amountFen })),
  ]
}

function feeText(fee: Fee, t: Messages): string {
  if (fee.kind === 'Delivery') return t.bill.delivery
  return fee.pieces === undefined ? t.bill.packaging : t.bill.packagingOf({ count: fee.pieces })
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
  const fees = (['Packaging', 'Delivery'] as const).flatMap(kind =>
    changed(kind === 'Packaging' ? t.bill.packaging : t.bill.delivery, feeOf(seen.fees, kind), feeOf(now.fees, kind)))
  const coupons = seen.discounts.flatMap((discount) => {
    const name = localized(discount.name)
    const choice = now.coupons.find(one => one.coupon.id === discount.couponId)
    if (choice?.problem) return [t.checkout.changedCoupon({ name, why: couponProblemText(choice, t) })]
    return changed(name, -discount.amountFen, -(choice?.savesFen ?? 0))
  })
  return [...lines, ...fees, ...coupons]
}

const feeOf = (fees: readonly Fee[], kind: Fee['kind']): number => fees.find(fee => fee.kind === kind)?.amountFen ?? 0
