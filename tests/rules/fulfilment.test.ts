import { describe, expect, it } from 'vitest'
import { maskedPhone, receiverOf, withAddress, withoutAddress } from '../../backend/address/rules.ts'
import { obstacleTo, waysOf, waysOffered, withRide } from '../../backend/fulfilment/rules.ts'
import type { Journey, Serving } from '../../backend/fulfilment/rules.ts'
import type { Address } from '../../contracts/address.ts'
import { isTaxNumber } from '../../contracts/invoice.ts'

const noon = Date.parse('2026-03-02T12:00:00+08:00')
const night = Date.parse('2026-03-02T23:00:00+08:00')
const because = { zh: '不寄', en: 'No' }
const store: Serving = {
  hours: { from: '09:00', until: '21:00' },
  slots: { everyMinutes: 15, prepareMinutes: 20, daysAhead: 1, mayPreorder: true },
  fees: {
    Delivery: { delivery: { kind: 'Distance', tiers: [{ uptoMeters: 3000, feeFen: 500 }], minimumFen: 2000, freeFromFen: null } },
    Express: { freight: {
      zones: [{ provinces: ['33'], firstGrams: 1000, firstFen: 800, furtherGrams: 1000, furtherFen: 200, freeFromFen: null }],
      notDeliverable: [{ provinces: ['65'], because }],
    } },
  },
}
const there = { province: '33' as const, meters: 1200 }
const obstacle = (over: Partial<Journey>, nowMs = noon, at: Serving = store) =>
  obstacleTo({ way: 'TakeAway', slotAtMs: null, destination: null, goodsFen: 3000, ...over }, at, nowMs)

describe('how long it takes', () => {
  const wait = { fromMinutes: 15, toMinutes: 20 }

  it('is the longer, the further it has to be brought', () => {
    expect(withRide(wait, 'Delivery', { meters: 200 })).toEqual({ fromMinutes: 25, toMinutes: 30 })
    expect(withRide(wait, 'Delivery', { meters: 1112 })).toEqual({ fromMinutes: 25, toMinutes: 30 })
    expect(withRide(wait, 'Delivery', { meters: 3900 })).toEqual({ fromMinutes: 40, toMinutes: 45 })
  })

  it('is as long as it takes to make where nothing is brought, nobody knows how far, or nobody can say', () => {
    expect(withRide(wait, 'TakeAway', { meters: 3900 })).toEqual(wait)
    expect(withRide(wait, 'Delivery', { meters: null })).toEqual(wait)
    expect(withRide(wait, 'Delivery', null)).toEqual(wait)
    expect(withRide(null, 'Delivery', { meters: 200 })).toBeNull()
  })
})

describe('an order', () => {
  it('goes when nothing is in its way', () => {
    for (const way of ['DineIn', 'TakeAway', 'PickUp'] as const) expect(obstacle({ way })).toBe(null)
    for (const way of ['Delivery', 'Express'] as const) expect(obstacle({ way, destination: there })).toBe(null)
  })

  it('waits for opening, for a time that is chosen, or for the post, which does not care', () => {
    const opensAtMs = Date.parse('2026-03-03T09:00:00+08:00')
    expect(obstacle({}, night)).toEqual({ kind: 'StoreClosed', opensAtMs, mayPreorder: true })
    expect(obstacle({ way: 'DineIn' }, night)).toEqual({ kind: 'StoreClosed', opensAtMs, mayPreorder: false })
    expect(obstacle({ slotAtMs: opensAtMs + 1_800_000 }, night)).toBe(null)
    expect(obstacle({ slotAtMs: opensAtMs + 1_800_001 }, night)).toEqual({ kind: 'SlotGone' })
    expect(obstacle({ slotAtMs: noon + 900_000 }, noon)).toEqual({ kind: 'SlotGone' })
    expect(obstacle({ way: 'Express', destination: there }, night)).toBe(null)
  })

  it('is delivered within the range, from the minimum on, to a place that somebody can find', () => {
    const delivery = (over: Partial<Journey>) => obstacle({ way: 'Delivery', destination: there, ...over })
    expect(delivery({ destination: null })).toEqual({ kind: 'AddressNeeded' })
    expect(delivery({ destination: { province: '33', meters: null } })).toEqual({ kind: 'PlaceNeeded' })
    expect(delivery({ destination: { province: '33', meters: 3001 } })).toEqual({ kind: 'OutOfRange', meters: 3001, rangeMeters: 3000 })
    expect(delivery({ destination: { province: '33', meters: 3000 } })).toBe(null)
    expect(delivery({ goodsFen: 2000 })).toBe(null)
    expect(delivery({ goodsFen: 1999 })).toEqual({ kind: 'BelowMinimum', minimumFen: 2000, missingFen: 1 })
  })

  it('at one price goes as far as anybody likes, and needs no place on the map', () => {
    const fixed: Serving = { ...store, fees: { Delivery: { delivery: { kind: 'Fixed', feeFen: 500, freeFromFen: null } } } }
    for (const meters of [null, 1_000_000]) {
      expect(obstacle({ way: 'Delivery', destination: { province: '33', meters }, goodsFen: 1 }, noon, fixed)).toBe(null)
    }
  })

  it('is not posted while the province is unknown', () => {
    expect(obstacle({ way: 'Express', destination: { province: null, meters: null } })).toEqual({ kind: 'AddressNeeded' })
  })

  it('is posted to regions that have a price, and the merchant says why not elsewhere', () => {
    const post = (province: '33' | '44' | '65') => obstacle({ way: 'Express', destination: { province, meters: null } })
    expect(obstacle({ way: 'Express' })).toEqual({ kind: 'AddressNeeded' })
    expect(post('33')).toBe(null)
    expect(post('65')).toEqual({ kind: 'NotDeliverable', because })
    expect(post('44')).toEqual({ kind: 'NotDeliverable', because: null })
  })

  it('goes only the ways of its goods and its store', () => {
    expect(waysOf({ kind: 'Menu' })).toEqual(['DineIn', 'TakeAway', 'Delivery'])
    expect(waysOf({ kind: 'Mall' })).toEqual(['Express', 'PickUp'])
    expect(waysOf({ kind: 'Mall', ways: ['PickUp'] })).toEqual(['PickUp'])
    expect(waysOffered({ hours: store.hours })).toEqual(['DineIn', 'TakeAway', 'PickUp'])
    expect(waysOffered(store)).toEqual(['DineIn', 'TakeAway', 'Delivery', 'Express', 'PickUp'])
    expect(obstacle({ way: 'Delivery', destination: there }, noon, { ...store, ways: ['TakeAway'] })).toEqual({ kind: 'WayNotOffered', way: 'Delivery' })
  })
})

