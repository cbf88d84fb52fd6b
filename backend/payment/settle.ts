import type { IncidentKind } from '../../contracts/merchant.ts'
import { followAtTable } from '../dining/lookAfterSitting.ts'
import { incidentOf, recordIncident } from '../incident/incidents.ts'
import type { IncidentDocument } from '../incident/incidents.ts'
import { assertMove } from '../machine.ts'
import type { PaidTrade, World } from '../ports.ts'
import type { Transaction } from '../database.ts'
import { useUpHolds } from '../order/followUp.ts'
import { holdsSomething } from '../order/holds.ts'
import { moved, orders } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { orderMachine, pickupNumber } from '../order/rules.ts'
import { enqueue } from '../outbox/outbox.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import { workOn } from '../outbox/workOutbox.ts'
import { bookRefund } from '../refund/refunds.ts'
import { payOut } from '../refund/payOut.ts'
import { beijingDay } from '../store/rules.ts'
import { attempts } from './attempts.ts'
import type { AttemptDocument } from './attempts.ts'
import { attemptMachine, decideMoney } from './rules.ts'
import type { MoneyDecision } from './rules.ts'

/**
 * What is known after asking WeChat. `Disputed` is money that does not match its order and was kept as an incident. Only
 * Settled, Disputed and NotOurs may be acknowledged to WeChat: everything else has to be asked again.
 */
export type Settlement = 'Settled' | 'Disputed' | 'NotPaid' | 'Closed' | 'UnknownTrade' | 'Unclear' | 'NotOurs'

/**
 * The one way money enters an order: the callback, the returning customer and the timer all end here. Whatever brought us,
 * WeChat is asked; amount, merchant and payer are compared; order, attempt and any refund change in one transaction, once.
 */
export async function settle(world: World, outTradeNo: string): Promise<Settlement> {
  const attempt = await attempts(world).read(outTradeNo)
  if (!attempt) return 'NotOurs'
  const fact = await world.gateways[attempt.gateway].query(outTradeNo)
  if (fact.kind === 'Paid' || fact.kind === 'Refunded') {
    return credit(world, attempt, { ...fact.trade, isRefunded: fact.kind === 'Refunded' })
  }
  if (fact.kind === 'Unclear') world.log.warn('A payment could not be queried', { outTradeNo, because: fact.because })
  return fact.kind
}

type Received = PaidTrade & { isRefunded: boolean }

async function credit(world: World, attempt: AttemptDocument, trade: Received): Promise<'Settled' | 'Disputed'> {
  const { decision, outRefundNo, ticket } = await world.database.transact(transaction => book(world, transaction, attempt, trade))
  if (decision.kind === 'Incident') {
    world.log.warn('Money does not match its order', { outTradeNo: attempt._id, because: decision.because })
    return 'Disputed'
  }
  if (outRefundNo) await payOut(world, outRefundNo)
  const order = await orders(world).read(attempt.orderId)
  if (order) await useUpHolds(world, order)
  // The kitchen does not wait for the timer.
  if (ticket) await workOn(world, ticket)
  if (order) await followAtTable(world, order)
  return 'Settled'
}

/** What was decided and written, with the number of the refund that followed from it. */
interface Booked { decision: MoneyDecision, outRefundNo?: string, ticket?: EffectDocument }

/** Writes one decision. Runs again from the start when another writer was quicker. */
async function book(world: World, transaction: Transaction, { _id, orderId }: AttemptDocument, trade: Received): Promise<Booked> {
  const order = await transaction.read<OrderDocument>('orders', orderId)
  const attempt = await transaction.read<AttemptDocument>('attempts', _id)
  if (!order || !attempt) throw new Error(`Attempt ${_id} has no order ${orderId}.`)
  const expected = { totalFen: attempt.totalFen, merchantId: world.gateways[attempt.gateway].merchantId, openid: order.openid }
  const decision = decideMoney(order, attempt, expected, trade)
  if (decision.kind === 'Incident') await recordIncident(transaction, disputed(world, order, attempt, { kind: decision.because, trade }))
  if (decision.kind === 'Already' || decision.kind === 'Incident') return { decision }

  assertMove(attemptMachine, attempt.state, 'Paid')
  await transaction.change('attempts', _id, { set: { state: 'Paid', transactionId: trade.transactionId, paidDay: paidDayOf(world, trade) } })
  if (decision.kind === 'GiveBack') {
    const wish = { refundFen: trade.totalFen, because: decision.because, storeId: order.storeId }
    return { decision, outRefundNo: await bookRefund(world, transaction, attempt, wish) }
  }
  assertMove(orderMachine, order.state, 'Paid')
  await transaction.change('orders', orderId, moved(world, 'Paid', {
    transactionId: trade.transactionId,
    paidBy: _id,
    pickupNumber: await nextPickupNumber(world, transaction, order.storeId),
    followUp: holdsSomething(order) ? 'SellStock' : 'None',
    dueAtMs: world.clock.nowMs(),
  }))
  await enqueue(world, transaction, { kind: 'CountSale', about: orderId, order })
  await tellLater(world, transaction, order)
  if (!order.sitting?.roundId) return { decision }
  return { decision, ticket: await enqueue(world, transaction, { kind: 'MakeTicket', about: order._id, order }) }
}

/** The customer is still answering whether to be told: WeChat refuses what comes before the answer. */
const TELL_AFTER_MS = 30_000

async function tellLater(world: World, transaction: Transaction, order: OrderDocument): Promise<void> {
  if (!world.settings.templates.Paid) return
  await enqueue(world, transaction, { kind: 'TellPaid', about: order._id, order, atMs: world.clock.nowMs() + TELL_AFTER_MS })
}
/** A time that WeChat did not tell is taken for now. */
const paidDayOf = (world: World, { paidAtMs }: PaidTrade): string => beijingDay(paidAtMs > 0 ? paidAtMs : world.clock.nowMs())

/** An amount that is no number is told by the facts alone. */
function disputed(
  world: World, { storeId }: OrderDocument, attempt: AttemptDocument, { kind, trade }: { kind: IncidentKind, trade: PaidTrade },
): IncidentDocument {
  const { _id, orderId, totalFen } = attempt
  const amountFen = Number.isSafeInteger(trade.totalFen) ? trade.totalFen : 0
  return incidentOf(world, _id, { kind, storeId, orderId, outTradeNo: _id, amountFen, expectedFen: totalFen, facts: trade })
}

interface CounterDocument { _id: string, count: number }

/** Numbers start anew each Beijing day, without gaps: the counter changes in the transaction that uses its number. */
async function nextPickupNumber(world: World, transaction: Transaction, storeId: string): Promise<string> {
  const id = `pickup_${storeId}_${beijingDay(world.clock.nowMs())}`
  const counter = await transaction.read<CounterDocument>('counters', id)
  if (counter) await transaction.change('counters', id, { set: { count: counter.count + 1 } })
  else await transaction.add<CounterDocument>('counters', { _id: id, count: 1 })
  return pickupNumber((counter?.count ?? 0) + 1)
}
