import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { obstacleTo } from '../../backend/fulfilment/rules.ts'
import { kitchenPieces, toldOf } from '../../backend/kitchen/kitchens.ts'
import {
  asUsual, extraAt, fullUntil, hasRoom, isOverloaded, needOf, openSlots, pointsOf, QUARTER_MS, quarterOf, soonestQuarter, waitOf,
} from '../../backend/kitchen/rules.ts'
import type { Kitchen } from '../../backend/kitchen/rules.ts'
import { stockIdOf } from '../../backend/stock/rules.ts'

const MINUTE_MS = 60_000
/** Ten in the morning in Beijing. */
const TEN = Date.UTC(2026, 10, 26, 2)
const at = (minutes: number) => TEN + minutes * MINUTE_MS

function kitchen(taken: Record<number, number> = {}, over: Partial<Kitchen> = {}): Kitchen {
  const byQuarter = new Map(Object.entries(taken).map(([minutes, points]) => [at(Number(minutes)), points]))
  return { rules: { slotPoints: 10 }, now: asUsual, taken: byQuarter, prepareMinutes: 10, ...over }
}

describe('a kitchen', () => {
  it('takes what comes first into the first quarter that has room', () => {
    expect(soonestQuarter(kitchen(), 3, TEN)).toBe(at(0))
    expect(soonestQuarter(kitchen({ 0: 8 }), 3, TEN)).toBe(at(15))
    expect(soonestQuarter(kitchen({ 0: 8 }), 2, TEN)).toBe(at(0))
    expect(soonestQuarter(kitchen({ 0: 10, 15: 10, 30: 9 }), 1, TEN)).toBe(at(30))
  })

  it('has nothing before a quarter of an hour is over for whoever found no room in it, and later ones as they are', () => {
    const left = fullUntil(kitchen({ 30: 9 }), at(15), at(3))
    expect([0, 15, 30, 45].map(minutes => hasRoom(left, at(minutes), 1))).toEqual([false, false, true, true])
    expect(soonestQuarter(left, 2, at(3))).toBe(at(45))
  })

  it('gives a very large order an empty quarter', () => {
    expect(needOf(40, { slotPoints: 10 })).toBe(10)
    expect(soonestQuarter(kitchen({ 0: 1 }), 40, TEN)).toBe(at(15))
  })

  it('promises nothing that is further away than two hours', () => {
    const full = Object.fromEntries(Array.from({ length: 8 }, (_, quarter) => [quarter * 15, 10]))
    expect(soonestQuarter(kitchen(full), 1, TEN)).toBeNull()
    expect(waitOf(kitchen(full), 1, TEN)).toBeNull()
    expect(isOverloaded(kitchen(full), 1, TEN)).toBe(true)
  })

  it('tells a range, wider when there is much to do, and longer when staff have added to it', () => {
    expect(waitOf(kitchen(), 1, TEN)).toEqual({ fromMinutes: 10, toMinutes: 15 })
    expect(waitOf(kitchen({ 0: 6 }), 1, TEN)).toEqual({ fromMinutes: 10, toMinutes: 20 })
    expect(waitOf(kitchen({ 0: 10 }), 1, at(2))).toEqual({ fromMinutes: 15, toMinutes: 20 })
    const slow = kitchen({}, { now: { ...asUsual, extraMinutes: 20, extraUntilMs: at(30) } })
    expect(waitOf(slow, 1, TEN)).toEqual({ fromMinutes: 30, toMinutes: 35 })
    expect([extraAt(slow, at(30) - 1), extraAt(slow, at(30))]).toEqual([20, 0])
  })

  it('takes no more on at once above the line that the shop has drawn, and again below it', () => {
    const rules = { slotPoints: 10, pauseAboveMinutes: 20 }
    expect(isOverloaded(kitchen({ 0: 10 }, { rules }), 1, TEN)).toBe(false)
    expect(isOverloaded(kitchen({ 0: 10, 15: 10 }, { rules }), 1, TEN)).toBe(true)
  })

  it('leaves out the times for which it is full, and those before its pause ends', () => {
    const slots = [0, 15, 30, 45].map(at)
    expect(openSlots(slots, kitchen({ 15: 9 }), 2)).toEqual([at(0), at(30), at(45)])
    expect(openSlots(slots, kitchen({}, { now: { ...asUsual, pausedUntilMs: at(20) } }), 2)).toEqual([at(30), at(45)])
    expect(openSlots(slots, kitchen({ 15: 99 }, { rules: null }), 2)).toEqual(slots)
  })

  it('counts what it makes: dishes by their weight, sets by their dishes, and nothing that lies on the shelf', () => {
    const goods = new Map<string, { kind: 'Menu' | 'Mall', workload?: number }>([
      ['cup', { kind: 'Menu' }], ['pot', { kind: 'Menu', workload: 3 }], ['tin', { kind: 'Mall' }], ['set', { kind: 'Menu' }],
    ])
    const line = (productId: string, quantity: number) => ({ productId, quantity })
    expect(pointsOf([line('cup', 2), line('pot', 1), line('tin', 5), line('gone', 3)], goods)).toBe(5)
    expect(pointsOf([{ ...line('set', 2), parts: [line('pot', 1), line('cup', 2)] }], goods)).toBe(10)
  })

  it('tells its customers how long it takes, or until when it rests', () => {
    expect(toldOf(kitchen(), TEN)).toEqual({ wait: { fromMinutes: 10, toMinutes: 15 } })
    expect(toldOf(kitchen({}, { now: { ...asUsual, pausedUntilMs: at(5) } }), TEN)).toEqual({ pausedUntilMs: at(5) })
  })

  it('keeps an order\'s points of one quarter in one place, in the shop\'s own time', () => {
    const store = { _id: 'main' }
    const wish = { points: 4, slotAtMs: null, nowMs: TEN }
    expect(kitchenPieces(store, kitchen(), wish).map(piece => [stockIdOf(piece), piece.quantity])).toEqual([['kitchen:main@202611261000', 4]])
    expect(kitchenPieces(store, kitchen(), { ...wish, slotAtMs: at(45) }).map(stockIdOf)).toEqual(['kitchen:main@202611261045'])
    expect(kitchenPieces(store, kitchen(), { ...wish, points: 0 })).toEqual([])
    expect(kitchenPieces(store, kitchen({}, { rules: null }), wish)).toEqual([])
  })

  it('is never promised beyond what it can make, whatever is asked and when', () => {
    const order = fc.record({ points: fc.integer({ min: 1, max: 14 }), minutes: fc.nat(90) })
    fc.assert(fc.property(fc.array(order, { maxLength: 40 }), (orders) => {
      const taken = new Map<number, number>()
      for (const { points, minutes } of [...orders].sort((one, other) => one.minutes - other.minutes)) {
        const now = kitchen({}, { taken })
        const quarter = soonestQuarter(now, points, at(minutes))
        if (quarter === null) continue
        expect(hasRoom(now, quarter, points)).toBe(true)
        expect(quarter).toBeGreaterThanOrEqual(quarterOf(at(minutes)))
        expect(quarter % QUARTER_MS).toBe(0)
        taken.set(quarter, (taken.get(quarter) ?? 0) + needOf(points, { slotPoints: 10 }))
      }
      expect([...taken.values()].every(points => points <= 10)).toBe(true)
    }))
  })
})

