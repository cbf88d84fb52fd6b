import type { ObjectId } from 'bson'
import { tagOf, typeName } from '../bsonTypes.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import { formatDate, parseDate } from './dateText.ts'
import type { Compile, Evaluate, Operator } from './operator.ts'
import { isNothing, optionsOf, wholeNumberOf } from './operator.ts'
import { fromZone, inZone } from './timeZone.ts'

const DAY_MS = 86_400_000

/** Parts of dates, by name; the date given has the time zone's clock as its UTC fields. */
const parts = {
  year: local => local.getUTCFullYear(),
  month: local => local.getUTCMonth() + 1,
  dayOfMonth: local => local.getUTCDate(),
  hour: local => local.getUTCHours(),
  minute: local => local.getUTCMinutes(),
  second: local => local.getUTCSeconds(),
  millisecond: local => local.getUTCMilliseconds(),
  dayOfYear,
  dayOfWeek: local => local.getUTCDay() + 1,
  isoDayOfWeek: local => local.getUTCDay() || 7,
  week: local => Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7),
  isoWeek: local => Math.ceil(dayOfYear(thursdayOf(local)) / 7),
  isoWeekYear: local => thursdayOf(local).getUTCFullYear(),
} satisfies Record<string, (local: Date) => number>

export type DatePart = keyof typeof parts

/** One part of a date, as its UTC fields have it. */
export function partOf(local: Date, part: DatePart): number {
  return parts[part](local)
}

/** Operators on dates. */
export const dates: Readonly<Record<string, Operator>> = {
  ...Object.fromEntries((Object.keys(parts) as DatePart[]).map(part => [`$${part}`, partOperator(part)])),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateFromParts: dateFromParts,
  $dateToParts: dateToParts,
}

/** A date, or what has one inside: an ObjectId. */
export function dateOf(value: unknown): Date {
  if (value instanceof Date) return value
  if (tagOf(value) === 'ObjectId') return (value as ObjectId).getTimestamp()
  throw refused(`can't convert from BSON type ${typeName(value)} to Date`)
}

function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY_MS) + 1
}

/** The Thursday of the same week: it decides to which year the week belongs. */
function thursdayOf(local: Date): Date {
  return new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * DAY_MS)
}

/** Takes a date, or `{date, timezone}`. */
function partOperator(part: DatePart): Operator {
  return (argument, compile) => {
    const single = Array.isArray(argument) && argument.length === 1 ? argument[0] as unknown : argument
    const zoned = isPlainObject(single) && 'date' in single
    const { date, timezone } = zoned ? optionsOf(`$${part}`, single, ['date'], ['timezone']) : { date: single, timezone: undefined }
    const [evaluate, zone] = [compile(date), zoneOf(timezone, compile)]
    return (scope) => {
      const [value, name] = [evaluate(scope), zone(scope)]
      return isNothing(value) || name === null ? null : partOf(inZone(dateOf(value), name), part)
    }
  }
}

/** Names the time zone; null when it is asked for and there is none. */
function zoneOf(timezone: unknown, compile: Compile): (...scope: Parameters<Evaluate>) => string | null {
  if (timezone === undefined) return () => 'UTC'
  const evaluate = compile(timezone)
  return (scope) => {
    const name = evaluate(scope)
    if (isNothing(name)) return null
    if (typeof name !== 'string') throw refused(`timezone must evaluate to a string, found ${typeName(name)}`)
    return name
  }
}

function dateToString(argument: unknown, compile: Compile): Evaluate {
  const { date, format, timezone, onNull } = optionsOf('$dateToString', argument, ['date'], ['format', 'timezone', 'onNull'])
  const [evaluate, zone, shape, otherwise] = [compile(date), zoneOf(timezone, compile), compile(format), compile(onNull ?? null)]
  return (scope) => {
    const [value, name] = [evaluate(scope), zone(scope)]
    if (isNothing(value)) return otherwise(scope)
    const pattern = format === undefined ? `%Y-%m-%dT%H:%M:%S.%L${name === 'UTC' ? 'Z' : ''}` : shape(scope)
    if (name === null || isNothing(pattern)) return null
    if (typeof pattern !== 'string') throw refused('$dateToString requires that \'format\' be a string')
    return formatDate(dateOf(value), pattern, name)
  }
}

