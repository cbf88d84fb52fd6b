import * as v from 'valibot'
import { Quantity } from './fields.ts'

const Pieces = v.strictObject({ line: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(49)), quantity: Quantity })

/** A posted parcel. `company` is a code of WeChat's delivery list, such as `ZTO`. */
export const GivenParcel = v.strictObject({
  company: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_]{1,32}$/)),
  trackingNumber: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{4,64}$/)),
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
}
