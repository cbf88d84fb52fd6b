import type { BarOrder } from '../../contracts/merchant.ts'
import type { OrderState, OrderView } from '../../contracts/order.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { above, below, oneOf } from '../database.ts'
import type { Transaction, Where } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { moved, ofStore, orders, viewOrder } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { view } from '../order/readOrders.ts'
import { maskFulfilment } from '../order/fulfilments.ts'
import { isToHandOver, isToMake, orderMachine, shortIdOf, TO_HAND_OVER, TO_MAKE } from '../order/rules.ts'
import { enqueue } from '../outbox/outbox.ts'
import type { EffectDocument } from '../outbox/outbox.ts'
import { workOn } from '../outbox/workOutbox.ts'
import { enterShipment } from '../shipping/shipments.ts'
import { auditIdOf, writeAudit } from './audits.ts'

const PAGE = 20
const TABS = {
  ToMake: { states: TO_MAKE, oldestFirst: true },
  ToCollect: { states: TO_HAND_OVER, oldestFirst: true },
  Collected: { states: ['Collected'], oldestFirst: false },
} as const satisfies Record<string, { states: readonly OrderState[], oldestFirst: boolean }>

export type BarTab = keyof typeof TABS

/** The bar's list: what waits longest comes first; what is done, newest first. */
export async function barOrders(world: World, input: { tab: BarTab, cursor?: string }) {
  const { storeId } = world.settings
  const { states, oldestFirst } = TABS[input.tab]
  const after: Where = input.cursor === undefined ? {} : { sortKey: oldestFirst ? above(input.cursor) : below(input.cursor) }
  const [found, toMake, toCollect] = await Promise.all([
    orders(world).find({ where: { storeId, state: oneOf(states), ...after }, sort: ['sortKey', oldestFirst ? 'asc' : 'desc'], limit: PAGE + 1 }),
    orders(world).count({ storeId, state: oneOf(TO_MAKE) }),
    orders(world).count({ storeId, state: oneOf(TO_HAND_OVER) }),
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
  return isToHandOver(order.state) || order.state === 'Collected' ? done(viewBarOrder(order)) : refused('OrderNotPaid', { state: order.state })
}

type Made = { told: EffectDocument | null } | { code: 'OrderUnknown' | 'ParcelsNeeded' }

/** Moves the order and writes what follows from it: the customer is told, and WeChat has to know that it is handed over. */
async function makeReady(world: World, transaction: Transaction, orderId: string, by: string): Promise<Made> {
  const order = await transaction.read<OrderDocument>('orders', orderId)
  if (order?.storeId !== world.settings.storeId) return { code: 'OrderUnknown' }
  if (!isToMake(order.state)) return { told: null }
  if (order.fulfilment.kind === 'Express') return { code: 'ParcelsNeeded' }
  assertMove(orderMachine, order.state, 'Ready')
  await transaction.change('orders', orderId, moved(world, 'Ready', {}, by))
  await enterShipment(world, transaction, order, { parcels: [], by })
  if (!world.settings.templates.Ready) return { told: null }
  return { told: await enqueue(world, transaction, { kind: 'TellReady', about: orderId, order }) }
}

/** The customer has them. Marking twice is no error. */
export async function markCollected(world: World, input: { orderId: string }, by: { openid: string }) {
  const order = await advance(world, input.orderId, [['Ready', 'Collected'], ['OnTheWay', 'Collected']], by.openid)
  if (!order) return refused('OrderUnknown')
  return order.state === 'Collected' ? done(viewBarOrder(order)) : refused('OrderNotReady', { state: order.state })
}

/** The bar has begun. Where the store takes orders on by hand, this does so. Marking twice is no error. */
export async function startMaking(world: World, input: { orderId: string }, by: { openid: string }) {
  const order = await advance(world, input.orderId, [['Paid', 'Making']], by.openid)
  if (!order) return refused('OrderUnknown')
  return isToMake(order.state) || isToHandOver(order.state) ? done(viewBarOrder(order)) : refused('OrderNotPaid', { state: order.state })
}

/** A courier has left with it. Marking twice is no error. */
export async function setOut(world: World, input: { orderId: string }, by: { openid: string }) {
  const before = await ofStore(world, input.orderId)
  if (before?.fulfilment.kind !== 'Delivery') return before ? refused('OrderNotReady', { state: before.state }) : refused('OrderUnknown')
  const order = await advance(world, input.orderId, [['Ready', 'OnTheWay']], by.openid)
  if (!order) return refused('OrderUnknown')
  return order.state === 'OnTheWay' || order.state === 'Collected' ? done(viewBarOrder(order)) : refused('OrderNotReady', { state: order.state })
}

/** Whom to call about a delivery or a parcel. Who has looked it up is written down. */
export async function readReceiver(world: World, input: { orderId: string }, by: { openid: string }) {
  const order = await ofStore(world, input.orderId)
  if (!order) return refused('OrderUnknown')
  const { fulfilment } = order
  const receiver = fulfilment.kind === 'Delivery' || fulfilment.kind === 'Express' ? fulfilment.receiver : undefined
  if (!receiver) return refused('NothingToShip')
  const _id = auditIdOf('ReadReceiver', by.openid, world.random.hex(8))
  const row = { _id, what: 'ReadReceiver' as const, by: by.openid, subject: order._id, orderId: order._id, amountFen: 0, note: '' }
  await world.database.transact(transaction => writeAudit(world, transaction, row))
  return done(receiver)
}

/** Moves an order of this store along the edge it stands at, noting who did it, and answers it as it then is. */
async function advance(world: World, orderId: string, edges: [OrderState, OrderState][], by: string): Promise<OrderDocument | null> {
  for (const [from, to] of edges) {
    assertMove(orderMachine, from, to)
    if (await orders(world).changeIf(orderId, { state: from, storeId: world.settings.storeId }, moved(world, to, {}, by))) break
  }
  return ofStore(world, orderId)
}

/** The whole order for staff, with its refunds and the request about it. */
export const viewForBar = async (world: World, order: OrderDocument): Promise<BarOrder> =>
  forBar(order, await view(world, order))

/** The order for a list of the staff's. */
export const viewBarOrder = (order: OrderDocument): BarOrder => forBar(order, viewOrder(order))

/** What its customer sees, for staff: nobody's whole number. */
const forBar = (order: OrderDocument, shown: OrderView): BarOrder =>
  ({ ...shown, fulfilment: maskFulfilment(shown.fulfilment), shortId: shortIdOf(order._id) })
