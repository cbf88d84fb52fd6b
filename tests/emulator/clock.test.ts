import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MovableClock } from '../../emulator/clock.ts'
import { startTestEmulator } from './harness.ts'

const dayMs = 24 * 3600_000
const startMs = Date.parse('2026-03-01T00:00:00Z')

describe('A clock that can be moved', () => {
  let clock: MovableClock
  let woken: number[]

  beforeEach(() => {
    vi.useFakeTimers({ now: startMs })
    clock = new MovableClock()
    woken = []
  })
  afterEach(() => vi.useRealTimers())

  function wakeIn(ms: number): () => void {
    return clock.wakeAt(clock.nowMs() + ms, () => woken.push(clock.nowMs() - startMs))
  }

  it('wakes at the time and once, also after more days than a timer can wait', async () => {
    wakeIn(40 * dayMs)
    await vi.advanceTimersByTimeAsync(40 * dayMs - 1)
    expect(woken).toEqual([])
    await vi.advanceTimersByTimeAsync(41 * dayMs)
    expect(woken).toEqual([40 * dayMs])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('wakes at once what was due when it is advanced, and leaves the rest its time', async () => {
    wakeIn(1_000)
    wakeIn(dayMs)
    clock.advance(dayMs - 500)
    await vi.advanceTimersByTimeAsync(0)
    expect(woken).toEqual([dayMs - 500])
    await vi.advanceTimersByTimeAsync(500)
    expect(woken).toEqual([dayMs - 500, dayMs])
  })

  it('runs faster from now on, and slower again, without a jump', async () => {
    clock.run(3_600)
    wakeIn(3600_000)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(woken).toEqual([3600_000])
    clock.run(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(clock.nowMs() - startMs).toBe(3601_000)
  })

  it('does not wake who called it off', async () => {
    wakeIn(1_000)()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(woken).toEqual([])
  })
})

describe('The command that moves the clock', () => {
  it('advances and speeds the time of the whole cloud, and never turns it back', async () => {
    const emulator = await startTestEmulator()
    const before = await emulator.get<{ nowMs: number, speed: number }>('/manage/clock')
    expect(before.speed).toBe(1)
    const after = await emulator.post<{ nowMs: number, speed: number }>('/manage/clock', { advanceMs: dayMs, speed: 10 })
    expect(after.nowMs - before.nowMs).toBeGreaterThanOrEqual(dayMs)
    expect(after.speed).toBe(10)
    expect(await emulator.post('/manage/clock', { advanceMs: -1 })).toMatchObject({ message: expect.stringContaining('does not go back') as string })
    expect(await emulator.post('/manage/clock', { speed: 0 })).toMatchObject({ message: expect.stringContaining('from 1') as string })
    await emulator.dispose()
  })
})
