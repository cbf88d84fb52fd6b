import type { BarOrders } from '../../contracts/merchant.ts'
import type { Role } from '../../contracts/member.ts'
import { done } from '../../contracts/outcome.ts'
import { readKitchen } from '../kitchen/tend.ts'
import type { World } from '../ports.ts'
import { countAttention } from './attention.ts'
import { barOrders } from './serve.ts'
import type { BarTab } from './serve.ts'
import { workplaceOf } from './workplace.ts'

/**
 * The whole screen of the bar, its parts asked for side by side: the orders of a tab, what needs attention, the kitchen, and where it
 * is.
 */
export async function showBar(world: World, { tab }: { tab: BarTab }, reader: { role: Role | null, storeIds?: readonly string[] | null }) {
  const [listed, attention, kitchen, workplace] = await Promise.all([
    barOrders(world, { tab }), countAttention(world, reader), readKitchen(world), workplaceOf(world, reader.storeIds ?? null),
  ])
  const orders: BarOrders = listed.value
  return done({ ...orders, attention, kitchen, workplace })
}
