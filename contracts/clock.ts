import * as v from 'valibot'

/** Beijing time, `HH:MM`, up to `24:00`. A range that ends before it begins runs past midnight. */
export interface Range { from: string, until: string }

/** A time of the day, `HH:MM`. */
export const Clock = v.pipe(v.string(), v.regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/))

/** When something ends: a time of the day, or `24:00`. */
export const EndClock = v.pipe(v.string(), v.regex(/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/))

/** A Beijing day, `YYYYMMDD`, that is in the calendar. */
export const Day = v.pipe(v.string(), v.regex(/^20[0-9]{6}$/), v.check(isDay))

function isDay(day: string): boolean {
  const text = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
  const atMs = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(atMs) && new Date(atMs).toISOString().slice(0, 10) === text
}

/** Minutes since midnight of a time as it is written. */
export function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

const DAY_MINUTES = 1440
const WEEK_MINUTES = 7 * DAY_MINUTES

/** A range in minutes of a week that begins with Sunday; `day` is the one that it belongs to. */
interface Stretch { day: number, from: number, until: number }

function stretchesOf(week: readonly (readonly Range[])[]): Stretch[] {
  return week.flatMap((ranges, day) => ranges.map(({ from, until }) => {
    const [begins, ends] = [minutesOf(from), minutesOf(until)]
    return { day, from: day * DAY_MINUTES + begins, until: day * DAY_MINUTES + (ends < begins ? ends + DAY_MINUTES : ends) }
  }))
}

/** The days, 0 is Sunday, that have a range which another one runs into: of the same day, or of the night before. They may touch. */
export function overlappingDays(week: readonly (readonly Range[])[]): number[] {
  const stretches = stretchesOf(week)
  // Saturday's night runs into Sunday.
  const lastWeek = stretches.map(({ day, from, until }) => ({ day, from: from - WEEK_MINUTES, until: until - WEEK_MINUTES }))
  const around = [...stretches, ...lastWeek]
  const isHit = (one: Stretch, index: number) =>
    around.some((other, place) => place !== index && other.from <= one.from && one.from < other.until)
  return [...new Set(stretches.filter(isHit).map(({ day }) => day))].sort((one, other) => one - other)
}
