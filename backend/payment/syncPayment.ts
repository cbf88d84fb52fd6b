import { done, refused } from '../../contracts/outcome.ts'
import type { World } from '../ports.ts'
import { orders, ownOrder } from '../order/orders.ts'
import { view } from '../order/readOrders.ts'
import { outTradeNoOf } from './attempts.ts'
import { settle } from './settle.ts'

/** The customer comes back from paying, or not: WeChat is asked, and the order answered as it then stands. */
export async function syncPayment(world: World, openid: string, input: { orderId: string }) {
  const order = await ownOrder(world, openid, input.orderId)
  if (!order) return refused('OrderUnknown')
  const waits = order.state === 'Unpaid' || order.state === 'Closing'
  if (waits && order.attempts > 0) await settle(world, outTradeNoOf(order._id, order.attempts))
  const now = waits ? await orders(world).read(order._id) : order
  return done(await view(world, now ?? order))
}
