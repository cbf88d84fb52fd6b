import type { CodeOf, OutputOf, ParsedOf } from '../../../contracts/action.ts'
import type { Scope } from '../../../contracts/coupon.ts'
import type { ShopActions } from '../../../contracts/shop.ts'
import { done, refused } from '../../../contracts/outcome.ts'
import type { Outcome } from '../../../contracts/outcome.ts'
import { cardsOf, products } from '../../catalog/products.ts'
import { above, oneOf } from '../../database.ts'
import type { Where } from '../../database.ts'
import type { World } from '../../ports.ts'
import { ownCoupon } from './coupons.ts'
import { templateOf } from './templates.ts'

type Asking = ShopActions['couponGoods']
type Answer = Outcome<OutputOf<Asking>, CodeOf<Asking>>

const PAGE = 20

/**
 * A page of the goods that a coupon is for, as the shop recommends them: of one's own by what was promised when it was taken, of one
 * that is handed out by what is offered. Three database operations.
 */
export async function showCouponGoods(world: World, openid: string | null, { of, cursor }: ParsedOf<Asking>): Promise<Answer> {
  const coupon = of.kind === 'Offered' ? await templateOf(world, of.templateId) : openid === null ? null : await ownCoupon(world, openid, of.couponId)
  if (!coupon) return refused('CouponUnknown')
  const found = await products(world).find({
    where: { onSale: true, ...inScope(coupon.scope), ...cursor === undefined ? {} : { 'keys.sort': above(cursor) } },
    sort: ['keys.sort', 'asc'], limit: PAGE + 1,
  })
  const shown = found.slice(0, PAGE)
  return done({
    name: coupon.name,
    goods: await cardsOf(world, shown),
    nextCursor: found.length > PAGE ? shown.at(-1)!.keys?.sort ?? null : null,
  })
}

function inScope(scope: Scope): Where {
  if (scope.kind === 'Products') return { _id: oneOf(scope.productIds) }
  return scope.kind === 'Categories' ? { categoryId: oneOf(scope.categoryIds) } : {}
}
