import { sumOf } from './books.ts'
import type { Books, Row } from './books.ts'
import type { Violation } from './promises.ts'

/** How long a function may live that has read a price or a state, and its last request be on the way. */
export const longestCallMs = 20_000 + 15_000

export interface Line {
  productId: string
  skuId?: string
  choiceIds: string[]
  unitFen: number
  quantity: number
  totalFen: number
  paidFen: number
}
interface OptionGroup { choices: { id: string, deltaFen: number }[] }
interface Discount { couponId: string, amountFen: number, shares: number[] }
interface Terms {
  benefit: { kind: 'AmountOff', amountFen: number } | { kind: 'PercentOff', percent: number, capFen: number | null }
  scope: { kind: 'All' } | { kind: 'Products', productIds: string[] }
  minimumFen: number
}

const linesOf = (order: Row) => order.lines as Line[]
const goodsFenOf = (order: Row): number => linesOf(order).reduce((sum, { totalFen }) => sum + totalFen, 0)
const feesFenOf = (order: Row): number => sumOf(order.fees as Row[], 'amountFen')

/** Promise 5, of every order at every step: total = lines − discounts + fees, and each line pays its share, to the fen. */
export function checkSums(order: Row): Violation[] {
  const id = String(order._id)
  const discounts = order.discounts as Discount[]
  const violations: Violation[] = linesOf(order).flatMap(({ unitFen, quantity, totalFen, paidFen }, line): Violation[] => {
    const sharesFen = discounts.reduce((sum, { shares }) => sum + (shares[line] ?? 0), 0)
    const isRight = totalFen === unitFen * quantity && paidFen === totalFen - sharesFen && paidFen >= 0
    return isRight ? [] : [{ promise: 5, what: `line ${line} of ${id} costs ${totalFen} fen, pays ${paidFen}, and its discounts are ${sharesFen}` }]
  })
  for (const { amountFen, shares } of discounts) {
    if (shares.reduce((sum, share) => sum + share, 0) !== amountFen || shares.some(share => share < 0)) {
      violations.push({ promise: 5, what: `the shares of a discount of ${id} do not come to ${amountFen} fen` })
    }
  }
  const sum = goodsFenOf(order) - sumOf(discounts as unknown as Row[], 'amountFen') + feesFenOf(order)
  if (sum !== order.totalFen || !Number.isSafeInteger(order.totalFen)) {
    violations.push({ promise: 5, what: `${id} costs ${String(order.totalFen)} fen; its lines, discounts and fees come to ${sum}` })
  }
  return violations
}

/** Of a new order: its lines cost what the shop asks, its fees are the store's, its coupon takes off what it says. */
export function checkAsked(order: Row, books: Books): Violation[] {
  return [...checkLines(order, books), ...checkFees(order, books), ...checkDiscount(order, books)]
}

/** A line costs what the product costs its members, or cost when the call that ordered it began. */
function checkLines(order: Row, books: Books): Violation[] {
  return linesOf(order).flatMap(({ productId, skuId, choiceIds, unitFen }) => {
    const product = books.row('products', productId)
    const choices = (product?.optionGroups as OptionGroup[] | undefined ?? []).flatMap(group => group.choices)
    const delta = choices.filter(({ id }) => choiceIds.includes(id)).reduce((sum, { deltaFen }) => sum + deltaFen, 0)
    const known = books.pricesOf(productId, skuId, longestCallMs).map(priceFen => priceFen + delta)
    return known.includes(unitFen) ? [] : [{ promise: 5 as const, what: `${String(order._id)} has ${productId} at ${unitFen} fen, the shop at ${known.join(' or ')}` }]
  })
}

interface WayFees {
  packaging?: { per: 'Piece' | 'Order', feeFen: number }
  utensils?: { freeSets: number, feeFen: number }
  delivery?: { feeFen: number, freeFromFen: number | null }
}

/** What the store asks for the way that was chosen: for packing what is made at the bar, for cutlery, for bringing it. */
function checkFees(order: Row, books: Books): Violation[] {
  const { kind: way } = order.fulfilment as { kind: string }
  const { packaging, utensils, delivery } = (books.row('stores', order.storeId)?.fees as Record<string, WayFees> | undefined)?.[way] ?? {}
  const packed = linesOf(order).filter(({ productId }) => books.row('products', productId)?.kind === 'Menu')
    .reduce((sum, { quantity }) => sum + quantity, 0)
  const isFree = delivery !== undefined && delivery.freeFromFen !== null && goodsFenOf(order) >= delivery.freeFromFen
  const asked: Record<string, number> = {
    Packaging: packaging && packed > 0 ? packaging.feeFen * (packaging.per === 'Piece' ? packed : 1) : 0,
    Utensils: utensils ? utensils.feeFen * Math.max(0, Number(order.utensils ?? 0) - utensils.freeSets) : 0,
    Delivery: delivery && !isFree ? delivery.feeFen : 0,
  }
  const fees = order.fees as { kind: string, amountFen: number }[]
  const charged = (kind: string) => fees.filter(fee => fee.kind === kind).reduce((sum, { amountFen }) => sum + amountFen, 0)
  return [...new Set([...Object.keys(asked), ...fees.map(({ kind }) => kind)])].flatMap((kind): Violation[] => {
    const [askedFen, chargedFen] = [asked[kind] ?? 0, charged(kind)]
    return askedFen === chargedFen ? [] : [{ promise: 5, what: `${String(order._id)} is charged ${chargedFen} fen for ${kind}, the store asks ${askedFen}` }]
  })
}

/** A coupon takes off what its terms say of the goods that it is for, each line its part, and leaves a fen to pay. */
function checkDiscount(order: Row, books: Books): Violation[] {
  const [id, discounts] = [String(order._id), order.discounts as Discount[]]
  if (order.couponId === null) return discounts.length === 0 ? [] : [{ promise: 6, what: `${id} has a discount and no coupon` }]
  const terms = books.row('coupons', order.couponId) as unknown as Terms | undefined
  const [discount] = discounts
  if (!terms || !discount || discounts.length > 1) return [{ promise: 6, what: `${id} has the coupon ${String(order.couponId)} and ${discounts.length} discounts` }]
  const weights = linesOf(order).map(({ productId, totalFen }) =>
    terms.scope.kind === 'All' || terms.scope.productIds.includes(productId) ? totalFen : 0)
  const scopeFen = weights.reduce((sum, weight) => sum + weight, 0)
  const mostFen = Math.min(scopeFen, goodsFenOf(order) + feesFenOf(order) - 1)
  const { benefit } = terms
  const offFen = benefit.kind === 'AmountOff'
    ? benefit.amountFen
    : Math.min(Math.floor(scopeFen * benefit.percent / 100), benefit.capFen ?? Number.POSITIVE_INFINITY)
  const violations: Violation[] = []
  if (scopeFen < terms.minimumFen) violations.push({ promise: 6, what: `${id} uses a coupon from ${terms.minimumFen} fen on for ${scopeFen}` })
  if (discount.amountFen !== Math.min(offFen, mostFen)) {
    violations.push({ promise: 5, what: `${id} is ${discount.amountFen} fen off, its coupon takes ${Math.min(offFen, mostFen)}` })
  }
  const isFair = discount.shares.every((share, line) => Math.abs(share - discount.amountFen * (weights[line] ?? 0) / scopeFen) < 1)
  if (!isFair) violations.push({ promise: 5, what: `the discount of ${id} is not spread over the goods that it is for` })
  return violations
}
