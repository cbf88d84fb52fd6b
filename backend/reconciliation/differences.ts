import type { IncidentKind } from '../../contracts/merchant.ts'
import { incidentOf, incidents } from '../incident/incidents.ts'
import type { NewIncident } from '../incident/incidents.ts'
import type { World } from '../ports.ts'
import { auditIdOf } from '../staff/audits.ts'
import type { ReconciliationDocument } from './reconciliations.ts'
import type { Difference } from './rules.ts'

/** Keeps differences for staff to look at, each once: a second look at the same day finds the same ids. */
export async function keepDifferences(
  world: World, { gateway, day }: ReconciliationDocument, differences: readonly Difference[],
): Promise<void> {
  for (const { subject, ...difference } of differences) await keep(world, subject, { ...difference, facts: { gateway, day, subject } })
}

/** The bill of a day that could not be had, for a person to fetch from the merchant platform. */
export async function keepMissingBill(world: World, { _id, gateway, day, said }: ReconciliationDocument): Promise<void> {
  await keep(world, _id, { kind: 'BillMissing', orderId: '', outTradeNo: day, amountFen: 0, expectedFen: 0, facts: { gateway, day, said } })
}

/** Numbers that other systems made may hold characters that our ids do not. */
const idOf = (subject: string): string => /^[A-Za-z0-9_-]{1,40}$/.test(subject) ? subject : auditIdOf(subject)

async function keep(world: World, subject: string, incident: NewIncident & { kind: IncidentKind }): Promise<void> {
  const isNew = await incidents(world).add(incidentOf(world, idOf(subject), incident)) === 'Added'
  if (isNew) world.log.error('A bill and the shop differ', incident.kind, { subject, amountFen: incident.amountFen, expectedFen: incident.expectedFen })
}
