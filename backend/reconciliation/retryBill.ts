import { done, refused } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import { isIncidentHere, viewIncident } from '../incident/incidents.ts'
import type { IncidentDocument } from '../incident/incidents.ts'
import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import { comparisonOf } from './differences.ts'
import type { ReconciliationDocument } from './reconciliations.ts'
import { reconciliationMachine } from './rules.ts'

/**
 * A day whose bill could not be had is asked about again, within a minute and as often as the first time. The incident stays
 * until the bill is there. Asking for it twice is no error.
 */
export async function retryBill(world: World, { incidentId }: { incidentId: string }, { openid }: { openid: string }) {
  const incident = await world.database.transact(transaction => startAgain(world, transaction, incidentId, openid))
  return incident ? done(viewIncident(incident)) : refused('IncidentUnknown')
}

async function startAgain(world: World, transaction: Transaction, incidentId: string, by: string): Promise<IncidentDocument | null> {
  const incident = await transaction.read<IncidentDocument>('incidents', incidentId)
  const subject = incident && comparisonOf(incident)
  if (!incident || subject === null || incident.state !== 'Open' || !isIncidentHere(world, incident)) return null
  const document = await transaction.read<ReconciliationDocument>('reconciliations', subject)
  if (!document) throw new Error(`The bill ${subject} is missing, and so is what should be compared with it.`)
  if (document.state !== 'Failed') return incident
  const nowMs = world.clock.nowMs()
  const startedAgain = (document.startedAgain ?? 0) + 1
  assertMove(reconciliationMachine, document.state, 'Waiting')
  await transaction.change('reconciliations', subject, {
    set: { state: 'Waiting', phase: 'Lines', cursor: '0', billHash: '', tries: 0, said: '', startedAgain, dueAtMs: nowMs, updatedAtMs: nowMs },
  })
  await transaction.change('incidents', incidentId, { set: { retriedAtMs: nowMs } })
  const row = { what: 'RetryBill' as const, by, subject: incidentId, orderId: '', amountFen: 0, note: '' }
  await writeAudit(world, transaction, { _id: auditIdOf('RetryBill', incidentId, String(startedAgain)), ...row })
  return { ...incident, retriedAtMs: nowMs }
}
