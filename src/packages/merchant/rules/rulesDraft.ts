import { ways } from '@contracts/fulfilment.ts'
import { yuanOf } from '../typed'
import type { Range } from '@contracts/clock.ts'
import type { Localized } from '@contracts/catalog.ts'
import type { Way } from '@contracts/fulfilment.ts'
import type { StoreRules } from '@contracts/storeRules.ts'

/** What packing costs for one way, as it is typed. Amounts in yuan. */
export interface PackingDraft {
  packaging: 'None' | 'Piece' | 'Order'
  packagingFee: string
  asksUtensils: boolean
  freeSets: string
  setFee: string
}

export interface TierDraft { km: string, fee: string }
export interface ClosedDay { day: string, because: Localized }

/**
 * The rules of a store as they are typed: amounts in yuan, distances in kilometres, a charge in percent. What is switched off
 * keeps what was typed.
 */
export interface RulesDraft {
  week: Range[][]
  closedDays: ClosedDay[]
  lastOrder: string
  isAutoAccepted: boolean
  prepare: string
  countsKitchen: boolean
  slotPoints: string
  pauseAbove: string
  mayPreorder: boolean
  daysAhead: string
  every: '15' | '30' | '60'
  pay: 'Alone' | 'First' | 'Later'
  opens: 'Auto' | 'Staff'
  perPerson: string
  service: string
  ownTables: string[]
  points: string
  ways: StoreRules['ways']
  takeAway: PackingDraft
  delivery: PackingDraft
  /** Fees of delivery were set when the rules were read. */
  hasDelivery: boolean
  deliveryKind: 'Distance' | 'Fixed'
  deliveryFee: string
  tiers: TierDraft[]
  minimum: string
  freeFrom: string
  phone: string
  address: Localized
  place: StoreRules['place']
  notice: Localized
}

/** Nothing is typed where there is nothing. */
const orEmpty = (fen: number | null | undefined): string => fen ? yuanOf(fen) : ''

function packingDraftOf({ packaging, utensils }: StoreRules['takeAway']): PackingDraft {
  return {
    packaging: packaging?.per ?? 'None',
    packagingFee: orEmpty(packaging?.feeFen),
    asksUtensils: utensils !== null,
    freeSets: String(utensils?.freeSets ?? 1),
    setFee: yuanOf(utensils?.feeFen ?? 50),
  }
}

const kmOf = (meters: number): string => (meters / 1000).toString()

/** What an owner starts from who has never delivered. */
const firstTiers: TierDraft[] = [{ km: '1', fee: '3' }, { km: '3', fee: '5' }]

function deliveryDraftOf(fee: StoreRules['delivery']['fee']): Pick<RulesDraft, 'hasDelivery' | 'deliveryKind' | 'deliveryFee' | 'tiers' | 'minimum' | 'freeFrom'> {
  return {
    hasDelivery: fee !== null,
    deliveryKind: fee?.kind ?? 'Distance',
    deliveryFee: fee?.kind === 'Fixed' ? yuanOf(fee.feeFen) : '5',
    tiers: fee?.kind === 'Distance' ? fee.tiers.map(({ uptoMeters, feeFen }) => ({ km: kmOf(uptoMeters), fee: yuanOf(feeFen) })) : firstTiers,
    minimum: fee?.kind === 'Distance' ? orEmpty(fee.minimumFen) : '',
    freeFrom: orEmpty(fee?.freeFromFen),
  }
}

/** A store's rules to be changed. */
export function draftOf(rules: StoreRules): RulesDraft {
  const { slots, kitchen, dining } = rules
  return {
    week: rules.week,
    closedDays: rules.closedDays,
    lastOrder: String(rules.lastOrderMinutes),
    isAutoAccepted: rules.isAutoAccepted,
    prepare: String(slots.prepareMinutes),
    countsKitchen: kitchen !== null,
    slotPoints: String(kitchen?.slotPoints ?? 20),
    pauseAbove: kitchen?.pauseAboveMinutes ? String(kitchen.pauseAboveMinutes) : '',
    mayPreorder: slots.mayPreorder,
    daysAhead: String(slots.daysAhead),
    every: String(slots.everyMinutes) as RulesDraft['every'],
    pay: dining?.pay ?? 'Alone',
    opens: dining?.opens ?? 'Auto',
    perPerson: orEmpty(dining?.perPersonFen),
    service: orEmpty(dining?.serviceBasisPoints),
    ownTables: rules.ownTables,
    points: String(rules.pointsPerYuan),
    ways: rules.ways,
    takeAway: packingDraftOf(rules.takeAway),
    delivery: packingDraftOf(rules.delivery),
    ...deliveryDraftOf(rules.delivery.fee),
    phone: rules.phone,
    address: rules.address,
    place: rules.place,
    notice: rules.notice,
  }
}

/** The ways with one of them switched over. */
export const withSwitched = (offered: StoreRules['ways'], way: Way): StoreRules['ways'] =>
  ways.filter(one => one === way ? !offered.includes(way) : offered.includes(one))

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Whether anything was changed since it was read. */
export const isChangedFrom = (read: RulesDraft, draft: RulesDraft): boolean => !isSame(read, draft)

/** What somebody was changing, on the rules as they are by now: what they have not touched is the newest. */
export function onto(now: RulesDraft, read: RulesDraft, draft: RulesDraft): RulesDraft {
  const touched = (Object.keys(draft) as (keyof RulesDraft)[]).filter(name => !isSame(draft[name], read[name]))
  return { ...now, ...Object.fromEntries(touched.map(name => [name, draft[name]])) }
}
