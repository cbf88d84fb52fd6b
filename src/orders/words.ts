import type { Messages } from '@/locales/zh'
import type { OrderView } from '@contracts/order.ts'

/** What a customer wants to know first, in one plain sentence. */
export function orderSentence(order: OrderView, t: Messages): string {
  if (order.state === 'Ready') return readySentence(order, t)
  if (order.state === 'Closed' && order.closedBecause) {
    return order.closedBecause === 'Cancelled' ? t.order.closedCancelled : t.order.closedExpired
  }
  return t.order.sentence[order.state]
}

function readySentence(order: OrderView, t: Messages): string {
  if (order.fulfilment.kind === 'DineIn') return t.order.readyDineIn
  return order.pickupNumber ? t.order.readyPickup({ number: order.pickupNumber }) : t.order.sentence.Ready
}

/** How the goods reach the customer. */
export function wayText(order: OrderView, t: Messages): string {
  return order.fulfilment.kind === 'DineIn' ? t.order.dineIn({ table: order.fulfilment.tableName }) : t.order.takeAway
}

/** Pieces in the order. */
export function pieceCount(order: OrderView): number {
  return order.lines.reduce((sum, line) => sum + line.quantity, 0)
}

/** The table of a dine-in order. */
export function tableOf(order: OrderView): string | null {
  return order.fulfilment.kind === 'DineIn' ? order.fulfilment.tableName : null
}
