import type { OutputOf } from '../../contracts/action.ts'
import { done, loginNeeded } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import { countOrders } from '../order/readOrders.ts'
import type { World } from '../ports.ts'
import { countUsable } from '../promotion/coupon/coupons.ts'
import { readMember } from './members.ts'

/** The Me page in one call. */
export async function me(world: World, openid: string): Promise<Outcome<OutputOf<ShopActions['me']>, never>> {
  const [member, counts, couponCount] = await Promise.all([
    readMember(world, openid), countOrders(world, openid), countUsable(world, openid),
  ])
  return member ? done({ member, ...counts, couponCount }) : loginNeeded
}
