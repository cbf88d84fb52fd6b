import { refused } from '../../contracts/outcome.ts'
import type { Refused } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import type { OrderDocument } from '../order/orders.ts'
import type { World } from '../ports.ts'
import { nothingBack } from '../refund/rules.ts'
import type { Parcel } from './rules.ts'
import { enqueueUpload, shipmentMoved } from './shipments.ts'
import type { ShipmentDocument } from './shipments.ts'

/** An order of this store that goes by post. */
export async function postable(
  world: World, transaction: Transaction, orderId: string,
): Promise<OrderDocument | Refused<'OrderUnknown' | 'NothingToShip'>> {
  const order = await transaction.read<OrderDocument>('orders', orderId)
  if (order?.storeId !== world.settings.storeId) return refused('OrderUnknown')
  return order.fulfilment.kind === 'Express' ? order : refused('NothingToShip')
}

/** Pieces of each line whose money was not given back. */
export function leftOf(order: OrderDocument): number[] {
  const back = order.back ?? nothingBack(order)
  return order.lines.map(({ quantity }, line) => quantity - back.lines[line]!.quantity)
}

/** What was entered is replaced: before WeChat has taken it that is nothing to speak of, afterwards the one correction. */
export async function enterAnew(
  world: World, transaction: Transaction, order: OrderDocument,
  { shipment, parcels, by }: { shipment: ShipmentDocument, parcels: Parcel[], by: string },
): Promise<void> {
  const entry = shipment.entry + 1
  // WeChat wants a later moment than the entry before, also when two are made within one millisecond.
  const set = { parcels, entry, enteredBy: by, enteredAtMs: Math.max(world.clock.nowMs(), shipment.enteredAtMs + 1) }
  const { isTradeManaged } = world.settings
  const change = isTradeManaged && shipment.state === 'Shipped' ? shipmentMoved(world, 'Shipped', 'Correcting', set) : { set }
  await transaction.change('shipments', order._id, change)
  if (isTradeManaged) await enqueueUpload(world, transaction, order, entry)
}
