import type { UsualWish } from '../../contracts/catalog.ts'
import type { PricedLine } from '../../contracts/order.ts'
import { oneOf } from '../database.ts'
import { orders } from '../order/orders.ts'
import { PAID_STATES } from '../order/rules.ts'
import type { World } from '../ports.ts'

/** How many of its products the menu shows first. */
export const USUAL_MAX = 3
/** Tastes change: what somebody had long ago says little about today. */
const ORDERS_READ = 12

/** What a person orders most, the most frequent first. One database operation. */
export async function usualOf(world: World, openid: string): Promise<UsualWish[]> {
  const found = await orders(world).find({ where: { openid, state: oneOf(PAID_STATES) }, sort: ['sortKey', 'desc'], limit: ORDERS_READ })
  return favourites(found.map(order => order.lines))
}

/** The products of these orders, newest order first, by how many of the orders had them, as each was had last. Pure. */
export function favourites(orderLines: readonly (readonly Pick<PricedLine, 'productId' | 'choiceIds'>[])[]): UsualWish[] {
  const found = new Map<string, UsualWish & { times: number }>()
  for (const lines of orderLines) {
    for (const productId of new Set(lines.map(line => line.productId))) {
      const before = found.get(productId)
      const { choiceIds } = lines.find(line => line.productId === productId)!
      found.set(productId, { productId, choiceIds: before?.choiceIds ?? choiceIds, times: (before?.times ?? 0) + 1 })
    }
  }
  // Sorting is stable: of equal ones the latest comes first.
  return [...found.values()].sort((one, other) => other.times - one.times).map(({ productId, choiceIds }) => ({ productId, choiceIds }))
}