function dateFromString(argument: unknown, compile: Compile): Evaluate {
  const options = optionsOf('$dateFromString', argument, ['dateString'], ['format', 'timezone', 'onError', 'onNull'])
  const [text, shape, zone] = [compile(options.dateString), compile(options.format), zoneOf(options.timezone, compile)]
  const [onNull, onError] = [compile(options.onNull ?? null), compile(options.onError)]
  return (scope) => {
    const [value, format, name] = [text(scope), shape(scope), zone(scope)]
    if (isNothing(value)) return onNull(scope)
    if (name === null || (options.format !== undefined && isNothing(format))) return null
    try {
      if (typeof value !== 'string') throw refused(`$dateFromString requires that 'dateString' be a string, found: ${typeName(value)}`)
      return parseDate(value, options.timezone === undefined ? null : name, typeof format === 'string' ? format : null)
    } catch (error) {
      if (options.onError !== undefined) return onError(scope)
      throw error
    }
  }
}

const CALENDAR_PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond']
const WEEK_PARTS = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'hour', 'minute', 'second', 'millisecond']

/** Numbers past the end of a month or a day go on into the next one. */
function dateFromParts(argument: unknown, compile: Compile): Evaluate {
  const byWeek = isPlainObject(argument) && 'isoWeekYear' in argument
  const names = byWeek ? WEEK_PARTS : CALENDAR_PARTS
  const options = optionsOf('$dateFromParts', argument, [names[0] as string], [...names.slice(1), 'timezone'])
  const evaluates = names.map((name, at) => compile(name in options ? options[name] : at < 3 ? 1 : 0))
  const zone = zoneOf(options.timezone, compile)
  return (scope) => {
    const [values, name] = [evaluates.map(evaluate => evaluate(scope)), zone(scope)]
    if (name === null || values.some(isNothing)) return null
    const [year, second, day, ...time] = values.map((value, at) => wholeNumberOf(`'${names[at]}'`, value)) as [number, number, number, ...number[]]
    if (year < 0 || year > 9999) throw refused(`'${names[0]}' must evaluate to an integer in the range 0 to 9999, found ${year}`)
    const midnight = byWeek ? dayOfIsoWeek(year, second, day) : utc(year, second - 1, day)
    const [hour = 0, minute = 0, seconds = 0, milliseconds = 0] = time
    return fromZone(new Date(midnight + ((hour * 60 + minute) * 60 + seconds) * 1000 + milliseconds), name)
  }
}

/** Unlike `Date.UTC`, takes the years up to 99 for themselves. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day)
}

function dayOfIsoWeek(year: number, week: number, day: number): number {
  const fourth = new Date(utc(year, 0, 4))
  return fourth.getTime() + ((week - 1) * 7 + day - (fourth.getUTCDay() || 7)) * DAY_MS
}

function dateToParts(argument: unknown, compile: Compile): Evaluate {
  const { date, timezone, iso8601 = false } = optionsOf('$dateToParts', argument, ['date'], ['timezone', 'iso8601'])
  const [evaluate, zone] = [compile(date), zoneOf(timezone, compile)]
  return (scope) => {
    const [value, name] = [evaluate(scope), zone(scope)]
    if (isNothing(value) || name === null) return null
    const local = inZone(dateOf(value), name)
    const get = (part: DatePart) => partOf(local, part)
    const time = { hour: get('hour'), minute: get('minute'), second: get('second'), millisecond: get('millisecond') }
    return iso8601 === true
      ? { isoWeekYear: get('isoWeekYear'), isoWeek: get('isoWeek'), isoDayOfWeek: get('isoDayOfWeek'), ...time }
      : { year: get('year'), month: get('month'), day: get('dayOfMonth'), ...time }
  }
}
