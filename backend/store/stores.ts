import type { Banner, Localized, Store, Whereabouts } from '../../contracts/catalog.ts'
import type { TableRules } from '../../contracts/dining.ts'
import type { HomeSection } from '../../contracts/home.ts'
import { done } from '../../contracts/outcome.ts'
import { storesMax } from '../../contracts/store.ts'
import type { Way } from '../../contracts/fulfilment.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import type { FeeRules } from '../pricing/fees.ts'
import { toldOf } from '../kitchen/kitchens.ts'
import type { Kitchen, KitchenNow, KitchenRules } from '../kitchen/rules.ts'
import { waysOffered } from '../fulfilment/rules.ts'
import { beijingDay } from './rules.ts'
import { hoursToday, opensNextAtMs, takesOrders, usualSlots } from './hours.ts'
import type { Opening } from './hours.ts'

/** A store as it is kept. */
export interface StoreDocument extends Opening {
  _id: string
  name: Localized
  address: Localized
  phone: string
  notice: Localized
  latitude: number
  longitude: number
  picture: string
  banners: Banner[]
  /** What is charged beside the goods; nothing where it says nothing. */
  fees?: FeeRules
  /** How its goods can go; every way that has its fees where it says nothing. */
  ways?: Way[]
  services?: Localized[]
  /** False where staff take each order on by hand; else money is enough. */
  autoAccept?: boolean
  /** Points that members earn for each whole yuan of goods; none where it says nothing. */
  pointsPerYuan?: number
  /** How its tables work, unless a table says otherwise; without, guests order and pay alone. */
  dining?: Partial<TableRules> | null
  /** What is promised for goods of the mall. */
  promises?: Localized[]
  /** Words that a search suggests before anything is typed. */
  hotWords?: Localized[]
  /** How the home screen is arranged; the usual way where it says nothing. */
  sections?: HomeSection[]
  /** How often the home screen was arranged. */
  homeRevision?: number
  /** How much its kitchen can make; without, nothing is ever full. */
  kitchen?: KitchenRules | null
  /** How often its owner has changed its rules. */
  rulesRevision?: number
  /** What staff say of the kitchen at this moment. */
  kitchenNow?: Partial<KitchenNow>
  /** Its place in a list without distances. */
  sort?: number
}

/** A phone may remember a store that is there no more: the door says so instead of breaking. */
export class StoreUnknown extends Error {
  constructor(storeId: string) {
    super(`No store "${storeId}" in the collection stores: set the shop up first.`)
  }
}

const stores = (world: World) => world.database.collection<StoreDocument>('stores')

/** The store that this call is about. Throws when there is none: a shop without a store was never set up. */
export async function theStore(world: World): Promise<StoreDocument> {
  const store = await stores(world).read(world.settings.storeId)
  if (!store) throw new StoreUnknown(world.settings.storeId)
  return store
}

/** Any store; null where it is there no more. One database operation. */
export const findStore = (world: World, storeId: string): Promise<StoreDocument | null> => stores(world).read(storeId)

/** The same world, in another of its stores. */
export const atStore = (world: World, storeId: string): World => ({ ...world, settings: { ...world.settings, storeId } })

/** Stores in the merchant's order: those with these ids, or every one where that is null. One database operation. */
export async function storesInOrder(world: World, ids: readonly string[] | null): Promise<StoreDocument[]> {
  const found = await stores(world).find({ where: ids === null ? {} : { _id: oneOf(ids) }, limit: storesMax })
  return [...found].sort((one, other) => (one.sort ?? 0) - (other.sort ?? 0))
}

/** How to reach a store; null where it is there no more. One database operation. */
export async function whereaboutsOf(world: World, storeId: string): Promise<Whereabouts | null> {
  const store = await findStore(world, storeId)
  if (!store) return null
  const { name, address, phone, latitude, longitude } = store
  return { name, address, phone, latitude, longitude }
}

/** Every store, in the merchant's order. One database operation. */
export async function listStores(world: World) {
  const nowMs = world.clock.nowMs()
  return done((await storesInOrder(world, null)).map(store => viewStore(store, nowMs)))
}

/** A store as its customers see it; with its kitchen they learn how long it takes. */
export function viewStore(store: StoreDocument, nowMs: number, kitchen: Kitchen | null = null): Store {
  const {
    _id, banners: _banners, fees: _fees, slots, sort: _sort, lastOrderMinutes: _lastOrderMinutes, autoAccept: _autoAccept,
    pointsPerYuan: _pointsPerYuan, dining: _dining, kitchen: _kitchen, kitchenNow: _kitchenNow, ...shown
  } = store
  const {
    promises: _promises, hotWords: _hotWords, sections: _sections, homeRevision: _homeRevision, rulesRevision: _rulesRevision,
    resting, ...rest
  } = shown
  return {
    ...rest,
    id: _id,
    hours: hoursToday(store, nowMs),
    closedDays: (rest.closedDays ?? []).filter(({ day }) => day >= beijingDay(nowMs)),
    isOpen: takesOrders(store, nowMs),
    opensAtMs: opensNextAtMs(store, nowMs),
    ...resting ? { resting } : {},
    mayPreorder: (slots ?? usualSlots).mayPreorder,
    ways: waysOffered(store),
    services: rest.services ?? [],
    ...kitchen ? toldOf(kitchen, nowMs) : {},
  }
}
