import type { Way } from '../../contracts/fulfilment.ts'
import { withRide } from '../fulfilment/rules.ts'
import { isKitchen, kitchenOf, kitchenPieces, quarterBehind } from '../kitchen/kitchens.ts'
import { fullUntil, isOverloaded, waitOf } from '../kitchen/rules.ts'
import type { Kitchen } from '../kitchen/rules.ts'
import type { World } from '../ports.ts'
import { stockIdOf } from '../stock/rules.ts'
import type { Piece } from '../stock/rules.ts'
import { release } from '../stock/stock.ts'
import { atStore, theStore } from '../store/stores.ts'
import type { StoreDocument } from '../store/stores.ts'
import type { OrderDocument } from './orders.ts'

interface Cooked {
  points: number
  way: Way
  /** How far it is brought, where somebody knows. */
  meters: number | null
  slotAtMs: number | null
  nowMs: number
}

/** What an order takes of the kitchen, and when its customer is told that it will be there: null where nothing is promised. Pure. */
export function cookingOf(store: StoreDocument, kitchen: Kitchen, { points, way, meters, slotAtMs, nowMs }: Cooked) {
  const made = points === 0 || slotAtMs !== null ? null : waitOf(kitchen, points, nowMs)
  const wait = withRide(made, way, { meters })
  const at = (minutes: number) => nowMs + minutes * 60_000
  return {
    pieces: kitchenPieces(store, kitchen, { points, slotAtMs, nowMs }),
    promise: wait && { fromMs: at(wait.fromMinutes), toMs: at(wait.toMinutes) },
  }
}

type Placed = Pick<OrderDocument, 'pieces'>

const placeOf = ({ pieces }: Placed): Piece | undefined => pieces.find(isKitchen)

/** Whether an order still has the place in the kitchen that it was seen with, as a condition on it. */
export function onThePlaceOf(order: Placed): Record<string, string> {
  const day = placeOf(order)?.daily?.day
  return day === undefined ? {} : { 'pieces.daily.day': day }
}

/**
 * The next place for an order that is wanted as soon as possible and whose quarter of an hour somebody else has filled; null when it was
 * wanted for that time, or when nothing is taken so late. Guests at a table wait in any case, at last with no place. A place is always
 * later than the one before, so an order never comes back to one that it has left.
 */
export async function laterPlace(world: World, order: OrderDocument): Promise<Pick<OrderDocument, 'pieces' | 'promise'> | null> {
  const { fulfilment, pieces } = order
  const place = placeOf(order)
  const isForATime = 'slotAtMs' in fulfilment && typeof fulfilment.slotAtMs === 'number'
  if (!place || isForATime || fulfilment.kind === 'Virtual') return null
  const nowMs = world.clock.nowMs()
  // A wish that is sent again may come from a phone that looks into another store by now.
  const store = await theStore(atStore(world, order.storeId))
  const kitchen = fullUntil(await kitchenOf(world, store), quarterBehind(place), nowMs)
  if (fulfilment.kind !== 'DineIn' && isOverloaded(kitchen, place.quantity, nowMs)) return null
  const meters = fulfilment.kind === 'Delivery' ? fulfilment.meters ?? null : null
  const later = cookingOf(store, kitchen, { points: place.quantity, way: fulfilment.kind, meters, slotAtMs: null, nowMs })
  return { pieces: [...later.pieces, ...pieces.filter(piece => !isKitchen(piece))], promise: later.promise }
}

/** Gives back what a call took of a place that its order has left in the meantime. Nothing where it has not. */
export async function leavePlace(world: World, { taken, now }: { taken: OrderDocument, now: OrderDocument }): Promise<void> {
  const place = placeOf(taken)
  const kept = placeOf(now)
  if (!place || (kept && stockIdOf(kept) === stockIdOf(place))) return
  await release(world.database, stockIdOf(place), { orderId: taken._id, quantity: place.quantity })
}
