import { afterEach, beforeEach, expect, it } from 'vitest'
import { join } from '../../backend/member/members.ts'
import { orders } from '../../backend/order/orders.ts'
import { PAY_WITHIN_MS } from '../../backend/order/rules.ts'
import type { World } from '../../backend/ports.ts'
import { changeStock } from '../../backend/stock/keepStock.ts'
import { runJobs } from '../../backend/timer/jobs.ts'
import { expectBalanced, openRace, requestIdOf } from './support.ts'
import type { Race } from './support.ts'

/** More orders run out at one moment than one run of the timer takes up. */
const EXPIRED = 25
const CLOSING = 'close orders that nobody paid'

let race: Race
beforeEach(async () => {
  race = await openRace()
  await changeStock(race.world, { requestId: requestIdOf(0), productId: 'tart', kind: 'Supplied', change: 100, note: 'baked' }, { openid: 'o-owner' })
  for (let person = 1; person <= EXPIRED; person += 1) {
    await join(race.world, `o-${person}`)
    await race.order(race.world, `o-${person}`, person)
  }
  race.clock.nowMs += PAY_WITHIN_MS + 1
})
afterEach(() => race.close())

const closedOnes = (world: World) => orders(world).count({ state: 'Closed' })

/** Every order was closed once, and its pieces went back once. */
async function expectAllClosed(): Promise<void> {
  const all = await expectBalanced(race)
  expect(all.map(order => order.steps.filter(step => step.state === 'Closed').length)).toEqual(Array.from({ length: EXPIRED }, () => 1))
}

it('a run takes up no more than its limit, and the next one does the rest', async () => {
  expect((await runJobs(race.world))[CLOSING]).toBe(20)
  expect((await runJobs(race.world))[CLOSING]).toBe(EXPIRED - 20)
  await expectAllClosed()
})

it('a run whose time ends takes up nothing new, and a later run goes on where it stopped', async () => {
  // Every look at the clock costs half a second: the function would be killed before it came to the end of its list.
  const slow: World = { ...race.world, clock: { nowMs: () => { race.clock.nowMs += 500; return race.clock.nowMs } } }
  const startedAtMs = race.clock.nowMs
  await runJobs(slow)
  expect(race.clock.nowMs - startedAtMs).toBeLessThan(60_000)
  const closed = await closedOnes(race.world)
  expect(closed).toBeGreaterThan(0)
  expect(closed).toBeLessThan(20)
  await race.heal()
  await expectAllClosed()
})

it('two runs that overlap close every order once', async () => {
  const [first, second] = await Promise.all([runJobs(race.world), runJobs(race.world)])
  expect(first[CLOSING]! + second[CLOSING]!).toBe(20)
  await race.heal()
  await expectAllClosed()
})
