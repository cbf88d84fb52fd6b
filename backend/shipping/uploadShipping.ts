import { orders } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import { judgeRefusal } from '../outbox/rules.ts'
import type { EffectResult } from '../outbox/rules.ts'
import type { ShippingEntry, World } from '../ports.ts'
import { describe, isAtWeChat, judgeUpload, masked, nextLookAtMs } from './rules.ts'
import { moveShipment, shipments } from './shipments.ts'
import type { ShipmentDocument } from './shipments.ts'

/**
 * Tells WeChat what was handed over or sent. The moment of the entry goes along, so that a repeat is the same entry; where
 * WeChat says that it has one already, it is asked which.
 */
export async function uploadShipping(world: World, { orderId, payload }: EffectDocument): Promise<EffectResult> {
  const [shipment, order] = await Promise.all([shipments(world).read(orderId), orders(world).read(orderId)])
  if (!shipment || !order) throw new Error(`Order ${orderId} has nothing to ship.`)
  const isOpen = shipment.state === 'Entered' || shipment.state === 'Correcting'
  if (!isOpen || shipment.entry !== payload.entry) return { kind: 'NotWanted', because: 'entered anew, or known already' }
  if (order.state === 'Refunded') {
    await moveShipment(world, shipment, 'Void')
    return { kind: 'NotWanted', because: 'all of its money went back' }
  }
  const answer = await world.openInterfaces.uploadShipping(entryOf(order, shipment))
  switch (judgeUpload(answer)) {
    case 'Taken': return noteTaken(world, shipment)
    case 'Compare': return compare(world, order, shipment, answer.ok ? '' : answer.because)
    default: return answer.ok ? noteTaken(world, shipment) : judgeRefusal(answer)
  }
}

function entryOf(order: OrderDocument, { type, parcels, enteredAtMs }: ShipmentDocument): ShippingEntry {
  const { openid, transactionId, fulfilment, lines } = order
  if (transactionId === null) throw new Error(`Order ${order._id} has no payment to ship for.`)
  const receiverContact = fulfilment.kind === 'Express' ? masked(fulfilment.receiver.phone) : null
  const everything = lines.map(({ quantity }, line) => ({ line, quantity }))
  const sent = parcels.length > 0 ? parcels : [{ company: '', trackingNumber: '', lines: everything }]
  return {
    transactionId, openid, type, enteredAtMs,
    parcels: sent.map(({ company, trackingNumber, lines: inside }) =>
      ({ company, trackingNumber, description: describe(lines, inside), receiverContact })),
  }
}

async function compare(world: World, order: OrderDocument, shipment: ShipmentDocument, because: string): Promise<EffectResult> {
  const there = await world.openInterfaces.readShipping(order.transactionId ?? '')
  if (!there.ok) return { kind: 'Again', because: there.because }
  return isAtWeChat(shipment, there.value) ? noteTaken(world, shipment) : { kind: 'Refused', because }
}

async function noteTaken(world: World, shipment: ShipmentDocument): Promise<EffectResult> {
  const nowMs = world.clock.nowMs()
  const to = shipment.state === 'Correcting' ? 'Corrected' : 'Shipped'
  await moveShipment(world, shipment, to, { shippedAtMs: nowMs, checkAtMs: nextLookAtMs(shipment.type, nowMs, nowMs) })
  return { kind: 'Done' }
}
