import type { Role } from '../../contracts/member.ts'
import { attentionPage } from '../../contracts/attention.ts'
import type { AttentionCounts, AttentionList, AttentionTab, ShopFindingKind } from '../../contracts/attention.ts'
import type { ListOf } from '../../contracts/merchant.ts'
import { done } from '../../contracts/outcome.ts'
import { afterSales, viewForStaff, withPhotos } from '../aftersale/afterSales.ts'
import { above, oneOf } from '../database.ts'
import type { Collection, Stored, Where } from '../database.ts'
import { incidents, openIncidents, viewIncident } from '../incident/incidents.ts'
import { outbox, viewDeadLetter } from '../outbox/outbox.ts'
import type { World } from '../ports.ts'
import { refunds, viewTrouble } from '../refund/refunds.ts'
import { TROUBLED } from '../refund/rules.ts'
import { checkShop } from '../setup/checkShop.ts'
import { workplaceOf } from './workplace.ts'

// Each of them is one store's: of the one that the call is about.
const requested = ({ settings: { storeId } }: World): Where => ({ storeId, state: 'Requested' })
const troubled = ({ settings: { storeId } }: World): Where => ({ storeId, state: oneOf(TROUBLED) })
const dead = ({ settings: { storeId } }: World): Where => ({ storeId, state: 'Dead' })

/** From a cursor on, or from the beginning; one page unless told. */
interface Piece { cursor?: string, pages?: number }

interface Reader { role: Role | null, storeIds?: readonly string[] | null }

interface Asked { tab: AttentionTab, pages: number, check: boolean, place: boolean }

/**
 * The staff's page of what needs them: counts, and the first pages of one tab. Five database operations, one more for the place,
 * and those of the check. Where collections are missing nothing else can be asked, and the owner is told of them; a shop without
 * its first store is no place yet.
 */
export async function attention(world: World, { tab, pages, check: isChecked, place }: Asked, reader: Reader) {
  const check = isChecked && reader.role === 'owner' ? await checkShop(world) : null
  const lacks = (wanted: ShopFindingKind) => check !== null && check.findings.some(({ kind }) => kind === wanted)
  if (lacks('CollectionMissing')) {
    return done({ ...nothingKnown(reader), shown: { tab, items: [], nextCursor: null } as AttentionList, check, workplace: null })
  }
  const isFirst = world.settings.storeId === world.settings.mainStoreId
  const [counts, shown, workplace] = await Promise.all([
    countAttention(world, reader), listOf(world, tab, { pages }, reader),
    place && !(isFirst && lacks('StoreMissing')) ? workplaceOf(world, reader.storeIds ?? null) : null,
  ])
  return done({ ...counts, shown, check, workplace })
}

const nothingKnown = ({ role }: Reader): AttentionCounts =>
  ({ afterSales: 0, refunds: 0, incidents: 0, deadLetters: 0, mayDecide: role === 'owner' })

/** How much needs a person in this store. Four database operations. */
export async function countAttention(world: World, { role }: Pick<Reader, 'role'>): Promise<AttentionCounts> {
  const [waiting, stuck, unexplained, undone] = await Promise.all([
    afterSales(world).count(requested(world)),
    refunds(world).count(troubled(world)),
    incidents(world).count(openIncidents(world, role)),
    outbox(world).count(dead(world)),
  ])
  return { afterSales: waiting, refunds: stuck, incidents: unexplained, deadLetters: undone, mayDecide: role === 'owner' }
}

async function listOf(world: World, tab: AttentionTab, piece: Piece, reader: Reader): Promise<AttentionList> {
  switch (tab) {
    case 'afterSales': return { tab, ...(await listAfterSales(world, piece)).value }
    case 'refunds': return { tab, ...(await listTroubledRefunds(world, piece)).value }
    case 'incidents': return { tab, ...(await listIncidents(world, piece, reader)).value }
    case 'deadLetters': return { tab, ...(await listDeadLetters(world, piece)).value }
  }
}

/** Requests that wait for an answer, the oldest first. */
export async function listAfterSales(world: World, piece: Piece) {
  const { value } = await listed(afterSales(world), requested(world), piece, viewForStaff)
  return done({ ...value, items: await withPhotos(world, value.items) })
}

/** Refunds that do not go on without a person, the oldest first. */
export const listTroubledRefunds = (world: World, piece: Piece) => listed(refunds(world), troubled(world), piece, viewTrouble)

/** Money that matches no order, the oldest first. */
export const listIncidents = (world: World, piece: Piece, { role }: Pick<Reader, 'role'>) =>
  listed(incidents(world), openIncidents(world, role), piece, viewIncident)

/** Effects that could not be carried out, the oldest first. */
export const listDeadLetters = (world: World, piece: Piece) => listed(outbox(world), dead(world), piece, viewDeadLetter)

async function listed<D extends Stored & { sortKey: string }, Item>(
  collection: Collection<D>, where: Where, { cursor, pages = 1 }: Piece, view: (document: D) => Item,
) {
  const after: Where = cursor === undefined ? {} : { sortKey: above(cursor) }
  const most = pages * attentionPage
  const found = await collection.find({ where: { ...where, ...after }, sort: ['sortKey', 'asc'], limit: most + 1 })
  const shown = found.slice(0, most)
  return done<ListOf<Item>>({ items: shown.map(view), nextCursor: found.length > most ? shown.at(-1)!.sortKey : null })
}
