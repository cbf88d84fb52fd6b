import { formatClock, formatSlot } from '@/locales/time'
import type { Messages } from '@/locales/zh'
import type { AfterSaleView } from '@contracts/afterSale.ts'
import type { OrderState, OrderView } from '@contracts/order.ts'

const paidStates: readonly OrderState[] = ['Paid', 'Making', 'Ready', 'OnTheWay', 'Collected']

function madeSentence(order: OrderView, t: Messages): string {
  if (order.fulfilment.kind === 'DineIn') return t.order.makingDineIn({ table: order.fulfilment.tableName })
  return order.pickupNumber ? t.order.makingPickup({ number: order.pickupNumber }) : t.order.sentence.Paid
}

function readySentence(order: OrderView, t: Messages): string {
  if (order.fulfilment.kind === 'DineIn') return t.order.readyDineIn({ table: order.fulfilment.tableName })
  return order.pickupNumber ? t.order.readyPickup({ number: order.pickupNumber }) : t.order.sentence.Ready
}

function closedSentence(order: OrderView, t: Messages): string {
  if (order.closedBecause === 'Cancelled') return t.order.closedCancelled
  return order.closedBecause === 'Expired' ? t.order.closedExpired : t.order.sentence.Closed
}

/** The states in which it matters how the goods reach the customer. */
type OnItsWay = keyof Messages['progress']['Delivery']

/** Words of their own for what does not go over the counter; null for everything else. */
function wordsFor<Words extends Record<'Delivery' | 'Express' | 'PickUp', Record<OnItsWay, string>>>(order: OrderView, words: Words): string | null {
  const { kind } = order.fulfilment
  if (kind !== 'Delivery' && kind !== 'Express' && kind !== 'PickUp') return null
  return order.state in words[kind] ? words[kind][order.state as OnItsWay] : null
}

/** What a customer wants to know first, in one plain sentence. */
export function orderSentence(order: OrderView, t: Messages): string {
  if (order.awaitsAcceptance) return t.progress.awaiting
  const own = wordsFor(order, t.progress)
  if (own !== null) return own
  switch (order.state) {
    case 'Paid': case 'Making': return madeSentence(order, t)
    case 'Ready': return readySentence(order, t)
    case 'Collected': return order.fulfilment.kind === 'DineIn' ? t.order.servedDineIn : t.order.sentence.Collected
    case 'Closed': return closedSentence(order, t)
    default: return t.order.sentence[order.state]
  }
}

/** One or two words for a list. */
export function stateWord(order: OrderView, t: Messages): string {
  if (order.awaitsAcceptance) return t.stateWords.awaiting
  return wordsFor(order, t.stateWords) ?? t.order.word[order.state]
}

/** How the goods reach the customer. */
export function wayText(order: OrderView, t: Messages): string {
  return order.fulfilment.kind === 'DineIn' ? t.order.dineIn({ table: order.fulfilment.tableName }) : t.ways[order.fulfilment.kind]
}

/** When they are wanted, where a time was chosen. */
export function slotText(order: OrderView, nowMs: number, t: Messages): string {
  const { fulfilment } = order
  if (!('slotAtMs' in fulfilment) || fulfilment.slotAtMs === null) return ''
  return t.orderAt({ slot: formatSlot(fulfilment.slotAtMs, nowMs, t) })
}

/** Pieces in the order. */
export function pieceCount(order: OrderView): number {
  return order.lines.reduce((sum, line) => sum + line.quantity, 0)
}

/** The table of a dine-in order. */
export function tableOf(order: OrderView): string | null {
  return order.fulfilment.kind === 'DineIn' ? order.fulfilment.tableName : null
}

/** It waits for its money, and there is still time. */
export function isPayable(order: OrderView, nowMs: number): boolean {
  return order.state === 'Unpaid' && order.expiresAtMs > nowMs
}

/** A calm word after the cashier was left without paying. */
export function setbackText(order: OrderView, because: 'cancel' | 'fail', t: Messages): string {
  const time = formatClock(order.expiresAtMs)
  return because === 'cancel' ? t.order.kept({ time }) : t.order.declined({ time })
}

/** Some of its money can be asked back, and no request is under way. */
export function mayAskBack(order: OrderView): boolean {
  const { afterSale } = order
  if (order.refundableFen === 0 || (afterSale && isUnderWay(afterSale))) return false
  return !(afterSale?.state === 'Declined' && afterSale.triesLeft === 0)
}

/** Staff or WeChat are busy with it. */
export const isUnderWay = ({ state }: AfterSaleView): boolean => state === 'Requested' || state === 'Approved' || state === 'Refunding'

/** Money on its way has words of its own; a request has some more to say until then, or where less came of it. */
export function needsCard({ state, approvedFen, amountFen }: AfterSaleView): boolean {
  return state === 'Requested' || state === 'Declined' || (approvedFen !== null && approvedFen < amountFen)
}

/** Nothing will change any more by itself. */
export function isOver(order: OrderView): boolean {
  return order.state === 'Closed' || order.state === 'Collected' || order.state === 'Rejected' || order.state === 'Refunded'
}

/** The shop has its money and works on it, or has done so. */
export const isPaid = ({ state }: OrderView): boolean => paidStates.includes(state)

/** It is on its way from the till to the customer, and may move any moment. */
export const isDoing = (order: OrderView): boolean => isPaid(order) && order.state !== 'Collected'

/** What an order means to somebody who has just been to the cashier. */
export function resultMood(order: OrderView): 'paid' | 'processing' | 'closed' {
  if (order.state === 'Closed' || order.state === 'Rejected' || order.state === 'Refunded') return 'closed'
  return isPaid(order) ? 'paid' : 'processing'
}
