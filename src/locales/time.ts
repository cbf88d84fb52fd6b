import type { Messages } from './zh'

// The shop stands in Beijing time, and Intl is not on every phone.
const beijingOffsetMs = 8 * 3_600_000

const pad = (value: number) => value.toString().padStart(2, '0')

function read(atMs: number) {
  const date = new Date(atMs + beijingOffsetMs)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    clock: `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`,
  }
}

/** `14:05`, as the clock in the shop shows it. */
export function formatClock(atMs: number): string {
  return read(atMs).clock
}

/** Today by the clock, other days with their date. */
export function formatMoment(atMs: number, nowMs: number, t: Messages): string {
  const moment = read(atMs)
  const today = read(nowMs)
  const isToday = moment.day === today.day && moment.month === today.month && moment.year === today.year
  return isToday ? t.time.today(moment) : t.time.date(moment)
}

/** A date without its hour. */
export function formatDay(atMs: number, t: Messages): string {
  return t.time.day(read(atMs))
}

/** The hour of the day in the shop, for greetings. */
export function hourOf(atMs: number): number {
  return new Date(atMs + beijingOffsetMs).getUTCHours()
}

/** `4:05` until a moment; `0:00` once it has passed. */
export function formatRemaining(untilMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000))
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`
}
