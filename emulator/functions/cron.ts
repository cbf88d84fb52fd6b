import { beijingClock, beijingInstantMs } from '../wechat/beijingTime.ts'
import type { WallClock } from '../wechat/beijingTime.ts'

/** A timer's expression, read once: which values each field accepts. */
export interface Cron {
  second: Field
  minute: Field
  hour: Field
  day: Field
  month: Field
  /** 0 is Sunday. */
  weekday: Field
  year: Field
}

interface Field {
  values: ReadonlySet<number>
  /** True for `*`, which in the day and the weekday leaves the choice to the other. */
  isAny: boolean
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

const fields: { name: keyof Cron, min: number, max: number, words?: string[] }[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, words: months },
  { name: 'weekday', min: 0, max: 6, words: weekdays },
  { name: 'year', min: 1970, max: 2099 },
]

/** Reads seven fields: second minute hour day month week year. Throws a sentence for anything else. */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/)
  if (parts.length !== fields.length) throw new Error(`A timer has seven fields (second minute hour day month week year), not ${parts.length}: ${text}`)
  return Object.fromEntries(fields.map((field, index) => [field.name, parseField(parts[index] as string, field)])) as unknown as Cron
}

function parseField(text: string, field: (typeof fields)[number]): Field {
  const values = text.split(',').flatMap(part => parsePart(part, field))
  return { values: new Set(values), isAny: text === '*' || text === '?' }
}

function parsePart(part: string, { name, min, max, words = [] }: (typeof fields)[number]): number[] {
  const match = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part)
  const wrong = () => new Error(`The ${name} of a timer cannot be ${part}.`)
  if (!match) throw wrong()
  const [, start = '', end, step] = match
  const isAny = start === '*' || start === '?'
  const number = (word: string) => words.includes(word.toUpperCase()) ? words.indexOf(word.toUpperCase()) + min : /^\d+$/.test(word) ? Number(word) : Number.NaN
  const first = isAny ? min : number(start)
  const last = end !== undefined ? number(end) : isAny || step !== undefined ? max : first
  const stride = step === undefined ? 1 : Number(step)
  if (!(first >= min && last <= max && first <= last && stride > 0) || (isAny && end !== undefined)) throw wrong()
  return Array.from({ length: Math.floor((last - first) / stride) + 1 }, (_, index) => first + index * stride)
}

/** The first instant after the given one at which the timer fires; null when there is none before 2100. */
export function nextFiringMs(cron: Cron, afterMs: number): number | null {
  let clock = beijingClock((Math.floor(afterMs / 1000) + 1) * 1000)
  // Each step jumps to the next year, month, day … that could fit, so even rare dates are found in some hundred steps.
  while (clock.year <= 2099) {
    const misfit = findMisfit(cron, clock)
    if (misfit === null) return beijingInstantMs(clock)
    clock = startOfNext(misfit, clock)
  }
  return null
}

type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

function findMisfit(cron: Cron, clock: WallClock): Unit | null {
  if (!cron.year.values.has(clock.year)) return 'year'
  if (!cron.month.values.has(clock.month)) return 'month'
  if (!isDay(cron, clock)) return 'day'
  if (!cron.hour.values.has(clock.hour)) return 'hour'
  if (!cron.minute.values.has(clock.minute)) return 'minute'
  return cron.second.values.has(clock.second) ? null : 'second'
}

/** When both the day and the weekday are restricted, either is enough. */
function isDay({ day, weekday }: Cron, clock: WallClock): boolean {
  if (weekday.isAny) return day.values.has(clock.day)
  if (day.isAny) return weekday.values.has(clock.weekday)
  return day.values.has(clock.day) || weekday.values.has(clock.weekday)
}

function startOfNext(unit: Unit, clock: WallClock): WallClock {
  const units: Unit[] = ['year', 'month', 'day', 'hour', 'minute', 'second']
  const next = { ...clock, [unit]: clock[unit] + 1 }
  for (const smaller of units.slice(units.indexOf(unit) + 1)) next[smaller] = smaller === 'month' || smaller === 'day' ? 1 : 0
  return beijingClock(beijingInstantMs(next))
}
