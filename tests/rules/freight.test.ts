import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryFeeOf, metersBetween, rangeOf } from '../../backend/pricing/delivery.ts'
import type { DeliveryFee } from '../../backend/pricing/delivery.ts'
import { feesOf } from '../../backend/pricing/fees.ts'
import { freightOf, reasonAgainst, zoneOf } from '../../backend/pricing/freight.ts'
import type { FreightRules } from '../../backend/pricing/freight.ts'
import { provinceCodes, provinceOf } from '../../contracts/regions.ts'

const because = { zh: '新疆暂时不寄', en: 'Not to Xinjiang yet' }
const rules: FreightRules = {
  zones: [
    { provinces: ['33', '31', '32'], firstGrams: 1000, firstFen: 800, furtherGrams: 1000, furtherFen: 200, freeFromFen: 9900 },
    { provinces: ['54', '65'], firstGrams: 500, firstFen: 2000, furtherGrams: 500, furtherFen: 1500, freeFromFen: null },
  ],
  notDeliverable: [{ provinces: ['65'], because }],
}
const at = (grams: number, goodsFen = 1000) => freightOf(rules, { province: '33', grams, goodsFen })

describe('freight', () => {
  it('is the first weight and every further step that is begun', () => {
    expect(at(1000)).toMatchObject([{ kind: 'Freight', amountFen: 800 }])
    expect(at(1001)).toMatchObject([{ amountFen: 1000 }])
    expect(at(3000)).toEqual([{
      kind: 'Freight', amountFen: 1200, because: { kind: 'Weight', grams: 3000, firstGrams: 1000, firstFen: 800, furtherGrams: 2000, furtherFen: 400 },
    }])
    expect(at(0)).toMatchObject([{ amountFen: 800 }])
  })

  it('is nothing from an amount on, and says so', () => {
    expect(at(5000, 9899)).toMatchObject([{ amountFen: 1600 }])
    expect(at(5000, 9900)).toEqual([{ kind: 'Freight', amountFen: 0, because: { kind: 'FreeFrom', freeFromFen: 9900 } }])
  })

  it('is for regions that something is posted to', () => {
    expect(zoneOf(rules, '54')).toMatchObject({ firstFen: 2000 })
    expect(zoneOf(rules, '65')).toBe(null)
    expect(reasonAgainst(rules, '65')).toEqual(because)
    expect(zoneOf(rules, '44')).toBe(null)
    expect(reasonAgainst(rules, '44')).toBe(null)
    expect(freightOf(rules, { province: '44', grams: 1, goodsFen: 1 })).toEqual([])
    expect(freightOf(rules, { province: null, grams: 1, goodsFen: 1 })).toEqual([])
  })

  it('never falls with the weight, and its reason adds up to it', () => {
    fc.assert(fc.property(fc.constantFrom('33' as const, '54' as const), fc.nat(50_000), fc.nat(5000), (province, grams, more) => {
      const [one, other] = [grams, grams + more].map(weight => freightOf(rules, { province, grams: weight, goodsFen: 1 })[0]!)
      expect(other!.amountFen).toBeGreaterThanOrEqual(one!.amountFen)
      const reason = one!.because!
      if (reason.kind !== 'Weight') throw new Error('weight')
      expect(reason.firstFen + reason.furtherFen).toBe(one!.amountFen)
      expect(reason.firstGrams + reason.furtherGrams).toBeGreaterThanOrEqual(grams)
    }))
  })
})

describe('a delivery', () => {
  const delivery: DeliveryFee = {
    kind: 'Distance', minimumFen: 2000, freeFromFen: 8800,
    tiers: [{ uptoMeters: 1000, feeFen: 300 }, { uptoMeters: 3000, feeFen: 500 }, { uptoMeters: 5000, feeFen: 900 }],
  }
  const fee = (meters: number | null, goodsFen = 3000) => deliveryFeeOf(delivery, goodsFen, meters)

  it('costs what its tier does, up to the last meter of the range', () => {
    expect([0, 1000, 1001, 5000].map(meters => fee(meters)[0]?.amountFen)).toEqual([300, 300, 500, 900])
    expect(fee(5001)).toEqual([])
    expect(fee(null)).toEqual([])
    expect(rangeOf(delivery)).toBe(5000)
    expect(fee(1200)).toEqual([{ kind: 'Delivery', amountFen: 500, because: { kind: 'Distance', meters: 1200, uptoMeters: 3000 } }])
  })

  it('is free from an amount on, within the range alone', () => {
    expect(fee(1200, 8800)).toEqual([{ kind: 'Delivery', amountFen: 0, because: { kind: 'FreeFrom', freeFromFen: 8800 } }])
    expect(fee(5001, 8800)).toEqual([])
  })

  it('of a fixed fee does not ask how far', () => {
    expect(deliveryFeeOf({ kind: 'Fixed', feeFen: 600, freeFromFen: null }, 1, null)).toEqual([{ kind: 'Delivery', amountFen: 600 }])
    expect(rangeOf({ kind: 'Fixed', feeFen: 600, freeFromFen: null })).toBe(null)
  })
})

describe('a distance', () => {
  // Hangzhou's West Lake broken bridge to its east railway station, 6.9 km on the map.
  it('is what the map says, within a part in a hundred', () => {
    const meters = metersBetween({ latitude: 30.2592, longitude: 120.1512 }, { latitude: 30.2908, longitude: 120.2130 })
    expect(meters).toBeGreaterThan(6800)
    expect(meters).toBeLessThan(7000)
  })

  it('is the same there and back, nothing to itself, and never longer than half the earth', () => {
    const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true })
    const place = fc.record({ latitude: degrees(90), longitude: degrees(180) })
    fc.assert(fc.property(place, place, (one, other) => {
      expect(metersBetween(one, other)).toBe(metersBetween(other, one))
      expect(metersBetween(one, one)).toBe(0)
      expect(metersBetween(one, other)).toBeLessThanOrEqual(20_015_087)
    }))
  })
})

describe('cutlery', () => {
  it('costs what is asked for beyond the free sets', () => {
    const fees = { TakeAway: { utensils: { freeSets: 2, feeFen: 50 } } }
    const sets = (utensils: number) => feesOf({ way: 'TakeAway', goodsFen: 1, packedPieces: 1, utensils }, fees)
    expect(sets(2)).toEqual([])
    expect(sets(5)).toEqual([{ kind: 'Utensils', amountFen: 150, pieces: 3 }])
  })
})

describe('provinces', () => {
  it('are known by their full and their short names', () => {
    const names = ['浙江省杭州市', '浙江', '内蒙古自治区', '内蒙古', '黑龙江', '北京', '广西', '香港']
    expect(names.map(provinceOf)).toEqual(['33', '33', '15', '15', '23', '11', '45', '81'])
    expect(provinceOf('Atlantis')).toBe(null)
    expect(provinceCodes).toHaveLength(34)
  })
})
