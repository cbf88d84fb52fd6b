import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayEndsAtMs, dayStartOf, opensNextAtMs, slotsOf, spansFrom, takesOrders, weekdayOf } from '../../backend/store/hours.ts'
import type { Opening } from '../../backend/store/hours.ts'

/** A moment of Beijing. 2026-03-02 is a Monday. */
const at = (time: string) => Date.parse(`2026-${time}:00+08:00`)
const clock = (atMs: number | null) => atMs === null ? null : new Date(atMs + 8 * 3_600_000).toISOString().slice(5, 16)
const noon = { from: '11:00', until: '14:00' }
const evening = { from: '17:00', until: '21:00' }
const text = { zh: '休息', en: 'Closed' }
const slots = { everyMinutes: 15, prepareMinutes: 20, daysAhead: 1, mayPreorder: true }

describe('a day of the shop', () => {
  it('is a day of Beijing, and has its weekday', () => {
    expect(clock(dayStartOf(at('03-02T07:59')))).toBe('03-02T00:00')
    expect(clock(dayStartOf(at('03-02T00:00')))).toBe('03-02T00:00')
    expect(weekdayOf(dayStartOf(at('03-02T12:00')))).toBe(1)
    expect(weekdayOf(dayStartOf(at('03-01T12:00')))).toBe(0)
  })

  it('can have several ranges, and others than its neighbours', () => {
    const opening: Opening = { hours: noon, week: [[], [noon, evening], [], [], [], [], [noon]] }
    const open = (time: string) => takesOrders(opening, at(time))
    expect(['03-02T10:59', '03-02T11:00', '03-02T13:59', '03-02T14:00', '03-02T17:00', '03-02T21:00'].map(open)).toEqual([false, true, true, false, true, false])
    expect(open('03-01T12:00')).toBe(false)
    expect(clock(opensNextAtMs(opening, at('03-02T21:00')))).toBe('03-07T11:00')
  })

  it('may end after midnight, also when the next one is closed', () => {
    const opening: Opening = { hours: { from: '18:00', until: '02:00' }, closedDays: [{ day: '20260303', because: text }] }
    expect(takesOrders(opening, at('03-03T01:59'))).toBe(true)
    expect(takesOrders(opening, at('03-03T02:00'))).toBe(false)
    expect(takesOrders(opening, at('03-03T19:00'))).toBe(false)
    expect(takesOrders(opening, at('03-04T01:00'))).toBe(false)
    expect(clock(opensNextAtMs(opening, at('03-03T02:00')))).toBe('03-04T18:00')
  })

  it('ends for orders before the doors close, but not at a midnight that the shop does not notice', () => {
    const opening: Opening = { hours: noon, lastOrderMinutes: 30 }
    expect([at('03-02T13:29'), at('03-02T13:30')].map(nowMs => takesOrders(opening, nowMs))).toEqual([true, false])
    const always: Opening = { hours: { from: '00:00', until: '24:00' }, lastOrderMinutes: 30 }
    expect(takesOrders(always, at('03-02T23:45'))).toBe(true)
  })

  it('is no day at all when its range has no length', () => {
    expect(takesOrders({ hours: { from: '00:00', until: '00:00' } }, at('03-02T12:00'))).toBe(false)
    expect(opensNextAtMs({ hours: { from: '00:00', until: '00:00' } }, at('03-02T12:00'))).toBe(null)
  })
})

