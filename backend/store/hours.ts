import type { Localized } from '../../contracts/catalog.ts'
import { minutesOf } from '../../contracts/clock.ts'
import type { Range } from '../../contracts/clock.ts'

/** Beijing has no summer time: its clock is always eight hours ahead of UTC. */
const BEIJING_AHEAD_MS = 8 * 3_600_000
const MINUTE_MS = 60_000
export const DAY_MS = 24 * 3_600_000

/** When a store serves. A range of no length is no time at all. */
export interface Opening {
  /** It takes no orders at all until its owner says so, and what customers read meanwhile; null while it works. */
  resting?: Localized | null
  /** Every day, unless `week` says otherwise. */
  hours: Range
  /** From Sunday to Saturday; each day has as many ranges as it needs, or none. */
  week?: Range[][]
  /** Beijing days, `YYYYMMDD`. */
  closedDays?: { day: string, because: Localized }[]
  /** Nothing is taken any more so long before a range ends. */
  lastOrderMinutes?: number
  slots?: SlotRules
}

/** For orders that are wanted at a time. */
export interface SlotRules {
  everyMinutes: number
  /** How long it takes from the order to the counter. */
  prepareMinutes: number
  /** Today and so many days more. */
  daysAhead: number
  /** A closed shop takes orders for a time at which it is open. */
  mayPreorder: boolean
}

/** From a moment on, and until another, without it. In ms. */
export interface Span { fromMs: number, untilMs: number }

export const usualSlots: SlotRules = { everyMinutes: 15, prepareMinutes: 15, daysAhead: 0, mayPreorder: false }

/** When the Beijing day of a moment began. */
export const dayStartOf = (atMs: number): number => Math.floor((atMs + BEIJING_AHEAD_MS) / DAY_MS) * DAY_MS - BEIJING_AHEAD_MS

/** 0 is Sunday. */
export const weekdayOf = (dayStartMs: number): number => (Math.floor((dayStartMs + BEIJING_AHEAD_MS) / DAY_MS) + 4) % 7

const dayNameOf = (dayStartMs: number): string => new Date(dayStartMs + BEIJING_AHEAD_MS).toISOString().slice(0, 10).replaceAll('-', '')

/** The ranges of a store's Beijing day in one, for a glance; the usual ones on a day without any. */
export function hoursToday({ week, hours }: Opening, nowMs: number): Range {
  const ranges = [...week?.[weekdayOf(dayStartOf(nowMs))] ?? []].sort((one, other) => minutesOf(one.from) - minutesOf(other.from))
  return ranges.length > 0 ? { from: ranges[0]!.from, until: ranges.at(-1)!.until } : hours
}

/** The times at which a store serves on one day, in their order. What runs past midnight belongs to the day on which it began. */
export function spansOfDay(opening: Opening, dayStartMs: number): Span[] {
  if (opening.closedDays?.some(({ day }) => day === dayNameOf(dayStartMs))) return []
  const ranges = opening.week?.[weekdayOf(dayStartMs)] ?? (opening.week ? [] : [opening.hours])
  return ranges.map(({ from, until }) => {
    const [begins, ends] = [minutesOf(from), minutesOf(until)]
    return { fromMs: dayStartMs + begins * MINUTE_MS, untilMs: dayStartMs + (ends < begins ? ends + 1440 : ends) * MINUTE_MS }
  }).filter(span => span.untilMs > span.fromMs).sort((one, other) => one.fromMs - other.fromMs)
}

/** The times that touch the days from the one of `fromMs` on, joined where they meet: a shop open around the clock never closes. */
export function spansFrom(opening: Opening, fromMs: number, days: number): Span[] {
  const first = dayStartOf(fromMs)
  const all = Array.from({ length: days + 1 }, (_, index) => spansOfDay(opening, first + (index - 1) * DAY_MS)).flat()
  const joined: Span[] = []
  for (const span of all.sort((one, other) => one.fromMs - other.fromMs)) {
    const last = joined.at(-1)
    if (last && span.fromMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, span.untilMs)
    else joined.push({ ...span })
  }
  return joined.filter(span => span.untilMs > fromMs)
}

const LOOK_AHEAD_DAYS = 31

const lastOrderOf = ({ untilMs }: Span, { lastOrderMinutes = 0 }: Opening): number => untilMs - lastOrderMinutes * MINUTE_MS

/** Whether its owner has closed a store until further notice. */
export const isResting = ({ resting }: Pick<Opening, 'resting'>): boolean => resting !== undefined && resting !== null

/** Whether a store takes orders now. */
export function takesOrders(opening: Opening, nowMs: number): boolean {
  return !isResting(opening) && spansFrom(opening, nowMs, 2).some(span => span.fromMs <= nowMs && nowMs < lastOrderOf(span, opening))
}

/** When a closed store takes orders next; null when it does now, or not within a month, or nobody knows. */
export function opensNextAtMs(opening: Opening, nowMs: number): number | null {
  if (isResting(opening) || takesOrders(opening, nowMs)) return null
  const spans = spansFrom(opening, nowMs, LOOK_AHEAD_DAYS)
  return spans.find(span => span.fromMs > nowMs && lastOrderOf(span, opening) > span.fromMs)?.fromMs ?? null
}

/**
 * When the business day of a moment is over: as the store first opens on a later day. A break at noon ends no day, and a night
 * that runs past midnight belongs to the day on which it began. The next midnight, where the store does not open within a month.
 */
export function dayEndsAtMs(opening: Opening, nowMs: number): number {
  const calendarMs = dayStartOf(nowMs)
  const isLastNight = spansOfDay(opening, calendarMs - DAY_MS).some(span => nowMs < span.untilMs)
  const firstMs = calendarMs + (isLastNight ? 0 : DAY_MS)
  for (let day = 0; day < LOOK_AHEAD_DAYS; day += 1) {
    const opens = spansOfDay(opening, firstMs + day * DAY_MS).find(span => span.fromMs > nowMs)
    if (opens) return opens.fromMs
  }
  return calendarMs + DAY_MS
}

/** More than anybody scrolls through. */
const SLOTS_MAX = 200

/**
 * The times for which an order can be wanted, each the beginning of a quarter of an hour: no sooner than it can be made, while
 * the store is open, and before it takes its last orders. None where the store rests, or is closed and takes no orders ahead.
 */
export function slotsOf(opening: Opening, nowMs: number): number[] {
  const { everyMinutes, prepareMinutes, daysAhead, mayPreorder } = opening.slots ?? usualSlots
  if (isResting(opening)) return []
  if (!mayPreorder && !takesOrders(opening, nowMs)) return []
  const stepMs = everyMinutes * MINUTE_MS
  const soonestMs = nowMs + prepareMinutes * MINUTE_MS
  const endsMs = dayStartOf(nowMs) + (daysAhead + 1) * DAY_MS
  const slots: number[] = []
  for (const span of spansFrom(opening, nowMs, daysAhead + 2)) {
    const lastMs = Math.min(lastOrderOf(span, opening), endsMs)
    // Nothing is ready in the minute in which the doors open.
    const readyMs = span.fromMs > nowMs ? span.fromMs + prepareMinutes * MINUTE_MS : soonestMs
    const firstMs = Math.max(soonestMs, readyMs)
    for (let atMs = Math.ceil(firstMs / stepMs) * stepMs; atMs < lastMs && slots.length < SLOTS_MAX; atMs += stepMs) {
      slots.push(atMs)
    }
  }
  return slots
}
