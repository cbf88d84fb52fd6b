import * as v from 'valibot'
import { action } from './action.ts'
import type { Address } from './address.ts'
import type { Store } from './catalog.ts'
import { Id } from './fields.ts'
import { Fulfilment } from './fulfilment.ts'
import type { Way } from './fulfilment.ts'
import { CartLines } from './order.ts'
import type { Quote } from './order.ts'

/** Sets of cutlery and straws. */
export const Utensils = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20))

/** All that the checkout shows. */
export interface CheckoutScreen {
  store: Store
  quote: Quote
  /** The ways in which all of these lines can go from this store. */
  ways: Way[]
  /** The one that was priced: the one that was asked for, or the first that can be; null when there is none. */
  way: Way | null
  /** The caller's own, the default first. */
  addresses: Address[]
  /** Where it goes, when it goes anywhere: the one that was named, or the default. */
  addressId: string | null
  /** When it can be wanted for, in ms, each the beginning of a quarter of an hour. */
  slots: number[]
  /** How long it takes from now, in minutes; null while the store is closed. */
  soonestMinutes: number | null
  /** Sets that cost nothing, and what each further one costs; null where nobody counts them. */
  utensils: { freeSets: number, feeFen: number } | null
}

/** The checkout in one call: prices what it is asked, and answers everything that can be chosen on the page. */
export const checkoutActions = {
  checkout: action<CheckoutScreen>()({
    caller: 'guest',
    input: v.strictObject({
      lines: CartLines,
      fulfilment: v.optional(Fulfilment),
      couponId: v.optional(Id),
      bestCoupon: v.optional(v.boolean()),
      utensils: v.optional(Utensils),
    }),
    codes: [],
  }),
} as const
