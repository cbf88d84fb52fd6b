import { refused } from '../failures.ts'

const MINUTE_MS = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** The minutes by which a time zone is ahead of UTC at a moment. Takes names such as `Asia/Shanghai` and offsets such as `+08:00`. */
export function offsetMinutes(timeZone: string, atMs: number): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(timeZone) ?? []
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0))
  if (timeZone === 'UTC' || timeZone === 'GMT' || timeZone === 'Z') return 0
  const parts = Object.fromEntries(formatOf(timeZone).formatToParts(atMs).map(({ type, value }) => [type, Number(value)]))
  const { year, month, day, hour, minute, second } = parts as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  return Math.round((local - Math.floor(atMs / 1000) * 1000) / MINUTE_MS)
}

/** A date whose UTC fields are those of a time zone's clock. */
export function inZone(date: Date, timeZone: string): Date {
  return new Date(date.getTime() + offsetMinutes(timeZone, date.getTime()) * MINUTE_MS)
}

/** The moment at which a time zone's clock shows what a date has as its UTC fields. */
export function fromZone(local: Date, timeZone: string): Date {
  // The offset at the moment itself is what counts, and changes of summer time lie between the two guesses.
  const guess = local.getTime() - offsetMinutes(timeZone, local.getTime()) * MINUTE_MS
  return new Date(local.getTime() - offsetMinutes(timeZone, guess) * MINUTE_MS)
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
    formats.set(timeZone, format)
    return format
  } catch {
    throw refused(`unrecognized time zone identifier: "${timeZone}"`)
  }
}
