import type { Localized, Product } from '../../contracts/catalog.ts'
import type { Obstacle, Way } from '../../contracts/fulfilment.ts'
import type { WaitRange } from '../../contracts/kitchen.ts'
import { hasRoom, isOverloaded, isPaused, openSlots } from '../kitchen/rules.ts'
import type { Kitchen } from '../kitchen/rules.ts'
import { rangeOf } from '../pricing/delivery.ts'
import type { Destination, FeeRules } from '../pricing/fees.ts'
import { reasonAgainst, zoneOf } from '../pricing/freight.ts'
import { opensNextAtMs, slotsOf, takesOrders, usualSlots } from '../store/hours.ts'
import type { Opening } from '../store/hours.ts'

const usualWays: Record<Product['kind'], readonly Way[]> = { Menu: ['DineIn', 'TakeAway', 'Delivery'], Mall: ['Express', 'PickUp'] }

/** The ways in which goods can go: what is made at the bar does not travel far, and what lies on the shelf is no dish. */
export const waysOf = ({ kind, ways }: Pick<Product, 'kind' | 'ways'>): readonly Way[] => ways ?? usualWays[kind]

/** What of a store decides how its orders can go. */
export interface Serving extends Opening {
  /** Every way where it says nothing; delivery and post only where their fees are set. */
  ways?: Way[]
  fees?: FeeRules
  /** What its kitchen has room for; absent where nobody asks. */
  room?: Kitchen
}

/** The ways that a store offers. Without a rule for it nobody sets out and nothing is posted. */
export function waysOffered({ ways = ['DineIn', 'TakeAway', 'Delivery', 'Express', 'PickUp'], fees = {} }: Serving): Way[] {
  return ways.filter(way => (way !== 'Delivery' || fees.Delivery?.delivery !== undefined) && (way !== 'Express' || fees.Express?.freight !== undefined))
}

/** A way as it was chosen. `destination` is null while no address is known. */
export interface Journey {
  way: Way
  slotAtMs: number | null
  destination: Destination | null
  goodsFen: number
  /** What it asks of the kitchen. */
  points?: number
}

/** To set out and to find the door, and for each kilometer. */
const SETTING_OUT_MINUTES = 5
const MINUTES_A_KILOMETER = 4

/** How long a courier is on the way, in fives; nothing while nobody knows how far it is. */
const rideMinutes = (meters: number | null): number =>
  meters === null ? 0 : Math.ceil((SETTING_OUT_MINUTES + meters / 1000 * MINUTES_A_KILOMETER) / 5) * 5

/** How long it takes until the customer has it: what is delivered is made and then brought. Pure. */
export function withRide(wait: WaitRange | null, way: Way | null, destination: Pick<Destination, 'meters'> | null): WaitRange | null {
  if (!wait || way !== 'Delivery' || !destination) return wait
  const minutes = rideMinutes(destination.meters)
  return { fromMinutes: wait.fromMinutes + minutes, toMinutes: wait.toMinutes + minutes }
}

/** What stands in the way of an order, the first thing first; null when it can go. Pure. */
export function obstacleTo(journey: Journey, store: Serving, nowMs: number): Obstacle | null {
  if (!waysOffered(store).includes(journey.way)) return { kind: 'WayNotOffered', way: journey.way }
  if (store.resting) return resting(store.resting)
  return obstacleInTime(journey, store, nowMs) ?? obstacleOnTheRoad(journey, store.fees ?? {})
}

/** Nobody knows until when: neither the post nor another day is a way round. */
export const resting = (because: Localized): Obstacle => ({ kind: 'StoreClosed', opensAtMs: null, mayPreorder: false, because })

function obstacleInTime(journey: Journey, store: Serving, nowMs: number): Obstacle | null {
  const { way, slotAtMs } = journey
  // A parcel waits for the post anyway, so the post does not wait for the shop.
  if (way === 'Express') return null
  if (slotAtMs !== null) return slotsOf(store, nowMs).includes(slotAtMs) ? obstacleInKitchen(journey, store, nowMs) : { kind: 'SlotGone' }
  if (takesOrders(store, nowMs)) return obstacleInKitchen(journey, store, nowMs)
  return { kind: 'StoreClosed', opensAtMs: opensNextAtMs(store, nowMs), mayPreorder: way !== 'DineIn' && (store.slots ?? usualSlots).mayPreorder }
}

/** How many other times are proposed. */
const FREE_SLOTS_MAX = 6

/** Guests at a table are not sent away because the kitchen is busy: they see how long it takes. */
function obstacleInKitchen({ way, slotAtMs, points = 0 }: Journey, store: Serving, nowMs: number): Obstacle | null {
  const { room } = store
  if (!room || points === 0) return null
  const isOpen = slotAtMs === null ? !isPaused(room, nowMs) : slotAtMs >= room.now.pausedUntilMs
  if (!isOpen) return { kind: 'StorePaused', untilMs: room.now.pausedUntilMs }
  const isFull = slotAtMs === null ? way !== 'DineIn' && isOverloaded(room, points, nowMs) : !hasRoom(room, slotAtMs, points)
  if (!isFull) return null
  return { kind: 'SlotFull', freeSlots: openSlots(slotsOf(store, nowMs), room, points).slice(0, FREE_SLOTS_MAX) }
}

function obstacleOnTheRoad({ way, destination, goodsFen }: Journey, fees: FeeRules): Obstacle | null {
  if (way === 'Delivery') {
    const delivery = fees.Delivery?.delivery
    if (!destination) return { kind: 'AddressNeeded' }
    if (!delivery) return { kind: 'WayNotOffered', way }
    const rangeMeters = rangeOf(delivery)
    if (rangeMeters !== null && destination.meters === null) return { kind: 'PlaceNeeded' }
    if (rangeMeters !== null && destination.meters! > rangeMeters) return { kind: 'OutOfRange', meters: destination.meters!, rangeMeters }
    const minimumFen = delivery.kind === 'Distance' ? delivery.minimumFen : 0
    return goodsFen < minimumFen ? { kind: 'BelowMinimum', minimumFen, missingFen: minimumFen - goodsFen } : null
  }
  if (way !== 'Express') return null
  const freight = fees.Express?.freight
  if (!destination || destination.province === null) return { kind: 'AddressNeeded' }
  if (!freight) return { kind: 'WayNotOffered', way }
  return zoneOf(freight, destination.province) ? null : { kind: 'NotDeliverable', because: reasonAgainst(freight, destination.province) }
}
