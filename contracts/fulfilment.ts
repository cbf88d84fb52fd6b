import * as v from 'valibot'
import type { Localized } from './catalog.ts'
import { Id, Moment } from './fields.ts'

/** Every way that a customer can choose. */
export const ways = ['DineIn', 'TakeAway', 'Delivery', 'Express', 'PickUp'] as const
export type Way = typeof ways[number]

/** Every way an order reaches its customer. Virtual goods are known to the books and to WeChat only. */
export type FulfilmentKind = Way | 'Virtual'

/** The beginning of the quarter of an hour for which it is wanted; absent is as soon as possible. */
const slotAtMs = v.optional(Moment)

export const Fulfilment = v.variant('kind', [
  /** At the table of the code that was scanned. */
  v.strictObject({ kind: v.literal('DineIn'), linkId: Id }),
  v.strictObject({ kind: v.literal('TakeAway'), slotAtMs }),
  /** Brought from the bar to an address nearby. */
  v.strictObject({ kind: v.literal('Delivery'), addressId: v.optional(Id), slotAtMs }),
  /** Posted. */
  v.strictObject({ kind: v.literal('Express'), addressId: v.optional(Id) }),
  /** Goods of the mall, fetched from a store. */
  v.strictObject({ kind: v.literal('PickUp'), slotAtMs }),
])
export type Fulfilment = v.InferOutput<typeof Fulfilment>

/** Why an order cannot go the way that was chosen. Each is also the code that placing the order is refused with. */
export type Obstacle =
  /** `because` are the owner's words while the store rests. */
  | { kind: 'StoreClosed', opensAtMs: number | null, mayPreorder: boolean, because?: Localized }
  | { kind: 'WayNotOffered', way: Way }
  | { kind: 'SlotGone' }
  /** The kitchen has no room then; these are the next times at which it has. */
  | { kind: 'SlotFull', freeSlots: number[] }
  /** Staff take nothing on for a while; for later they do. */
  | { kind: 'StorePaused', untilMs: number }
  | { kind: 'AddressNeeded' }
  | { kind: 'NotDeliverable', because: Localized | null }
  /** The address was never shown on the map. */
  | { kind: 'PlaceNeeded' }
  | { kind: 'OutOfRange', meters: number, rangeMeters: number }
  | { kind: 'BelowMinimum', minimumFen: number, missingFen: number }

export const obstacleCodes = [
  'StoreClosed', 'WayNotOffered', 'SlotGone', 'SlotFull', 'StorePaused', 'AddressNeeded', 'NotDeliverable', 'PlaceNeeded', 'OutOfRange', 'BelowMinimum',
] as const satisfies readonly Obstacle['kind'][]
