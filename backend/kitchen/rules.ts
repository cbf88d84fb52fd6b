import type { WaitRange } from '../../contracts/kitchen.ts'

const MINUTE_MS = 60_000
/** The kitchen is counted by quarters of an hour, as pickup times are. */
export const QUARTER_MS = 15 * MINUTE_MS
/** What is wanted as soon as possible is promised within two hours, or not taken. */
const QUARTERS_AHEAD = 8
/** How long what staff have added stays. */
export const EXTRA_STAYS_MS = 30 * MINUTE_MS

/** What a kitchen can make. Points are what the shop likes: a cup is one, a pot three. */
export interface KitchenRules {
  /** In a quarter of an hour. */
  slotPoints: number
  /** When the wait is longer than this, nothing is taken as soon as possible; it is again when the wait is shorter. */
  pauseAboveMinutes?: number
}

/** What staff say of this moment; it ends by itself. */
export interface KitchenNow { extraMinutes: number, extraUntilMs: number, pausedUntilMs: number }

export const asUsual: KitchenNow = { extraMinutes: 0, extraUntilMs: 0, pausedUntilMs: 0 }

/** A kitchen at a moment. `taken` is how many points of a quarter are promised, by when the quarter begins. */
export interface Kitchen {
  /** Null where nobody has said how much it can make: then nothing is ever full. */
  rules: KitchenRules | null
  now: KitchenNow
  taken: ReadonlyMap<number, number>
  prepareMinutes: number
}

/** When the quarter of an hour began. */
export const quarterOf = (atMs: number): number => Math.floor(atMs / QUARTER_MS) * QUARTER_MS

/** What staff have added to every wait at a moment, in minutes. */
export const extraAt = ({ now }: Kitchen, nowMs: number): number => nowMs < now.extraUntilMs ? now.extraMinutes : 0

export const isPaused = ({ now }: Kitchen, nowMs: number): boolean => nowMs < now.pausedUntilMs

/** An order that is more than a whole quarter can make takes an empty one. */
export const needOf = (points: number, { slotPoints }: KitchenRules): number => Math.min(points, slotPoints)

/** Whether a quarter has room for so many points. */
export function hasRoom({ rules, taken }: Kitchen, slotAtMs: number, points: number): boolean {
  return rules === null || (taken.get(quarterOf(slotAtMs)) ?? 0) + needOf(points, rules) <= rules.slotPoints
}

/** A kitchen as it is for whoever finds no room until a quarter of an hour is over, that one included. Pure. */
export function fullUntil(kitchen: Kitchen, slotAtMs: number, nowMs: number): Kitchen {
  const taken = new Map(kitchen.taken)
  for (let quarter = quarterOf(nowMs); quarter <= slotAtMs; quarter += QUARTER_MS) taken.set(quarter, Infinity)
  return { ...kitchen, taken }
}

/** Those of the times at which a store is open that the kitchen still has room for. */
export const openSlots = (slots: readonly number[], kitchen: Kitchen, points: number): number[] =>
  slots.filter(slotAtMs => slotAtMs >= kitchen.now.pausedUntilMs && hasRoom(kitchen, slotAtMs, points))

/** The first quarter in which so many points can be ready; null when there is none soon. */
export function soonestQuarter(kitchen: Kitchen, points: number, nowMs: number): number | null {
  const first = quarterOf(nowMs + (kitchen.prepareMinutes + extraAt(kitchen, nowMs)) * MINUTE_MS)
  for (let quarter = 0; quarter < QUARTERS_AHEAD; quarter += 1) {
    const slotAtMs = first + quarter * QUARTER_MS
    if (hasRoom(kitchen, slotAtMs, points)) return slotAtMs
  }
  return null
}

const toFive = (minutes: number): number => Math.ceil(minutes / 5) * 5

/**
 * How long an order of so many points takes from now; null when it cannot be promised. The fuller its quarter is, the wider
 * the range.
 */
export function waitOf(kitchen: Kitchen, points: number, nowMs: number): WaitRange | null {
  const slotAtMs = soonestQuarter(kitchen, points, nowMs)
  if (slotAtMs === null) return null
  const soonest = kitchen.prepareMinutes + extraAt(kitchen, nowMs)
  const fromMinutes = toFive(Math.max(soonest, (slotAtMs - nowMs) / MINUTE_MS))
  const { rules, taken } = kitchen
  const isHalfFull = rules !== null && (taken.get(slotAtMs) ?? 0) * 2 > rules.slotPoints
  return { fromMinutes, toMinutes: fromMinutes + (isHalfFull ? 10 : 5) }
}

/**
 * Nothing is taken as soon as possible: there is no room soon, or the wait is above the line that the shop has drawn. What staff
 * have added does not count for the line: they meant customers to wait, not to go.
 */
export function isOverloaded(kitchen: Kitchen, points: number, nowMs: number): boolean {
  const wait = waitOf(kitchen, points, nowMs)
  return wait === null || wait.fromMinutes - extraAt(kitchen, nowMs) > (kitchen.rules?.pauseAboveMinutes ?? Infinity)
}

interface Dish { kind: 'Menu' | 'Mall', workload?: number }

/** What lines ask of the kitchen: their dishes, of set meals those that are in them. What lies on the shelf asks nothing. */
export function pointsOf(
  lines: readonly { productId: string, quantity: number, parts?: readonly { productId: string, quantity: number }[] }[],
  products: ReadonlyMap<string, Dish>,
): number {
  const pointsOfOne = (productId: string): number => {
    const dish = products.get(productId)
    return dish?.kind === 'Menu' ? dish.workload ?? 1 : 0
  }
  return lines.reduce((sum, { productId, quantity, parts }) => sum + quantity * (parts
    ? parts.reduce((all, part) => all + part.quantity * pointsOfOne(part.productId), 0)
    : pointsOfOne(productId)), 0)
}
