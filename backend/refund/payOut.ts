import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { refunds } from './refunds.ts'
import type { RefundDocument } from './refunds.ts'
import { refundMachine, retryDelayMs, TRIES_MAX } from './rules.ts'

/** The reason that the customer reads in WeChat's refund notice. */
const REASONS: Record<RefundDocument['because'], string> = {
  OrderClosed: '订单已关闭，款项退回',
  PaidTwice: '重复支付，款项退回',
}

/**
 * Brings a refund one step on: asks WeChat for it, or asks whether it has arrived. Whatever is unclear is asked again
 * with the same number, later and later; after many tries it is `Failed` and a person has to look. Even then a notice that
 * the money has arrived is believed after asking.
 */
export async function payOut(world: World, outRefundNo: string): Promise<void> {
  const refund = await refunds(world).read(outRefundNo)
  if (refund?.state === 'Requested') await askFor(world, refund)
  if (refund?.state === 'Accepted' || refund?.state === 'Failed') await lookAfter(world, refund)
}

async function askFor(world: World, refund: RefundDocument): Promise<void> {
  const answer = await world.gateways[refund.gateway].refund({
    outTradeNo: refund.outTradeNo,
    outRefundNo: refund._id,
    totalFen: refund.totalFen,
    refundFen: refund.refundFen,
    reason: REASONS[refund.because],
  })
  if (answer.kind === 'Accepted') return step(world, refund, 'Accepted', 0)
  world.log.warn('A refund was not accepted', { outRefundNo: refund._id, because: answer.kind === 'Unclear' ? answer.because : answer.kind })
  return failOnce(world, refund)
}

/** cloudPay's refund query answers empty lists, so the trade's own state tells whether the money went back. */
async function lookAfter(world: World, refund: RefundDocument): Promise<void> {
  const fact = await world.gateways[refund.gateway].query(refund.outTradeNo)
  if (fact.kind === 'Refunded') return step(world, refund, 'Succeeded', refund.tries)
  return failOnce(world, refund)
}

/** One more try that brought nothing. */
async function failOnce(world: World, refund: RefundDocument): Promise<void> {
  const tries = refund.tries + 1
  if (tries < TRIES_MAX) return step(world, refund, refund.state, tries)
  if (refund.state !== 'Failed') world.log.error('A refund needs a person', `${tries} tries`, { outRefundNo: refund._id, refundFen: refund.refundFen })
  return step(world, refund, 'Failed', tries)
}

/** Notes one try, and the state that it brought: the next one, or the same. */
async function step(world: World, refund: RefundDocument, state: RefundDocument['state'], tries: number): Promise<void> {
  if (state !== refund.state) assertMove(refundMachine, refund.state, state)
  const nowMs = world.clock.nowMs()
  await refunds(world).changeIf(refund._id, { state: refund.state }, {
    set: { state, tries, updatedAtMs: nowMs, checkAtMs: nowMs + retryDelayMs(tries) },
  })
}
