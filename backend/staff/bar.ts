import type { BarOrders } from '../../contracts/merchant.ts'
import type { Role } from '../../contracts/member.ts'
import { done } from '../../contracts/outcome.ts'
import { readKitchen } from '../kitchen/tend.ts'
import type { World } from '../ports.ts'
import { countAttention } from './attention.ts'
import { barOrders } from './serve.ts'
import type { BarTab } from './serve.ts'

/** The whole screen of the bar, its parts asked for side by side: the orders of a tab, what needs attention, and the kitchen. */
export async function showBar(world: World, { tab }: { tab: BarTab }, reader: { role: Role | null }) {
  const [listed, attention, kitchen] = await Promise.all([barOrders(world, { tab }), countAttention(world, reader), readKitchen(world)])
  const orders: BarOrders = listed.value
  return done({ ...orders, attention, kitchen })
}
