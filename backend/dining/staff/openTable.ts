import { done, refused } from '../../../contracts/outcome.ts'
import type { World } from '../../ports.ts'
import { theStore } from '../../store/stores.ts'
import { begin, seatedAt } from '../enterTable.ts'
import { OPEN_WITHOUT_ORDER_MS } from '../rules.ts'
import { changeSitting, sittings, stepped } from '../sittings.ts'
import type { Verdict } from '../sittings.ts'
import { rulesAt, tables } from '../tables.ts'
import type { TableDocument } from '../tables.ts'
import { viewSitting } from '../viewSitting.ts'

export async function tableOfStore(world: World, tableId: string): Promise<TableDocument | null> {
  const table = await tables(world).read(tableId)
  return table?.storeId === world.settings.storeId ? table : null
}

/** Opens a free table, or the one at which guests wait to be let in. Opening what is open and empty changes nothing. */
export async function openTable(
  world: World, { tableId, people }: { tableId: string, people?: number | undefined }, { openid }: { openid: string },
) {
  const table = await tableOfStore(world, tableId)
  if (!table) return refused('TableUnknown')
  const store = await theStore(world)
  if (!rulesAt(store, table)) return refused('SittingsOff')
  const seated = await seatedAt(world, table)
  if (!seated && table.isLocked) return refused('TableLocked')
  const sittingId = seated?._id ?? await begin(world, store, table, { state: 'Open', by: openid, ...people === undefined ? {} : { people } })
  const opened = await changeSitting(world, sittingId, (sitting): Verdict<'TableTaken'> => {
    if (sitting.state === 'Open') return 'Same'
    if (sitting.state !== 'Waiting') return { code: 'TableTaken' }
    const nowMs = world.clock.nowMs()
    return { set: { ...stepped(sitting, 'Open', nowMs, openid), dueAtMs: nowMs + OPEN_WITHOUT_ORDER_MS, openedAtMs: nowMs } }
  })
  if (!opened) return refused('TableUnknown')
  return 'code' in opened ? refused(opened.code) : done(viewSitting(opened, null))
}

/** Keeps guests from a table, or lets them sit there again. Nobody is locked in: a table with guests cannot be locked. */
export async function lockTable(world: World, { tableId, isLocked }: { tableId: string, isLocked: boolean }) {
  const table = await tableOfStore(world, tableId)
  if (!table) return refused('TableUnknown')
  if (isLocked && await seatedAt(world, table)) return refused('TableTaken')
  await tables(world).changeIf(tableId, { storeId: world.settings.storeId }, { set: { isLocked } })
  return done(null)
}

/** A call was answered. Again changes nothing. */
export async function answerCall(world: World, { sittingId, callId }: { sittingId: string, callId: string }) {
  const known = await sittings(world).read(sittingId)
  if (known?.storeId !== world.settings.storeId) return refused('SittingUnknown')
  await changeSitting<never>(world, sittingId, (sitting) => {
    if (!sitting.calls.some(call => call.id === callId && call.doneAtMs === null)) return 'Same'
    const doneAtMs = world.clock.nowMs()
    return { set: { calls: sitting.calls.map(call => call.id === callId ? { ...call, doneAtMs } : call) } }
  })
  return done(null)
}
