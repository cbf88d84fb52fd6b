import { formatFen } from '@/locales/money'
import type { Messages } from '@/locales/zh'
import type { SalesDay } from '@contracts/statistics.ts'

/** What was paid less what went back, in fen; below nothing on a day on which more went back. */
export const netFenOf = ({ paidFen, refundedFen }: SalesDay): number => paidFen - refundedFen

/** What an order came to on average, to the nearest fen; null without one. */
export const averageFenOf = ({ paidOrders, paidFen }: SalesDay): number | null => paidOrders === 0 ? null : Math.round(paidFen / paidOrders)

/** Several days as one; `day` is the first of them. */
export function sumOf(days: readonly SalesDay[]): SalesDay {
  return days.reduce((sum, { paidOrders, paidFen, refunds, refundedFen }) => ({
    ...sum,
    paidOrders: sum.paidOrders + paidOrders,
    paidFen: sum.paidFen + paidFen,
    refunds: sum.refunds + refunds,
    refundedFen: sum.refundedFen + refundedFen,
  }), { day: days[0]?.day ?? '', paidOrders: 0, paidFen: 0, refunds: 0, refundedFen: 0 })
}

/** Whole percent that today comes to of another day; null where that day took nothing. */
export const percentOf = (today: SalesDay, other: SalesDay): number | null =>
  other.paidFen === 0 ? null : Math.round(today.paidFen / other.paidFen * 100)

/** The parts of a `YYYYMMDD`. */
function read(day: string): { month: number, date: number, weekday: number } {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6))]
  return { month, date, weekday: new Date(Date.UTC(year, month - 1, date)).getUTCDay() }
}

export const weekdayName = (day: string, t: Messages): string => t.stores.weekdays[read(day).weekday]!

export function dayName(day: string, t: Messages): string {
  const { month, date } = read(day)
  return t.sales.dayName({ month, day: date, weekday: weekdayName(day, t) })
}

/** A column of the chart, from the oldest day to today: how high it is, what it says, and what stands below it. */
export interface Bar { day: string, height: string, label: string, tick: string, isToday: boolean }

/** Bars as parts of the highest. Of a month only each seventh day is written below, today among them. */
export function barsOf(days: readonly SalesDay[], t: Messages): Bar[] {
  const highestFen = Math.max(1, ...days.map(({ paidFen }) => paidFen))
  const isWeek = days.length <= 7
  return days.map((day, ago) => {
    const { month, date } = read(day.day)
    const label = t.sales.bar({
      day: dayName(day.day, t), paid: formatFen(day.paidFen), count: day.paidOrders, refunded: formatFen(day.refundedFen),
    })
    const tick = isWeek ? weekdayName(day.day, t) : ago % 7 === 0 ? `${month}/${date}` : ''
    return { day: day.day, height: `${Math.round(day.paidFen / highestFen * 100)}%`, label, tick, isToday: ago === 0 }
  }).reverse()
}
