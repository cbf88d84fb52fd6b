import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import type { MerchantActions } from '../../contracts/merchant.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome, Refused } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import { assertMove } from '../machine.ts'
import { moved } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { isToMake, orderMachine } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { enterAnew, leftOf, postable } from './posted.ts'
import { fitOneParcel, judgeCorrection, packed } from './rules.ts'
import type { Posted } from './rules.ts'
import { enterShipment, shipments, viewShipment } from './shipments.ts'
import type { ShipmentDocument } from './shipments.ts'

type Ship = MerchantActions['shipTogether']
type Correct = MerchantActions['correctTogether']
/** What stands on the parcel. */
interface Label { company: string, trackingNumber: string }
interface Inside { order: OrderDocument, shipment: ShipmentDocument }

/**
 * Several orders went off in one parcel. All of them move and are told to WeChat under the same number, or none. Sending the
 * same again is no error.
 */
export async function shipTogether(
  world: World, { orderIds, ...label }: ParsedOf<Ship>, { openid }: { openid: string },
): Promise<Outcome<OutputOf<Ship>, CodeOf<Ship>>> {
  const together = [...new Set(orderIds)].sort()
  if (together.length < 2) return refused('NotTogether')
  const refusal = await world.database.transact(transaction => ship(world, transaction, together, label, openid))
  return refusal ?? answer(world, together)
}

async function ship(
  world: World, transaction: Transaction, together: string[], label: Label, by: string,
): Promise<Refused<CodeOf<Ship>> | null> {
  const found: OrderDocument[] = []
  for (const orderId of together) {
    const order = await postable(world, transaction, orderId)
    if ('ok' in order) return refused(order.code, { orderId })
    found.push(order)
  }
  if (!fitOneParcel(found.map(postedOf))) return refused('NotTogether')
  const gone = found.find(order => !isToMake(order.state))
  if (gone) return await isSent(transaction, together, label) ? null : refused('OrderNotPaid', { orderId: gone._id, state: gone.state })
  for (const order of found) {
    const parcels = packed(leftOf(order), [label])
    if (!parcels) return refused('NothingToShip', { orderId: order._id })
    assertMove(orderMachine, order.state, 'Ready')
    await transaction.change('orders', order._id, moved(world, 'Ready', {}, by))
    await enterShipment(world, transaction, order, { parcels, by, together })
  }
  return null
}

/** This very parcel was entered before: the answer was lost, or somebody tapped twice. */
async function isSent(transaction: Transaction, together: string[], label: Label): Promise<boolean> {
  const shipment = await transaction.read<ShipmentDocument>('shipments', together[0]!)
  return shipment?.together?.join() === together.join() && carries(shipment, label)
}

/** Company and number were wrong: mended for every order in the parcel, or for none. */
export async function correctTogether(
  world: World, { orderId, ...label }: ParsedOf<Correct>, { openid }: { openid: string },
): Promise<Outcome<OutputOf<Correct>, CodeOf<Correct>>> {
  const refusal = await world.database.transact(transaction => correct(world, transaction, orderId, label, openid))
  return refusal ?? answer(world, (await shipments(world).read(orderId))?.together ?? [])
}

async function correct(
  world: World, transaction: Transaction, orderId: string, label: Label, by: string,
): Promise<Refused<CodeOf<Correct>> | null> {
  const order = await postable(world, transaction, orderId)
  if ('ok' in order) return order
  const shipment = await transaction.read<ShipmentDocument>('shipments', orderId)
  if (!shipment) return refused('OrderNotShipped')
  if (!shipment.together) return refused('NotTogether')
  const inside = await insideOf(transaction, shipment.together)
  if (inside.length > 0 && inside.every(one => carries(one.shipment, label))) return null
  const verdict = judgeCorrection(inside.map(one => one.shipment.state))
  if (verdict !== 'Correct') return refused(verdict)
  for (const one of inside) {
    const parcels = packed(leftOf(one.order), [label])
    if (parcels) await enterAnew(world, transaction, one.order, { shipment: one.shipment, parcels, by })
  }
  return null
}

/** What is still in the parcel: an order whose goods were all given back is not. */
async function insideOf(transaction: Transaction, together: string[]): Promise<Inside[]> {
  const inside: Inside[] = []
  for (const orderId of together) {
    const order = await transaction.read<OrderDocument>('orders', orderId)
    const shipment = await transaction.read<ShipmentDocument>('shipments', orderId)
    if (!order || !shipment) throw new Error(`Order ${orderId} is in a parcel, but not in the books.`)
    if (shipment.state !== 'Void' && leftOf(order).some(quantity => quantity > 0)) inside.push({ order, shipment })
  }
  return inside
}

const carries = ({ parcels }: ShipmentDocument, { company, trackingNumber }: Label): boolean =>
  parcels.length === 1 && parcels[0]!.company === company && parcels[0]!.trackingNumber === trackingNumber

/** To whom an order is posted. */
export function postedOf({ openid, fulfilment }: OrderDocument): Posted {
  if (fulfilment.kind !== 'Express') throw new Error('Only what is posted has somebody to post it to.')
  return { openid, receiver: fulfilment.receiver }
}

async function answer(world: World, together: readonly string[]) {
  const found = await Promise.all(together.map(orderId => shipments(world).read(orderId)))
  return done({ shipments: found.flatMap(shipment => shipment ? [viewShipment(shipment)] : []) })
}
