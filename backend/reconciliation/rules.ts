import type { Machine } from '../machine.ts'
import { beijingDay } from '../store/rules.ts'
import type { BillLine, PaymentLine, RefundLine } from './bill/rules.ts'

/** Waiting is for a bill; Comparing is going through one, in pieces. */
export type ReconciliationState = 'Waiting' | 'Comparing' | 'Done' | 'Failed'

export const reconciliationMachine: Machine<ReconciliationState> = {
  name: 'reconciliation',
  initial: 'Waiting',
  edges: {
    Waiting: {
      Comparing: 'the bill of the day is there',
      Done: 'nothing was paid that day, here or there',
      Failed: 'no bill could be had for a day',
    },
    Comparing: { Done: 'every line here and there was compared', Failed: 'the bill could not be had again for a day' },
    Done: {},
    Failed: { Waiting: 'the owner has it tried again' },
  },
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Bills are ready at ten in the morning of the next day, in Beijing. Source: WeChat Pay, 下载账单. */
const READY_AFTER_MS = 10 * HOUR_MS
/** So many days are made up for when nothing ran. Bills are kept for three months. */
const DAYS_BACK = 3
/** About a day of questions, with the delays below. */
export const BILL_TRIES_MAX = 16

/** Ten minutes, then twice as long each time, at most two hours. */
export const billRetryDelayMs = (tries: number): number => Math.min(600_000 * 2 ** Math.min(tries, 4), 2 * HOUR_MS)

/** When the bill of a Beijing day (`yyyyMMdd`) is ready. */
export const billReadyAtMs = (day: string): number => dayStartMs(day) + DAY_MS + READY_AFTER_MS

/** The midnight that a Beijing day begins with. */
export function dayStartMs(day: string): number {
  return Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00+08:00`)
}

/** The latest days whose bills are ready by now, the oldest first. */
export function billDays(nowMs: number): string[] {
  return Array.from({ length: DAYS_BACK }, (_, ago) => beijingDay(nowMs - READY_AFTER_MS - (DAYS_BACK - ago) * DAY_MS))
}

/**
 * The last day whose bill can name a refund for the first time that we saw accepted at this moment. WeChat books it a
 * little before we hear of it, so one of the last hour of a day may still be missing there without anything being wrong.
 */
export const lastBillDay = (acceptedAtMs: number): string => beijingDay(acceptedAtMs + HOUR_MS)

/** Numbers that this shop makes. A merchant number may take other money too, which is none of our business. */
const isOurNumber = (outTradeNo: string): boolean => /^[0-9a-f]{24}_[1-9]\d{0,6}$/.test(outTradeNo)

export type DifferenceKind =
  | 'MoneyWithoutOrder' | 'PaidThereNotHere' | 'PaidHereNotThere' | 'AmountDiffers'
  | 'RefundMissingHere' | 'RefundMissingThere' | 'RefundAmountDiffers'

export interface Difference {
  kind: DifferenceKind
  /** The number that it is about: of the payment, or of the refund. Names the incident, together with the kind. */
  subject: string
  outTradeNo: string
  orderId: string
  /** What WeChat says, and what we say. In fen; zero where a side knows nothing. */
  amountFen: number
  expectedFen: number
}

/** What we know of a payment and of a refund. */
export interface OurPayment { outTradeNo: string, orderId: string, totalFen: number, isPaid: boolean }
export interface OurRefund { outRefundNo: string, outTradeNo: string, orderId: string, refundFen: number }

export interface Ours { payments: ReadonlyMap<string, OurPayment>, refunds: ReadonlyMap<string, OurRefund> }

/** What becomes of one line of the bill. `Unsettled`: WeChat has the money and we do not know it yet, so ask and settle. */
export type Finding =
  | { kind: 'Fits' | 'Foreign' | 'Unsettled' }
  | { kind: 'Differs', difference: Difference }

/** Compares one line of a bill with what we know of its numbers. */
export function compareLine(line: BillLine, ours: Ours): Finding {
  if (!isOurNumber(line.outTradeNo)) return { kind: 'Foreign' }
  return line.kind === 'Payment'
    ? comparePayment(line, ours.payments.get(line.outTradeNo))
    : compareRefund(line, ours.refunds.get(line.outRefundNo))
}

function comparePayment({ outTradeNo, totalFen }: PaymentLine, ours: OurPayment | undefined): Finding {
  const about = { subject: outTradeNo, outTradeNo, amountFen: totalFen }
  if (!ours) return differs({ ...about, kind: 'MoneyWithoutOrder', orderId: '', expectedFen: 0 })
  if (ours.totalFen !== totalFen) return differs({ ...about, kind: 'AmountDiffers', orderId: ours.orderId, expectedFen: ours.totalFen })
  return { kind: ours.isPaid ? 'Fits' : 'Unsettled' }
}

function compareRefund({ outTradeNo, outRefundNo, refundFen }: RefundLine, ours: OurRefund | undefined): Finding {
  const about = { subject: outRefundNo, outTradeNo, amountFen: refundFen }
  if (!ours || ours.outTradeNo !== outTradeNo) {
    return differs({ ...about, kind: 'RefundMissingHere', orderId: outTradeNo.slice(0, 24), expectedFen: 0 })
  }
  if (ours.refundFen !== refundFen) return differs({ ...about, kind: 'RefundAmountDiffers', orderId: ours.orderId, expectedFen: ours.refundFen })
  return { kind: 'Fits' }
}

const differs = (difference: Difference): Finding => ({ kind: 'Differs', difference })

/** Money that WeChat has and that could not be settled here however often it was asked about. */
export const unsettled = ({ outTradeNo, totalFen }: PaymentLine, orderId: string): Difference =>
  ({ kind: 'PaidThereNotHere', subject: outTradeNo, outTradeNo, orderId, amountFen: totalFen, expectedFen: totalFen })

/** Payments that are ours alone: the bill of the day on which WeChat said they were made does not list them. */
export function missingPayments(ours: readonly OurPayment[], lines: readonly BillLine[]): Difference[] {
  const there = new Set(lines.flatMap(line => line.kind === 'Payment' ? [line.outTradeNo] : []))
  return ours.filter(({ outTradeNo }) => !there.has(outTradeNo)).map(({ outTradeNo, orderId, totalFen }) => (
    { kind: 'PaidHereNotThere', subject: outTradeNo, outTradeNo, orderId, amountFen: 0, expectedFen: totalFen }
  ))
}

/** Refunds that are ours alone: neither this bill nor an earlier one lists them. */
export function missingRefunds(ours: readonly (OurRefund & { wasListed: boolean })[], lines: readonly BillLine[]): Difference[] {
  const there = new Set(lines.flatMap(line => line.kind === 'Refund' ? [line.outRefundNo] : []))
  const missing = ours.filter(({ outRefundNo, wasListed }) => !wasListed && !there.has(outRefundNo))
  return missing.map(({ outRefundNo, outTradeNo, orderId, refundFen }) => (
    { kind: 'RefundMissingThere', subject: outRefundNo, outTradeNo, orderId, amountFen: 0, expectedFen: refundFen }
  ))
}

/** What a day came to at WeChat. Sums are in fen; money of other systems under the same merchant number is counted apart. */
export interface DayTotals {
  payments: number
  paidFen: number
  refunds: number
  refundedFen: number
  foreignLines: number
  foreignFen: number
}

export const noTotals: DayTotals = { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0, foreignLines: 0, foreignFen: 0 }

export function totalsOf(lines: readonly BillLine[]): DayTotals {
  const ours = lines.filter(line => isOurNumber(line.outTradeNo))
  const foreign = lines.filter(line => !isOurNumber(line.outTradeNo))
  const paid = ours.filter(line => line.kind === 'Payment')
  const back = ours.filter(line => line.kind === 'Refund')
  return {
    payments: paid.length,
    paidFen: sum(paid.map(line => line.totalFen)),
    refunds: back.length,
    refundedFen: sum(back.map(line => line.refundFen)),
    foreignLines: foreign.length,
    foreignFen: sum(foreign.map(line => line.kind === 'Payment' ? line.totalFen : -line.refundFen)),
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
