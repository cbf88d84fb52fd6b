import { done, refused } from '../../../contracts/outcome.ts'
import { oneOf } from '../../database.ts'
import type { World } from '../../ports.ts'
import { isSeated } from '../rules.ts'
import { tableNameOf, told, writeSitting } from '../sittings.ts'
import type { SittingDocument } from '../sittings.ts'
import type { TableDocument } from '../tables.ts'
import { tickets } from '../tickets.ts'
import { viewSitting } from '../viewSitting.ts'

type Code = 'SittingUnknown' | 'TableUnknown' | 'TableTaken' | 'TableLocked' | 'BillBeingPaid'

/** Guests go to a free table with all that they ordered, and the kitchen's open tickets with them. */
export async function moveTable(world: World, { sittingId, toTableId }: { sittingId: string, toTableId: string }) {
  const { storeId } = world.settings
  const moved = await world.database.transact(async (transaction): Promise<SittingDocument | { code: Code }> => {
    const sitting = await transaction.read<SittingDocument>('sittings', sittingId)
    const to = await transaction.read<TableDocument>('tables', toTableId)
    if (sitting?.storeId !== storeId || !isSeated(sitting.state)) return { code: 'SittingUnknown' }
    if (to?.storeId !== storeId) return { code: 'TableUnknown' }
    if (sitting.bill) return { code: 'BillBeingPaid' }
    const [from, ...others] = sitting.tables
    if (sitting.tables.some(table => table.tableId === toTableId)) return { code: 'TableTaken' }
    const there = to.sittingId ? await transaction.read<SittingDocument>('sittings', to.sittingId) : null
    if (there && isSeated(there.state)) return { code: 'TableTaken' }
    if (to.isLocked) return { code: 'TableLocked' }
    const left = await transaction.read<TableDocument>('tables', from!.tableId)
    if (left) await transaction.change('tables', from!.tableId, { set: { sittingId: null } })
    await transaction.change('tables', toTableId, { set: { sittingId } })
    const tables = [{ tableId: toTableId, name: to.name, from: from!.from }, ...others]
    return writeSitting(world, transaction, sitting, { tables, ...told(sitting, 'Moved', { tableName: to.name, atMs: world.clock.nowMs() }) })
  })
  if ('code' in moved) return refused(moved.code)
  await renameTickets(world, moved)
  return done(viewSitting(moved, null))
}

/** What is not carried out yet goes to where the guests sit now. */
async function renameTickets(world: World, sitting: SittingDocument): Promise<void> {
  const ids = sitting.rounds.filter(round => round.kitchen === 'New' || round.kitchen === 'Doing').map(round => round.id)
  if (ids.length === 0) return
  const tableName = tableNameOf(sitting)
  for (const ticket of await tickets(world).find({ where: { _id: oneOf(ids) }, limit: ids.length })) {
    await tickets(world).changeIf(ticket._id, {}, { set: { tableName } })
  }
}
