import * as v from 'valibot'
import { action } from './action.ts'
import type { Store } from './catalog.ts'

/** More stores than this are no small merchant's. */
export const storesMax = 50

export const storeActions = {
  /** Every store, in the merchant's order. How far each is, the phone works out: nobody here is told where it is. */
  stores: action<Store[]>()({ caller: 'anyone', input: v.strictObject({}), codes: [] }),
} as const
