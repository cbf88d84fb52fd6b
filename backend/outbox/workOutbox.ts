import { atMost } from '../database.ts'
import { assertMove } from '../machine.ts'
import type { World } from '../ports.ts'
import { handlers } from './handlers.ts'
import { outbox } from './outbox.ts'
import type { EffectDocument } from './outbox.ts'
import { afterTry, effectMachine, isSpent, LEASE_MS } from './rules.ts'
import type { EffectResult } from './rules.ts'

/** At most so many effects a run; the rest, the longest due first, is found by the next run a minute later. */
const AT_ONCE = 100

/** Tries what is due until `endAtMs`; answers how many were taken up. Two runs side by side never try one effect at once. */
export async function workOutbox(world: World, endAtMs: number): Promise<number> {
  const where = { state: 'Waiting', nextAtMs: atMost(world.clock.nowMs()) }
  let count = 0
  for (const effect of await outbox(world).find({ where, sort: ['nextAtMs', 'asc'], limit: AT_ONCE })) {
    if (world.clock.nowMs() > endAtMs) break
    if (await workOn(world, effect)) count += 1
  }
  return count
}

/**
 * Tries one effect as it was read or just written. False when somebody else has taken it up. Never throws: the cause is
 * committed, and whatever fails here is tried again by the timer.
 */
export async function workOn(world: World, effect: EffectDocument): Promise<boolean> {
  const { _id: id, kind } = effect
  try {
    const taken = await takeUp(world, effect)
    if (!taken) return false
    // What is spent is only buried: that is no try, however often a run dies in the middle of it.
    await conclude(world, taken, isOver(effect) ? neverEnded(effect) : await attempt(world, taken))
    return true
  } catch (error) {
    world.log.error('An effect could not be worked on', error, { id, kind })
    return false
  }
}

/** Compares and sets the due time, so that one of two wins, and counts the try before it is made. */
async function takeUp(world: World, effect: EffectDocument): Promise<EffectDocument | null> {
  const { _id, nextAtMs: seenMs } = effect
  const nextAtMs = world.clock.nowMs() + LEASE_MS
  const more = isOver(effect) ? 0 : 1
  const isTaken = await outbox(world).changeIf(_id, { state: 'Waiting', nextAtMs: seenMs }, { set: { nextAtMs }, inc: { tries: more } })
  return isTaken ? { ...effect, nextAtMs, tries: effect.tries + more } : null
}

const neverEnded = ({ said }: EffectDocument): EffectResult => ({ kind: 'Refused', because: said || 'no try ever came to its end' })

const isOver = (effect: EffectDocument): boolean => isSpent(effect, handlers[effect.kind].triesMax)

async function attempt(world: World, effect: EffectDocument): Promise<EffectResult> {
  const { _id: id, kind, tries } = effect
  try {
    return await handlers[kind].run(world, effect)
  } catch (error) {
    world.log.error('An effect failed', error, { id, kind, tries })
    return { kind: 'Again', because: 'an error of the shop, see its log' }
  }
}

/** Writes what a try came to, unless it took so long that somebody else has taken the effect up. */
async function conclude(world: World, effect: EffectDocument, result: EffectResult): Promise<void> {
  const { _id, kind, orderId, tries, nextAtMs: leaseMs } = effect
  const nowMs = world.clock.nowMs()
  const next = afterTry(result, tries, handlers[kind].triesMax, nowMs)
  if (next.state !== 'Waiting') assertMove(effectMachine, 'Waiting', next.state)
  if (next.state === 'Dead') world.log.error('An effect needs a person', next.said, { id: _id, kind, orderId, tries })
  await outbox(world).changeIf(_id, { state: 'Waiting', nextAtMs: leaseMs }, { set: { ...next, updatedAtMs: nowMs } })
}
