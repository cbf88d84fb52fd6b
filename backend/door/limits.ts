import { createHash } from 'node:crypto'
import type { Limit } from '../../contracts/action.ts'
import { atMost } from '../database.ts'
import type { World } from '../ports.ts'

/**
 * The moments of a person's latest calls of one action, as many as a minute allows, the oldest first. The oldest alone
 * says whether another call fits: one conditional update asks and counts in one step.
 */
interface LimitDocument { _id: string, atMs: number[], latestAtMs: number }

const MINUTE_MS = 60_000
const FORGET_AFTER_MS = 60 * MINUTE_MS
const limitsOf = (world: World) => world.database.collection<LimitDocument>('limits')

/**
 * Counts a call. Null when it fits into the limit; else when to come back. One database operation for a call that fits,
 * three for the first ever, two for one that does not.
 */
export async function tooOften(world: World, who: string, action: string, { perMinute }: Limit): Promise<{ againAtMs: number } | null> {
  const limits = limitsOf(world)
  const _id = createHash('sha256').update(`${action}\n${who}`).digest('hex').slice(0, 24)
  for (;;) {
    const nowMs = world.clock.nowMs()
    const fits = await limits.changeIf(_id, { 'atMs.0': atMost(nowMs - MINUTE_MS) }, {
      set: { latestAtMs: nowMs }, pushLast: { atMs: { value: nowMs, keep: perMinute } },
    })
    if (fits) return null
    const known = await limits.read(_id)
    if (known?.atMs.length === perMinute) {
      const againAtMs = known.atMs[0]! + MINUTE_MS
      if (againAtMs > nowMs) return { againAtMs }
      // It was made, or it became old enough, between the two looks.
      continue
    }
    // The limit was another one at the time of the last call: the list is made anew, as long as it now has to be.
    if (known) await limits.remove(_id)
    const atMs = [...Array<number>(perMinute - 1).fill(0), nowMs]
    if (await limits.add({ _id, atMs, latestAtMs: nowMs }) === 'Added') return null
  }
}

/** Removes what nobody has touched for an hour, which no limit looks back to; at most a hundred, and answers how many. */
export async function forgetLimits(world: World): Promise<number> {
  const where = { latestAtMs: atMost(world.clock.nowMs() - FORGET_AFTER_MS) }
  const old = await limitsOf(world).find({ where, sort: ['latestAtMs', 'asc'], limit: 100 })
  for (const { _id } of old) await limitsOf(world).remove(_id)
  return old.length
}
