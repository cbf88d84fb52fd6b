import * as v from 'valibot'
import { action } from './action.ts'
import type { Localized } from './catalog.ts'
import { Clock, Day, EndClock, overlappingDays } from './clock.ts'
import type { TableRules } from './dining.ts'
import { ways } from './fulfilment.ts'

/** A store's rules as its owner keeps them. Amounts in fen. Whatever stands here, the server holds to. */

export const rangesMax = 3
export const closedDaysMax = 40
export const tiersMax = 8
/** Nobody brings a cup of tea further than this. */
export const rangeMetersMax = 30_000
/** The most that anything beside the goods costs. */
export const feeFenMax = 20_000
/** The most that goods can have to come to. */
export const goalFenMax = 1_000_000
/** The most that is added for service, in hundredths of a percent. */
export const serviceMax = 3000
export const ownTablesMax = 200
/** The most points that a yuan brings. */
export const pointsMax = 100
export const storePhonePattern = /^\+?[0-9][0-9 -]{4,18}[0-9]$/

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))
const text = (min: number, max: number) => v.pipe(v.string(), v.trim(), v.minLength(min), v.maxLength(max))
/** English takes twice the letters. */
const words = (min: number, max: number) => v.strictObject({ zh: text(min, max), en: text(min, 2 * max) })

const FeeFen = whole(0, feeFenMax)
const GoalFen = whole(0, goalFenMax)

const Opened = v.pipe(v.strictObject({ from: Clock, until: EndClock }), v.check(({ from, until }) => from !== until))

/** From Sunday to Saturday. A day without a range is closed. */
const Week = v.pipe(
  v.array(v.pipe(v.array(Opened), v.maxLength(rangesMax))), v.length(7), v.check(week => overlappingDays(week).length === 0),
)

const ClosedDays = v.pipe(
  v.array(v.strictObject({ day: Day, because: words(0, 30) })), v.maxLength(closedDaysMax),
  v.check(days => new Set(days.map(({ day }) => day)).size === days.length),
)

/** How guests at tables order: null where everybody orders and pays alone. Nothing is charged beside dishes that are paid at once. */
const Dining = v.nullable(v.pipe(
  v.strictObject({
    pay: v.picklist(['First', 'Later']), opens: v.picklist(['Auto', 'Staff']), perPersonFen: FeeFen, serviceBasisPoints: whole(0, serviceMax),
  }),
  v.check(({ pay, perPersonFen, serviceBasisPoints }) => pay === 'Later' || (perPersonFen === 0 && serviceBasisPoints === 0)),
))

/** Null where nobody counts what the kitchen can make. */
const Kitchen = v.nullable(v.strictObject({ slotPoints: whole(1, 500), pauseAboveMinutes: v.nullable(whole(10, 240)) }))

const packing = {
  packaging: v.nullable(v.strictObject({ per: v.picklist(['Piece', 'Order']), feeFen: v.pipe(FeeFen, v.minValue(1)) })),
  utensils: v.nullable(v.strictObject({ freeSets: whole(0, 20), feeFen: FeeFen })),
}

/** Null where it is never free. */
const freeFromFen = v.nullable(v.pipe(GoalFen, v.minValue(1)))

const Tiers = v.pipe(
  v.array(v.strictObject({ uptoMeters: whole(100, rangeMetersMax), feeFen: FeeFen })), v.minLength(1), v.maxLength(tiersMax),
  v.check(tiers => tiers.every(({ uptoMeters }, index) => index === 0 || uptoMeters > tiers[index - 1]!.uptoMeters)),
)

const DeliveryFee = v.variant('kind', [
  v.strictObject({ kind: v.literal('Fixed'), feeFen: FeeFen, freeFromFen }),
  v.strictObject({ kind: v.literal('Distance'), tiers: Tiers, minimumFen: GoalFen, freeFromFen }),
])

export const StoreRules = v.pipe(
  v.strictObject({
    /** Takes no orders at all until the owner says so, and what customers read meanwhile; null while it works. */
    resting: v.nullable(words(1, 40)),
    week: Week,
    closedDays: ClosedDays,
    lastOrderMinutes: whole(0, 180),
    /** Money alone takes an order on; else staff do it by hand. */
    isAutoAccepted: v.boolean(),
    slots: v.strictObject({
      everyMinutes: v.picklist([15, 30, 60]), prepareMinutes: whole(5, 180), daysAhead: whole(0, 7), mayPreorder: v.boolean(),
    }),
    kitchen: Kitchen,
    dining: Dining,
    /** Tables that keep rules of their own, which win over the store's. One that is left out follows the store again. */
    ownTables: v.pipe(v.array(text(1, 64)), v.maxLength(ownTablesMax)),
    /** Points that members earn for each whole yuan of goods. */
    pointsPerYuan: whole(0, pointsMax),
    ways: v.pipe(v.array(v.picklist(ways)), v.maxLength(ways.length), v.check(offered => new Set(offered).size === offered.length)),
    takeAway: v.strictObject(packing),
    delivery: v.strictObject({ ...packing, fee: v.nullable(DeliveryFee) }),
    phone: v.pipe(v.string(), v.trim(), v.regex(storePhonePattern)),
    address: words(1, 60),
    /** GCJ-02 degrees: what distances are measured from. */
    place: v.strictObject({
      latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)), longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
    }),
    notice: words(0, 100),
  }),
  v.check(({ ways: offered, delivery }) => !offered.includes('Delivery') || delivery.fee !== null),
)
export type StoreRules = v.InferOutput<typeof StoreRules>

/** What an owner sees of a store's rules. */
export interface StoreRuleSheet {
  storeId: string
  name: Localized
  rules: StoreRules
  /** Counts the times that they were changed: whoever saves says which ones they began from. */
  revision: number
  /** Whether anything is set for posting: without, nothing can be posted. */
  hasFreight: boolean
  /** The tables that have rules of their own, with how they work. */
  ownTables: { id: string, name: string, dining: TableRules }[]
}

export const storeRuleActions = {
  storeRules: action<StoreRuleSheet>()({ caller: 'owner', input: v.strictObject({}), codes: [] }),
  /**
   * Puts all rules of the store in place of those of `revision`. Customers meet them with their next call; who sits at a table
   * keeps what they have agreed to. NoWayLeft: nothing could be had any more.
   */
  saveStoreRules: action<StoreRuleSheet>()({
    caller: 'owner',
    input: v.strictObject({ revision: whole(0, 1_000_000_000), rules: StoreRules }),
    codes: ['RulesChangedMeanwhile', 'NoFreight', 'NoWayLeft'],
  }),
} as const
