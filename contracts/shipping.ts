import * as v from 'valibot'
import { action } from './action.ts'
import { Id, Quantity } from './fields.ts'
import type { BarOrder } from './merchant.ts'

const Pieces = v.strictObject({ line: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(49)), quantity: Quantity })

/** What stands on a parcel. `company` is a code of WeChat's delivery list, such as `ZTO`. */
const label = {
  company: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_]{1,32}$/)),
  trackingNumber: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{4,64}$/)),
}
/** A posted parcel. */
export const GivenParcel = v.strictObject({
  ...label,
  /** Which pieces are in it, by the places of their lines; needed only where there are several parcels. */
  lines: v.optional(v.pipe(v.array(Pieces), v.minLength(1), v.maxLength(50))),
})

/** WeChat takes at most 15 for one payment. Source: upload_shipping_info. */
export const GivenParcels = v.pipe(v.array(GivenParcel), v.minLength(1), v.maxLength(15))

/** Entered → Shipped, once corrected at most → Received; or Void, when all of the money went back. */
export type ShipmentState = 'Entered' | 'Shipped' | 'Correcting' | 'Corrected' | 'Received' | 'Void'

export interface ShipmentView {
  orderId: string
  state: ShipmentState
  parcels: { company: string, trackingNumber: string, lines: { line: number, quantity: number }[] }[]
  /** When WeChat took it; null until then. */
  shippedAtMs: number | null
  /** Whether staff may still enter it anew. */
  mayCorrect: boolean
  /** All orders that are in the same parcel, this one too; empty where it is alone. They are corrected together. */
  together: string[]
}

/** One parcel for several orders: more than anybody places before the post comes, few enough for one transaction. */
export const togetherMax = 10

/** Several orders of one person to one address, posted as one parcel under one number. */
export const shippingActions = {
  /** What could go into one parcel with this order: other orders of the same person to the same address, the oldest first. */
  ordersToShipWith: action<{ orders: BarOrder[] }>()({
    caller: 'clerk', input: v.strictObject({ orderId: Id }), codes: ['OrderUnknown', 'NothingToShip'],
  }),
  /** Ships all of them or none. NotTogether: they go to different people or addresses. */
  shipTogether: action<{ shipments: ShipmentView[] }>()({
    caller: 'clerk',
    input: v.strictObject({ orderIds: v.pipe(v.array(Id), v.minLength(2), v.maxLength(togetherMax)), ...label }),
    codes: ['OrderUnknown', 'NothingToShip', 'OrderNotPaid', 'NotTogether'],
  }),
  /** Mends company and number of a parcel with several orders, for all of them; WeChat takes that once. */
  correctTogether: action<{ shipments: ShipmentView[] }>()({
    caller: 'clerk',
    input: v.strictObject({ orderId: Id, ...label }),
    codes: ['OrderUnknown', 'NothingToShip', 'OrderNotShipped', 'NotTogether', 'ShippingCorrected', 'ShippingOver'],
  }),
} as const
