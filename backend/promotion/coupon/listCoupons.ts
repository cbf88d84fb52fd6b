import type { CouponToTake } from '../../../contracts/coupon.ts'
import { done } from '../../../contracts/outcome.ts'
import { below, oneOf } from '../../database.ts'
import { hasPaid } from '../../order/readOrders.ts'
import type { World } from '../../ports.ts'
import { coupons, viewCoupon } from './coupons.ts'
import { refusalToTake } from './rules.ts'
import { templates } from './templates.ts'
import type { CouponTemplateDocument } from './templates.ts'

const PAGE = 20
/** Templates that are handed out at a time; older ones are not offered, and the log says so. */
const OFFERED_MAX = 30
/** No template gives a person more than ten. */
const OWNED_MAX = OFFERED_MAX * 10

/** What the caller can take, on the first page, and what the caller has, newest first. */
export async function listCoupons(world: World, openid: string, input: { cursor?: string }) {
  const nowMs = world.clock.nowMs()
  const [toTake, found] = await Promise.all([
    input.cursor === undefined ? offersTo(world, openid) : [],
    coupons(world).find({
      where: { openid, ...(input.cursor === undefined ? {} : { sortKey: below(input.cursor) }) }, sort: ['sortKey', 'desc'], limit: PAGE + 1,
    }),
  ])
  const shown = found.slice(0, PAGE)
  return done({
    toTake,
    mine: shown.map(coupon => viewCoupon(coupon, nowMs)),
    nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null,
  })
}

/**
 * What somebody can take now; null is a person whom nobody knows, and who has to log in first. Two database operations, and a
 * third where something is for new members only.
 */
export async function offersTo(world: World, openid: string | null): Promise<CouponToTake[]> {
  const { mainStoreId: storeId } = world.settings
  const open = await templates(world).find({ where: { storeId, state: 'Open' }, sort: ['sortKey', 'desc'], limit: OFFERED_MAX })
  if (open.length === 0) return []
  if (open.length === OFFERED_MAX) world.log.warn('No more coupon templates are offered than these', { OFFERED_MAX })
  const [numbers, isNewMember] = await Promise.all([
    openid === null ? new Map<string, number[]>() : numbersTaken(world, openid, open),
    isNewTo(world, openid, open),
  ])
  return open.flatMap(template => offer(template, { taken: numbers.get(template._id) ?? [], isNewMember, nowMs: world.clock.nowMs() }))
}

/** Whether something is offered to new members only, and this person is one. */
async function isNewTo(world: World, openid: string | null, open: readonly CouponTemplateDocument[]): Promise<boolean> {
  return open.some(template => template.audience === 'NewMembers') && (openid === null || !await hasPaid(world, openid))
}

async function numbersTaken(world: World, openid: string, open: readonly CouponTemplateDocument[]): Promise<Map<string, number[]>> {
  const mine = await coupons(world).find({ where: { openid, templateId: oneOf(open.map(template => template._id)) }, limit: OWNED_MAX })
  const numbers = new Map<string, number[]>()
  for (const { templateId, number } of mine) numbers.set(templateId, [...numbers.get(templateId) ?? [], number])
  return numbers
}

/** The next coupon of a template for this person, if there is one. */
function offer(
  template: CouponTemplateDocument,
  { taken, isNewMember, nowMs }: { taken: readonly number[], isNewMember: boolean, nowMs: number },
): CouponToTake[] {
  const { _id, name, benefit, scope, minimumFen, audience, period, totalMax, takenCount } = template
  let number = 1
  while (taken.includes(number)) number += 1
  const left = totalMax === null ? null : Math.max(0, totalMax - takenCount)
  if (left === 0 || refusalToTake(template, { number, isNewMember, nowMs })) return []
  return [{ templateId: _id, name, benefit, scope, minimumFen, audience, period, number, left }]
}
