import type { Localized } from '../../contracts/catalog.ts'
import type { TableRules } from '../../contracts/dining.ts'
import type { Collection } from '../database.ts'
import type { World } from '../ports.ts'
import type { StoreDocument } from '../store/stores.ts'

/** A table as it is kept. What it shows follows from the sitting at it: `sittingId` points there, and is no state. */
export interface TableDocument {
  _id: string
  storeId: string
  name: string
  area?: Localized
  seats?: number
  sort?: number
  /** What differs from the store's rules at this table. Without rules in either place everybody there orders and pays alone. */
  dining?: Partial<TableRules> | null
  isLocked?: boolean
  sittingId?: string | null
}

export const tables = (world: World): Collection<TableDocument> => world.database.collection<TableDocument>('tables')

/** How tables work where nobody says otherwise. */
export const usualTable: TableRules = { pay: 'First', opens: 'Auto', perPersonFen: 0, serviceBasisPoints: 0 }

/** Whether guests sit there. */
export const isTaken = ({ sittingId }: Pick<TableDocument, 'sittingId'>): boolean => typeof sittingId === 'string'

/** How a table works; null where there are no sittings, and where nobody eats in. */
export function rulesAt(store: Pick<StoreDocument, 'dining' | 'ways'>, table: Pick<TableDocument, 'dining'>): TableRules | null {
  if (store.ways?.includes('DineIn') === false) return null
  return store.dining || table.dining ? { ...usualTable, ...store.dining, ...table.dining } : null
}
