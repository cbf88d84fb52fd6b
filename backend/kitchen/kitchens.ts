import type { WaitRange } from '../../contracts/kitchen.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { stockIdOf } from '../stock/rules.ts'
import type { Piece, StockSource } from '../stock/rules.ts'
import { stock } from '../stock/stock.ts'
import { usualSlots } from '../store/hours.ts'
import { beijingStamp, fromBeijingStamp } from '../store/rules.ts'
import type { StoreDocument } from '../store/stores.ts'
import { asUsual, isOverloaded, isPaused, needOf, QUARTER_MS, quarterOf, soonestQuarter, waitOf } from './rules.ts'
import type { Kitchen, KitchenRules } from './rules.ts'

/** As far ahead as anybody orders for a time of the same day. */
const QUARTERS_READ = 48

type Store = Pick<StoreDocument, '_id' | 'kitchen' | 'kitchenNow' | 'slots'>

/**
 * A quarter of an hour of a store's kitchen is a stock of points, as the portions of a day are one: an order holds some until it
 * is paid, then has used them. So taking them is atomic, is done once however often it is tried, and is undone with the order.
 */
export const sourceOf = (storeId: string, slotAtMs: number, { slotPoints }: KitchenRules): StockSource =>
  ({ productId: `kitchen:${storeId}`, daily: { day: beijingStamp(quarterOf(slotAtMs)).slice(0, 12), portions: slotPoints } })

/** Whether a piece is points of a kitchen. */
export const isKitchen = ({ productId }: Pick<Piece, 'productId'>): boolean => productId.startsWith('kitchen:')

/** When the quarter of an hour of points of a kitchen begins. Throws for what is none. Pure. */
export function quarterBehind({ productId, daily }: StockSource): number {
  const atMs = daily ? fromBeijingStamp(`${daily.day}00`) : null
  if (atMs === null) throw new Error(`${productId} is no quarter of an hour of a kitchen.`)
  return atMs
}

/** Whether the quarter of an hour of points of a kitchen has begun. Pure. */
export const hasBegun = ({ daily }: StockSource, nowMs: number): boolean =>
  daily === undefined || daily.day <= beijingStamp(nowMs).slice(0, 12)

/** The kitchen of a store as it is now. One database operation; none where nobody counts. */
export async function kitchenOf(world: World, store: Store): Promise<Kitchen> {
  const { prepareMinutes } = store.slots ?? usualSlots
  const rules = store.kitchen ?? null
  const now = { ...asUsual, ...store.kitchenNow }
  return { rules, now, prepareMinutes, taken: rules === null ? new Map() : await takenPoints(world, store._id, rules) }
}

async function takenPoints(world: World, storeId: string, rules: KitchenRules): Promise<Map<number, number>> {
  const first = quarterOf(world.clock.nowMs())
  const quarters = Array.from({ length: QUARTERS_READ }, (_, index) => first + index * QUARTER_MS)
  const byId = new Map(quarters.map(atMs => [stockIdOf(sourceOf(storeId, atMs, rules)), atMs]))
  const documents = await stock(world.database).find({ where: { _id: oneOf([...byId.keys()]) }, limit: byId.size })
  // A quarter that was opened when the kitchen could make less has no more room than it had then.
  return new Map(documents.map(({ _id, supplied, available }) => [byId.get(_id)!, Math.max(supplied, rules.slotPoints) - available]))
}

/**
 * The points that an order takes: of the quarter for which it is wanted, or of the first that has room. Nothing where nobody
 * counts, for what the kitchen does not make, and where guests at a table wait in any case and nothing is free.
 */
export function kitchenPieces(
  store: Store, kitchen: Kitchen, { points, slotAtMs, nowMs }: { points: number, slotAtMs: number | null, nowMs: number },
): Piece[] {
  const { rules } = kitchen
  const quarter = slotAtMs ?? soonestQuarter(kitchen, points, nowMs)
  if (rules === null || points === 0 || quarter === null) return []
  return [{ ...sourceOf(store._id, quarter, rules), quantity: needOf(points, rules) }]
}

/** What customers are told of a kitchen. One dish stands for what they have not chosen yet. */
export function toldOf(kitchen: Kitchen, nowMs: number): { wait?: WaitRange, pausedUntilMs?: number } {
  if (isPaused(kitchen, nowMs)) return { pausedUntilMs: kitchen.now.pausedUntilMs }
  const wait = isOverloaded(kitchen, 1, nowMs) ? null : waitOf(kitchen, 1, nowMs)
  return wait ? { wait } : {}
}
