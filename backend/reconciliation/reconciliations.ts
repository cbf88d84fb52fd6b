import { oneOf } from '../database.ts'
import type { Collection } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { Gateway, World } from '../ports.ts'
import { billDays, billReadyAtMs, billRetryDelayMs, noTotals, reconciliationMachine } from './rules.ts'
import type { DayTotals, ReconciliationState } from './rules.ts'

/** One day of one gateway, compared with WeChat's bill. Kept, also where nothing differed: it is the proof that it was done. */
export interface ReconciliationDocument {
  _id: string
  gateway: Gateway
  /** The Beijing day, `yyyyMMdd`. */
  day: string
  state: ReconciliationState
  /** First the lines of the bill, then our payments, then our refunds; `cursor` is how far, within the phase. */
  phase: Phase
  cursor: string
  /** Of the bill that is being compared: another one is compared from the start. */
  billHash: string
  totals: DayTotals
  /** What a person has to look at, and what was set right without one. */
  differences: number
  healed: number
  tries: number
  /** How often the owner had it tried again after it had failed. */
  startedAgain?: number
  /** Why it did not go on. */
  said: string
  dueAtMs: number
  createdAtMs: number
  updatedAtMs: number
}

export type Phase = 'Lines' | 'Payments' | 'Refunds'

export const reconciliations = (world: World): Collection<ReconciliationDocument> =>
  world.database.collection<ReconciliationDocument>('reconciliations')

export const reconciliationIdOf = (gateway: Gateway, day: string): string => `${gateway}_${day}`

/** Makes a document for each gateway and each of the last days that has none. One database operation where all are there. */
export async function planReconciliations(world: World): Promise<number> {
  const gateways = Object.keys(world.gateways) as Gateway[]
  const wanted = billDays(world.clock.nowMs()).flatMap(day => gateways.map(gateway => planned(world, gateway, day)))
  const known = await reconciliations(world).find({ where: { _id: oneOf(wanted.map(({ _id }) => _id)) }, limit: wanted.length })
  const missing = wanted.filter(({ _id }) => !known.some(one => one._id === _id))
  for (const document of missing) await reconciliations(world).add(document)
  return missing.length
}

/** Days that wait are taken up in the order in which their bills came, so the older ones first. */
function planned(world: World, gateway: Gateway, day: string): ReconciliationDocument {
  const nowMs = world.clock.nowMs()
  return {
    _id: reconciliationIdOf(gateway, day), gateway, day, state: 'Waiting', phase: 'Lines', cursor: '0', billHash: '', totals: noTotals,
    differences: 0, healed: 0, tries: 0, said: '', dueAtMs: billReadyAtMs(day), createdAtMs: nowMs, updatedAtMs: nowMs,
  }
}

/**
 * Moves the work on, if nobody else has meanwhile: a state along its edge, or the cursor. Null for whoever was slower, who
 * stops then; what both of them found was kept once.
 */
export async function advance(
  world: World, document: ReconciliationDocument, set: Partial<ReconciliationDocument>,
): Promise<ReconciliationDocument | null> {
  const { _id, state, phase, cursor, billHash } = document
  if (set.state !== undefined && set.state !== state) assertMove(reconciliationMachine, state, set.state)
  const change = { ...set, updatedAtMs: world.clock.nowMs() }
  const isOurs = await reconciliations(world).changeIf(_id, { state, phase, cursor, billHash }, { set: change })
  return isOurs ? { ...document, ...change } : null
}

/** Notes why it does not go on, and when to try again: later each time. */
export async function tryLater(world: World, document: ReconciliationDocument, said: string): Promise<null> {
  const tries = document.tries + 1
  world.log.warn('A day could not be compared with its bill yet', { reconciliation: document._id, because: said, tries })
  await advance(world, document, { tries, said, dueAtMs: world.clock.nowMs() + billRetryDelayMs(tries) })
  return null
}
