import { formatFen } from '@/locales/money'
import { formatMoment } from '@/locales/time'
import type { Messages } from '@/locales/zh'
import type { Localized } from '@contracts/catalog.ts'
import type { AfterSaleForStaff } from '@contracts/merchant.ts'
import type { PricedLine } from '@contracts/order.ts'
import type { AttemptForStaff, AuditView, RefundForStaff } from '@contracts/staffOrder.ts'

/** One thing that is known of an order: what it is, its amount, more about it, and a number that can be copied. */
export interface FactRow { id: string, what: string, amount: string, words: string[], copied: string }

/** In which words, and when it is now. */
export interface Reader { t: Messages, localized: (text: Localized) => string, nowMs: number }

export function attemptFact({ outTradeNo, state, totalFen, refundedFen, createdAtMs }: AttemptForStaff, { t, nowMs }: Reader): FactRow {
  const back = refundedFen > 0 ? [t.staffOrder.paymentBack({ amount: formatFen(refundedFen) })] : []
  const words = [[formatMoment(createdAtMs, nowMs, t), ...back].join(' · ')]
  return { id: outTradeNo, what: t.staffOrder.payment[state], amount: formatFen(totalFen), words, copied: outTradeNo }
}

export function refundFact(refund: RefundForStaff, lines: readonly PricedLine[], { t, localized, nowMs }: Reader): FactRow {
  const { id, state, because, amountFen, feesFen, atMs } = refund
  const goods = refund.lines.map(({ line, quantity }) => t.afterSale.line({ name: localized(lines[line]!.name), count: quantity }))
  const fees = feesFen > 0 ? [t.staffOrder.fees({ amount: formatFen(feesFen) })] : []
  const what = t.attention.because[because]
  const words = [[...goods, ...fees].join(' · '), `${t.staffOrder.refund[state]} · ${formatMoment(atMs, nowMs, t)}`].filter(text => text !== '')
  return { id, what, amount: formatFen(amountFen), words, copied: id }
}

export function requestFact(request: AfterSaleForStaff, { t, localized, nowMs }: Reader): FactRow {
  const { id, state, reason, text, answer, lines, amountFen, approvedFen, requestedAtMs } = request
  const goods = lines.map(({ name, quantity }) => t.afterSale.line({ name: localized(name), count: quantity })).join(' · ')
  const words = [
    goods, `${t.staffOrder.afterSale[state]} · ${formatMoment(requestedAtMs, nowMs, t)}`,
    text === '' ? '' : t.attention.said({ text }), answer === '' ? '' : t.afterSale.answer({ text: answer }),
  ].filter(line => line !== '')
  const what = t.staffOrder.asked({ reason: t.afterSale.reasons[reason] })
  return { id, what, amount: formatFen(approvedFen ?? amountFen), words, copied: '' }
}

export function auditFact({ id, what, isMine, byName, amountFen, note, atMs }: AuditView, { t, nowMs }: Reader): FactRow {
  const { trailMe, trailNobody, audit } = t.staffOrder
  const by = isMine ? trailMe : byName || trailNobody
  const words = [note, `${by} · ${formatMoment(atMs, nowMs, t)}`].filter(text => text !== '')
  return { id, what: audit[what], amount: amountFen > 0 ? formatFen(amountFen) : '', words, copied: '' }
}