describe('an address book', () => {
  const address = (id: string, isDefault = false): Address =>
    ({ id, name: '王小明', phone: '13800138000', province: '33', city: '杭州市', district: '西湖区', detail: '文三路 1 号', isDefault })

  it('has one default, which leads: the first, the chosen, or who is left', () => {
    const one = withAddress([], address('a'))
    expect(one).toMatchObject([{ id: 'a', isDefault: true }])
    const two = withAddress(one, address('b', true))
    expect(two).toMatchObject([{ id: 'b', isDefault: true }, { id: 'a', isDefault: false }])
    expect(withAddress(two, { ...address('a'), city: '宁波市' })).toMatchObject([{ id: 'b' }, { id: 'a', city: '宁波市' }])
    expect(withoutAddress(two, 'b')).toMatchObject([{ id: 'a', isDefault: true }])
    expect(withoutAddress(one, 'a')).toEqual([])
    const three = withAddress(two, address('c'))
    expect(withoutAddress(three, 'a').map(({ id, isDefault }) => [id, isDefault])).toEqual([['b', true], ['c', false]])
  })

  it('writes a parcel\'s address once, also for cities that are provinces', () => {
    expect(receiverOf(address('a'))).toEqual({ name: '王小明', phone: '13800138000', address: '浙江省杭州市西湖区文三路 1 号' })
    expect(receiverOf({ ...address('a'), province: '31', city: '上海市', district: '徐汇区' }).address).toBe('上海市徐汇区文三路 1 号')
    expect(receiverOf({ ...address('a'), district: '' }).address).toBe('浙江省杭州市文三路 1 号')
    const place = { latitude: 30.3, longitude: 120.1, name: '运河边' }
    expect(receiverOf({ ...address('a'), place })).toMatchObject({ place })
    expect(receiverOf({ ...address('a'), province: '11', city: '市辖区', district: '东城区' }).address).toBe('北京市东城区文三路 1 号')
  })

  it('shows a number to nobody who only reads a list', () => {
    expect(maskedPhone('13800138000')).toBe('138****8000')
    expect(maskedPhone('123')).toBe('****')
    expect([maskedPhone('123456'), maskedPhone('1234567')]).toEqual(['****', '123****4567'])
  })
})

describe('a tax number', () => {
  it('is a credit code with its check character, or an older one', () => {
    expect(isTaxNumber('91350100M000100Y43')).toBe(true)
    expect(isTaxNumber('91350100M000100Y44')).toBe(false)
    expect(isTaxNumber('913502110000100')).toBe(true)
    expect(['', '91350100M000100Y4', '91350100m000100y43', '91350100O000100Y43'].map(isTaxNumber)).toEqual([false, true, false, false])
  })
})
