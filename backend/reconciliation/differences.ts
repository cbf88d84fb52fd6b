import type { IncidentKind } from '../../contracts/merchant.ts'
import { oneOf } from '../database.ts'
import { incidentIdOf, incidentOf, incidents } from '../incident/incidents.ts'
import type { IncidentDocument, NewIncident } from '../incident/incidents.ts'
import { incidentMachine } from '../incident/rules.ts'
import { assertMove } from '../machine.ts'
import { orders } from '../order/orders.ts'
import type { World } from '../ports.ts'
import { auditIdOf } from '../staff/audits.ts'
import { reconciliationIdOf } from './reconciliations.ts'
import type { ReconciliationDocument } from './reconciliations.ts'
import type { Difference } from './rules.ts'

/** Keeps differences for staff to look at, each once: a second look at the same day finds the same ids. */
export async function keepDifferences(
  world: World, { gateway, day }: ReconciliationDocument, differences: readonly Difference[],
): Promise<void> {
  const stores = await storesOf(world, differences)
  for (const { subject, ...difference } of differences) {
    await keep(world, subject, { ...difference, storeId: stores.get(difference.orderId) ?? null, facts: { gateway, day, subject } })
  }
}

/** The stores of the orders that differences are about, by the orders' ids. One database operation where there are any. */
async function storesOf(world: World, differences: readonly Difference[]): Promise<Map<string, string>> {
  const ids = [...new Set(differences.map(({ orderId }) => orderId).filter(id => id !== ''))]
  const found = ids.length === 0 ? [] : await orders(world).find({ where: { _id: oneOf(ids) }, limit: ids.length })
  return new Map(found.map(({ _id, storeId }) => [_id, storeId]))
}

/** The bill of a day that could not be had, for a person to fetch from the merchant platform. */
export async function keepMissingBill(world: World, { _id, gateway, day, said, startedAgain = 0 }: ReconciliationDocument): Promise<void> {
  const facts = { gateway, day, said }
  await keep(world, _id, { kind: 'BillMissing', storeId: null, orderId: '', outTradeNo: day, amountFen: 0, expectedFen: 0, facts })
  if (startedAgain > 0) await incidents(world).changeIf(missingBillIdOf(_id), { state: 'Open' }, { set: { facts, retriedAtMs: null } })
}

/** The bill is there after all, so nobody has to look for it. Nothing to do where it never lacked. */
export async function endMissingBill(world: World, { _id, startedAgain = 0 }: ReconciliationDocument): Promise<void> {
  if (startedAgain === 0) return
  assertMove(incidentMachine, 'Open', 'Resolved')
  const set = { state: 'Resolved', note: 'the bill came after all', resolvedBy: 'timer', retriedAtMs: null }
  await incidents(world).changeIf(missingBillIdOf(_id), { state: 'Open' }, { set })
}

const missingBillIdOf = (reconciliationId: string): string => incidentIdOf(idOf(reconciliationId), 'BillMissing')

/** The comparison whose bill an incident says is missing; null for an incident of another kind. */
export function comparisonOf({ kind, facts }: Pick<IncidentDocument, 'kind' | 'facts'>): string | null {
  if (kind !== 'BillMissing') return null
  const { gateway, day } = facts as Pick<ReconciliationDocument, 'gateway' | 'day'>
  return reconciliationIdOf(gateway, day)
}

/** Numbers that other systems made may hold characters that our ids do not. */
const idOf = (subject: string): string => /^[A-Za-z0-9_-]{1,40}$/.test(subject) ? subject : auditIdOf(subject)

async function keep(world: World, subject: string, incident: NewIncident & { kind: IncidentKind }): Promise<void> {
  const isNew = await incidents(world).add(incidentOf(world, idOf(subject), incident)) === 'Added'
  if (isNew) world.log.error('A bill and the shop differ', incident.kind, { subject, amountFen: incident.amountFen, expectedFen: incident.expectedFen })
}
