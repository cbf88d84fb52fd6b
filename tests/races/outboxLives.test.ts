import fc from 'fast-check'
import { expect, it } from 'vitest'
import { outbox } from '../../backend/outbox/outbox.ts'
import type { EffectDocument } from '../../backend/outbox/outbox.ts'
import { LEASE_MS, TRIES_MAX_SHORT } from '../../backend/outbox/rules.ts'
import { workOutbox } from '../../backend/outbox/workOutbox.ts'
import type { OpenAnswer, World } from '../../backend/ports.ts'
import { openLocalWorld } from '../support/localWorld.ts'
import type { Gate } from '../support/localWorld.ts'

/**
 * The lives of effects under everything at once: the real worker on the real database engine, several runs at a time, every
 * operation in an order that fast-check chooses, any run dying anywhere, and a WeChat that is busy, strict or loses replies.
 */

const ORDERS = ['a', 'b', 'c']
const HOUR_MS = 3_600_000

type Mood = 'takes' | 'isBusy' | 'refuses' | 'takesAndLosesTheReply'
interface Run { diesAt: number | null, mood: Mood }

const moods = fc.constantFrom<Mood>('takes', 'isBusy', 'isBusy', 'refuses', 'takesAndLosesTheReply')
const runs = fc.record<Run>({ diesAt: fc.option(fc.nat(12), { freq: 2 }), mood: moods })
const rounds = fc.array(
  fc.record({ together: fc.array(runs, { minLength: 1, maxLength: 3 }), thenMs: fc.constantFrom(1, 15_000, LEASE_MS + 1, HOUR_MS) }),
  { maxLength: 8 },
)

/** What WeChat has seen of each order's message. */
interface Seen { asked: number, delivered: number, lost: number, refused: number, askedThisRound: number }

function openWeChat() {
  const seen = new Map(ORDERS.map((order): [string, Seen] => [order, { asked: 0, delivered: 0, lost: 0, refused: 0, askedThisRound: 0 }]))
  const answer = (orderId: string, mood: Mood): OpenAnswer<null> => {
    const of = seen.get(orderId)!
    of.asked += 1
    of.askedThisRound += 1
    if (mood === 'takes' || mood === 'takesAndLosesTheReply') of.delivered += 1
    if (mood === 'takes') return { ok: true, value: null }
    if (mood === 'refuses') of.refused += 1
    if (mood === 'takesAndLosesTheReply') of.lost += 1
    return { ok: false, errcode: mood === 'refuses' ? 47003 : null, because: mood }
  }
  return { seen, answer, newRound: () => { for (const of of seen.values()) of.askedThisRound = 0 } }
}

type WeChat = ReturnType<typeof openWeChat>

/** A run's world: once it has died, nothing that it does has an effect any more. */
function worldOf(base: World, gate: Gate, wechat: WeChat, mood: Mood): World {
  return {
    ...base,
    log: { warn: () => undefined, error: () => undefined },
    settings: { ...base.settings, templates: { Ready: { id: 'ready', fields: { character_string1: 'orderNumber' } } } },
    openInterfaces: { ...base.openInterfaces, sendMessage: ({ openid }) => gate(openid, async () => wechat.answer(openid.slice(2), mood)) },
  }
}

function gateOf(scheduler: fc.Scheduler, wechat: WeChat, diesAt: number | null): Gate {
  let operations = 0
  return async (what, operation) => {
    await scheduler.schedule(Promise.resolve(), what)
    operations += 1
    if (diesAt !== null && operations > diesAt) throw new Error('dead')
    const result = await operation()
    // Dying between WeChat's answer and its being written down is losing the reply.
    const asked = wechat.seen.get(what.slice(2))
    if (asked && operations === diesAt) asked.lost += 1
    return result
  }
}

async function fill(world: World, nowMs: number): Promise<void> {
  for (const order of ORDERS) {
    const document = { _id: order, openid: `o-${order}`, state: 'Ready', lines: [], totalFen: 100, pickupNumber: 'A001' }
    await world.database.collection('orders').add(document)
    const effect: EffectDocument = {
      _id: `TellReady_${order}`, kind: 'TellReady', state: 'Waiting', storeId: 'main', orderId: order, payload: {}, tries: 0, said: '',
      nextAtMs: nowMs, note: '', sortKey: order, createdAtMs: nowMs, updatedAtMs: nowMs,
    }
    await outbox(world).add(effect)
  }
}

it('an effect is tried by one at a time, a bounded number of times, and ends where WeChat\'s answers lead', async () => {
  await fc.assert(fc.asyncProperty(fc.scheduler(), rounds, async (scheduler, played) => {
    const local = await openLocalWorld()
    try {
      const wechat = openWeChat()
      await fill(local.world, local.clock.nowMs)
      const work = ({ diesAt, mood }: Run) => {
        const gate = gateOf(scheduler, wechat, diesAt)
        return workOutbox(worldOf(local.worldThrough(gate), gate, wechat, mood), Infinity)
      }
      for (const { together, thenMs } of played) {
        wechat.newRound()
        await scheduler.waitFor(Promise.allSettled(together.map(work)))
        // Whoever has taken an effect up holds it for longer than a round lasts.
        for (const [order, { askedThisRound }] of wechat.seen) expect(askedThisRound, order).toBeLessThanOrEqual(1)
        local.clock.nowMs += thenMs
      }
      for (let round = 0; round <= TRIES_MAX_SHORT; round += 1) {
        local.clock.nowMs += HOUR_MS
        await scheduler.waitFor(work({ diesAt: null, mood: 'takes' }))
      }
      for (const [order, seen] of wechat.seen) judge((await outbox(local.world).read(`TellReady_${order}`))!, seen)
    } finally {
      await local.close()
    }
  }), { numRuns: 60 })
}, 120_000)

function judge({ state, tries }: EffectDocument, { asked, delivered, lost, refused }: Seen): void {
  expect(['Done', 'Dead']).toContain(state)
  expect(tries).toBeLessThanOrEqual(TRIES_MAX_SHORT)
  expect(asked).toBeLessThanOrEqual(TRIES_MAX_SHORT)
  expect(delivered).toBeLessThanOrEqual(1 + lost)
  if (state === 'Done') expect(delivered).toBeGreaterThan(0)
  if (state === 'Dead') expect(refused > 0 || tries >= TRIES_MAX_SHORT).toBe(true)
}
