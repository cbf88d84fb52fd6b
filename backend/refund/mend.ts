import type { RefundState } from '../../contracts/order.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { tellAfterSale } from '../aftersale/followRefund.ts'
import type { Transaction } from '../database.ts'
import { assertMove, canMove } from '../machine.ts'
import type { AttemptDocument } from '../payment/attempts.ts'
import type { World } from '../ports.ts'
import { auditIdOf, writeAudit } from '../staff/audits.ts'
import type { AuditDocument } from '../staff/audits.ts'
import { payOut } from './payOut.ts'
import { addRefund, countLater, refunds, viewTrouble } from './refunds.ts'
import type { RefundDocument } from './refunds.ts'
import { refundMachine, REFUNDS_MAX } from './rules.ts'

type Who = Pick<AuditDocument, '_id' | 'what' | 'by'>
type Mended = { code: 'RefundUnknown' | 'RefundNotInTrouble' | 'TooManyRefunds' } | { outRefundNo: string }

/**
 * Asks WeChat again at once. A number that WeChat has given up is dead, so its money is asked for under the next one; every
 * other refund keeps its number, under which WeChat pays once whatever happens.
 */
export async function retryRefund(world: World, { refundId }: { refundId: string }, { openid }: { openid: string }) {
  const audit = { _id: world.random.hex(12), what: 'RetryRefund' as const, by: openid }
  const outcome = await world.database.transact(transaction => askAgain(world, transaction, refundId, audit))
  if ('code' in outcome) return refused(outcome.code)
  await payOut(world, outcome.outRefundNo)
  const refund = await refunds(world).read(outcome.outRefundNo)
  return refund ? done(viewTrouble(refund)) : refused('RefundUnknown')
}

async function askAgain(world: World, transaction: Transaction, refundId: string, audit: Who): Promise<Mended> {
  const refund = await troubled(world, transaction, refundId)
  if ('code' in refund) return refund
  if (refund.state === 'Closed') return replace(world, transaction, refund, audit)
  // An account that takes no money takes none the second time: there only a person helps.
  if (refund.state !== 'NotEnough' && refund.state !== 'Failed') return { code: 'RefundNotInTrouble' }
  if (refund.state === 'Failed') await put(world, transaction, refund, 'Requested', { tries: 0 })
  await note(world, transaction, refund, { ...audit, note: '' })
  return { outRefundNo: refundId }
}

/** The sums of order and payment stay: the new number takes over what the old one was booked for. */
async function replace(world: World, transaction: Transaction, refund: RefundDocument, audit: Who): Promise<Mended> {
  const attempt = await transaction.read<AttemptDocument>('attempts', refund.outTradeNo)
  if (!attempt) throw new Error(`Refund ${refund._id} has no payment.`)
  if (attempt.refundCount >= REFUNDS_MAX) return { code: 'TooManyRefunds' }
  const refundCount = attempt.refundCount + 1
  await transaction.change('attempts', attempt._id, { set: { refundCount } })
  const { refundFen, because, lines, feesFen, afterSaleId, storeId } = refund
  // The goods were put back under the old number.
  const wish = { refundFen, because, lines, feesFen, afterSaleId, storeId }
  const outRefundNo = await addRefund(world, transaction, attempt, refundCount, wish)
  await put(world, transaction, refund, 'Replaced')
  await note(world, transaction, refund, { ...audit, note: outRefundNo })
  return { outRefundNo }
}

/** The customer has the money another way. Saying so twice is no error; the first note stays. */
export async function settleRefundByHand(world: World, input: { refundId: string, note: string }, { openid }: { openid: string }) {
  const outcome = await world.database.transact(transaction => settleByHand(world, transaction, input, openid))
  if ('code' in outcome) return refused(outcome.code)
  return done(viewTrouble(outcome))
}

async function settleByHand(world: World, transaction: Transaction, input: { refundId: string, note: string }, by: string) {
  const { refundId, note: text } = input
  const refund = await transaction.read<RefundDocument>('refunds', refundId)
  if (!refund || refund.storeId !== world.settings.storeId) return { code: 'RefundUnknown' as const }
  if (refund.state === 'SettledByHand') return refund
  if (!canMove(refundMachine, refund.state, 'SettledByHand')) return { code: 'RefundNotInTrouble' as const }
  await put(world, transaction, refund, 'SettledByHand', { said: text, endedAtMs: world.clock.nowMs() })
  await countLater(world, transaction, refund)
  await tellAfterSale(world, transaction, refund, 'SettledByHand', by)
  await note(world, transaction, refund, { _id: auditIdOf('SettleRefundByHand', refundId), what: 'SettleRefundByHand', by, note: text })
  return { ...refund, state: 'SettledByHand' as const }
}

async function troubled(world: World, transaction: Transaction, refundId: string): Promise<RefundDocument | { code: 'RefundUnknown' }> {
  const refund = await transaction.read<RefundDocument>('refunds', refundId)
  return refund?.storeId === world.settings.storeId ? refund : { code: 'RefundUnknown' }
}

async function put(
  world: World, transaction: Transaction, refund: RefundDocument, to: RefundState, set: Partial<RefundDocument> = {},
): Promise<void> {
  assertMove(refundMachine, refund.state, to)
  const nowMs = world.clock.nowMs()
  await transaction.change('refunds', refund._id, { set: { ...set, state: to, updatedAtMs: nowMs, checkAtMs: nowMs } })
}

async function note(
  world: World, transaction: Transaction, { _id: subject, orderId, refundFen: amountFen }: RefundDocument, audit: Who & { note: string },
): Promise<void> {
  await writeAudit(world, transaction, { ...audit, subject, orderId, amountFen })
}
