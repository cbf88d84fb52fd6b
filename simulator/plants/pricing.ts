import type { Plant } from './plant.ts'

/** Bugs in prices, coupons and portions of a day. */
export const pricingPlants: readonly Plant[] = [
  {
    name: 'packed-once',
    about: 'Packaging that is asked by the piece is charged once.',
    file: 'backend/pricing/fees.ts',
    find: 'amountFen: feeFen * pieces, pieces }',
    replace: 'amountFen: feeFen, pieces }',
  },
  {
    name: 'percent-rounded-up',
    about: 'A coupon takes off a fen more than its percentage comes to.',
    file: 'backend/promotion/coupon/rules.ts',
    find: 'Math.floor(scopeFen * benefit.percent / 100)',
    replace: 'Math.ceil(scopeFen * benefit.percent / 100)',
  },
  {
    name: 'minimum-ignored',
    about: 'A coupon is good for any amount, whatever its terms say.',
    file: 'backend/promotion/coupon/rules.ts',
    find: 'if (scopeFen < coupon.minimumFen) return',
    replace: 'if (false) return',
  },
  {
    name: 'coupon-not-locked',
    about: 'An order uses a coupon without holding it: two orders have it.',
    file: 'backend/promotion/coupon/coupons.ts',
    find: '  if (order.couponId === null) return true\n  const nowMs',
    replace: '  if (order) return true\n  const nowMs',
  },
  {
    name: 'coupon-lock-shared',
    about: 'A coupon that another order holds is taken for one\'s own.',
    file: 'backend/promotion/coupon/coupons.ts',
    find: 'return coupon?.state === \'Locked\' && coupon.orderId === order._id',
    replace: 'return coupon?.state === \'Locked\'',
  },
  {
    name: 'coupon-of-anyone',
    about: 'Whoever knows a coupon\'s number can use it.',
    file: 'backend/promotion/coupon/coupons.ts',
    find: 'return coupon?.openid === openid ? viewCoupon',
    replace: 'return coupon ? viewCoupon',
  },
  {
    name: 'coupons-without-end',
    about: 'More coupons are handed out than there are.',
    file: 'backend/promotion/coupon/templates.ts',
    find: '{ takenCount: below(template.totalMax) }',
    replace: '{}',
  },
  {
    name: 'coupon-lock-kept',
    about: 'The coupon of a closed order stays locked. Alone the timer finds it, twenty minutes later.',
    file: 'backend/order/followUp.ts',
    find: '  await releaseCoupon(world, order)\n  for',
    replace: '  for',
    with: ['coupon-locks-not-looked-at'],
  },
  {
    name: 'coupon-locks-not-looked-at',
    about: 'Nobody looks at locks that last too long.',
    file: 'backend/promotion/coupon/leftovers.ts',
    find: '  if (fate === \'Release\') await releaseCoupon(world, holder)\n',
    replace: '',
    with: ['coupon-lock-kept'],
  },
  {
    name: 'coupon-not-given-back',
    about: 'The coupon of a wholly refunded order is lost.',
    file: 'backend/order/followUp.ts',
    find: '  await giveCouponBack(world, order)\n',
    replace: '',
  },
  {
    name: 'portions-endless',
    about: 'Portions of a day are not counted: more are sold than can be made.',
    file: 'backend/stock/rules.ts',
    find: 'return counted ? [...shelves, ...portions] : portions',
    replace: 'return counted ? shelves : []',
  },
]
