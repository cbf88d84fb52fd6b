import type { World } from '../ports.ts'
import { release, sell } from '../stock/stock.ts'
import { orders } from './orders.ts'
import type { OrderDocument } from './orders.ts'

/** Puts the pieces of an order that is over back, once, and notes that it is done. */
export async function giveStockBack(world: World, order: OrderDocument): Promise<void> {
  if (order.followUp !== 'ReleaseStock') return
  for (const piece of order.pieces) await release(world.database, piece, order._id)
  await orders(world).changeIf(order._id, { followUp: 'ReleaseStock' }, { set: { followUp: 'None' } })
}

/** Turns the held pieces of a paid order into sold ones, once, and notes that it is done. */
export async function handOverStock(world: World, order: OrderDocument): Promise<void> {
  if (order.followUp !== 'SellStock') return
  for (const piece of order.pieces) await sell(world.database, piece, order._id)
  await orders(world).changeIf(order._id, { followUp: 'SellStock' }, { set: { followUp: 'None' } })
}
