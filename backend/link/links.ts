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

/** Where a scene text leads. An unknown or disabled code still opens the shop. */
export async function arrive(world: World, scene: string, store: Promise<StoreDocument>): Promise<Arrival> {
  const link = await liveLink(world, scene)
  if (!link) return { kind: 'Unknown' }
  if (link.kind !== 'Table') return { kind: 'Link', linkId: link._id, storeId: link.storeId }
  const table = await tableOf(world, link)
  if (!table) return { kind: 'Unknown' }
  const hasSittings = rulesAt(await store, table) !== null || isTaken(table)
  return { kind: 'Table', linkId: link._id, tableName: table.name, storeId: table.storeId, hasSittings }
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
