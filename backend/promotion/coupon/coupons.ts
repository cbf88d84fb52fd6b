import { createHash } from 'node:crypto'
import type { CouponTerms, CouponView } from '../../../contracts/coupon.ts'
import { above, atMost, oneOf } from '../../database.ts'
import type { Collection, Where } from '../../database.ts'
import { assertMove } from '../../machine.ts'
import type { World } from '../../ports.ts'
import { couponMachine } from './rules.ts'

/**
 * One coupon of one member, with the order that holds it in the same document: one conditional update locks it and records
 * for whom, so a coupon is never used by two live orders, and locking can be repeated.
 */
export interface CouponDocument extends CouponTerms {
  _id: string
  templateId: string
  openid: string
  /** 1 … perPersonMax of its template. */
  number: number
  state: CouponView['state']
  orderId: string | null
  validFromMs: number
  validUntilMs: number
  takenAtMs: number
  updatedAtMs: number
  sortKey: string
  /** When the timer should look at it: at the end of its time, or when its lock has lasted too long. */
  dueAtMs: number
}

/** What an order must know of itself to use a coupon. */
export interface Holder { _id: string, couponId: string | null }

/** How many coupons a quote weighs: the ones that end first. */
const WEIGHED_MAX = 50
/** Longer than an order can be unpaid, with room for a closing that had to wait for WeChat. */
const LOOK_AT_LOCK_AFTER_MS = 20 * 60_000

export const coupons = (world: World): Collection<CouponDocument> => world.database.collection<CouponDocument>('coupons')

/** One document for a person, a template and a number: a second tap finds what the first one made. */
export function couponIdOf(openid: string, templateId: string, number: number): string {
  return `c${createHash('sha256').update(`${openid}\n${templateId}\n${number}`).digest('hex').slice(0, 23)}`
}

/** A coupon as its member may see it. One whose time is over is expired, whether the timer has come by or not. */
export function viewCoupon(coupon: CouponDocument, nowMs: number): CouponView {
  const { _id, templateId, name, benefit, scope, minimumFen, audience, validFromMs, validUntilMs, orderId } = coupon
  const state = coupon.state === 'Taken' && nowMs >= validUntilMs ? 'Expired' as const : coupon.state
  return { id: _id, templateId, name, benefit, scope, minimumFen, audience, validFromMs, validUntilMs, state, orderId }
}

/** What a person could use now or soon, what ends first in front. One database operation. */
export async function wallet(world: World, openid: string): Promise<CouponView[]> {
  const nowMs = world.clock.nowMs()
  const found = await coupons(world).find({
    where: { openid, state: oneOf(['Taken', 'Locked']), validUntilMs: above(nowMs) }, sort: ['validUntilMs', 'asc'], limit: WEIGHED_MAX,
  })
  return found.map(coupon => viewCoupon(coupon, nowMs))
}

/** How many a person could use now or soon, beside those that an unpaid order holds. One database operation. */
export const countUsable = (world: World, openid: string): Promise<number> =>
  coupons(world).count({ openid, state: 'Taken', validUntilMs: above(world.clock.nowMs()) })

/** A person's own coupon; null for an unknown one and for anyone else's. */
export async function ownCoupon(world: World, openid: string, couponId: string): Promise<CouponView | null> {
  const coupon = await coupons(world).read(couponId)
  return coupon?.openid === openid ? viewCoupon(coupon, world.clock.nowMs()) : null
}

/**
 * Locks the order's coupon for it, so that no other order can have it. True when this order holds it, also from an earlier
 * call; an order without a coupon needs no lock.
 */
export async function lockCoupon(world: World, order: Holder): Promise<boolean> {
  if (order.couponId === null) return true
  const nowMs = world.clock.nowMs()
  const locked = await step(world, order.couponId, ['Taken', 'Locked'], { validUntilMs: above(nowMs) }, {
    orderId: order._id, dueAtMs: nowMs + LOOK_AT_LOCK_AFTER_MS,
  })
  if (locked) return true
  const coupon = await coupons(world).read(order.couponId)
  return coupon?.state === 'Locked' && coupon.orderId === order._id
}

/** Turns the lock of a paid order into use. Changes nothing when the order holds no lock. */
export async function useCoupon(world: World, { _id, couponId }: Holder): Promise<void> {
  if (couponId !== null) await step(world, couponId, ['Locked', 'Used'], { orderId: _id }, {})
}

/** Takes the lock of an order that is over away. Changes nothing when the order holds none. */
export async function releaseCoupon(world: World, { _id, couponId }: Holder): Promise<void> {
  if (couponId === null) return
  const coupon = await coupons(world).read(couponId)
  if (coupon?.state !== 'Locked' || coupon.orderId !== _id) return
  await step(world, couponId, ['Locked', 'Taken'], { orderId: _id }, { orderId: null, dueAtMs: coupon.validUntilMs })
}

/**
 * Gives the coupon of a paid order back that was refunded in whole, if it can still be used; true when this call did. Safe
 * to repeat: once given back, or used for another order since, nothing changes.
 */
export async function giveCouponBack(world: World, order: Holder): Promise<boolean> {
  if (order.couponId === null) return false
  // The refund may be quicker than what follows the payment.
  await useCoupon(world, order)
  const coupon = await coupons(world).read(order.couponId)
  if (!coupon) return false
  const inTime = { orderId: order._id, validUntilMs: above(world.clock.nowMs()) }
  return step(world, coupon._id, ['Used', 'Taken'], inTime, { orderId: null, dueAtMs: coupon.validUntilMs })
}

/** Notes that a coupon's time is over. Changes nothing while an order holds it. */
export async function expireCoupon(world: World, coupon: CouponDocument): Promise<void> {
  await step(world, coupon._id, ['Taken', 'Expired'], { validUntilMs: atMost(world.clock.nowMs()) }, {})
}

/** Moves a coupon along one edge, on the condition that it stands there and meets `where`. True when it did. */
function step(
  world: World,
  couponId: string,
  [from, to]: readonly [from: CouponDocument['state'], to: CouponDocument['state']],
  where: Where,
  set: Partial<CouponDocument>,
): Promise<boolean> {
  assertMove(couponMachine, from, to)
  return coupons(world).changeIf(couponId, { ...where, state: from }, { set: { ...set, state: to, updatedAtMs: world.clock.nowMs() } })
}
