import { done, refused } from '../../../contracts/outcome.ts'
import { above } from '../../database.ts'
import type { Where } from '../../database.ts'
import type { World } from '../../ports.ts'
import { auditIdOf, writeAudit } from '../../staff/audits.ts'
import { runningBill } from '../bill/rules.ts'
import { freeTables } from '../lookAfterSitting.ts'
import { takeBillBack } from '../payBill.ts'
import { GUESTS_KEPT_MS, isSeated, NEVER_MS } from '../rules.ts'
import { changeSitting, ofStore, sittings, stepped, tableNameOf, writeSitting } from '../sittings.ts'
import type { SittingDocument, Verdict } from '../sittings.ts'
import { unpaidFenOf, viewSitting } from '../viewSitting.ts'

const PAGE = 20

/** Ends a sitting and frees its tables: no phone that sat there can order any more. Refused while anything is unpaid. */
export async function clearTable(world: World, { sittingId }: { sittingId: string }, { openid }: { openid: string }) {
  if (!await ofStore(world, sittingId)) return refused('SittingUnknown')
  const cleared = await changeSitting(world, sittingId, (sitting): Verdict<'SittingUnknown' | 'BillUnpaid' | 'BillBeingPaid'> => {
    if (sitting.state === 'Cleared') return 'Same'
    if (!isSeated(sitting.state)) return { code: 'SittingUnknown' }
    if (sitting.bill || sitting.rounds.some(round => round.state === 'Unpaid')) return { code: 'BillBeingPaid' }
    if (unpaidFenOf(sitting) > 0) return { code: 'BillUnpaid' }
    const nowMs = world.clock.nowMs()
    return { set: { ...stepped(sitting, 'Cleared', nowMs, openid), dueAtMs: nowMs + GUESTS_KEPT_MS } }
  })
  if (!cleared) return refused('SittingUnknown')
  if ('code' in cleared) return refused(cleared.code)
  await freeTables(world, cleared)
  return done(null)
}

/** Takes a bill back, so that dishes can be added or taken off. */
export async function staffCancelBill(world: World, { sittingId }: { sittingId: string }) {
  const sitting = await ofStore(world, sittingId)
  if (!sitting || !isSeated(sitting.state)) return refused('SittingUnknown')
  const back = await takeBillBack(world, sittingId)
  return 'code' in back ? refused(back.code) : done(viewSitting(back, null))
}

/** They went away without paying: the table is free for others, and what they owe is written down. */
export async function markLeft(world: World, { sittingId, note }: { sittingId: string, note: string }, { openid }: { openid: string }) {
  const left = await world.database.transact(async (transaction) => {
    const sitting = await transaction.read<SittingDocument>('sittings', sittingId)
    if (sitting?.storeId !== world.settings.storeId) return { code: 'SittingUnknown' as const }
    if (sitting.state === 'LeftUnpaid') return sitting
    if (sitting.bill) return { code: 'BillBeingPaid' as const }
    const { totalFen } = runningBill(sitting)
    if (sitting.state !== 'Ordering' || totalFen === 0) return { code: 'NothingToPay' as const }
    const atMs = world.clock.nowMs()
    const audit = { _id: auditIdOf('MarkLeft', sittingId), what: 'MarkLeft' as const, by: openid, subject: sittingId, orderId: '', amountFen: totalFen, note }
    await writeAudit(world, transaction, audit)
    const update = { left: { note, by: openid, atMs }, ...stepped(sitting, 'LeftUnpaid', atMs, openid), dueAtMs: NEVER_MS }
    return writeSitting(world, transaction, sitting, update)
  })
  if ('code' in left) return refused(left.code)
  await freeTables(world, left)
  return done(null)
}

/** Those who went away without paying, the oldest first. */
export async function listLeft(world: World, { cursor }: { cursor?: string | undefined }) {
  const after: Where = cursor === undefined ? {} : { sortKey: above(cursor) }
  const where = { storeId: world.settings.storeId, state: 'LeftUnpaid', ...after }
  const found = await sittings(world).find({ where, sort: ['sortKey', 'asc'], limit: PAGE + 1 })
  const items = found.slice(0, PAGE).map(sitting => ({
    sittingId: sitting._id, tableName: tableNameOf(sitting), people: sitting.people, unpaidFen: runningBill(sitting).totalFen,
    note: sitting.left?.note ?? '', atMs: sitting.left?.atMs ?? sitting.updatedAtMs,
  }))
  return done({ items, nextCursor: found.length > PAGE ? found[PAGE - 1]!.sortKey : null })
}

/** The owner has seen to it, and writes down how. */
export async function resolveLeft(world: World, { sittingId, note }: { sittingId: string, note: string }, { openid }: { openid: string }) {
  const found = await world.database.transact(async (transaction) => {
    const sitting = await transaction.read<SittingDocument>('sittings', sittingId)
    if (sitting?.storeId !== world.settings.storeId || !sitting.left) return false
    if (sitting.state !== 'LeftUnpaid') return true
    const amountFen = runningBill(sitting).totalFen
    await writeAudit(world, transaction, {
      _id: auditIdOf('ResolveLeft', sittingId), what: 'ResolveLeft', by: openid, subject: sittingId, orderId: '', amountFen, note,
    })
    const nowMs = world.clock.nowMs()
    const step = stepped(sitting, 'Cleared', nowMs, openid)
    const left = { ...sitting.left, resolution: note }
    await writeSitting(world, transaction, sitting, { ...step, left, dueAtMs: nowMs + GUESTS_KEPT_MS })
    return true
  })
  return found ? done(null) : refused('SittingUnknown')
}
