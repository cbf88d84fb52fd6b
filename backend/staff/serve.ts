import type { BarOrder } from '../../contracts/merchant.ts'
import type { OrderState } from '../../contracts/order.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { above, below } from '../database.ts'
import type { Transaction, Where } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { moved, ofStore, orders, viewOrder } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { view } from '../order/readOrders.ts'
import { orderMachine } from '../order/rules.ts'
import { enqueue } from '../outbox/outbox.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import { workOn } from '../outbox/workOutbox.ts'
import { enterShipment } from '../shipping/shipments.ts'

const PAGE = 20
const TABS = {
  ToMake: { state: 'Paid', oldestFirst: true },
  ToCollect: { state: 'Ready', oldestFirst: true },
  Collected: { state: 'Collected', oldestFirst: false },
} as const satisfies Record<string, { state: OrderState, oldestFirst: boolean }>

/** The bar's list: what waits longest comes first; what is done, newest first. */
export async function barOrders(world: World, input: { tab: keyof typeof TABS, cursor?: string }) {
  const { storeId } = world.settings
  const { state, oldestFirst } = TABS[input.tab]
  const after: Where = input.cursor === undefined ? {} : { sortKey: oldestFirst ? above(input.cursor) : below(input.cursor) }
  const [found, toMake, toCollect] = await Promise.all([
    orders(world).find({ where: { storeId, state, ...after }, sort: ['sortKey', oldestFirst ? 'asc' : 'desc'], limit: PAGE + 1 }),
    orders(world).count({ storeId, state: 'Paid' }),
    orders(world).count({ storeId, state: 'Ready' }),
  ])
  const shown = found.slice(0, PAGE)
  return done({
    orders: shown.map(viewBarOrder),
    nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null,
    counts: { toMake, toCollect },
  })
}

/** The drinks stand on the counter. Marking twice is no error. */
export async function markReady(world: World, input: { orderId: string }, by: { openid: string }) {
  const made = await world.database.transact(transaction => makeReady(world, transaction, input.orderId, by.openid))
  if ('code' in made) return refused(made.code)
  // The customer waits for this one message, so it does not wait for the timer.
  if (made.told) await workOn(world, made.told)
  const order = await ofStore(world, input.orderId)
  if (!order) return refused('OrderUnknown')
  return order.state === 'Ready' || order.state === 'Collected' ? done(viewBarOrder(order)) : refused('OrderNotPaid', { state: order.state })
}

type Made = { told: EffectDocument | null } | { code: 'OrderUnknown' | 'ParcelsNeeded' }

/** Moves the order and writes what follows from it: the customer is told, and WeChat has to know that it is handed over. */
async function makeReady(world: World, transaction: Transaction, orderId: string, by: string): Promise<Made> {
  const order = await transaction.read<OrderDocument>('orders', orderId)
  if (order?.storeId !== world.settings.storeId) return { code: 'OrderUnknown' }
  if (order.state !== 'Paid') return { told: null }
  if (order.fulfilment.kind === 'Express') return { code: 'ParcelsNeeded' }
  assertMove(orderMachine, 'Paid', 'Ready')
  await transaction.change('orders', orderId, moved(world, 'Ready', {}, by))
  await enterShipment(world, transaction, order, [], by)
  if (!world.settings.templates.Ready) return { told: null }
  return { told: await enqueue(world, transaction, { kind: 'TellReady', about: orderId, order }) }
}

/** The customer has them. Marking twice is no error. */
export async function markCollected(world: World, input: { orderId: string }, by: { openid: string }) {
  const order = await advance(world, input.orderId, 'Ready', 'Collected', by.openid)
  if (!order) return refused('OrderUnknown')
  return order.state === 'Collected' ? done(viewBarOrder(order)) : refused('OrderNotReady', { state: order.state })
}

/** Moves an order of this store if it stands at `from`, noting who did it, and answers it as it then is. */
async function advance(world: World, orderId: string, from: OrderState, to: OrderState, by: string): Promise<OrderDocument | null> {
  await orders(world).changeIf(orderId, { state: from, storeId: world.settings.storeId }, moved(world, to, {}, by))
  return ofStore(world, orderId)
}

/** The whole order for staff, with its refunds and the request about it. */
export const viewForBar = async (world: World, order: OrderDocument): Promise<BarOrder> =>
  ({ ...viewBarOrder(order), ...await view(world, order) })

const viewBarOrder = (order: OrderDocument): BarOrder => ({ ...viewOrder(order), shortId: order._id.slice(-4).toUpperCase() })
