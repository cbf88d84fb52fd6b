import { done, refused } from '../../contracts/outcome.ts'
import type { CodeOf, OutputOf } from '../../contracts/action.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import { templateIds } from '../message/rules.ts'
import type { World } from '../ports.ts'
import { orders, ownOrder } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { isPayable } from '../order/rules.ts'
import { theStore } from '../store/stores.ts'
import { attempts, moveAttempt, noteClosed, outTradeNoOf } from './attempts.ts'
import type { AttemptDocument } from './attempts.ts'
import { CHECK_AFTER_MS } from './rules.ts'
import { settle } from './settle.ts'

type Answer = Outcome<OutputOf<ShopActions['unifiedOrder']>, CodeOf<ShopActions['unifiedOrder']>>
export interface Payer { openid: string, clientIp: string }

/** Rounds of "somebody was quicker" or "this number is dead" before we ask the customer to try again. */
const MAX_ROUNDS = 4

/**
 * Makes the payment attempt of an unpaid order, or repeats the one that is under way: a second tap gets the same attempt,
 * so that an order is not paid twice. A closed or unusable number is followed by the next.
 */
export async function unifiedOrder(world: World, payer: Payer, input: { orderId: string }): Promise<Answer> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const order = await ownOrder(world, payer.openid, input.orderId)
    if (!order) return refused('OrderUnknown')
    if (!isPayable(order, world.clock.nowMs())) return refused('OrderNotUnpaid', { state: order.state })
    const attempt = await openAttempt(world, order)
    if (!attempt) continue
    // A prepay id lives two hours, an unpaid order a quarter of one: it never has to be renewed.
    const answer = attempt.state === 'Prepaid' ? prepaid(world, attempt) : await askWeChat(world, order, attempt, payer.clientIp)
    if (answer) return answer
  }
  return refused('PaymentUnavailable')
}

/** The order's live attempt, or a new one. Null when another call changed the order in between. */
async function openAttempt(world: World, order: OrderDocument): Promise<AttemptDocument | null> {
  const last = order.attempts > 0 ? await attempts(world).read(outTradeNoOf(order._id, order.attempts)) : null
  if (last && last.state !== 'Closed') return last
  // A registered attempt without a document is one whose maker died before it was written: it is written now.
  const number = order.attempts > 0 && !last ? order.attempts : order.attempts + 1
  if (number > order.attempts) {
    const registered = await orders(world).changeIf(order._id, { state: 'Unpaid', attempts: order.attempts }, { set: { attempts: number } })
    if (!registered) return null
  }
  const attempt = newAttempt(world, order, number)
  return await attempts(world).add(attempt) === 'Added' ? attempt : attempts(world).read(attempt._id)
}

function newAttempt(world: World, order: OrderDocument, number: number): AttemptDocument {
  const nowMs = world.clock.nowMs()
  return {
    _id: outTradeNoOf(order._id, number),
    orderId: order._id,
    openid: order.openid,
    totalFen: order.totalFen,
    gateway: order.gateway,
    state: 'Created',
    payment: null,
    transactionId: null,
    refundedFen: 0,
    refundCount: 0,
    startsAtMs: nowMs,
    // WeChat wants at least a minute between start and expiry; the order itself is closed on time all the same.
    expiresAtMs: Math.max(order.expiresAtMs, nowMs + 61_000),
    createdAtMs: nowMs,
    checkAtMs: nowMs + CHECK_AFTER_MS,
  }
}

function prepaid(world: World, attempt: AttemptDocument): Answer {
  if (!attempt.payment) throw new Error(`Attempt ${attempt._id} is prepaid without payment parameters.`)
  const askFor = templateIds(world.settings.templates, ['Paid', 'Ready'])
  return done({ payment: attempt.payment, outTradeNo: attempt._id, expiresAtMs: attempt.expiresAtMs, askFor })
}

/** Null when the number turned out to be dead and the next one should be tried. */
async function askWeChat(world: World, order: OrderDocument, attempt: AttemptDocument, clientIp: string): Promise<Answer | null> {
  const store = await theStore(world)
  const answer = await world.gateways[attempt.gateway].unifiedOrder({
    outTradeNo: attempt._id,
    title: `${store.name.zh}-${order.lines[0]?.name.zh ?? ''}`,
    totalFen: attempt.totalFen,
    openid: order.openid,
    clientIp,
    startsAtMs: attempt.startsAtMs,
    expiresAtMs: attempt.expiresAtMs,
  })
  if (answer.kind === 'Prepaid') {
    const change = { payment: answer.payment, checkAtMs: world.clock.nowMs() + CHECK_AFTER_MS }
    await moveAttempt(world, attempt, 'Prepaid', change)
    return prepaid(world, { ...attempt, ...change })
  }
  if (answer.kind === 'AlreadyPaid') await settle(world, attempt._id)
  if (answer.kind === 'Closed') await noteClosed(world, attempt)
  if (answer.kind !== 'Unclear') return null
  world.log.warn('unifiedOrder is unclear', { outTradeNo: attempt._id, because: answer.because })
  return refused('PaymentUnavailable')
}
