import type { CodeOf, OutputOf } from '../../contracts/action.ts'
import type { SittingState } from '../../contracts/dining.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import { tableBehind } from '../link/links.ts'
import { sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { takesOrders } from '../store/hours.ts'
import { atStore, theStore } from '../store/stores.ts'
import type { StoreDocument } from '../store/stores.ts'
import { decideOpening, GUESTS_MAX, isSeated, OPEN_WITHOUT_ORDER_MS, termsOf, WAIT_FOR_STAFF_MS } from './rules.ts'
import { changeSitting, guestOf, seatedSitting, sittings, told } from './sittings.ts'
import type { SittingDocument, Verdict } from './sittings.ts'
import { rulesAt } from './tables.ts'
import type { TableDocument } from './tables.ts'
import { viewSitting } from './viewSitting.ts'

type Answer = Outcome<OutputOf<ShopActions['enterTable']>, CodeOf<ShopActions['enterTable']>>

/**
 * What scanning the code on a table does: joins those who sit there, or begins a sitting where the store's rule allows it.
 * Everybody at the table is told of a new phone. Scanning again changes nothing.
 */
export async function enterTable(world: World, openid: string, { linkId }: { linkId: string }): Promise<Answer> {
  const table = await tableBehind(world, linkId)
  if (!table) return refused('TableUnknown')
  const store = await theStore(atStore(world, table.storeId))
  // Who sits there stays at the table, whatever the store has decided since.
  const seated = await seatedAt(world, table)
  if (seated) return join(world, seated._id, openid, linkId)
  const rules = rulesAt(store, table)
  if (!rules) return refused('SittingsOff')
  const isOpen = takesOrders(store, world.clock.nowMs())
  const state = decideOpening(rules, { isOpen, isLocked: table.isLocked === true })
  if (state !== 'Open' && state !== 'Waiting') return refused(state)
  const sittingId = await begin(world, store, table, { state })
  return join(world, sittingId, openid, linkId)
}

/** The sitting at a table, if guests sit there. */
export async function seatedAt(world: World, { sittingId }: Pick<TableDocument, 'sittingId'>): Promise<SittingDocument | null> {
  const sitting = sittingId ? await sittings(world).read(sittingId) : null
  return sitting && isSeated(sitting.state) ? sitting : null
}

async function join(world: World, sittingId: string, openid: string, linkId: string): Promise<Answer> {
  const sitting = await changeSitting(world, sittingId, (found): Verdict<'TableNotCleared' | 'TableFull' | 'TableUnknown'> => {
    if (guestOf(found, openid)) return 'Same'
    if (!isSeated(found.state)) return { code: 'TableUnknown' }
    // Those before have paid and go: whoever comes now must not see their bill.
    if (found.state === 'ToBeCleared') return { code: 'TableNotCleared' }
    if (found.guests.length >= GUESTS_MAX) return { code: 'TableFull' }
    const number = Math.max(0, ...found.guests.map(guest => guest.number)) + 1
    const guests = [...found.guests, { openid, number, linkId, from: found._id }]
    return { set: { guests, ...told(found, 'Joined', { guest: number, atMs: world.clock.nowMs() }) } }
  })
  if (!sitting) return refused('TableUnknown')
  return 'code' in sitting ? refused(sitting.code) : done(viewSitting(sitting, openid))
}

interface Beginning { state: Extract<SittingState, 'Waiting' | 'Open'>, people?: number, by?: string }

/** Begins a sitting at a free table and answers its id; that of somebody else's who was quicker. */
export async function begin(world: World, store: StoreDocument, table: TableDocument, beginning: Beginning): Promise<string> {
  const id = world.random.hex(12)
  return world.database.transact(async (transaction) => {
    const now = await transaction.read<TableDocument>('tables', table._id)
    const other = now?.sittingId ? await transaction.read<SittingDocument>('sittings', now.sittingId) : null
    if (other && isSeated(other.state)) return other._id
    await transaction.add<SittingDocument>('sittings', draft(world, id, { store, table, beginning }))
    await transaction.change('tables', table._id, { set: { sittingId: id } })
    return id
  })
}

interface Draft { store: StoreDocument, table: TableDocument, beginning: Beginning }

function draft(world: World, id: string, { store, table, beginning: { state, people, by } }: Draft): SittingDocument {
  const nowMs = world.clock.nowMs()
  const rules = rulesAt(store, table)
  if (!rules) throw new Error(`Table ${table._id} has no sittings.`)
  const terms = termsOf(rules)
  return {
    _id: id, storeId: table.storeId, version: 1, state,
    tables: [{ tableId: table._id, name: table.name, from: id }],
    pay: rules.pay, terms, consents: [], guests: [],
    // Staff may count those who sit there; what is charged besides, guests agree to themselves.
    people: people !== undefined && terms.perPersonFen === 0 && terms.serviceBasisPoints === 0 ? people : null,
    cartVersion: 0, cart: [], rounds: [], bill: null, bills: 0, chargedPeople: 0, calls: [], news: [], newsCount: 0, requests: [],
    mergedInto: null, left: null,
    steps: [by === undefined ? { state, atMs: nowMs } : { state, atMs: nowMs, by }],
    sortKey: sortKeyOf(nowMs, id), openedAtMs: nowMs, updatedAtMs: nowMs,
    dueAtMs: nowMs + (state === 'Waiting' ? WAIT_FOR_STAFF_MS : OPEN_WITHOUT_ORDER_MS),
  }
}

/** What is new at the table; null when nothing is, for one document read. */
export async function tableNow(world: World, openid: string, { sittingId, version }: { sittingId: string, version?: number | undefined }) {
  const sitting = await seatedSitting(world, openid, sittingId)
  if (!sitting) return refused('NotSeated')
  return done(sitting._id === sittingId && sitting.version === version ? null : viewSitting(sitting, openid))
}
