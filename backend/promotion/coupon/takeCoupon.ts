import type { CodeOf, OutputOf, ParsedOf } from '../../../contracts/action.ts'
import { done, loginNeeded, refused } from '../../../contracts/outcome.ts'
import type { Outcome } from '../../../contracts/outcome.ts'
import type { ShopActions } from '../../../contracts/shop.ts'
import { isMember } from '../../member/members.ts'
import { hasPaid } from '../../order/readOrders.ts'
import { sortKeyOf } from '../../order/rules.ts'
import type { World } from '../../ports.ts'
import { couponIdOf, coupons, viewCoupon } from './coupons.ts'
import type { CouponDocument } from './coupons.ts'
import { CLAIM_GOOD_MS, refusalToTake, validityOf } from './rules.ts'
import { claim, templateOf } from './templates.ts'
import type { CouponTemplateDocument } from './templates.ts'

type Input = ParsedOf<ShopActions['takeCoupon']>
type Answer = Outcome<OutputOf<ShopActions['takeCoupon']>, CodeOf<ShopActions['takeCoupon']>>

/** Rounds of "the owner has just changed the template" before we ask the customer to try again. */
const MAX_ROUNDS = 3

/**
 * Gives a member a coupon: counts it on the template, then writes it. The same template and number give the same coupon
 * however often and from however many devices it is taken. A call that dies in between leaves a claim, with which a repeat
 * goes on, and which the timer drops.
 */
export async function takeCoupon(world: World, openid: string, input: Input): Promise<Answer> {
  const couponId = couponIdOf(openid, input.templateId, input.number)
  const [member, taken] = await Promise.all([isMember(world, openid), coupons(world).read(couponId)])
  if (!member) return loginNeeded
  if (taken) return done(viewCoupon(taken, world.clock.nowMs()))
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const template = await templateOf(world, input.templateId)
    if (!template) return refused('CouponUnknown')
    const answer = await takeFrom(world, template, { openid, couponId, number: input.number })
    if (answer) return answer
  }
  return refused('CouponBusy')
}

interface Wish { openid: string, couponId: string, number: number }

/** Null when the template changed under our hands and should be read again. */
async function takeFrom(world: World, template: CouponTemplateDocument, wish: Wish): Promise<Answer | null> {
  const nowMs = world.clock.nowMs()
  const claimed = template.claims.find(one => one.couponId === wish.couponId)
  // The timer may be about to drop an old claim; until it has, nobody may rely on it.
  if (claimed && nowMs - claimed.atMs > CLAIM_GOOD_MS) return refused('CouponBusy')
  if (!claimed) {
    const isNewMember = template.audience !== 'NewMembers' || !await hasPaid(world, wish.openid)
    const refusal = refusalToTake(template, { number: wish.number, isNewMember, nowMs })
    if (refusal) return refused(refusal)
    if (template.totalMax !== null && template.takenCount >= template.totalMax) return refused('CouponsGone')
    if (!await claim(world, template, wish.couponId)) return null
  }
  return write(world, template, wish)
}

async function write(world: World, template: CouponTemplateDocument, { openid, couponId, number }: Wish): Promise<Answer> {
  const nowMs = world.clock.nowMs()
  const { name, benefit, scope, minimumFen, audience, period } = template
  const validity = validityOf(period, nowMs)
  const coupon: CouponDocument = {
    _id: couponId, templateId: template._id, openid, number,
    name, benefit, scope, minimumFen, audience, ...validity,
    state: 'Taken', orderId: null,
    takenAtMs: nowMs, updatedAtMs: nowMs,
    sortKey: sortKeyOf(nowMs, couponId),
    dueAtMs: validity.validUntilMs,
  }
  if (await coupons(world).add(coupon) === 'Added') return done(viewCoupon(coupon, nowMs))
  const earlier = await coupons(world).read(couponId)
  if (!earlier) throw new Error(`Coupon ${couponId} vanished while it was taken.`)
  return done(viewCoupon(earlier, nowMs))
}
