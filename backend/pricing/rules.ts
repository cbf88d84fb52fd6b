import type { CouponChoice, CouponView } from '../../contracts/coupon.ts'
import { obstacleTo, waysOf } from '../fulfilment/rules.ts'
import type { Serving } from '../fulfilment/rules.ts'
import type { CartLine, Discount, Quote, QuotedLine } from '../../contracts/order.ts'
import { bestOf, weigh, weightsOf } from '../promotion/coupon/rules.ts'
import type { Goods } from '../promotion/coupon/rules.ts'
import { pointsOf } from '../kitchen/rules.ts'
import { allocate } from './allocate.ts'
import { feesOf } from './fees.ts'
import type { Destination, FeeRules, Way } from './fees.ts'
import { priceLines } from './lines.ts'
import type { Shelf } from './lines.ts'

/** What a customer wants. */
export interface Cart {
  lines: readonly CartLine[]
  /** Null while nobody has said; then there are no fees. */
  way: Way | null
  /** Where it goes, as far as that is known. */
  destination?: Destination | null
  /** For when it is wanted; null is as soon as possible. */
  slotAtMs?: number | null
  /** Sets of cutlery. */
  utensils?: number
  /** The coupon to count in; `Best` is the one that saves most. */
  coupon: { id: string } | 'Best' | 'None'
}

/** What the server knows and a price depends on. */
export interface PriceRules extends Shelf {
  fees: FeeRules
  /** What else of the store decides whether an order can go; absent where nobody asks. */
  serving?: Serving
  /** The member's own, in the order in which they are to be shown. */
  coupons: readonly CouponView[]
  isNewMember: boolean
  nowMs: number
}

/**
 * Prices a cart, in this order: list or member price, choices, one coupon on the goods in its scope, fees. A coupon's
 * minimum is measured before it is taken off, and fees are never discounted. A coupon that cannot be used is left out, and
 * its choice says why. Always: totalFen = Σ paidFen of the good lines + Σ fees, to the fen.
 */
export function quote(cart: Cart, rules: PriceRules): Quote {
  const lines = priceLines(cart.lines, rules).map(line => misfits(line, cart.way, rules) ? { ...line, problem: 'OtherWay' as const } : line)
  const goods = lines.map(line => toGoods(line, rules))
  const goodsFen = sum(goods.map(line => line.totalFen))
  const packedPieces = sum(lines.map(line => isMadeHere(line, rules) ? line.quantity * piecesIn(line) : 0))
  const fees = cart.way === null ? [] : feesOf({ ...tripOf(cart, lines), way: cart.way, goodsFen, packedPieces }, rules.fees)
  const feesFen = sum(fees.map(fee => fee.amountFen))
  const coupons = rules.coupons.map(coupon => weigh(coupon, { goods, feesFen, isNewMember: rules.isNewMember, nowMs: rules.nowMs }))
  const chosen = choiceOf(cart, coupons)
  const discounts = chosen ? [discountOf(chosen, goods)] : []
  const paid = discounts.reduce(takeOff, lines)
  return {
    lines: paid,
    count: sum(lines.map(line => line.problem ? 0 : line.quantity)),
    goodsFen,
    discounts,
    fees,
    totalFen: sum(paid.map(line => line.problem ? 0 : line.paidFen)) + feesFen,
    coupons,
    bestCouponId: bestOf(coupons)?.coupon.id ?? null,
    couponId: chosen?.coupon.id ?? null,
    ways: lines.map(line => [...waysOfLine(line, rules)]),
    obstacle: obstacleIn(cart, { goodsFen, points: pointsIn(lines, rules) }, rules),
  }
}

/** What goods weigh of which nobody has said it, in grams. */
const USUAL_GRAMS = 500

function tripOf({ destination = null, utensils = 0 }: Cart, lines: readonly QuotedLine[]) {
  const grams = sum(lines.map(line => line.problem ? 0 : line.quantity * (line.weightGrams ?? USUAL_GRAMS)))
  return { destination, utensils, grams }
}

function obstacleIn(
  { way, slotAtMs = null, destination = null }: Cart, wanted: { goodsFen: number, points: number }, { serving, nowMs }: PriceRules,
): Quote['obstacle'] {
  return way === null || !serving ? null : obstacleTo({ way, slotAtMs, destination, ...wanted }, serving, nowMs)
}

/** What the lines that can be bought ask of the kitchen. */
const pointsIn = (lines: readonly QuotedLine[], { products }: Shelf): number =>
  pointsOf(lines.filter(line => line.problem === undefined), products)

function waysOfLine({ productId }: QuotedLine, { products }: Shelf): readonly Way[] {
  const product = products.get(productId)
  return product ? waysOf(product) : []
}

/** What is gone is gone, whichever way it was wanted. */
const misfits = (line: QuotedLine, way: Way | null, shelf: Shelf): boolean =>
  way !== null && shelf.products.has(line.productId) && !waysOfLine(line, shelf).includes(way)

/** A line with a problem counts for nothing. */
function toGoods({ productId, totalFen, problem }: QuotedLine, { products }: Shelf): Goods {
  return { productId, categoryId: products.get(productId)?.categoryId ?? '', totalFen: problem ? 0 : totalFen }
}

const isMadeHere = (line: QuotedLine, { products }: Shelf): boolean =>
  line.problem === undefined && products.get(line.productId)?.kind === 'Menu'

/** Each dish of a set meal is packed by itself. */
const piecesIn = ({ parts }: QuotedLine): number => parts ? sum(parts.map(part => part.quantity)) : 1

function choiceOf({ coupon }: Cart, choices: readonly CouponChoice[]): CouponChoice | null {
  if (coupon === 'None') return null
  if (coupon === 'Best') return bestOf(choices)
  return choices.find(choice => choice.coupon.id === coupon.id && choice.savesFen > 0) ?? null
}

function discountOf({ coupon, savesFen }: CouponChoice, goods: readonly Goods[]): Discount {
  const shares = allocate(savesFen, weightsOf(coupon.scope, goods))
  return { kind: 'Coupon', couponId: coupon.id, name: coupon.name, amountFen: savesFen, shares }
}

function takeOff(lines: QuotedLine[], { kind, name, shares }: Discount): QuotedLine[] {
  return lines.map((line, index) => {
    const shareFen = shares[index] ?? 0
    if (shareFen === 0) return line
    return { ...line, paidFen: line.paidFen - shareFen, reasons: [...line.reasons, { kind, name, amountFen: -shareFen }] }
  })
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)
