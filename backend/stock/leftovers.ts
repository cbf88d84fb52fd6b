import type { OrderState } from '../../contracts/order.ts'
import { atMost, below } from '../database.ts'
import { orders } from '../order/orders.ts'
import { PAY_WITHIN_MS } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { beijingDay } from '../store/rules.ts'
import { release, stock } from './stock.ts'
import type { Hold } from './stock.ts'

/** Older than any order can be unpaid, with room for a closing that had to wait for WeChat. */
const LEFT_OVER_AFTER_MS = PAY_WITHIN_MS + 5 * 60_000
const AT_ONCE = 20
/** These still have a claim to what they hold. */
const CLAIMING: readonly OrderState[] = ['Reserving', 'Unpaid', 'Closing']

/**
 * The safety net under every reservation: a slow call may take pieces for an order that another call has closed or settled
 * in the meantime. Nobody else would ever look at such a hold again. Answers how many were released.
 */
export async function releaseLeftovers(world: World, endAtMs: number): Promise<number> {
  const oldMs = world.clock.nowMs() - LEFT_OVER_AFTER_MS
  let released = 0
  for (const { _id, holds } of await stock(world.database).find({ where: { 'holds.atMs': atMost(oldMs) }, limit: AT_ONCE })) {
    for (const hold of holds.filter(held => held.atMs <= oldMs)) {
      if (world.clock.nowMs() > endAtMs) return released
      if (!await isLeftOver(world, hold)) continue
      await release(world.database, _id, hold)
      released += 1
    }
  }
  return released
}

async function isLeftOver(world: World, { orderId }: Hold): Promise<boolean> {
  const order = await orders(world).read(orderId)
  return order === null || (order.followUp === 'None' && !CLAIMING.includes(order.state))
}

/** Longer than any order of that day can still wait for its money or its closing. */
const KEEP_DAYS_MS = 7 * 24 * 3_600_000

/** Removes the portions of days long past, once no order holds any; answers how many days. */
export async function forgetDays(world: World): Promise<number> {
  const lastKept = beijingDay(world.clock.nowMs() - KEEP_DAYS_MS)
  const old = await stock(world.database).find({ where: { day: below(lastKept) }, sort: ['day', 'asc'], limit: AT_ONCE })
  const over = old.filter(({ holds }) => holds.length === 0)
  for (const { _id } of over) await stock(world.database).remove(_id)
  return over.length
}
