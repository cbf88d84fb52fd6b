import { assertMove } from '../machine.ts'
import { moved } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { isToHandOver, isToMake, orderMachine } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { enterShipment } from '../shipping/shipments.ts'

/**
 * What was eaten at the table is handed over once it is paid, so that WeChat hears of it and the bar has nothing to make.
 * Again changes nothing.
 */
export async function serveOrder(world: World, orderId: string, by = 'table'): Promise<void> {
  await world.database.transact(async (transaction) => {
    const order = await transaction.read<OrderDocument>('orders', orderId)
    if (!order || !(isToMake(order.state) || isToHandOver(order.state))) return
    if (isToMake(order.state)) {
      assertMove(orderMachine, order.state, 'Ready')
      await transaction.change('orders', orderId, moved(world, 'Ready', {}, by))
      await enterShipment(world, transaction, order, { parcels: [], by })
    }
    assertMove(orderMachine, 'Ready', 'Collected')
    await transaction.change('orders', orderId, moved(world, 'Collected', {}, by))
  })
}
