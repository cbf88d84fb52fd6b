import { orders } from '../order/orders.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import type { EffectResult } from '../outbox/rules.ts'
import type { World } from '../ports.ts'
import { sittings } from './sittings.ts'
import { ticketOf, tickets } from './tickets.ts'

/** A round that had to be paid first goes to the kitchen. One order makes one ticket, under the id of its round. */
export async function makeTicket(world: World, { orderId }: EffectDocument): Promise<EffectResult> {
  const order = await orders(world).read(orderId)
  const sitting = order?.sitting && await sittings(world).read(order.sitting.id)
  if (!order?.sitting?.roundId || !sitting) return { kind: 'NotWanted', because: 'no round was paid' }
  if (order.state === 'Refunded') return { kind: 'NotWanted', because: 'its money went back' }
  const round = sitting.rounds.find(one => one.id === order.sitting!.roundId)
  const lines = round?.lines ?? order.lines.map(line => ({ ...line, guest: 0, returned: 0 }))
  const wanted = { id: order.sitting.roundId, number: round?.number ?? sitting.rounds.length + 1, lines, remark: order.remark, orderId }
  await tickets(world).add(ticketOf(world, sitting, wanted))
  return { kind: 'Done' }
}
