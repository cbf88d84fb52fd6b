import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { minutesOf, overlappingDays } from '../../contracts/clock.ts'
import type { Range } from '../../contracts/clock.ts'
import { StoreRules } from '../../contracts/storeRules.ts'
import { obstacleTo } from '../../backend/fulfilment/rules.ts'
import { hoursToday, opensNextAtMs, slotsOf, takesOrders } from '../../backend/store/hours.ts'
import { changedParts, fieldsOf, rulesOf } from '../../backend/store/ruleSheet.ts'
import type { StoreDocument } from '../../backend/store/stores.ts'

const catalog = JSON.parse(readFileSync(new URL('../../demo/catalog.json', import.meta.url), 'utf8')) as
  { store: StoreDocument & { id: string }, branches: (StoreDocument & { id: string })[] }
const stores = [catalog.store, ...catalog.branches].map(({ id, ...store }) => ({ ...store, _id: id }))
const main = stores[0]!
/** A Friday, at ten in Beijing. */
const NOW = Date.UTC(2026, 10, 27, 2)

const everyDay = (...ranges: Range[]): Range[][] => Array.from({ length: 7 }, () => ranges)
const range = (from: string, until: string): Range => ({ from, until })

describe('the hours of a week', () => {
  it('may touch, and may run past midnight', () => {
    expect(overlappingDays(everyDay(range('00:00', '24:00')))).toEqual([])
    expect(overlappingDays(everyDay(range('10:00', '14:00'), range('14:00', '22:00')))).toEqual([])
    expect(overlappingDays(everyDay(range('18:00', '02:00')))).toEqual([])
    expect(overlappingDays(everyDay(range('02:00', '03:00'), range('18:00', '02:00')))).toEqual([])
  })

  it('do not run into each other, nor into the night before', () => {
    expect(overlappingDays([[range('10:00', '14:00'), range('13:59', '20:00')], [], [], [], [], [], []])).toEqual([0])
    expect(overlappingDays([[range('01:00', '03:00')], [], [], [], [], [], [range('20:00', '02:00')]])).toEqual([0])
    expect(overlappingDays([[], [], [range('20:00', '02:00')], [range('01:30', '05:00')], [], [], []])).toEqual([3])
    expect(overlappingDays([[range('09:00', '12:00'), range('09:00', '12:00')], [], [], [], [], [], []])).toEqual([0])
  })

  const clock = fc.integer({ min: 0, max: 1439 }).map(at => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`)
  const anyRange = fc.record({ from: clock, until: clock }).filter(({ from, until }) => from !== until)

  it('overlap exactly where some minute of the week is opened twice', () => {
    fc.assert(fc.property(fc.array(fc.array(anyRange, { maxLength: 3 }), { minLength: 7, maxLength: 7 }), (week) => {
      const opened = new Map<number, number>()
      week.forEach((ranges, day) => ranges.forEach(({ from, until }) => {
        const length = (minutesOf(until) - minutesOf(from) + 1440) % 1440
        for (let minute = 0; minute < length; minute += 1) {
          const at = (day * 1440 + minutesOf(from) + minute) % 10_080
          opened.set(at, (opened.get(at) ?? 0) + 1)
        }
      }))
      const isTwice = [...opened.values()].some(times => times > 1)
      return (overlappingDays(week).length > 0) === isTwice
    }), { numRuns: 60 })
  })
})

describe('the rules of a store', () => {
  it.each(stores)('can be read and saved again as they are: $_id', (store) => {
    const rules = rulesOf(store, NOW)
    expect(v.safeParse(StoreRules, rules).issues).toBeUndefined()
    const after = { ...store, ...fieldsOf(rules, store) }
    expect(rulesOf(after, NOW)).toEqual(rules)
    expect(changedParts(rules, rulesOf(after, NOW))).toEqual([])
    // What is no rule stays: posting, and everything around.
    expect([after.name, after.sections, after.fees?.Express]).toEqual([store.name, store.sections, store.fees?.Express])
    expect(after.rulesRevision).toBe(1)
  })

  it('serve as before once they were saved', () => {
    for (const store of stores) {
      const after = { ...store, ...fieldsOf(rulesOf(store, NOW), store) }
      for (let hour = 0; hour < 24 * 8; hour += 1) {
        const atMs = NOW + hour * 3_600_000
        expect(takesOrders(after, atMs)).toBe(takesOrders(store, atMs))
        expect(slotsOf(after, atMs)).toEqual(slotsOf(store, atMs))
      }
    }
  })

  it('keep nothing that makes no sense', () => {
    const rules = rulesOf(main, NOW)
    const isFine = (over: object) => v.safeParse(StoreRules, { ...rules, ...over }).success
    const delivery = (tiers: object[]) => ({ delivery: { ...rules.delivery, fee: { kind: 'Distance', tiers, minimumFen: 0, freeFromFen: null } } })
    expect(isFine({})).toBe(true)
    expect(isFine(delivery([{ uptoMeters: 1000, feeFen: 200 }, { uptoMeters: 2000, feeFen: 100 }]))).toBe(true)
    const nonsense: object[] = [
      { week: everyDay(range('09:00', '09:00')) }, { week: everyDay(range('09:00', '25:00')) }, { week: everyDay(range('24:00', '09:00')) },
      { week: everyDay(range('09:00', '12:00'), range('11:00', '20:00')) }, { week: rules.week.slice(1) },
      { closedDays: [{ day: '20260230', because: { zh: '', en: '' } }] },
      { closedDays: ['20270101', '20270101'].map(day => ({ day, because: { zh: '', en: '' } })) },
      delivery([]), delivery([{ uptoMeters: 2000, feeFen: 200 }, { uptoMeters: 2000, feeFen: 300 }]),
      delivery([{ uptoMeters: 90_000, feeFen: 200 }]),
      { delivery: { ...rules.delivery, fee: null } }, { lastOrderMinutes: -1 }, { lastOrderMinutes: 2.5 },
      { dining: { pay: 'First', opens: 'Auto', perPersonFen: 200, serviceBasisPoints: 0 } },
      { dining: { pay: 'Later', opens: 'Auto', perPersonFen: 0, serviceBasisPoints: 5000 } },
      { kitchen: { slotPoints: 0, pauseAboveMinutes: null } }, { ways: ['TakeAway', 'TakeAway'] }, { ways: ['Carrier'] },
      { phone: 'call me' }, { address: { zh: ' ', en: '' } }, { resting: { zh: '', en: '' } }, { pointsPerYuan: 1000 }, { pointsPerYuan: 0.5 },
      { ownTables: [''] },
    ]
    expect(nonsense.filter(isFine)).toEqual([])
  })

  it('say which parts of them have changed', () => {
    const rules = rulesOf(main, NOW)
    expect(changedParts(rules, { ...rules, phone: '0571-7654321', ways: ['TakeAway'] })).toEqual(['ways', 'phone'])
  })

  it('switch delivery off without forgetting its fees, and post nothing where nothing is set', () => {
    const rules = rulesOf(main, NOW)
    const off = { ...main, ...fieldsOf({ ...rules, ways: ['TakeAway', 'DineIn', 'PickUp'] }, main) }
    expect(off.ways).toEqual(['DineIn', 'TakeAway', 'PickUp'])
    expect(off.fees?.Delivery?.delivery).toEqual(main.fees?.Delivery?.delivery)
    const station = stores.find(({ _id }) => _id === 'station')!
    expect(fieldsOf(rulesOf(station, NOW), station).ways).toEqual(['TakeAway', 'PickUp'])
  })

  it('show the ranges of today for a glance', () => {
    const week = everyDay(range('17:00', '22:00'), range('10:00', '14:00'))
    expect(hoursToday({ week, hours: range('09:00', '21:00') }, NOW)).toEqual(range('10:00', '22:00'))
    expect(hoursToday({ week: everyDay(), hours: range('09:00', '21:00') }, NOW)).toEqual(range('09:00', '21:00'))
  })
})

describe('a store that rests', () => {
  const words = { zh: '店主看病去了', en: 'The owner is at the doctor' }
  const resting = { ...main, resting: words }

  it('takes no orders, opens at no known time and offers none', () => {
    expect([takesOrders(main, NOW), takesOrders(resting, NOW)]).toEqual([true, false])
    expect(opensNextAtMs(resting, NOW)).toBeNull()
    expect(slotsOf(resting, NOW)).toEqual([])
  })

  it.each(['TakeAway', 'Delivery', 'Express', 'PickUp'] as const)('says why, whichever way: %s', (way) => {
    const journey = { way, slotAtMs: null, destination: { province: '33' as const, meters: 100 }, goodsFen: 100_000 }
    expect(obstacleTo(journey, main, NOW)).toBeNull()
    expect(obstacleTo(journey, resting, NOW)).toEqual({ kind: 'StoreClosed', opensAtMs: null, mayPreorder: false, because: words })
  })
})
