import type {
  Benefit, CouponChoice, CouponProblem, CouponState, CouponTemplateState, CouponTerms, CouponView, Period, Scope,
} from '../../../contracts/coupon.ts'
import type { OrderState } from '../../../contracts/order.ts'
import type { Machine } from '../../machine.ts'

/** A coupon is locked for one order, from before anybody can pay that order until it is paid or closed. */
export const couponMachine: Machine<CouponState> = {
  name: 'coupon',
  initial: 'Taken',
  edges: {
    Taken: { Locked: 'an order holds it', Expired: 'its time is over' },
    Locked: { Used: 'the order is paid', Taken: 'the order is closed, or was never made' },
    Used: { Taken: 'the order was refunded in whole, in time' },
    Expired: {},
  },
}

export const couponTemplateMachine: Machine<CouponTemplateState> = {
  name: 'coupon template',
  initial: 'Open',
  edges: { Open: { Stopped: 'the owner hands out no more' }, Stopped: {} },
}

/**
 * A repeat may go on with the claim of a call that died for so long; only much later does the timer drop it. The gap is
 * wider than any call lives and any two clocks differ, so nobody writes a coupon whose claim is being dropped.
 */
export const CLAIM_GOOD_MS = 5 * 60_000
export const CLAIM_LEFT_OVER_MS = 10 * 60_000

const DAY_MS = 24 * 3_600_000

/** From when until when a coupon can be used that is taken now. */
export function validityOf(period: Period, nowMs: number): { validFromMs: number, validUntilMs: number } {
  if (period.kind === 'Fixed') return { validFromMs: period.fromMs, validUntilMs: period.untilMs }
  return { validFromMs: nowMs, validUntilMs: nowMs + period.days * DAY_MS }
}

/** A line of goods, as far as a coupon looks at it. */
export interface Goods { productId: string, categoryId: string, totalFen: number }

/** What a coupon is weighed against. */
export interface Basket {
  goods: readonly Goods[]
  feesFen: number
  /** Whether the member has never paid an order. */
  isNewMember: boolean
  nowMs: number
}

/** WeChat Pay takes no payment of nothing, so a coupon leaves this much to pay. */
export const LEAST_TO_PAY_FEN = 1

/** A coupon weighed against a basket: what it would save, or the first reason why it cannot be used. */
export function weigh(coupon: CouponView, basket: Basket): CouponChoice {
  const problem = standing(coupon, basket)
  if (problem) return { coupon, savesFen: 0, problem }
  const scopeFen = sum(weightsOf(coupon.scope, basket.goods))
  if (scopeFen === 0) return { coupon, savesFen: 0, problem: 'ScopeEmpty' }
  if (scopeFen < coupon.minimumFen) return { coupon, savesFen: 0, problem: 'MinimumNotMet', missingFen: coupon.minimumFen - scopeFen }
  const toPayFen = sum(basket.goods.map(line => line.totalFen)) + basket.feesFen
  const savesFen = Math.max(0, Math.min(takesOffFen(coupon.benefit, scopeFen), toPayFen - LEAST_TO_PAY_FEN))
  return savesFen > 0 ? { coupon, savesFen } : { coupon, savesFen: 0, problem: 'NothingToSave' }
}

/** What is in the way whatever is in the basket. */
function standing(coupon: CouponView, { isNewMember, nowMs }: Basket): CouponProblem | null {
  if (coupon.state === 'Used') return 'Used'
  if (coupon.state === 'Expired' || nowMs >= coupon.validUntilMs) return 'Expired'
  if (coupon.state === 'Locked') return 'InUse'
  if (nowMs < coupon.validFromMs) return 'NotYet'
  return coupon.audience === 'NewMembers' && !isNewMember ? 'NotNewMember' : null
}

/** What each line counts for a coupon: its price in scope, nothing outside. */
export function weightsOf(scope: Scope, goods: readonly Goods[]): number[] {
  return goods.map(line => isInScope(scope, line) ? line.totalFen : 0)
}

/** Whether a coupon is for these goods. */
export function isInScope(scope: Scope, { productId, categoryId }: Omit<Goods, 'totalFen'>): boolean {
  switch (scope.kind) {
    case 'All': return true
    case 'Products': return scope.productIds.includes(productId)
    case 'Categories': return scope.categoryIds.includes(categoryId)
  }
}

/**
 * What a benefit takes off goods that come to `scopeFen`: never more than they come to. A percentage is rounded down to
 * the fen, in the shop's favour: a coupon takes off no more than it says, and the difference is less than a fen an order.
 */
export function takesOffFen(benefit: Benefit, scopeFen: number): number {
  if (benefit.kind === 'AmountOff') return Math.min(benefit.amountFen, scopeFen)
  const offFen = Math.floor(scopeFen * benefit.percent / 100)
  return benefit.capFen === null ? offFen : Math.min(offFen, benefit.capFen)
}

/** The coupon that saves most; of equals the one that ends first, then the one with the smaller id. */
export function bestOf(choices: readonly CouponChoice[]): CouponChoice | null {
  const usable = choices.filter(choice => choice.savesFen > 0)
  usable.sort((one, other) => other.savesFen - one.savesFen
    || one.coupon.validUntilMs - other.coupon.validUntilMs
    || (one.coupon.id < other.coupon.id ? -1 : 1))
  return usable[0] ?? null
}

/** What a member may not take, and why. */
export interface Handout {
  state: CouponTemplateState
  period: Period
  audience: CouponTerms['audience']
  perPersonMax: number
}

/** Why this person cannot take a coupon with this number; null when nothing but the number left is in the way. */
export function refusalToTake(
  template: Handout,
  { number, isNewMember, nowMs }: { number: number, isNewMember: boolean, nowMs: number },
): 'CouponStopped' | 'CouponOver' | 'TakenAlready' | 'NotNewMember' | null {
  if (template.state !== 'Open') return 'CouponStopped'
  if (template.period.kind === 'Fixed' && nowMs >= template.period.untilMs) return 'CouponOver'
  if (number > template.perPersonMax) return 'TakenAlready'
  return template.audience === 'NewMembers' && !isNewMember ? 'NotNewMember' : null
}

/** What becomes of a lock when the order that holds it is in this state; null when there is no such order. */
export function fateOfLock(order: OrderState | null): 'Keep' | 'Release' | 'Use' {
  switch (order) {
    case 'Reserving': case 'Unpaid': case 'Closing': return 'Keep'
    case null: case 'Rejected': case 'Closed': return 'Release'
    default: return 'Use'
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)
