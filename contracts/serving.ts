import * as v from 'valibot'
import { action } from './action.ts'
import { Id } from './fields.ts'
import type { BarOrder } from './merchant.ts'
import type { Receiver } from './address.ts'

const ofOrder = v.strictObject({ orderId: Id })

/** What the hands at the bar do between money and customer, beside calling out that it is ready. */
export const servingActions = {
  /** Takes an order on, where the store wants that, and begins it. */
  startMaking: action<BarOrder>()({ caller: 'clerk', input: ofOrder, codes: ['OrderUnknown', 'OrderNotPaid'] }),
  /** A courier has left with it. */
  setOut: action<BarOrder>()({ caller: 'clerk', input: ofOrder, codes: ['OrderUnknown', 'OrderNotReady'] }),
  /** Whom to call about a delivery or a parcel: lists show nobody's whole number. Who asked is written down. */
  receiver: action<Receiver>()({ caller: 'clerk', input: ofOrder, codes: ['OrderUnknown', 'NothingToShip'] }),
} as const
