import type { TableRow } from '../../../contracts/tables.ts'
import { done, refused } from '../../../contracts/outcome.ts'
import { oneOf } from '../../database.ts'
import type { World } from '../../ports.ts'
import { theStore } from '../../store/stores.ts'
import { SEATED, tableState } from '../rules.ts'
import { ofStore, sittings } from '../sittings.ts'
import type { SittingDocument } from '../sittings.ts'
import { rulesAt, tables } from '../tables.ts'
import type { TableDocument } from '../tables.ts'
import { tickets } from '../tickets.ts'
import { openCalls, piecesOf, unpaidFenOf, viewSitting } from '../viewSitting.ts'

/** More tables than a small restaurant has. */
const TABLES_MAX = 100

/** Every table at which guests have sittings, or still sit, with the states that follow from those. Five database operations. */
export async function listTables(world: World) {
  const { storeId } = world.settings
  const [store, known, seated, newTickets, left] = await Promise.all([
    theStore(world),
    tables(world).find({ where: { storeId }, sort: ['sort', 'asc'], limit: TABLES_MAX }),
    sittings(world).find({ where: { storeId, state: oneOf(SEATED) }, limit: TABLES_MAX }),
    tickets(world).count({ storeId, state: 'New' }),
    sittings(world).count({ storeId, state: 'LeftUnpaid' }),
  ])
  const at = new Map(seated.flatMap(sitting => sitting.tables.map(table => [table.tableId, sitting] as const)))
  const rows = known.filter(table => at.has(table._id) || rulesAt(store, table)).map(table => viewTable(table, at.get(table._id) ?? null))
  return done({ tables: rows, calls: seated.reduce((sum, { calls }) => sum + openCalls(calls).length, 0), newTickets, left })
}

function viewTable(table: TableDocument, sitting: SittingDocument | null): TableRow {
  return {
    tableId: table._id,
    name: table.name,
    area: table.area ?? null,
    seats: table.seats ?? null,
    state: tableState(table, sitting),
    sittingId: sitting?._id ?? null,
    together: sitting?.tables.filter(one => one.tableId !== table._id).map(one => one.name) ?? [],
    people: sitting?.people ?? null,
    openedAtMs: sitting?.openedAtMs ?? null,
    unpaidFen: sitting ? unpaidFenOf(sitting) : 0,
    pieces: sitting ? piecesOf(sitting) : 0,
    calls: sitting ? openCalls(sitting.calls) : [],
  }
}

/** One sitting, for staff. */
export async function readSitting(world: World, { sittingId }: { sittingId: string }) {
  const sitting = await ofStore(world, sittingId)
  return sitting ? done(viewSitting(sitting, null)) : refused('SittingUnknown')
}
