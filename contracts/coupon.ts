import * as v from 'valibot'
import type { Localized } from './catalog.ts'
import { Fen, Id, Moment, Positive } from './fields.ts'
import type { HomeTarget } from './home.ts'

/** What a coupon takes off the goods that it is for. Amounts are in fen. */
export const Benefit = v.variant('kind', [
  v.strictObject({ kind: v.literal('AmountOff'), amountFen: Positive }),
  /** `percent` is what is taken off: 15 is 八五折. Parts of a fen are not taken off, and never more than the cap. */
  v.strictObject({
    kind: v.literal('PercentOff'),
    percent: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99)),
    capFen: v.nullable(Positive),
  }),
])
export type Benefit = v.InferOutput<typeof Benefit>

/** Which goods a coupon is for. */
export const Scope = v.variant('kind', [
  v.strictObject({ kind: v.literal('All') }),
  v.strictObject({ kind: v.literal('Products'), productIds: v.pipe(v.array(Id), v.minLength(1), v.maxLength(200)) }),
  v.strictObject({ kind: v.literal('Categories'), categoryIds: v.pipe(v.array(Id), v.minLength(1), v.maxLength(50)) }),
])
export type Scope = v.InferOutput<typeof Scope>

/** When a coupon can be used: between two moments, or for some days after it was taken. */
export const Period = v.variant('kind', [
  v.strictObject({ kind: v.literal('Fixed'), fromMs: Moment, untilMs: Moment }),
  v.strictObject({ kind: v.literal('AfterTaking'), days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)) }),
])
export type Period = v.InferOutput<typeof Period>

/** Every coupon belongs to a member; some only to one who has never paid an order. */
export const Audience = v.picklist(['Members', 'NewMembers'])
export type Audience = v.InferOutput<typeof Audience>

/** Whose goods are asked for: those of a coupon of one's own, or of one that is handed out. */
export const CouponGoodsOf = v.variant('kind', [
  v.strictObject({ kind: v.literal('Own'), couponId: Id }), v.strictObject({ kind: v.literal('Offered'), templateId: Id }),
])
export type CouponGoodsOf = v.InferOutput<typeof CouponGoodsOf>

/** Where the goods are that a coupon is for; several have a list of their own. */
export type CouponTarget = HomeTarget | { kind: 'CouponGoods', of: CouponGoodsOf }

/** Taken → Locked by an order → Used; back to Taken when the order closes or is refunded in whole; Taken → Expired. */
export type CouponState = 'Taken' | 'Locked' | 'Used' | 'Expired'

/** What was promised when the coupon was taken; later changes of its template do not touch it. */
export interface CouponTerms {
  name: Localized
  benefit: Benefit
  scope: Scope
  /** What the goods in scope must come to. */
  minimumFen: number
  audience: Audience
}

/** A coupon as its member sees it. */
export interface CouponView extends CouponTerms {
  id: string
  templateId: string
  /** Usable from this moment on, and until just before the other. */
  validFromMs: number
  validUntilMs: number
  state: CouponState
  /** The order that locks it, or that it was used for. */
  orderId: string | null
}

/** Why a coupon cannot be used for a cart at this moment. */
export type CouponProblem =
  | 'NotYet'
  | 'Expired'
  /** Another unpaid order of the member holds it. */
  | 'InUse'
  | 'Used'
  | 'NotNewMember'
  /** None of the goods are in its scope. */
  | 'ScopeEmpty'
  /** `missingFen` stands beside it. */
  | 'MinimumNotMet'
  /** It would take less than a fen off. */
  | 'NothingToSave'

/** One of my coupons, weighed against a cart. */
export interface CouponChoice {
  coupon: CouponView
  /** What it would take off; 0 beside a problem. */
  savesFen: number
  problem?: CouponProblem
  missingFen?: number
}

/** A coupon of one's own that can be used now or soon, and where its goods are. */
export interface UsableCoupon extends CouponView { leadsTo: CouponTarget }

/** A coupon that is handed out, as it stands for one person: to be taken, or taken and not used yet, or both. */
export interface CouponOffer extends CouponTerms {
  templateId: string
  period: Period
  /** Goes into `takeCoupon`: repeating it gives the same coupon and not another one. Null where no more can be taken. */
  number: number | null
  /** How many are left for everybody; null when there is no limit. */
  left: number | null
  /** This person has one that can be used now or soon. */
  isHeld: boolean
  /** Where the goods are that it is for. */
  leadsTo: CouponTarget
}

/** A coupon that this person can take now. */
export interface CouponToTake extends CouponOffer { number: number }

/** What the merchant decides about a template. */
export const couponTemplateFields = {
  name: v.strictObject({
    zh: v.pipe(v.string(), v.minLength(1), v.maxLength(30)),
    en: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  }),
  benefit: Benefit,
  scope: Scope,
  minimumFen: Fen,
  audience: Audience,
  period: v.pipe(Period, v.check(period => period.kind !== 'Fixed' || period.fromMs < period.untilMs)),
  /** How many there are for everybody; null for no limit. */
  totalMax: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
  perPersonMax: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
}

/** A template as the owner sees it. */
export interface CouponTemplateView extends CouponTerms {
  id: string
  period: Period
  totalMax: number | null
  perPersonMax: number
  /** How many were handed out. */
  takenCount: number
  /** A stopped template hands out no more; what was taken stays good. */
  state: CouponTemplateState
  createdAtMs: number
}

export type CouponTemplateState = 'Open' | 'Stopped'