describe('an order for a busy kitchen', () => {
  const store = { hours: { from: '00:00', until: '24:00' }, slots: { everyMinutes: 15, prepareMinutes: 10, daysAhead: 0, mayPreorder: true } }
  const journey = { way: 'TakeAway' as const, slotAtMs: null, destination: null, goodsFen: 1000, points: 2 }
  const paused = kitchen({}, { now: { ...asUsual, pausedUntilMs: at(30) } })

  it('is told the next times that are free', () => {
    const full = kitchen({ 30: 10, 45: 10 })
    expect(obstacleTo({ ...journey, slotAtMs: at(30) }, { ...store, room: full }, TEN))
      .toEqual({ kind: 'SlotFull', freeSlots: [15, 60, 75, 90, 105, 120].map(at) })
    expect(obstacleTo({ ...journey, slotAtMs: at(15) }, { ...store, room: full }, TEN)).toBeNull()
  })

  it('waits while orders are paused, unless it is for later', () => {
    expect(obstacleTo(journey, { ...store, room: paused }, TEN)).toEqual({ kind: 'StorePaused', untilMs: at(30) })
    expect(obstacleTo({ ...journey, slotAtMs: at(15) }, { ...store, room: paused }, TEN)).toEqual({ kind: 'StorePaused', untilMs: at(30) })
    expect(obstacleTo({ ...journey, slotAtMs: at(45) }, { ...store, room: paused }, TEN)).toBeNull()
    expect(obstacleTo(journey, { ...store, room: paused }, at(30))).toBeNull()
  })

  it('is not sent away from a table, nor when it is from the shelf', () => {
    const full = kitchen(Object.fromEntries(Array.from({ length: 10 }, (_, quarter) => [quarter * 15, 10])))
    expect(obstacleTo(journey, { ...store, room: full }, TEN)).toMatchObject({ kind: 'SlotFull' })
    expect(obstacleTo({ ...journey, way: 'DineIn' }, { ...store, room: full }, TEN)).toBeNull()
    expect(obstacleTo({ ...journey, points: 0 }, { ...store, room: full }, TEN)).toBeNull()
  })
})
