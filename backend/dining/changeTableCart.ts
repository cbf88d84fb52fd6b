import type { ParsedOf } from '../../contracts/action.ts'
import type { CartLine, QuotedLine } from '../../contracts/order.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import { refused } from '../../contracts/outcome.ts'
import { productsOf } from '../catalog/products.ts'
import type { ProductOnSale } from '../catalog/products.ts'
import type { World } from '../ports.ts'
import { quote } from '../pricing/rules.ts'
import { answerAtTable } from './atTable.ts'
import { changedCart, sharedLine, toWish } from './cart/rules.ts'
import type { CartRefusal } from './cart/rules.ts'
import { carriedOut } from './sittings.ts'
import type { SittingDocument, Verdict } from './sittings.ts'

/** One change of the shared cart. The same requestId changes it once; two guests at once both get their way. */
export async function changeTableCart(world: World, openid: string, { sittingId, requestId, change }: ParsedOf<ShopActions['changeTableCart']>) {
  const added = change.kind === 'Add' ? await priceOne(world, change.line) : null
  if (added?.problem) {
    const { problem, left } = added
    return refused('LinesUnavailable', { problems: [{ line: 0, problem, ...left === undefined ? {} : { left } }] })
  }
  return answerAtTable(world, openid, sittingId, (sitting, guest): Verdict<CartRefusal | 'TableWaiting' | 'PeopleNotAsked'> => {
    if (sitting.requests.includes(requestId)) return 'Same'
    const obstacle = notReady(sitting)
    if (obstacle) return { code: obstacle }
    const priced = added && sharedLine(added, `${guest.number}-${sitting.version}`, guest.number)
    const cart = changedCart(sitting.cart, change, { guest: guest.number, priced })
    if (!Array.isArray(cart)) return { code: cart }
    return { set: { cart, cartVersion: sitting.cartVersion + 1, ...carriedOut(sitting, requestId) } }
  })
}

/** Why nothing can be ordered yet. */
export function notReady(sitting: SittingDocument): 'TableWaiting' | 'PeopleNotAsked' | null {
  if (sitting.state === 'Waiting') return 'TableWaiting'
  return sitting.people === null ? 'PeopleNotAsked' : null
}

/** Dishes eaten here, at the prices of the moment, without anything that concerns the whole bill. */
export function priceDishes(world: World, lines: readonly CartLine[], products: ReadonlyMap<string, ProductOnSale>) {
  return quote({ lines, way: 'DineIn', coupon: 'None' }, {
    products, isMember: true, fees: {}, coupons: [], isNewMember: false, nowMs: world.clock.nowMs(),
  })
}

async function priceOne(world: World, line: CartLine): Promise<QuotedLine> {
  const products = await productsOf(world, [line.productId])
  return priceDishes(world, [toWish(line)], products).lines[0]!
}
