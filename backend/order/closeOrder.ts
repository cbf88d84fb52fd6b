import { done, refused } from '../../contracts/outcome.ts'
import { followAtTable } from '../dining/lookAfterSitting.ts'
import type { World } from '../ports.ts'
import { closeAttempt } from '../payment/closeAttempt.ts'
import { outTradeNoOf } from '../payment/attempts.ts'
import { releaseHolds } from './followUp.ts'
import { holdsSomething } from './holds.ts'
import { move, orders, ownOrder } from './orders.ts'
import type { OrderDocument } from './orders.ts'
import { view } from './readOrders.ts'

/** While WeChat is unsure, the timer asks again after this long. */
const ASK_AGAIN_MS = 30_000

/** The customer takes an unpaid order back. An order that turns out to be paid stays paid, and is answered as such. */
export async function cancelOrder(world: World, openid: string, input: { orderId: string }) {
  const order = await ownOrder(world, openid, input.orderId)
  if (!order) return refused('OrderUnknown')
  if (order.state !== 'Unpaid' && order.state !== 'Closing' && order.state !== 'Closed') {
    return refused('OrderNotUnpaid', { state: order.state })
  }
  await closeOrder(world, order, 'Cancelled')
  const now = await orders(world).read(order._id)
  return done(await view(world, now ?? order))
}

/**
 * Closes an unpaid order: first nobody can start a payment any more, then each attempt is closed at WeChat, and only then
 * the stock and the coupon go back. Wherever this stops half-way, the timer goes on from there.
 */
export async function closeOrder(world: World, order: OrderDocument, because: 'Cancelled' | 'Expired'): Promise<void> {
  const dueAtMs = world.clock.nowMs() + ASK_AGAIN_MS
  await move(world, order._id, ['Unpaid', 'Closing'], { closedBecause: because, dueAtMs })
  await finishClosing(world, order._id)
}

/** Goes on with an order that is being closed. Safe to repeat and to run twice at once. */
export async function finishClosing(world: World, orderId: string): Promise<void> {
  const order = await orders(world).read(orderId)
  if (order?.state === 'Closed') await releaseHolds(world, order)
  if (order?.state !== 'Closing') return
  for (let number = 1; number <= order.attempts; number += 1) {
    if (await closeAttempt(world, outTradeNoOf(order._id, number), order.updatedAtMs) !== 'Closed') {
      await orders(world).changeIf(orderId, { state: 'Closing' }, { set: { dueAtMs: world.clock.nowMs() + ASK_AGAIN_MS } })
      return
    }
  }
  const followUp = holdsSomething(order) ? 'ReleaseStock' as const : 'None' as const
  if (await move(world, orderId, ['Closing', 'Closed'], { followUp, dueAtMs: world.clock.nowMs() })) {
    await releaseHolds(world, { ...order, followUp })
  }
  await followAtTable(world, order)
}
