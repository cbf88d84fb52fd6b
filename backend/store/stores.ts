import type { Banner, Localized, Store } from '../../contracts/catalog.ts'
import type { World } from '../ports.ts'
import type { FeeRules } from '../pricing/fees.ts'
import { isOpen } from './rules.ts'

/** A store as it is kept. */
export interface StoreDocument {
  _id: string
  name: Localized
  address: Localized
  phone: string
  hours: { from: string, until: string }
  notice: Localized
  latitude: number
  longitude: number
  picture: string
  banners: Banner[]
  /** What is charged beside the goods; nothing where it says nothing. */
  fees?: FeeRules
}

/** The shop's store. Throws when there is none: a shop without a store was never set up. */
export async function theStore(world: World): Promise<StoreDocument> {
  const store = await world.database.collection<StoreDocument>('stores').read(world.settings.storeId)
  if (!store) throw new Error(`No store "${world.settings.storeId}" in the collection stores: set the shop up first.`)
  return store
}

export const viewStore = ({ _id, banners: _banners, fees: _fees, ...rest }: StoreDocument, nowMs: number): Store =>
  ({ id: _id, ...rest, isOpen: isOpen(rest.hours, nowMs) })
