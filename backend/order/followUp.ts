import type { World } from '../ports.ts'
import { giveCouponBack, releaseCoupon, useCoupon } from '../promotion/coupon/coupons.ts'
import { release, sell } from '../stock/stock.ts'
import { orders } from './orders.ts'
import type { OrderDocument } from './orders.ts'

/** Gives back what an order held that is over, its pieces and its coupon, once, and notes that it is done. */
export async function releaseHolds(world: World, order: OrderDocument): Promise<void> {
  if (order.followUp !== 'ReleaseStock') return
  await releaseCoupon(world, order)
  for (const piece of order.pieces) await release(world.database, piece, order._id)
  await orders(world).changeIf(order._id, { followUp: 'ReleaseStock' }, { set: { followUp: 'None' } })
}

/** Turns the held pieces of a paid order into sold ones and its coupon into a used one, once, and notes that it is done. */
export async function useUpHolds(world: World, order: OrderDocument): Promise<void> {
  if (order.followUp !== 'SellStock') return
  await useCoupon(world, order)
  for (const piece of order.pieces) await sell(world.database, piece, order._id)
  await orders(world).changeIf(order._id, { followUp: 'SellStock' }, { set: { followUp: 'None' } })
}

/**
 * Gives the coupon of a wholly refunded order back, once. The refund may have been quicker than what follows a payment, so
 * that is made up for first.
 */
export async function returnCoupon(world: World, order: OrderDocument): Promise<void> {
  if (order.followUp !== 'ReturnCoupon') return
  for (const piece of order.pieces) await sell(world.database, piece, order._id)
  await giveCouponBack(world, order)
  await orders(world).changeIf(order._id, { followUp: 'ReturnCoupon' }, { set: { followUp: 'None' } })
}
