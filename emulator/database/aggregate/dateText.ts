import { refused } from '../failures.ts'
import type { DatePart } from './dates.ts'
import { partOf } from './dates.ts'
import { fromZone, inZone, offsetMinutes } from './timeZone.ts'

/** The parts that a format can name, and with how many digits they are written. */
const DIGITS: Readonly<Record<string, [part: DatePart, digits: number]>> = {
  Y: ['year', 4], m: ['month', 2], d: ['dayOfMonth', 2], H: ['hour', 2], M: ['minute', 2], S: ['second', 2], L: ['millisecond', 3],
  j: ['dayOfYear', 3], w: ['dayOfWeek', 1], u: ['isoDayOfWeek', 1], U: ['week', 2], V: ['isoWeek', 2], G: ['isoWeekYear', 4],
}

/** Writes a date on the clock of a time zone. Refuses letters that MongoDB 4.0 does not know. */
export function formatDate(date: Date, format: string, timeZone: string): string {
  const local = inZone(date, timeZone)
  const offset = offsetMinutes(timeZone, date.getTime())
  return format.replace(/%(.?)/gs, (_, letter: string) => {
    const digits = Object.hasOwn(DIGITS, letter) ? DIGITS[letter] : undefined
    if (digits) return String(partOf(local, digits[0])).padStart(digits[1], '0')
    switch (letter) {
      case '%': return '%'
      case 'Z': return `${offset < 0 ? '-' : '+'}${Math.abs(offset)}`
      case 'z': return `${offset < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(offset) / 60))}${pad(Math.abs(offset) % 60)}`
    }
    if (letter === '') throw refused('Unmatched \'%\' at end of format string')
    throw refused(`Invalid format character '%${letter}' in format string`)
  })
}

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i
const ISO_FORMAT = 'YmdHMSLz'

/** Reads a date of ISO 8601, or of a format. A time zone counts when the text names none itself. */
export function parseDate(text: string, timeZone: string | null, format: string | null): Date {
  const { pattern, letters } = format === null ? { pattern: ISO, letters: ISO_FORMAT } : readerOf(format)
  const found = pattern.exec(text)
  if (!found) throw unreadable(text)
  const read: Record<string, string | undefined> = Object.fromEntries([...letters].map((letter, at) => [letter, found[at + 1]]))
  if (read.z !== undefined && timeZone !== null) {
    throw refused(`$dateFromString: you cannot pass in a date/time string with time zone information ('${read.z}') together with a timezone argument`)
  }
  return fromZone(localOf(text, read), zoneName(read.z) ?? timeZone ?? 'UTC')
}

function readerOf(format: string): { pattern: RegExp, letters: string } {
  let letters = ''
  const source = format.replace(/%(.?)|([^\w\s])/gs, (_, letter: string | undefined, sign: string | undefined) => {
    if (sign !== undefined) return `\\${sign}`
    if (letter === '%') return '%'
    if (letter === 'z') letters += 'z'
    if (letter === 'z') return '(Z|[+-]\\d{2}:?\\d{2})'
    const digits = Object.hasOwn(DIGITS, letter ?? '') ? DIGITS[letter ?? ''] : undefined
    if (!digits || !'YmdHMSL'.includes(letter ?? '')) throw refused(`Invalid format character '%${letter}' in format string`)
    letters += letter
    return letter === 'Y' ? '(\\d{4})' : `(\\d{1,${digits[1]}})`
  })
  return { pattern: new RegExp(`^${source}$`, 's'), letters }
}

function localOf(text: string, read: Record<string, string | undefined>): Date {
  const { Y = '1970', m = '1', d = '1', H = '0', M = '0', S = '0', L = '0' } = read
  const local = new Date(0)
  local.setUTCFullYear(Number(Y), Number(m) - 1, Number(d))
  local.setUTCHours(Number(H), Number(M), Number(S), Number(L.padEnd(3, '0')))
  // JavaScript goes on into the next month where the database refuses.
  if (local.getUTCMonth() !== Number(m) - 1 || local.getUTCDate() !== Number(d) || Number(M) > 59 || Number(S) > 59) throw unreadable(text)
  return local
}

function zoneName(zone: string | undefined): string | undefined {
  return zone !== undefined && /^[a-z]/i.test(zone) ? 'UTC' : zone
}

function unreadable(text: string): Error {
  return refused(`Error parsing date string '${text}': write it as 2024-05-01T08:00:00Z, or give its format.`)
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
