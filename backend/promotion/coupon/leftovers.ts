import { atMost, oneOf } from '../../database.ts'
import { orders } from '../../order/orders.ts'
import type { World } from '../../ports.ts'
import { coupons, expireCoupon, releaseCoupon, useCoupon } from './coupons.ts'
import type { CouponDocument } from './coupons.ts'
import { CLAIM_LEFT_OVER_MS, fateOfLock } from './rules.ts'
import { confirmClaim, dropClaim, templates } from './templates.ts'
import type { Claim, CouponTemplateDocument } from './templates.ts'

const AT_ONCE = 20
/** Coupons looked up by one query. */
const CHUNK = 100

/**
 * Looks at a coupon that is due: one whose time is over expires; a lock that has lasted too long follows its order. That is
 * the safety net under every lock: a slow call may lock a coupon for an order that another call has closed meanwhile.
 */
export async function lookAfterCoupon(world: World, coupon: CouponDocument): Promise<void> {
  if (coupon.state === 'Taken') return expireCoupon(world, coupon)
  if (coupon.state !== 'Locked' || coupon.orderId === null) return
  const order = await orders(world).read(coupon.orderId)
  const holder = { _id: coupon.orderId, couponId: coupon._id }
  const fate = fateOfLock(order?.state ?? null)
  if (fate === 'Release') await releaseCoupon(world, holder)
  if (fate === 'Use') await useCoupon(world, holder)
}

/**
 * Settles claims that are old: whoever made them is long gone. Where the coupon exists it stays counted, else the count goes
 * back. Answers how many were settled.
 */
export async function settleClaims(world: World, endAtMs: number): Promise<number> {
  const oldMs = world.clock.nowMs() - CLAIM_LEFT_OVER_MS
  let settled = 0
  for (const template of await templates(world).find({ where: { 'claims.atMs': atMost(oldMs) }, limit: AT_ONCE })) {
    const old = template.claims.filter(claim => claim.atMs <= oldMs)
    for (let from = 0; from < old.length; from += CHUNK) {
      if (world.clock.nowMs() > endAtMs) return settled
      settled += await settleChunk(world, template, old.slice(from, from + CHUNK))
    }
  }
  return settled
}

async function settleChunk(world: World, { _id }: CouponTemplateDocument, claims: readonly Claim[]): Promise<number> {
  const written = await coupons(world).find({ where: { _id: oneOf(claims.map(claim => claim.couponId)) }, limit: CHUNK })
  const known = new Set(written.map(coupon => coupon._id))
  for (const claim of claims) await (known.has(claim.couponId) ? confirmClaim : dropClaim)(world, _id, claim)
  return claims.length
}
