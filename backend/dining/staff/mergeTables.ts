import { done, refused } from '../../../contracts/outcome.ts'
import type { Transaction } from '../../database.ts'
import type { World } from '../../ports.ts'
import { runningBill } from '../bill/rules.ts'
import { joined, parted } from '../merging/rules.ts'
import { BILL_LINES_MAX, DISHES_MAX, isSeated, NEVER_MS, ROUNDS_MAX, sameTerms } from '../rules.ts'
import { stepped, told, writeSitting } from '../sittings.ts'
import type { SittingDocument, Update } from '../sittings.ts'
import type { TableDocument } from '../tables.ts'
import { viewSitting } from '../viewSitting.ts'

interface Wish { sittingId: string, otherSittingId: string }
type Refusal = { code: 'SittingUnknown' | 'BillBeingPaid' | 'SittingsDiffer' | 'TooManyDishes' | 'NotMerged' | 'TableTaken' }

async function readBoth(world: World, transaction: Transaction, { sittingId, otherSittingId }: Wish) {
  const sitting = await transaction.read<SittingDocument>('sittings', sittingId)
  const other = await transaction.read<SittingDocument>('sittings', otherSittingId)
  const { storeId } = world.settings
  if (sitting?.storeId !== storeId || other?.storeId !== storeId || sittingId === otherSittingId) return null
  return isSeated(sitting.state) ? { sitting, other } : null
}

/** Two tables eat together from now on: one cart, one bill, all rounds of both. */
export async function mergeTables(world: World, wish: Wish) {
  const merged = await world.database.transact(async (transaction): Promise<SittingDocument | Refusal> => {
    const both = await readBoth(world, transaction, wish)
    if (!both || !isSeated(both.other.state)) return { code: 'SittingUnknown' }
    const { sitting, other } = both
    if (sitting.bill || other.bill) return { code: 'BillBeingPaid' }
    if (!areAlike(sitting, other)) return { code: 'SittingsDiffer' }
    const nowMs = world.clock.nowMs()
    const update = joined(sitting, other)
    if (isTooMuch({ ...sitting, ...update })) return { code: 'TooManyDishes' }
    const state = update.rounds!.length > 0 && sitting.state !== 'Ordering' ? stepped(sitting, 'Ordering', nowMs) : {}
    await writeSitting(world, transaction, other, { mergedInto: sitting._id, ...stepped(other, 'Merged', nowMs), dueAtMs: NEVER_MS })
    await pointTables(transaction, other.tables, sitting._id)
    const news = told(sitting, 'TablesMerged', { tableName: other.tables[0]!.name, atMs: nowMs })
    return writeSitting(world, transaction, sitting, { ...update, ...state, ...news })
  })
  return 'code' in merged ? refused(merged.code as 'SittingUnknown') : done(viewSitting(merged, null))
}

const areAlike = (one: SittingDocument, other: SittingDocument): boolean =>
  one.state !== 'Waiting' && other.state !== 'Waiting' && one.pay === other.pay && sameTerms(one.terms, other.terms)

function isTooMuch(sitting: SittingDocument): boolean {
  const dishes = sitting.rounds.reduce((sum, round) => sum + round.lines.length, 0)
  return sitting.rounds.length > ROUNDS_MAX || dishes > DISHES_MAX || runningBill(sitting).lines.length > BILL_LINES_MAX
}

async function pointTables(transaction: Transaction, tables: SittingDocument['tables'], sittingId: string): Promise<void> {
  for (const { tableId } of tables) {
    if (await transaction.read<TableDocument>('tables', tableId)) await transaction.change('tables', tableId, { set: { sittingId } })
  }
}

/** What came from the other table goes back there: its guests, their cart and their rounds. */
export async function unmergeTables(world: World, wish: Wish) {
  const apart = await world.database.transact(async (transaction): Promise<SittingDocument | Refusal> => {
    const both = await readBoth(world, transaction, wish)
    if (!both) return { code: 'SittingUnknown' }
    const { sitting, other } = both
    if (sitting.bill) return { code: 'BillBeingPaid' }
    if (other.state !== 'Merged' || other.mergedInto !== sitting._id) return { code: 'NotMerged' }
    const nowMs = world.clock.nowMs()
    const { stays, goes } = parted(sitting, other)
    const back: Update = { ...goes, mergedInto: null, ...stepped(other, stateOfParted({ ...other, ...goes }), nowMs) }
    const there = await writeSitting(world, transaction, other, { ...back, ...told(other, 'TablesParted', { atMs: nowMs }) })
    await pointTables(transaction, there.tables, other._id)
    const partedFrom = [...new Set([...sitting.partedFrom ?? [], other._id])]
    const news = told(sitting, 'TablesParted', { tableName: there.tables[0]!.name, atMs: nowMs })
    return writeSitting(world, transaction, sitting, { ...stays, partedFrom, ...news })
  })
  return 'code' in apart ? refused(apart.code as 'SittingUnknown') : done(viewSitting(apart, null))
}

function stateOfParted(sitting: SittingDocument): 'Open' | 'Ordering' | 'ToBeCleared' {
  if (sitting.rounds.length === 0) return 'Open'
  return sitting.pay === 'Later' && sitting.rounds.every(round => round.isPaid) ? 'ToBeCleared' : 'Ordering'
}
