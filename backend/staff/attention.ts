import type { Role } from '../../contracts/member.ts'
import type { AttentionCounts, AttentionList, AttentionTab } from '../../contracts/attention.ts'
import type { ListOf } from '../../contracts/merchant.ts'
import { done } from '../../contracts/outcome.ts'
import { afterSales, viewForStaff, withPhotos } from '../aftersale/afterSales.ts'
import { above, oneOf } from '../database.ts'
import type { Collection, Stored, Where } from '../database.ts'
import { incidents, viewIncident } from '../incident/incidents.ts'
import { outbox, viewDeadLetter } from '../outbox/outbox.ts'
import type { World } from '../ports.ts'
import { refunds, viewTrouble } from '../refund/refunds.ts'
import { TROUBLED } from '../refund/rules.ts'
import { checkShop } from '../setup/checkShop.ts'

const PAGE = 20

const requested = (world: World): Where => ({ storeId: world.settings.storeId, state: 'Requested' })
const troubled: Where = { state: oneOf(TROUBLED) }
const open: Where = { state: 'Open' }
const dead: Where = { state: 'Dead' }

interface Page { cursor?: string }

interface Reader { role: Role | null }

/**
 * The staff's page of what needs them: counts, and the first page of one tab. Five database operations, and those of the check.
 * Where collections are missing nothing else can be asked, and the owner is told of them.
 */
export async function attention(world: World, { tab, check: isAsked }: { tab: AttentionTab, check: boolean }, reader: Reader) {
  const check = isAsked && reader.role === 'owner' ? await checkShop(world) : null
  if (check?.findings.some(({ kind }) => kind === 'CollectionMissing')) {
    return done({ ...nothingKnown(reader), shown: { tab, items: [], nextCursor: null } as AttentionList, check })
  }
  const [counts, shown] = await Promise.all([countAttention(world, reader), firstPage(world, tab)])
  return done({ ...counts, shown, check })
}

const nothingKnown = ({ role }: Reader): AttentionCounts =>
  ({ afterSales: 0, refunds: 0, incidents: 0, deadLetters: 0, mayDecide: role === 'owner' })

/** How much needs a person. Four database operations. */
export async function countAttention(world: World, { role }: Reader): Promise<AttentionCounts> {
  const [waiting, stuck, unexplained, undone] = await Promise.all([
    afterSales(world).count(requested(world)),
    refunds(world).count(troubled),
    incidents(world).count(open),
    outbox(world).count(dead),
  ])
  return { afterSales: waiting, refunds: stuck, incidents: unexplained, deadLetters: undone, mayDecide: role === 'owner' }
}

async function firstPage(world: World, tab: AttentionTab): Promise<AttentionList> {
  switch (tab) {
    case 'afterSales': return { tab, ...(await listAfterSales(world, {})).value }
    case 'refunds': return { tab, ...(await listTroubledRefunds(world, {})).value }
    case 'incidents': return { tab, ...(await listIncidents(world, {})).value }
    case 'deadLetters': return { tab, ...(await listDeadLetters(world, {})).value }
  }
}

/** Requests that wait for an answer, the oldest first. */
export async function listAfterSales(world: World, page: Page) {
  const { value } = await listed(afterSales(world), requested(world), page, viewForStaff)
  return done({ ...value, items: await withPhotos(world, value.items) })
}

/** Refunds that do not go on without a person, the oldest first. */
export const listTroubledRefunds = (world: World, page: Page) => listed(refunds(world), troubled, page, viewTrouble)

/** Money that matches no order, the oldest first. */
export const listIncidents = (world: World, page: Page) => listed(incidents(world), open, page, viewIncident)

/** Effects that could not be carried out, the oldest first. */
export const listDeadLetters = (world: World, page: Page) => listed(outbox(world), dead, page, viewDeadLetter)

async function listed<D extends Stored & { sortKey: string }, Item>(
  collection: Collection<D>, where: Where, { cursor }: Page, view: (document: D) => Item,
) {
  const after: Where = cursor === undefined ? {} : { sortKey: above(cursor) }
  const found = await collection.find({ where: { ...where, ...after }, sort: ['sortKey', 'asc'], limit: PAGE + 1 })
  const shown = found.slice(0, PAGE)
  return done<ListOf<Item>>({ items: shown.map(view), nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null })
}