describe('slots', () => {
  const opening: Opening = { hours: noon, week: Array.from({ length: 7 }, () => [noon, evening]), slots, lastOrderMinutes: 30 }

  it('begin when it can be ready, and end with the last order', () => {
    const found = slotsOf({ ...opening, slots: { ...slots, daysAhead: 0 } }, at('03-02T13:01')).map(clock)
    expect(found[0]).toBe('03-02T17:30')
    expect(slotsOf({ ...opening, slots: { ...slots, daysAhead: 0 } }, at('03-02T12:31')).map(clock).slice(0, 3)).toEqual(['03-02T13:00', '03-02T13:15', '03-02T17:30'])
    expect(found.at(-1)).toBe('03-02T20:15')
  })

  it('reach as far ahead as the shop says', () => {
    const found = slotsOf(opening, at('03-02T20:00')).map(clock)
    expect(found[0]).toBe('03-03T11:30')
    expect(found.at(-1)).toBe('03-03T20:15')
  })

  it('are none while a shop is closed that takes nothing ahead', () => {
    expect(slotsOf({ ...opening, slots: { ...slots, mayPreorder: false } }, at('03-02T09:00'))).toEqual([])
    expect(slotsOf(opening, at('03-02T09:00')).length).toBeGreaterThan(0)
  })

  const anyRange = fc.record({ from: fc.nat(1439), until: fc.nat(1440) }).map(({ from, until }) => {
    const clockOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    return { from: clockOf(from), until: clockOf(until) }
  })
  const anyOpening = fc.record({
    hours: anyRange, week: fc.array(fc.array(anyRange, { maxLength: 3 }), { minLength: 7, maxLength: 7 }),
    lastOrderMinutes: fc.nat(120), slots: fc.constant(slots),
  })
  const anyMoment = fc.integer({ min: at('01-01T00:00'), max: at('12-31T00:00') })

  it('are quarters of an hour in which the shop takes orders, in their order, and none twice', () => {
    fc.assert(fc.property(anyOpening, anyMoment, (given, nowMs) => {
      const found = slotsOf(given, nowMs)
      expect([...new Set(found)].sort((one, other) => one - other)).toEqual(found)
      for (const atMs of found) {
        expect(atMs % 900_000).toBe(0)
        expect(atMs).toBeGreaterThanOrEqual(nowMs + 20 * 60_000)
        expect(takesOrders(given, atMs)).toBe(true)
      }
    }))
  })

  it('and the next opening agrees with the clock: closed until then, open at it', () => {
    fc.assert(fc.property(anyOpening, anyMoment, (given, nowMs) => {
      const next = opensNextAtMs(given, nowMs)
      if (next === null) return
      expect(takesOrders(given, nowMs)).toBe(false)
      expect(takesOrders(given, next)).toBe(true)
      const between = spansFrom(given, nowMs, 31).some(({ fromMs, untilMs }) =>
        fromMs > nowMs && fromMs < next && untilMs - given.lastOrderMinutes * 60_000 > fromMs)
      expect(between).toBe(false)
    }))
  })
})

describe('a business day', () => {
  const ends = (opening: Opening, time: string) => clock(dayEndsAtMs(opening, at(time)))

  it('is over when the store first opens on the next day, not after a break at noon', () => {
    const opening: Opening = { hours: noon, week: Array.from({ length: 7 }, () => [noon, evening]) }
    expect(['03-02T08:00', '03-02T12:00', '03-02T15:00', '03-02T22:00'].map(time => ends(opening, time))).toEqual(Array(4).fill('03-03T11:00'))
  })

  it('takes the night that runs past midnight with it', () => {
    const opening: Opening = { hours: { from: '18:00', until: '02:00' } }
    expect(ends(opening, '03-02T23:00')).toBe('03-03T18:00')
    expect(ends(opening, '03-03T01:59')).toBe('03-03T18:00')
    expect(ends(opening, '03-03T02:00')).toBe('03-04T18:00')
  })

  it('goes on over days on which the store stays closed, and ends at midnight where it never closes or never opens', () => {
    expect(ends({ hours: noon, closedDays: [{ day: '20260303', because: text }] }, '03-02T12:00')).toBe('03-04T11:00')
    expect(ends({ hours: { from: '00:00', until: '24:00' } }, '03-02T12:00')).toBe('03-03T00:00')
    expect(ends({ hours: noon, week: [[], [], [], [], [], [], []] }, '03-02T12:00')).toBe('03-03T00:00')
  })
})
