import type { CouponTemplateState, CouponTemplateView, CouponTerms, Period } from '../../../contracts/coupon.ts'
import { atLeast, below, not } from '../../database.ts'
import type { Collection, Where } from '../../database.ts'
import type { World } from '../../ports.ts'

/**
 * What coupons are made from, with the count of those handed out. A claim in the same document says which coupon was
 * counted: one conditional update counts and claims, so the limit holds however many people tap at once, and a repeat
 * counts nothing twice. Always: takenCount = the coupons of this template + the claims whose coupon was never written.
 */
export interface CouponTemplateDocument extends CouponTerms {
  _id: string
  storeId: string
  period: Period
  totalMax: number | null
  perPersonMax: number
  takenCount: number
  claims: Claim[]
  state: CouponTemplateState
  /** Grows with each change by the owner: a coupon is claimed on the terms that were read. */
  revision: number
  createdAtMs: number
  sortKey: string
}

/** `key` tells two claims of one coupon apart. */
export interface Claim { key: string, couponId: string, atMs: number }

export const templates = (world: World): Collection<CouponTemplateDocument> =>
  world.database.collection<CouponTemplateDocument>('couponTemplates')

/** A template of this store; null for any other. */
export async function templateOf(world: World, id: string): Promise<CouponTemplateDocument | null> {
  const template = await templates(world).read(id)
  return template?.storeId === world.settings.mainStoreId ? template : null
}

/** Counts one coupon and notes which, if there is one left and nobody changed the template since it was read. */
export function claim(world: World, template: CouponTemplateDocument, couponId: string): Promise<boolean> {
  const atMs = world.clock.nowMs()
  const fresh: Claim = { key: `${couponId}_${atMs}_${world.random.hex(4)}`, couponId, atMs }
  const someLeft: Where = template.totalMax === null ? {} : { takenCount: below(template.totalMax) }
  return templates(world).changeIf(
    template._id,
    { ...someLeft, 'state': 'Open', 'revision': template.revision, 'claims.couponId': not(couponId) },
    { inc: { takenCount: 1 }, push: { claims: fresh } },
  )
}

/** Takes a claim away whose coupon exists: it stays counted. */
export async function confirmClaim(world: World, templateId: string, { key }: Claim): Promise<void> {
  await templates(world).changeIf(templateId, { 'claims.key': key }, { pull: { claims: { key } } })
}

/** Takes a claim away whose coupon was never written: it is not counted any more. */
export async function dropClaim(world: World, templateId: string, { key }: Claim): Promise<void> {
  await templates(world).changeIf(templateId, { 'claims.key': key, 'takenCount': atLeast(1) }, { inc: { takenCount: -1 }, pull: { claims: { key } } })
}

/** A template as its owner may see it. */
export function viewTemplate(template: CouponTemplateDocument): CouponTemplateView {
  const { _id, name, benefit, scope, minimumFen, audience, period, totalMax, perPersonMax, takenCount, state, createdAtMs } = template
  return { id: _id, name, benefit, scope, minimumFen, audience, period, totalMax, perPersonMax, takenCount, state, createdAtMs }
}
