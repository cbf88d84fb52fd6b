import type { OrderCounts, ToReceive } from '../../contracts/order.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { afterSaleIdOf, afterSales, withItsPhotos } from '../aftersale/afterSales.ts'
import { below, oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { refunds } from '../refund/refunds.ts'
import { orders, ownOrder, viewOrder } from './orders.ts'
import type { OrderDocument } from './orders.ts'
import { isSentOff, ON_ITS_WAY } from '../shipping/rules.ts'
import { shipments } from '../shipping/shipments.ts'
import type { ShipmentDocument } from '../shipping/shipments.ts'
import { whereaboutsOf } from '../store/stores.ts'
import { isToHandOver, PAID_STATES, tabStates } from './rules.ts'
import type { OrderTab } from './rules.ts'

const PAGE = 10
/** More than one payment can have. */
const REFUNDS_SHOWN = 60

/** One order of the caller, with the refunds of its money. */
export async function readOrder(world: World, openid: string, input: { orderId: string }) {
  const order = await ownOrder(world, openid, input.orderId)
  return order ? done(await view(world, order)) : refused('OrderUnknown')
}

/**
 * The caller's orders, newest first, ten a page; the first page counts for the tabs, in three database operations altogether, and
 * a fourth where something is on its way to the customer.
 */
export async function listOrders(world: World, openid: string, input: { tab: OrderTab, cursor?: string }) {
  const isFirst = input.cursor === undefined
  const [found, counts] = await Promise.all([
    orders(world).find({
      where: { openid, state: oneOf(tabStates[input.tab]), ...(input.cursor === undefined ? {} : { sortKey: below(input.cursor) }) },
      sort: ['sortKey', 'desc'],
      limit: PAGE + 1,
    }),
    isFirst ? countOrders(world, openid) : null,
  ])
  const shown = found.slice(0, PAGE)
  const sent = await shipmentsOf(world, shown)
  return done({
    orders: shown.map(order => ({ ...viewOrder(order), ...toReceive(world, order, sent.get(order._id)) })),
    nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null,
    ...(counts ? { counts } : {}),
  })
}

/** The shipments of those that are on their way to the customer. One database operation, or none. */
async function shipmentsOf(world: World, listed: readonly OrderDocument[]): Promise<Map<string, ShipmentDocument>> {
  const ids = listed.filter(({ fulfilment, state }) => isSentOff(fulfilment.kind) && isToHandOver(state)).map(({ _id }) => _id)
  const found = ids.length === 0 ? [] : await shipments(world).find({ where: { _id: oneOf(ids) }, limit: ids.length })
  return new Map(found.map(shipment => [shipment._id, shipment]))
}

/** How many orders wait for the customer, and how many the customer waits for. Two database operations. */
export async function countOrders(world: World, openid: string): Promise<OrderCounts> {
  const [unpaidCount, doingCount] = await Promise.all([
    orders(world).count({ openid, state: oneOf(tabStates.Unpaid) }),
    orders(world).count({ openid, state: oneOf(tabStates.Doing) }),
  ])
  return { unpaidCount, doingCount }
}

/** Whether this person has ever paid an order here. One database operation. */
export async function hasPaid(world: World, openid: string): Promise<boolean> {
  return await orders(world).count({ openid, state: oneOf(PAID_STATES) }) > 0
}

/** The order with its refunds, which exist only where money came in, the last request about it, what was posted, and its store. */
export async function view(world: World, order: OrderDocument) {
  const isSent = isSentOff(order.fulfilment.kind) && (isToHandOver(order.state) || order.state === 'Collected')
  const [found, afterSale, shipment, store] = await Promise.all([
    order.attempts === 0 ? [] : refunds(world).find({ where: { orderId: order._id }, limit: REFUNDS_SHOWN }),
    order.afterSales ? afterSales(world).read(afterSaleIdOf(order._id, order.afterSales)) : null,
    isSent ? shipments(world).read(order._id) : null,
    whereaboutsOf(world, order.storeId),
  ])
  const inOrder = [...found].sort((one, other) => one.createdAtMs - other.createdAtMs)
  const parcels = (shipment?.parcels ?? []).map(({ company, trackingNumber }) => ({ company, trackingNumber }))
  const shown = { ...viewOrder(order, { refunds: inOrder, afterSale, parcels }), store, ...toReceive(world, order, shipment) }
  return shown.afterSale ? { ...shown, afterSale: await withItsPhotos(world, shown.afterSale) } : shown
}

/** Absent while it cannot be confirmed: WeChat's component knows a parcel only once WeChat has taken its shipping. */
function toReceive(
  world: World, { state, transactionId }: OrderDocument, shipment: ShipmentDocument | null | undefined,
): { toReceive?: ToReceive } {
  if (!shipment || transactionId === null || !isToHandOver(state) || !(ON_ITS_WAY as readonly string[]).includes(shipment.state)) return {}
  const inWeChat = world.settings.isTradeManaged
  return inWeChat && shipment.state === 'Entered' ? {} : { toReceive: { transactionId, inWeChat } }
}
