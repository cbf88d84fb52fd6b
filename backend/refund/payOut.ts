import { canMove } from '../machine.ts'
import type { RefundAnswer, ToldRefund, World } from '../ports.ts'
import { lookAfter, noteTakenBack } from './lookAfter.ts'
import { moveRefund, noteTry, refunds } from './refunds.ts'
import type { RefundDocument } from './refunds.ts'
import { lastBillDay } from '../reconciliation/rules.ts'
import { noteMove } from '../stock/moves.ts'
import { putBack } from '../stock/stock.ts'
import { refundMachine, retryDelayMs, TRIES_MAX } from './rules.ts'

/** The reason that the customer reads in WeChat's refund notice. */
const REASONS: Record<RefundDocument['because'], string> = {
  OrderClosed: '订单已关闭，款项退回',
  PaidTwice: '重复支付，款项退回',
  AfterSale: '售后退款',
  ByStaff: '商家退款',
}

/**
 * Brings a refund one step on: puts goods that came back on the shelf, then asks WeChat for it, or asks what became of it.
 * Whatever is unclear is asked again under the same number, later and later. True when nothing more has to be told about it:
 * only then a notice may be acknowledged.
 */
export async function payOut(world: World, outRefundNo: string, told: ToldRefund | null = null): Promise<boolean> {
  const refund = await refunds(world).read(outRefundNo)
  if (refund?.followUp === 'RestockGoods') await restockGoods(world, refund)
  switch (refund?.state) {
    case 'Requested':
    case 'NotEnough': {
      const accepted = await askFor(world, refund)
      return accepted !== null && told !== null && lookAfter(world, accepted, told)
    }
    case 'Accepted':
    case 'Failed':
    case 'Abnormal': return lookAfter(world, refund, told)
    case 'Succeeded': return noteTakenBack(world, refund, told)
    default: return true
  }
}

/** Each refund's goods go back once, and before any question to WeChat: whatever asks next finds it done. */
async function restockGoods(world: World, refund: RefundDocument): Promise<void> {
  for (const piece of refund.pieces) {
    await putBack(world.database, piece, refund._id, world.clock.nowMs())
    await noteMove(world, piece, 'Returned', refund._id)
  }
  await refunds(world).changeIf(refund._id, { followUp: 'RestockGoods' }, { set: { followUp: 'None' } })
}

/** The refund as WeChat has taken it up; null when it has not, or when another call was quicker. */
async function askFor(world: World, refund: RefundDocument): Promise<RefundDocument | null> {
  const answer = await world.gateways[refund.gateway].refund({
    outTradeNo: refund.outTradeNo,
    outRefundNo: refund._id,
    totalFen: refund.totalFen,
    refundFen: refund.refundFen,
    reason: REASONS[refund.because],
  })
  if (answer.kind !== 'Accepted') return refuse(world, refund, answer)
  const nowMs = world.clock.nowMs()
  const accepted = { tries: 0, said: '', acceptedAtMs: nowMs, lastBillDay: lastBillDay(nowMs), checkAtMs: nowMs + retryDelayMs(0) }
  return await moveRefund(world, refund, 'Accepted', accepted) ? { ...refund, ...accepted, state: 'Accepted' } : null
}

/** Money that is not there is said to staff at once, and asked for again; an unclear answer after many of them. */
async function refuse(world: World, refund: RefundDocument, answer: Exclude<RefundAnswer, { kind: 'Accepted' }>): Promise<null> {
  const said = answer.kind === 'NotEnough' ? 'NotEnough' : answer.because
  world.log.warn('A refund was not accepted', { outRefundNo: refund._id, because: said })
  const tries = refund.tries + 1
  const to = answer.kind === 'NotEnough' ? 'NotEnough' : tries >= TRIES_MAX ? 'Failed' : refund.state
  if (to === refund.state || !canMove(refundMachine, refund.state, to)) await noteTry(world, refund, said)
  else await moveRefund(world, refund, to, { tries, said, checkAtMs: world.clock.nowMs() + retryDelayMs(tries) })
  return null
}
