import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MovableClock } from '../../emulator/clock.ts'
import type { Functions } from '../../emulator/functions/functions.ts'
import { Timers } from '../../emulator/functions/timers.ts'

const everySecond = { name: 'tick', cron: '* * * * * * *' }
const startMs = Date.parse('2026-03-01T00:00:00.500Z')

let fired: number
let driftMs: number
let clock: MovableClock
let triggers: object[]
let isGone: boolean
let timers: Timers

beforeEach(async () => {
  vi.useFakeTimers({ now: startMs })
  fired = 0
  driftMs = 0
  triggers = [everySecond, everySecond]
  isGone = false
  const call = async () => {
    fired += 1
    return { requestId: 'r', result: 'null' }
  }
  const functions = { names: () => ['f'], find: () => isGone ? undefined : { config: { triggers } }, call } as unknown as Functions
  const log = { write: () => undefined, read: async () => [], close: async () => undefined }
  clock = new MovableClock(() => Date.now() - driftMs)
  timers = new Timers(functions, log, clock)
  timers.start()
})
afterEach(() => {
  timers.stop()
  vi.useRealTimers()
})

describe('The timers of a function', () => {
  it('fire once for one instant, and not before it, even when the machine wakes them early', async () => {
    driftMs = 5
    await vi.advanceTimersByTimeAsync(500)
    expect(fired).toBe(0)
    await vi.advanceTimersByTimeAsync(100)
    expect(fired).toBe(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(fired).toBe(4)
  })

  it('all stop, those of the same name too', async () => {
    timers.stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fired).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('A changed config.json', () => {
  it('neither loses nor doubles a firing of a timer that stays, however often it is read', async () => {
    triggers = [everySecond]
    timers.refresh('f')
    for (let step = 0; step < 40; step += 1) {
      await vi.advanceTimersByTimeAsync(100)
      timers.refresh('f')
    }
    expect(fired).toBe(4)
  })

  it('takes effect for a timer that comes, goes or has another time', async () => {
    triggers = [{ name: 'tick', cron: '*/2 * * * * * *' }]
    timers.refresh('f')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(fired).toBe(2)
    triggers = []
    timers.refresh('f')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(fired).toBe(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not swallow a firing that was due before it was read', async () => {
    triggers = [{ name: 'tick', cron: '0 0 0 1 1 * 2099' }]
    // The machine is late: the time has come, and nobody has woken yet.
    vi.setSystemTime(startMs + 600)
    timers.refresh('f')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fired).toBe(2)
  })

  it('is not asked any more of a function that is gone', async () => {
    isGone = true
    timers.refresh('f')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fired).toBe(0)
  })
})

describe('A clock that jumps over many firings', () => {
  it('makes each timer fire once, and then at its next time', async () => {
    clock.advance(3600_000)
    await vi.advanceTimersByTimeAsync(0)
    expect(fired).toBe(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(fired).toBe(4)
  })
})
