import type { BarOrder } from '../../contracts/merchant.ts'
import { foundMax } from '../../contracts/staffOrder.ts'
import { done } from '../../contracts/outcome.ts'
import type { Where } from '../database.ts'
import { orders } from '../order/orders.ts'
import type { World } from '../ports.ts'
import { viewBarOrder } from './serve.ts'

/**
 * Orders of this store by what somebody says at the bar: a pickup number, a short id, or the end of a number. One that could be
 * two of these is looked up as both. The newest first, because pickup numbers begin anew each day. At most two operations.
 */
export async function findOrders(world: World, { text }: { text: string }) {
  const { storeId } = world.settings
  const found = await Promise.all(wheresOf(text.replace('#', '')).map(where =>
    orders(world).find({ where: { storeId, ...where }, sort: ['sortKey', 'desc'], limit: foundMax })))
  const byId = new Map(found.flat().filter(({ state }) => state !== 'Reserving' && state !== 'Rejected').map(order => [order._id, order]))
  const newestFirst = [...byId.values()].sort((one, other) => other.sortKey.localeCompare(one.sortKey))
  return done<{ orders: BarOrder[] }>({ orders: newestFirst.slice(0, foundMax).map(viewBarOrder) })
}

/** `A012` is a pickup number and may be a short id as well; other words of four characters are no pickup number. */
function wheresOf(word: string): Where[] {
  const isPickupNumber = /^[A-Z]\d{3}$/.test(word)
  const isEnd = /^[0-9A-F]{4}$/.test(word)
  return [...isPickupNumber ? [{ pickupNumber: word }] : [], ...isEnd ? [{ foundBy: word }] : []]
}
