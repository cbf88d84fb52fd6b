import type { Role } from '../../contracts/member.ts'
import { done } from '../../contracts/outcome.ts'
import { afterSales, viewForStaff, withPhotos } from '../aftersale/afterSales.ts'
import { above, oneOf } from '../database.ts'
import type { Collection, Stored, Where } from '../database.ts'
import { incidents, viewIncident } from '../incident/incidents.ts'
import { outbox, viewDeadLetter } from '../outbox/outbox.ts'
import type { World } from '../ports.ts'
import { refunds, viewTrouble } from '../refund/refunds.ts'
import { TROUBLED } from '../refund/rules.ts'

const PAGE = 20

const requested = (world: World): Where => ({ storeId: world.settings.storeId, state: 'Requested' })
const troubled: Where = { state: oneOf(TROUBLED) }
const open: Where = { state: 'Open' }
const dead: Where = { state: 'Dead' }

interface Page { cursor?: string }

/** How much needs a person. Four database operations. */
export async function attention(world: World, { role }: { role: Role | null }) {
  const [waiting, stuck, unexplained, undone] = await Promise.all([
    afterSales(world).count(requested(world)),
    refunds(world).count(troubled),
    incidents(world).count(open),
    outbox(world).count(dead),
  ])
  return done({ afterSales: waiting, refunds: stuck, incidents: unexplained, deadLetters: undone, mayDecide: role === 'owner' })
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
  return done({ items: shown.map(view), nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null })
}
