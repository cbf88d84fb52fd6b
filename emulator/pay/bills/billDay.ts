import { parseBeijingStamp } from '../../wechat/beijingTime.ts'

const hourMs = 3600_000
const dayMs = 24 * hourMs

/** When bills are made and can be fetched on the next day, in Beijing. Source: WeChat Pay, 下载账单. */
const madeAtMs = 9 * hourMs
const readyAtMs = 10 * hourMs
const keptMs = 92 * dayMs

/** One day of a bill, in Beijing. */
export interface BillDay {
  /** `yyyyMMdd`. */
  date: string
  startMs: number
  endMs: number
  /** When the bill is made: what happens to a refund afterwards changes it no more. */
  madeMs: number
}

export type BillAge = 'FUTURE' | 'CREATING' | 'READY' | 'TOO_OLD'

/** The day of a `yyyyMMdd` date; null when there is none. */
export function billDay(date: string): BillDay | null {
  const startMs = parseBeijingStamp(`${date}000000`)
  return startMs === null ? null : { date, startMs, endMs: startMs + dayMs, madeMs: startMs + dayMs + madeAtMs }
}

/** Whether the bill of a day can be had: the next day from 10:00, and for three months. */
export function billAge(day: BillDay, nowMs: number): BillAge {
  if (nowMs < day.startMs) return 'FUTURE'
  if (nowMs < day.endMs + readyAtMs) return 'CREATING'
  return nowMs - day.startMs > keptMs ? 'TOO_OLD' : 'READY'
}
