import type { CouponView } from '../../contracts/coupon.ts'
import type { Address } from '../../contracts/address.ts'
import type { CartLine, Fulfilment, Quote } from '../../contracts/order.ts'
import type { Product } from '../../contracts/catalog.ts'
import { done } from '../../contracts/outcome.ts'
import { goneAmong, productsOf } from '../catalog/products.ts'
import { addressFor, goesOut, tripWanted } from '../fulfilment/trips.ts'
import { kitchenOf } from '../kitchen/kitchens.ts'
import type { Kitchen } from '../kitchen/rules.ts'
import { isMember } from '../member/members.ts'
import { hasPaid } from '../order/readOrders.ts'
import type { World } from '../ports.ts'
import { ownCoupon, wallet } from '../promotion/coupon/coupons.ts'
import { theStore } from '../store/stores.ts'
import type { StoreDocument } from '../store/stores.ts'
import { quote } from './rules.ts'

export interface QuoteInput {
  lines: readonly CartLine[]
  fulfilment?: Fulfilment
  couponId?: string
  bestCoupon?: boolean
  utensils?: number
}

/** Prices a cart as it would be charged to this person now; null is a person whom nobody knows. */
export async function quoteCart(world: World, openid: string | null, input: QuoteInput) {
  return done(await priceCart(world, openid, input))
}

/** Reads what a price depends on, and no more than this cart needs, then prices it. */
export async function priceCart(world: World, openid: string | null, input: QuoteInput): Promise<Quote> {
  const [facts, store, address] = await Promise.all([
    readCart(world, openid, input),
    input.fulfilment ? theStore(world) : null,
    openid === null || !goesOut(input.fulfilment) ? null : addressFor(world, openid, input.fulfilment.addressId),
  ])
  return priced(world, input, facts, { store, address, kitchen: store && await kitchenOf(world, store) })
}

/** What a price depends on beside the store and the address. */
export async function readCart(world: World, openid: string | null, input: QuoteInput) {
  const [products, coupons] = await Promise.all([
    productsOf(world, input.lines.map(line => line.productId)),
    openid === null ? [] : couponsFor(world, openid, input.couponId),
  ])
  const [member, isNewMember, gone] = await Promise.all([
    openid !== null && hasMemberPrice(products) ? knownMember(world, openid, coupons) : false,
    isNew(world, openid, coupons),
    goneAmong(world, input.lines.map(line => line.productId), products),
  ])
  return { products, coupons, isMember: member, isNewMember, gone }
}

/** The price of what was read. */
export function priced(
  world: World, input: QuoteInput, facts: Awaited<ReturnType<typeof readCart>>,
  { store, address, kitchen }: { store: StoreDocument | null, address: Address | null, kitchen: Kitchen | null },
): Quote {
  const coupon = input.couponId === undefined ? (input.bestCoupon ? 'Best' as const : 'None' as const) : { id: input.couponId }
  const { gone, ...known } = facts
  const bill = quote({ lines: input.lines, ...tripWanted(input, store, address), coupon }, {
    ...known,
    fees: store?.fees ?? {},
    ...(store ? { serving: kitchen ? { ...store, room: kitchen } : store } : {}),
    nowMs: world.clock.nowMs(),
  })
  // Whoever had it in the cart shall know what it was.
  return { ...bill, lines: bill.lines.map(line => line.problem === 'Gone' ? { ...line, ...gone.get(line.productId) } : line) }
}

/** The wallet; and the coupon that was asked for, when it stands there no more, so that the customer learns why. */
async function couponsFor(world: World, openid: string, couponId: string | undefined): Promise<CouponView[]> {
  const mine = await wallet(world, openid)
  if (couponId === undefined || mine.some(coupon => coupon.id === couponId)) return mine
  const asked = await ownCoupon(world, openid, couponId)
  return asked ? [...mine, asked] : mine
}

/** Only members can take coupons, so whoever has one need not be looked up. */
async function knownMember(world: World, openid: string, coupons: readonly CouponView[]): Promise<boolean> {
  return coupons.length > 0 || await isMember(world, openid)
}

/** Asks for the member's past only where a coupon depends on it. */
export async function isNew(world: World, openid: string | null, coupons: readonly CouponView[]): Promise<boolean> {
  return openid !== null && coupons.some(coupon => coupon.audience === 'NewMembers') && !await hasPaid(world, openid)
}

const hasMemberPrice = (products: ReadonlyMap<string, Product>): boolean =>
  [...products.values()].some(product => [product, ...product.skus].some(({ memberPriceFen }) => memberPriceFen !== undefined))
