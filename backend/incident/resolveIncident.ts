import { done, refused } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import { isIncidentHere, viewIncident } from './incidents.ts'
import type { IncidentDocument } from './incidents.ts'
import { incidentMachine } from './rules.ts'

/** The owner of its store, or of the shop, has looked, and says what was done. Resolving twice is no error; the first note stays. */
export async function resolveIncident(world: World, input: { incidentId: string, note: string }, by: { openid: string }) {
  const incident = await world.database.transact(transaction => resolve(world, transaction, input, by.openid))
  return incident ? done(viewIncident(incident)) : refused('IncidentUnknown')
}

async function resolve(world: World, transaction: Transaction, { incidentId, note }: { incidentId: string, note: string }, by: string) {
  const incident = await transaction.read<IncidentDocument>('incidents', incidentId)
  if (!incident || !isIncidentHere(world, incident)) return null
  if (incident.state === 'Resolved') return incident
  assertMove(incidentMachine, incident.state, 'Resolved')
  await transaction.change('incidents', incidentId, { set: { state: 'Resolved', note, resolvedBy: by } })
  const { orderId, amountFen } = incident
  await writeAudit(world, transaction, { _id: auditIdOf('ResolveIncident', incidentId), what: 'ResolveIncident', by, subject: incidentId, orderId, amountFen, note })
  return incident
}
