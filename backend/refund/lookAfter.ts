import { incidentOf, recordIncident } from '../incident/incidents.ts'
import { canMove } from '../machine.ts'
import { attempts } from '../payment/attempts.ts'
import type { RefundFact, ToldRefund, World } from '../ports.ts'
import { lastBillDay } from '../reconciliation/rules.ts'
import { moveRefund, noteTry } from './refunds.ts'
import type { RefundDocument } from './refunds.ts'
import { ARRIVES_WITHIN_MS, judgeRefund, refundMachine, TRUST_TRADE_AFTER_MS } from './rules.ts'
import type { RefundVerdict } from './rules.ts'

/** Asks what became of a refund that WeChat has taken up. True when that is known now. */
export async function lookAfter(world: World, refund: RefundDocument, told: ToldRefund | null): Promise<boolean> {
  const fact = await world.gateways[refund.gateway].queryRefund(refund._id, refund.outTradeNo)
  const verdict = await judge(world, refund, fact, told)
  if (verdict === 'Succeeded' || verdict === 'Abnormal' || verdict === 'Closed') return conclude(world, refund, verdict)
  const said = fact.kind === 'Unclear' ? fact.because : ''
  const isOverdue = verdict === 'Unclear' && refund.state === 'Accepted' && waitedMs(world, refund) >= ARRIVES_WITHIN_MS
  if (!isOverdue) {
    await noteTry(world, refund, said)
    return false
  }
  if (await moveRefund(world, refund, 'Failed', { said })) {
    world.log.error('A refund needs a person', 'nobody can say whether it arrived', { outRefundNo: refund._id, refundFen: refund.refundFen })
  }
  return false
}

const waitedMs = (world: World, refund: RefundDocument): number => world.clock.nowMs() - (refund.acceptedAtMs ?? refund.createdAtMs)

/** Weighs what was answered and told. The trade and its payment are asked only where they can decide. */
async function judge(world: World, refund: RefundDocument, fact: RefundFact, told: ToldRefund | null): Promise<RefundVerdict> {
  const answered = fact.kind
  const believed = told?.refundFen === refund.refundFen ? told.verdict : null
  if (told && !believed) world.log.warn('A notice tells of a refund of another amount', { outRefundNo: refund._id, refundFen: told.refundFen })
  const evidence = { answered, told: believed, isTradeRefunded: false, isOnly: false, waitedMs: waitedMs(world, refund) }
  const isSilent = answered === 'Unclear' || answered === 'Unknown'
  if (!isSilent || !(believed === 'Succeeded' || evidence.waitedMs >= TRUST_TRADE_AFTER_MS)) return judgeRefund(evidence)
  const [trade, attempt] = await Promise.all([
    world.gateways[refund.gateway].query(refund.outTradeNo),
    attempts(world).read(refund.outTradeNo),
  ])
  return judgeRefund({ ...evidence, isTradeRefunded: trade.kind === 'Refunded', isOnly: attempt?.refundCount === 1 })
}

/** Writes down what is known at last. A refund that seemed lost was taken up by WeChat after all, whatever came of it. */
async function conclude(world: World, refund: RefundDocument, verdict: 'Succeeded' | 'Abnormal' | 'Closed'): Promise<boolean> {
  if (refund.state === 'Failed') {
    const nowMs = world.clock.nowMs()
    if (!await moveRefund(world, refund, 'Accepted', { acceptedAtMs: nowMs, lastBillDay: lastBillDay(nowMs) })) return false
    return conclude(world, { ...refund, state: 'Accepted' }, verdict)
  }
  // Abnormal once more is no news.
  if (canMove(refundMachine, refund.state, verdict)) await moveRefund(world, refund, verdict, { said: '' })
  if (verdict !== 'Succeeded') world.log.error('A refund needs a person', verdict, { outRefundNo: refund._id, refundFen: refund.refundFen })
  return true
}

/** A refund that counted as arrived and did not: the state stands, and a person is told. */
export async function noteTakenBack(world: World, refund: RefundDocument, told: ToldRefund | null): Promise<true> {
  if (told === null || told.verdict === 'Succeeded' || told.refundFen !== refund.refundFen) return true
  const { _id, storeId, orderId, outTradeNo, refundFen } = refund
  const incident = incidentOf(world, _id, {
    kind: 'RefundTakenBack', storeId, orderId, outTradeNo, amountFen: refundFen, expectedFen: refundFen, facts: { outRefundNo: _id, ...told },
  })
  await world.database.transact(transaction => recordIncident(transaction, incident))
  return true
}
