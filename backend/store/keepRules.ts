import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import { ownTablesMax } from '../../contracts/storeRules.ts'
import type { StoreRuleSheet, storeRuleActions } from '../../contracts/storeRules.ts'
import type { Transaction } from '../database.ts'
import { tables, usualTable } from '../dining/tables.ts'
import type { TableDocument } from '../dining/tables.ts'
import type { World } from '../ports.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import { changedParts, fieldsOf, hasFreight, rulesOf } from './ruleSheet.ts'
import { StoreUnknown, theStore } from './stores.ts'
import type { StoreDocument } from './stores.ts'

type Saving = typeof storeRuleActions.saveStoreRules
type Wish = ParsedOf<Saving>
type Answer = Outcome<OutputOf<Saving>, CodeOf<Saving>>

/** The rules of this store. Two database operations, side by side. */
export async function readStoreRules(world: World) {
  const [store, ownTables] = await Promise.all([theStore(world), tablesOfTheirOwn(world)])
  return done(sheetOf(world, store, ownTables))
}

/** Puts the rules of this store in place of those that its owner has read, with a row of who did it. */
export async function saveStoreRules(world: World, wish: Wish, { openid }: { openid: string }): Promise<Answer> {
  const ownTables = await tablesOfTheirOwn(world)
  return world.database.transact(transaction => save(world, transaction, wish, { openid, ownTables }))
}

async function save(
  world: World, transaction: Transaction, { revision, rules }: Wish, { openid, ownTables }: { openid: string, ownTables: TableDocument[] },
): Promise<Answer> {
  const { storeId } = world.settings
  const store = await transaction.read<StoreDocument>('stores', storeId)
  if (!store) throw new StoreUnknown(storeId)
  if ((store.rulesRevision ?? 0) !== revision) return refused('RulesChangedMeanwhile')
  if (rules.ways.includes('Express') && !hasFreight(store)) return refused('NoFreight')
  if (rules.ways.length === 0) return refused('NoWayLeft')
  const before = rulesOf(store, world.clock.nowMs(), ownTables.map(({ _id }) => _id))
  const set = fieldsOf(rules, store)
  await transaction.change('stores', storeId, { set: { ...set } })
  const kept = ownTables.filter(({ _id }) => rules.ownTables.includes(_id))
  for (const { _id } of ownTables) if (!rules.ownTables.includes(_id)) await transaction.change('tables', _id, { set: { dining: null } })
  const after = { ...rules, ownTables: kept.map(({ _id }) => _id) }
  await writeAudit(world, transaction, {
    _id: auditIdOf('ChangeStoreRules', storeId, String(set.rulesRevision)), what: 'ChangeStoreRules', by: openid, subject: storeId,
    orderId: '', amountFen: 0, note: changedParts(before, after).join(' '),
  })
  return done(sheetOf(world, { ...store, ...set }, kept))
}

function sheetOf(world: World, store: StoreDocument, ownTables: TableDocument[]): StoreRuleSheet {
  return {
    storeId: store._id, name: store.name, rules: rulesOf(store, world.clock.nowMs(), ownTables.map(({ _id }) => _id)),
    revision: store.rulesRevision ?? 0, hasFreight: hasFreight(store),
    ownTables: ownTables.map(({ _id, name, dining }) => ({ id: _id, name, dining: { ...usualTable, ...store.dining, ...dining } })),
  }
}

/** The tables of this store that have rules of their own, in their order. */
async function tablesOfTheirOwn(world: World): Promise<TableDocument[]> {
  const found = await tables(world).find({ where: { storeId: world.settings.storeId }, sort: ['sort', 'asc'], limit: ownTablesMax })
  return found.filter(({ dining }) => dining && Object.keys(dining).length > 0)
}
