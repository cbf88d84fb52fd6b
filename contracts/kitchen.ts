import * as v from 'valibot'
import { action } from './action.ts'

/** How long an order takes from now, as it is told: rounded to five minutes. */
export interface WaitRange { fromMinutes: number, toMinutes: number }

/** What the kitchen can take on and has taken on, for staff. */
export interface KitchenView {
  /** Null where nobody has said how much the kitchen can make, and while nothing is taken any more. */
  wait: WaitRange | null
  /** What staff have added, and until when; 0 where they have not. */
  extraMinutes: number
  extraUntilMs: number | null
  /** Until when no orders are taken; null while they are. */
  pausedUntilMs: number | null
  /** The next quarters of an hour: points that are taken, of those that there are. Empty where nobody counts. */
  slots: { atMs: number, taken: number, points: number }[]
}

/** The most that staff can add. */
export const EXTRA_MINUTES_MAX = 60

/** Staff's hand on the kitchen. Each is the state that is wanted, so that a second tap changes nothing. */
export const kitchenActions = {
  /** Adds so much to every wait for half an hour; 0 takes it back. */
  setExtraWait: action<KitchenView>()({
    caller: 'clerk',
    input: v.strictObject({ minutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(EXTRA_MINUTES_MAX)) }),
    codes: [],
  }),
  /** Takes no orders for so many minutes, except for later; 0 takes them again. */
  pauseOrders: action<KitchenView>()({
    caller: 'clerk',
    input: v.strictObject({ minutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(240)) }),
    codes: [],
  }),
} as const
