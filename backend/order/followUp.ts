import type { World } from '../ports.ts'
import { giveCouponBack, releaseCoupon, useCoupon } from '../promotion/coupon/coupons.ts'
import { noteMove } from '../stock/moves.ts'
import { stockIdOf } from '../stock/rules.ts'
import { release, sell } from '../stock/stock.ts'
import { orders } from './orders.ts'
import type { OrderDocument } from './orders.ts'

/** Gives back what an order held that is over, its pieces and its coupon, once, and notes that it is done. */
export async function releaseHolds(world: World, order: OrderDocument): Promise<void> {
  if (order.followUp !== 'ReleaseStock') return
  await releaseCoupon(world, order)
  for (const piece of order.pieces) await release(world.database, stockIdOf(piece), { orderId: order._id, quantity: piece.quantity })
  await orders(world).changeIf(order._id, { followUp: 'ReleaseStock' }, { set: { followUp: 'None' } })
}

/** Turns the held pieces of a paid order into sold ones and its coupon into a used one, once, and notes that it is done. */
export async function useUpHolds(world: World, order: OrderDocument): Promise<void> {
  if (order.followUp !== 'SellStock') return
  await useCoupon(world, order)
  await sellPieces(world, order)
  await orders(world).changeIf(order._id, { followUp: 'SellStock' }, { set: { followUp: 'None' } })
}

/**
 * Gives the coupon of a wholly refunded order back, once. The refund may have been quicker than what follows a payment, so
 * that is made up for first.
 */
export async function returnCoupon(world: World, order: OrderDocument): Promise<void> {
  if (order.followUp !== 'ReturnCoupon') return
  await sellPieces(world, order)
  await giveCouponBack(world, order)
  await orders(world).changeIf(order._id, { followUp: 'ReturnCoupon' }, { set: { followUp: 'None' } })
}

/** A paid order holds all of its pieces, whichever call sells them. */
async function sellPieces(world: World, order: OrderDocument): Promise<void> {
  for (const piece of order.pieces) {
    await sell(world.database, piece, order._id)
    await noteMove(world, piece, 'Sold', order._id)
  }
}
