import type { OrderState, OrderView } from '@contracts/order.ts'

/** One stop on the way of an order: when it was reached, or whether it is the one that comes next. */
export interface OrderStep { state: OrderState, atMs: number | null, mark: 'reached' | 'next' | 'ahead' }

const usualWay: OrderState[] = ['Unpaid', 'Paid', 'Ready', 'Collected']
const deliveryWay: OrderState[] = ['Unpaid', 'Paid', 'Ready', 'OnTheWay', 'Collected']

/** Nothing of the usual way lies ahead of an order that is being closed. */
function wayOf(order: OrderView): OrderState[] {
  if (order.state === 'Closing') return ['Unpaid', 'Closing', 'Closed']
  if (order.state === 'Closed') return ['Unpaid', 'Closed']
  const usual = order.fulfilment.kind === 'Delivery' ? deliveryWay : usualWay
  if (order.state !== 'Refunded') return usual
  // As far as it came before its money went back.
  return [...usual.filter(state => order.steps.some(step => step.state === state)), 'Refunded']
}

/** What has happened with its time, and what is still to come without one. */
export function orderSteps(order: OrderView): OrderStep[] {
  const reachedAt = new Map(order.steps.map(step => [step.state, step.atMs]))
  const way = wayOf(order)
  const next = way.find(state => !reachedAt.has(state) && state !== 'Unpaid')
  return way.map((state) => {
    // An order counts as placed from the moment it was made.
    const atMs = reachedAt.get(state) ?? (state === 'Unpaid' ? order.createdAtMs : null)
    if (atMs !== null) return { state, atMs, mark: 'reached' }
    return { state, atMs, mark: state === next ? 'next' : 'ahead' }
  })
}
