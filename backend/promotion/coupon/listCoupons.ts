import type { CouponOffer, CouponToTake, UsableCoupon } from '../../../contracts/coupon.ts'
import { done } from '../../../contracts/outcome.ts'
import { below, oneOf } from '../../database.ts'
import { hasPaid } from '../../order/readOrders.ts'
import type { World } from '../../ports.ts'
import { coupons, viewCoupon, wallet } from './coupons.ts'
import { refusalToTake } from './rules.ts'
import { leadsOf } from './targets.ts'
import { templates } from './templates.ts'
import type { CouponTemplateDocument } from './templates.ts'

const PAGE = 20
/** Templates that are handed out at a time; older ones are not offered, and the log says so. */
const OFFERED_MAX = 30
/** No template gives a person more than ten. */
const OWNED_MAX = OFFERED_MAX * 10

/** What the caller can take and use, on the first page, and what the caller has or had, newest first. */
export async function listCoupons(world: World, openid: string, input: { cursor?: string }) {
  const nowMs = world.clock.nowMs()
  const isFirst = input.cursor === undefined
  const [offers, usable, found] = await Promise.all([
    isFirst ? offersTo(world, openid) : noOffers,
    isFirst ? usableOf(world, openid) : [],
    coupons(world).find({
      where: { openid, ...(input.cursor === undefined ? {} : { sortKey: below(input.cursor) }) }, sort: ['sortKey', 'desc'], limit: PAGE + 1,
    }),
  ])
  const shown = found.slice(0, PAGE)
  return done({
    toTake: offers.filter(isToTake),
    usable,
    mine: shown.map(coupon => viewCoupon(coupon, nowMs)),
    nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null,
  })
}

const noOffers: CouponOffer[] = []

const isToTake = (offer: CouponOffer): offer is CouponToTake => offer.number !== null

/** What the caller can use now or soon, with the place of its goods. One or two database operations. */
async function usableOf(world: World, openid: string): Promise<UsableCoupon[]> {
  const own = await wallet(world, openid)
  const leads = await leadsOf(world, own.map(({ scope }) => scope))
  return own.map(coupon => ({ ...coupon, leadsTo: leads(coupon.scope, { kind: 'Own', couponId: coupon.id }) }))
}

/**
 * What is handed out, as it stands for somebody; null is a person whom nobody knows, and who has to log in first. Two database
 * operations, a third where something is for new members only, and a fourth where something is for some categories.
 */
export async function offersTo(world: World, openid: string | null): Promise<CouponOffer[]> {
  const { mainStoreId: storeId } = world.settings
  const open = await templates(world).find({ where: { storeId, state: 'Open' }, sort: ['sortKey', 'desc'], limit: OFFERED_MAX })
  if (open.length === 0) return []
  if (open.length === OFFERED_MAX) world.log.warn('No more coupon templates are offered than these', { OFFERED_MAX })
  const [taken, isNewMember, leads] = await Promise.all([
    openid === null ? new Map<string, Taken>() : takenOf(world, openid, open),
    isNewTo(world, openid, open),
    leadsOf(world, open.map(({ scope }) => scope)),
  ])
  const nowMs = world.clock.nowMs()
  return open.flatMap((template) => {
    const offer = offerOf(template, { taken: taken.get(template._id) ?? nothingTaken, isNewMember, nowMs })
    return offer ? [{ ...offer, leadsTo: leads(template.scope, { kind: 'Offered', templateId: template._id }) }] : []
  })
}

/** Whether something is offered to new members only, and this person is one. */
async function isNewTo(world: World, openid: string | null, open: readonly CouponTemplateDocument[]): Promise<boolean> {
  return open.some(template => template.audience === 'NewMembers') && (openid === null || !await hasPaid(world, openid))
}

/** What somebody has of a template: the numbers of the coupons, and whether one of them can still be used. */
interface Taken { numbers: readonly number[], isHeld: boolean }

const nothingTaken: Taken = { numbers: [], isHeld: false }

async function takenOf(world: World, openid: string, open: readonly CouponTemplateDocument[]): Promise<Map<string, Taken>> {
  const nowMs = world.clock.nowMs()
  const mine = await coupons(world).find({ where: { openid, templateId: oneOf(open.map(template => template._id)) }, limit: OWNED_MAX })
  const taken = new Map<string, Taken>()
  for (const coupon of mine) {
    const { numbers, isHeld } = taken.get(coupon.templateId) ?? nothingTaken
    const isUsable = viewCoupon(coupon, nowMs).state === 'Taken'
    taken.set(coupon.templateId, { numbers: [...numbers, coupon.number], isHeld: isHeld || isUsable })
  }
  return taken
}

/** A template as it stands for this person; null where there is none to take and none to use. */
function offerOf(
  template: CouponTemplateDocument, { taken, isNewMember, nowMs }: { taken: Taken, isNewMember: boolean, nowMs: number },
): Omit<CouponOffer, 'leadsTo'> | null {
  const { _id, name, benefit, scope, minimumFen, audience, period, totalMax, takenCount } = template
  const left = totalMax === null ? null : Math.max(0, totalMax - takenCount)
  const next = firstFree(taken.numbers)
  const number = left === 0 || refusalToTake(template, { number: next, isNewMember, nowMs }) ? null : next
  if (number === null && !taken.isHeld) return null
  return { templateId: _id, name, benefit, scope, minimumFen, audience, period, number, left, isHeld: taken.isHeld }
}

/** The smallest number that is not taken. */
function firstFree(numbers: readonly number[]): number {
  let number = 1
  while (numbers.includes(number)) number += 1
  return number
}
