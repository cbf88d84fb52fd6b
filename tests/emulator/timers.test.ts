import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MovableClock } from '../../emulator/clock.ts'
import type { Functions } from '../../emulator/functions/functions.ts'
import { Timers } from '../../emulator/functions/timers.ts'

const everySecond = { name: 'tick', cron: '* * * * * * *' }
const startMs = Date.parse('2026-03-01T00:00:00.500Z')

let fired: number
let driftMs: number
let timers: Timers

beforeEach(async () => {
  vi.useFakeTimers({ now: startMs })
  fired = 0
  driftMs = 0
  const cloudFunction = { config: { triggers: [everySecond, everySecond] } }
  const call = async () => {
    fired += 1
    return { requestId: 'r', result: 'null' }
  }
  const functions = { names: () => ['f'], find: () => cloudFunction, call } as unknown as Functions
  const log = { write: () => undefined, read: async () => [], close: async () => undefined }
  timers = new Timers(functions, log, new MovableClock(() => Date.now() - driftMs))
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
