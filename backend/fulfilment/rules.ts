import type { Product } from '../../contracts/catalog.ts'
import type { Obstacle, Way } from '../../contracts/fulfilment.ts'
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
}

/** The ways that a store offers. Without a rule for it nobody sets out and nothing is posted. */
export function waysOffered({ ways = ['DineIn', 'TakeAway', 'Delivery', 'Express', 'PickUp'], fees = {} }: Serving): Way[] {
  return ways.filter(way => (way !== 'Delivery' || fees.Delivery?.delivery !== undefined) && (way !== 'Express' || fees.Express?.freight !== undefined))
}

/** A way as it was chosen. `destination` is null while no address is known. */
export interface Journey { way: Way, slotAtMs: number | null, destination: Destination | null, goodsFen: number }

/** What stands in the way of an order, the first thing first; null when it can go. Pure. */
export function obstacleTo(journey: Journey, store: Serving, nowMs: number): Obstacle | null {
  if (!waysOffered(store).includes(journey.way)) return { kind: 'WayNotOffered', way: journey.way }
  return obstacleInTime(journey, store, nowMs) ?? obstacleOnTheRoad(journey, store.fees ?? {})
}

function obstacleInTime({ way, slotAtMs }: Journey, store: Serving, nowMs: number): Obstacle | null {
  // A parcel waits for the post anyway, so the post does not wait for the shop.
  if (way === 'Express') return null
  if (slotAtMs !== null) return slotsOf(store, nowMs).includes(slotAtMs) ? null : { kind: 'SlotGone' }
  if (takesOrders(store, nowMs)) return null
  return { kind: 'StoreClosed', opensAtMs: opensNextAtMs(store, nowMs), mayPreorder: way !== 'DineIn' && (store.slots ?? usualSlots).mayPreorder }
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
