import type { Arrival, Localized } from '../../contracts/catalog.ts'
import { isTaken, rulesAt } from '../dining/tables.ts'
import type { TableDocument } from '../dining/tables.ts'
import type { World } from '../ports.ts'
import type { StoreDocument } from '../store/stores.ts'

/** What stands behind a printed code. Its id is random and short; what it opens can change after printing. */
export interface LinkDocument {
  _id: string
  kind: 'Table' | 'Poster' | 'Flyer'
  storeId: string
  /** For tables. */
  tableId?: string
  /** For everything else: where it hangs or lies, for the merchant's eyes. */
  name?: Localized
  disabled?: boolean
}

export type { TableDocument }

export interface SeatedAt { linkId: string, tableId: string, tableName: string }

/** What a scene text stands for: `table` is null where the code stands on none. */
export interface Code { linkId: string, storeId: string, table: TableDocument | null }

/** The code behind a scene text; null where nobody knows it, or it is disabled. One database operation, two for a table's. */
export async function codeBehind(world: World, scene: string): Promise<Code | null> {
  const link = await liveLink(world, scene)
  if (!link) return null
  if (link.kind !== 'Table') return { linkId: link._id, storeId: link.storeId, table: null }
  const table = await tableOf(world, link)
  return table && { linkId: link._id, storeId: table.storeId, table }
}

/** Where a code brings the customer, in its store. An unknown one still opens the shop. Pure. */
export function arrivalBy(code: Code | null, store: StoreDocument): Arrival {
  if (!code) return { kind: 'Unknown' }
  const { linkId, storeId, table } = code
  if (!table) return { kind: 'Link', linkId, storeId }
  return { kind: 'Table', linkId, tableName: table.name, storeId, hasSittings: rulesAt(store, table) !== null || isTaken(table) }
}

/** The table behind a code; null for every other code. Two database operations. */
export async function tableBehind(world: World, linkId: string): Promise<TableDocument | null> {
  const link = await liveLink(world, linkId)
  return link?.kind === 'Table' ? tableOf(world, link) : null
}

async function liveLink(world: World, id: string): Promise<LinkDocument | null> {
  const link = await world.database.collection<LinkDocument>('links').read(id)
  return link && !link.disabled ? link : null
}

async function tableOf(world: World, link: LinkDocument): Promise<TableDocument | null> {
  return link.tableId === undefined ? null : world.database.collection<TableDocument>('tables').read(link.tableId)
}
