import { done, refused } from '../../contracts/outcome.ts'
import { assertMove } from '../machine.ts'
import { moved, orders, ownOrder } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { view } from '../order/readOrders.ts'
import { isToHandOver, orderMachine } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { judgeReceipt, nextLookAtMs, ON_ITS_WAY } from './rules.ts'
import { moveShipment, shipmentMoved, shipments } from './shipments.ts'
import type { ShipmentDocument } from './shipments.ts'

/**
 * The customer comes back from WeChat's own component, where receipt is confirmed. What the phone says counts for nothing:
 * WeChat is asked. Where WeChat holds no money back, the customer's word is all there is.
 */
export async function confirmReceipt(world: World, openid: string, { orderId }: { orderId: string }) {
  const order = await ownOrder(world, openid, orderId)
  if (!order) return refused('OrderUnknown')
  if (order.state === 'Collected') return done(await view(world, order))
  const shipment = isToHandOver(order.state) ? await shipments(world).read(orderId) : null
  if (!shipment || order.transactionId === null) return refused('OrderNotShipped', { state: order.state })
  if (world.settings.isTradeManaged && await stateAtWeChat(world, order) !== 'Received') return refused('ReceiptNotConfirmed')
  await receive(world, orderId, openid)
  return done(await view(world, await orders(world).read(orderId) ?? order))
}

/** Looks once whether the customer has what was handed over: by our own books, by WeChat's, and at last by the calendar. */
export async function checkReceipt(world: World, shipment: ShipmentDocument): Promise<void> {
  const order = await orders(world).read(shipment._id)
  if (!order) throw new Error(`Shipment ${shipment._id} has no order.`)
  const stands = isToHandOver(order.state) ? 'Ready' : order.state === 'Collected' || order.state === 'Refunded' ? order.state : 'Other'
  const atWeChat = stands === 'Ready' && world.settings.isTradeManaged ? await stateAtWeChat(world, order) : null
  const { type, shippedAtMs } = shipment
  const nowMs = world.clock.nowMs()
  const verdict = judgeReceipt({ order: stands, atWeChat, type, shippedAtMs, nowMs })
  if (verdict === 'Received') return receive(world, shipment._id, atWeChat === 'Received' ? 'WeChat' : 'timer')
  const checkAtMs = nextLookAtMs(type, shippedAtMs ?? nowMs, nowMs)
  if (verdict === 'Void') await moveShipment(world, shipment, 'Void')
  else if (verdict === 'Shipped' && shipment.state === 'Entered') await moveShipment(world, shipment, 'Shipped', { shippedAtMs: nowMs, checkAtMs })
  else await shipments(world).changeIf(shipment._id, { state: shipment.state }, { set: { checkAtMs } })
}

async function stateAtWeChat(world: World, { _id, transactionId }: OrderDocument) {
  const answer = await world.openInterfaces.readShipping(transactionId ?? '')
  if (!answer.ok) world.log.warn('WeChat did not say whether an order was received', { orderId: _id, because: answer.because })
  return answer.ok ? answer.value.state : null
}

/** The customer has it: shipment and order say so together, once. */
async function receive(world: World, orderId: string, by: string): Promise<void> {
  await world.database.transact(async (transaction) => {
    const shipment = await transaction.read<ShipmentDocument>('shipments', orderId)
    const order = await transaction.read<OrderDocument>('orders', orderId)
    if (!shipment || !order) throw new Error(`Order ${orderId} has no shipment.`)
    if ((ON_ITS_WAY as readonly string[]).includes(shipment.state)) {
      await transaction.change('shipments', orderId, shipmentMoved(world, shipment.state, 'Received'))
    }
    if (!isToHandOver(order.state)) return
    assertMove(orderMachine, order.state, 'Collected')
    await transaction.change('orders', orderId, moved(world, 'Collected', {}, by))
  })
}
