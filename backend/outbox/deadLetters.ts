import { done, refused } from '../../contracts/outcome.ts'
import type { Change, Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import type { AuditDocument } from '../staff/audits.ts'
import { viewDeadLetter } from './outbox.ts'
import type { EffectDocument } from './outbox.ts'
import { effectMachine } from './rules.ts'

type Who = Pick<AuditDocument, '_id' | 'what' | 'by' | 'note'>

/** The timer tries it again, as often as a new one. Asking for it twice is no error. */
export async function retryEffect(world: World, { effectId }: { effectId: string }, { openid }: { openid: string }) {
  const audit = { _id: world.random.hex(12), what: 'RetryEffect' as const, by: openid, note: '' }
  const set = { tries: 0, nextAtMs: world.clock.nowMs() }
  return answer(await world.database.transact(transaction => moveDead(world, transaction, effectId, { to: 'Waiting', set, audit })))
}

/** Nobody tries it any more; the note says what was done instead. Dismissing twice is no error; the first note stays. */
export async function dismissEffect(world: World, { effectId, note }: { effectId: string, note: string }, { openid }: { openid: string }) {
  const audit = { _id: auditIdOf('DismissEffect', effectId), what: 'DismissEffect' as const, by: openid, note }
  return answer(await world.database.transact(transaction => moveDead(world, transaction, effectId, { to: 'Dismissed', set: { note }, audit })))
}

interface Move { to: 'Waiting' | 'Dismissed', set: Change['set'], audit: Who }

async function moveDead(world: World, transaction: Transaction, id: string, { to, set, audit }: Move): Promise<EffectDocument | null> {
  const effect = await transaction.read<EffectDocument>('outbox', id)
  if (effect?.storeId !== world.settings.storeId) return null
  if (effect.state !== 'Dead') return effect
  assertMove(effectMachine, effect.state, to)
  await transaction.change('outbox', id, { set: { ...set, state: to, updatedAtMs: world.clock.nowMs() } })
  await writeAudit(world, transaction, { ...audit, subject: id, orderId: effect.orderId, amountFen: 0 })
  return { ...effect, state: to }
}

const answer = (effect: EffectDocument | null) => effect ? done(viewDeadLetter(effect)) : refused('EffectUnknown')
