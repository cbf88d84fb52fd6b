import { isKitchen } from '../kitchen/kitchens.ts'
import type { World } from '../ports.ts'
import { lockCoupon } from '../promotion/coupon/coupons.ts'
import { reserve } from '../stock/stock.ts'
import type { OrderDocument } from './orders.ts'

/** Whether an order takes anything for itself before it can be paid: pieces from the shelf, a coupon. */
export const holdsSomething = ({ pieces, couponId }: Pick<OrderDocument, 'pieces' | 'couponId'>): boolean =>
  pieces.length > 0 || couponId !== null

/**
 * Takes the coupon and then every piece. Every step can be repeated, and two calls may take for one order at once; what was
 * taken before something lacked is given back by whoever rejects the order.
 */
export async function holdAll(world: World, order: OrderDocument): Promise<'Held' | 'CouponLost' | 'KitchenFull' | 'OutOfStock'> {
  if (!await lockCoupon(world, order)) return 'CouponLost'
  for (const piece of order.pieces) {
    if (await reserve(world.database, piece, order._id, world.clock.nowMs()) === 'Reserved') continue
    return isKitchen(piece) ? 'KitchenFull' : 'OutOfStock'
  }
  return 'Held'
}
