import { below, oneOf } from '../database.ts'
import { sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { outbox } from './outbox.ts'
import { KEEP_MS } from './rules.ts'

/** At most so many a run, which is ten times what a busy shop writes in a day. */
const AT_ONCE = 50

/**
 * Removes effects of three months ago that are over, the oldest first; answers how many. What a person still has to look at
 * stays, however old it is.
 */
export async function forgetEffects(world: World, endAtMs: number): Promise<number> {
  const where = { state: oneOf(['Done', 'Dismissed']), sortKey: below(sortKeyOf(world.clock.nowMs() - KEEP_MS, '')) }
  let count = 0
  for (const { _id } of await outbox(world).find({ where, sort: ['sortKey', 'asc'], limit: AT_ONCE })) {
    if (world.clock.nowMs() > endAtMs) break
    await outbox(world).remove(_id)
    count += 1
  }
  return count
}
