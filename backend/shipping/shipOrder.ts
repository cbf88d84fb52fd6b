import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import type { MerchantActions } from '../../contracts/merchant.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome, Refused } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import { moved } from '../order/orders.ts'
import { isToMake, orderMachine } from '../order/rules.ts'
import { effectIdOf, enqueue } from '../outbox/outbox.ts'
import type { World } from '../ports.ts'
import { enterAnew, leftOf, postable } from './posted.ts'
import { isSame, judgeCorrection, packed } from './rules.ts'
import { enterShipment, shipments, viewShipment } from './shipments.ts'
import type { ShipmentDocument } from './shipments.ts'

type Ship = MerchantActions['shipOrder']
type Correct = MerchantActions['correctShipping']

/** A paid order was posted. Sending the same again is no error; other parcels are a correction, which has its own action. */
export async function shipOrder(
  world: World, input: ParsedOf<Ship>, { openid }: { openid: string },
): Promise<Outcome<OutputOf<Ship>, CodeOf<Ship>>> {
  return answered(world, input.orderId, await world.database.transact(transaction => ship(world, transaction, input, openid)))
}

async function ship(world: World, transaction: Transaction, input: ParsedOf<Ship>, by: string): Promise<Refused<CodeOf<Ship>> | null> {
  const order = await postable(world, transaction, input.orderId)
  if ('ok' in order) return order
  const parcels = packed(leftOf(order), input.parcels)
  if (!parcels) return refused('ParcelsDoNotMatch')
  if (!isToMake(order.state)) {
    const shipment = await transaction.read<ShipmentDocument>('shipments', order._id)
    return shipment && isSame(shipment.parcels, parcels) ? null : refused('OrderNotPaid', { state: order.state })
  }
  assertMove(orderMachine, order.state, 'Ready')
  await transaction.change('orders', order._id, moved(world, 'Ready', {}, by))
  await enterShipment(world, transaction, order, { parcels, by })
  return null
}

/** WeChat takes one correction. Until it has taken the first entry, what is entered anew is none. */
export async function correctShipping(
  world: World, input: ParsedOf<Correct>, { openid }: { openid: string },
): Promise<Outcome<OutputOf<Correct>, CodeOf<Correct>>> {
  return answered(world, input.orderId, await world.database.transact(transaction => correct(world, transaction, input, openid)))
}

async function correct(
  world: World, transaction: Transaction, input: ParsedOf<Correct>, by: string,
): Promise<Refused<CodeOf<Correct>> | null> {
  const order = await postable(world, transaction, input.orderId)
  if ('ok' in order) return order
  const shipment = await transaction.read<ShipmentDocument>('shipments', order._id)
  if (!shipment) return refused('OrderNotShipped')
  const parcels = packed(leftOf(order), input.parcels)
  if (!parcels) return refused('ParcelsDoNotMatch')
  if (shipment.together) return refused('ShippedTogether')
  if (isSame(shipment.parcels, parcels)) return null
  const verdict = judgeCorrection([shipment.state])
  if (verdict !== 'Correct') return refused(verdict)
  await enterAnew(world, transaction, order, { shipment, parcels, by })
  return null
}

/** Asks WeChat to remind the customer that a parcel has arrived, which it does once an order. */
export async function remindReceipt(world: World, { orderId }: { orderId: string }) {
  return answered(world, orderId, await world.database.transact(transaction => remind(world, transaction, orderId)))
}

async function remind(
  world: World, transaction: Transaction, orderId: string,
): Promise<Refused<CodeOf<MerchantActions['remindReceipt']>> | null> {
  const order = await postable(world, transaction, orderId)
  if ('ok' in order) return order
  const shipment = await transaction.read<ShipmentDocument>('shipments', orderId)
  if (shipment?.state !== 'Shipped' && shipment?.state !== 'Corrected') return refused('OrderNotShipped')
  if (await transaction.read('outbox', effectIdOf('RemindReceipt', orderId))) return null
  await enqueue(world, transaction, { kind: 'RemindReceipt', about: orderId, order, payload: { arrivedAtMs: world.clock.nowMs() } })
  return null
}

async function answered<Code extends string>(world: World, orderId: string, refusal: Refused<Code> | null) {
  if (refusal) return refusal
  const shipment = await shipments(world).read(orderId)
  if (!shipment) throw new Error(`Order ${orderId} was shipped, but its shipment is not there.`)
  return done(viewShipment(shipment))
}
