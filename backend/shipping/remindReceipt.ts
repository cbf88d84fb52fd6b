import { orders } from '../order/orders.ts'
import { isToHandOver } from '../order/rules.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import { judgeRefusal } from '../outbox/rules.ts'
import type { EffectResult } from '../outbox/rules.ts'
import type { World } from '../ports.ts'

/** Has WeChat remind the customer; not when the order is received or refunded by now. */
export async function remindOfReceipt(world: World, { orderId, payload }: EffectDocument): Promise<EffectResult> {
  const order = await orders(world).read(orderId)
  if (!order || !isToHandOver(order.state) || order.transactionId === null) return { kind: 'NotWanted', because: 'the order has moved on' }
  const answer = await world.openInterfaces.remindReceipt(order.transactionId, Number(payload.arrivedAtMs))
  return answer.ok ? { kind: 'Done' } : judgeRefusal(answer)
}
