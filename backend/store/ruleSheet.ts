import { minutesOf } from '../../contracts/clock.ts'
import { ways as allWays } from '../../contracts/fulfilment.ts'
import type { Way } from '../../contracts/fulfilment.ts'
import type { StoreRules } from '../../contracts/storeRules.ts'
import type { FeeRules, WayFees } from '../pricing/fees.ts'
import { usualTable } from '../dining/tables.ts'
import { usualSlots } from './hours.ts'
import { beijingDay } from './rules.ts'
import type { StoreDocument } from './stores.ts'

/** What of a store its owner's rules are written in. */
export type RuledFields = Pick<StoreDocument,
  'hours' | 'week' | 'closedDays' | 'lastOrderMinutes' | 'slots' | 'resting' | 'autoAccept' | 'kitchen' | 'dining' | 'pointsPerYuan' | 'ways' | 'fees' | 'phone'
  | 'address' | 'latitude' | 'longitude' | 'notice' | 'rulesRevision'>

const WEEK_DAYS = 7

/** Whether anything is set for posting. */
export const hasFreight = ({ fees }: Pick<StoreDocument, 'fees'>): boolean => fees?.Express?.freight !== undefined

/**
 * A store's rules as its owner sees them; what it says nothing about is as usual. Closed days that have passed are left out.
 * `ownTables` are the tables with rules of their own. Pure.
 */
export function rulesOf(store: StoreDocument, nowMs: number, ownTables: string[] = []): StoreRules {
  const { week, hours, closedDays = [], kitchen, latitude, longitude } = store
  const everyDay = week ?? Array<StoreDocument['hours'][]>(WEEK_DAYS).fill([hours])
  return {
    resting: store.resting ?? null,
    week: Array.from({ length: WEEK_DAYS }, (_, day) => (everyDay[day] ?? []).filter(({ from, until }) => from !== until)),
    closedDays: closedDays.filter(({ day }) => day >= beijingDay(nowMs)),
    lastOrderMinutes: store.lastOrderMinutes ?? 0,
    isAutoAccepted: store.autoAccept !== false,
    slots: { ...usualSlots, ...store.slots } as StoreRules['slots'],
    kitchen: kitchen ? { slotPoints: kitchen.slotPoints, pauseAboveMinutes: kitchen.pauseAboveMinutes ?? null } : null,
    dining: store.dining ? { ...usualTable, ...store.dining } : null,
    ownTables,
    pointsPerYuan: store.pointsPerYuan ?? 0,
    ways: waysOf(store),
    takeAway: packingOf(store.fees?.TakeAway),
    delivery: { ...packingOf(store.fees?.Delivery), fee: store.fees?.Delivery?.delivery ?? null },
    phone: store.phone,
    address: store.address,
    place: { latitude, longitude },
    notice: store.notice,
  }
}

/** The ways that are switched on, of those for which anything is set. */
function waysOf(store: StoreDocument): StoreRules['ways'] {
  const isSet = (way: Way) => (way !== 'Delivery' || store.fees?.Delivery?.delivery !== undefined) && (way !== 'Express' || hasFreight(store))
  return allWays.filter(way => (store.ways?.includes(way) ?? true) && isSet(way))
}

const packingOf = ({ packaging, utensils }: WayFees = {}) => ({ packaging: packaging ?? null, utensils: utensils ?? null })

/** What to write into a store for its rules to be these, but for those of single tables. What they say nothing about stays. Pure. */
export function fieldsOf(rules: StoreRules, store: StoreDocument): RuledFields {
  const { resting, closedDays, lastOrderMinutes, slots, kitchen, dining, pointsPerYuan, phone, address, place, notice } = rules
  const week = rules.week.map(ranges => [...ranges].sort((one, other) => minutesOf(one.from) - minutesOf(other.from)))
  return {
    resting, week, closedDays, lastOrderMinutes, slots, dining, pointsPerYuan, phone, address, notice,
    hours: glanceOf(week, store.hours),
    autoAccept: rules.isAutoAccepted,
    kitchen: kitchen && {
      slotPoints: kitchen.slotPoints, ...kitchen.pauseAboveMinutes === null ? {} : { pauseAboveMinutes: kitchen.pauseAboveMinutes },
    },
    // The first of them is what a customer finds chosen.
    ways: allWays.filter(way => rules.ways.includes(way)),
    fees: feesFor(rules, store.fees ?? {}),
    latitude: place.latitude,
    longitude: place.longitude,
    rulesRevision: (store.rulesRevision ?? 0) + 1,
  }
}

/** The hours of the first day that has any; as they were where the store never opens. */
function glanceOf(week: StoreRules['week'], before: StoreDocument['hours']): StoreDocument['hours'] {
  const [first] = week.filter(ranges => ranges.length > 0)
  return first ? { from: first[0]!.from, until: first.at(-1)!.until } : before
}

function feesFor({ takeAway, delivery }: StoreRules, before: FeeRules): FeeRules {
  const given = ({ packaging, utensils }: StoreRules['takeAway']): WayFees =>
    ({ ...packaging ? { packaging } : {}, ...utensils ? { utensils } : {} })
  return {
    ...before,
    TakeAway: given(takeAway),
    Delivery: { ...given(delivery), ...delivery.fee ? { delivery: delivery.fee } : {} },
  }
}

/** The parts of the rules that differ, by their names. Pure. */
export const changedParts = (before: StoreRules, after: StoreRules): string[] =>
  (Object.keys(after) as (keyof StoreRules)[]).filter(part => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
