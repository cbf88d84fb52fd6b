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

const dayMs = 24 * 3_600_000

/** The Beijing day of a moment, counted from today: 0 is today. Slots are the shop's time, wherever the phone is. */
export const daysAhead = (atMs: number, nowMs: number): number =>
  Math.floor((atMs + beijingOffsetMs) / dayMs) - Math.floor((nowMs + beijingOffsetMs) / dayMs)

/** The day of a slot: today, tomorrow, the day after, or its date. */
export function formatSlotDay(atMs: number, nowMs: number, t: Messages): string {
  return [t.slot.today, t.slot.tomorrow, t.slot.dayAfter][daysAhead(atMs, nowMs)] ?? t.slot.date(read(atMs))
}

/** A moment of the shop: `今天 10:30`, `明天 09:00`. */
export const formatSlot = (atMs: number, nowMs: number, t: Messages): string =>
  t.slot.at({ day: formatSlotDay(atMs, nowMs, t), clock: formatClock(atMs) })
