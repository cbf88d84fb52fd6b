import type { Messages } from '@/locales/zh'
import type { InputOf } from '@contracts/action.ts'
import type { BarOrder, BarOrders, MerchantActions } from '@contracts/merchant.ts'

/** Which orders the bar looks at. */
export type BarTab = InputOf<MerchantActions['orders']>['tab']

/** What the hands at the bar do to an order. */
export type Mark = 'startMaking' | 'markReady' | 'setOut' | 'markCollected'

/** How many orders wait behind each tab. */
export type BarCounts = BarOrders['counts']

/** A tap at the bar: which order, and what was done to it. */
export interface Move { orderId: string, mark: Mark }

/** The tab that an order leaves by a mark, if it leaves any. */
const leftBy: Partial<Record<Mark, BarTab>> = { markReady: 'ToMake', markCollected: 'ToCollect' }

/** What a tab still holds after the moves. An order never comes back to a tab it left, so a late list cannot undo a tap. */
export function stillHere(tab: BarTab, orders: BarOrder[], moves: Move[]): BarOrder[] {
  const gone = new Set(moves.filter(move => leftBy[move.mark] === tab).map(move => move.orderId))
  return orders.filter(order => !gone.has(order.id))
}

/** The numbers on the tabs as they will be once the server has heard of the mark. */
export function countsAfter({ toMake, toCollect }: BarCounts, mark: Mark): BarCounts {
  if (leftBy[mark] === undefined) return { toMake, toCollect }
  return mark === 'markReady'
    ? { toMake: Math.max(0, toMake - 1), toCollect: toCollect + 1 }
    : { toMake, toCollect: Math.max(0, toCollect - 1) }
}

/** The one thing to do next with an order that is not posted, or that is on its way; null where there is nothing. */
export function nextMark({ state, fulfilment }: BarOrder): Mark | null {
  if (state === 'Paid' || state === 'Making') return fulfilment.kind === 'Express' ? null : 'markReady'
  if (state === 'Ready' && fulfilment.kind === 'Delivery') return 'setOut'
  return state === 'Ready' || state === 'OnTheWay' ? 'markCollected' : null
}

/** What the button for it says. */
export function markText(order: BarOrder, mark: Mark, { merchant: words }: Messages): string {
  switch (mark) {
    case 'startMaking': return order.awaitsAcceptance ? words.accept : words.start
    case 'markReady': return words.ready
    case 'setOut': return words.setOut
    case 'markCollected': return order.fulfilment.kind === 'Delivery' ? words.delivered : words.collected
  }
}

/** Under what name each button is looked for. */
export const markNames: Record<Mark, string> =
  { startMaking: 'start-button', markReady: 'ready-button', setOut: 'set-out-button', markCollected: 'collected-button' }

/** Orders that were not there a moment ago. Somebody who has just opened the tab has seen nothing yet, so nothing is new. */
export function arrivals(seen: ReadonlySet<string> | undefined, orders: BarOrder[]): string[] {
  return seen === undefined ? [] : orders.map(order => order.id).filter(id => !seen.has(id))
}

/** Whole minutes since the order was paid. */
export function waitedMinutes(order: BarOrder, nowMs: number): number {
  const paidAtMs = order.steps.find(step => step.state === 'Paid')?.atMs ?? order.createdAtMs
  return Math.max(0, Math.floor((nowMs - paidAtMs) / 60_000))
}
