import type { Localized } from '../../contracts/catalog.ts'
import type { Fee } from '../../contracts/order.ts'
import type { ProvinceCode } from '../../contracts/regions.ts'

/** What posting costs by region and weight (首重/续重). A province that no zone names is not posted to. */
export interface FreightRules {
  zones: FreightZone[]
  /** Provinces that get nothing, and why, for the customer's eyes. They win over zones. */
  notDeliverable?: { provinces: ProvinceCode[], because: Localized }[]
}

/** `freeFromFen` is what the goods must come to, before discounts; null when it is never free. */
export interface FreightZone {
  provinces: ProvinceCode[]
  firstGrams: number
  firstFen: number
  furtherGrams: number
  furtherFen: number
  freeFromFen: number | null
}

/** The zone of a province; null where nothing is posted to. */
export function zoneOf({ zones, notDeliverable = [] }: FreightRules, province: ProvinceCode): FreightZone | null {
  if (notDeliverable.some(one => one.provinces.includes(province))) return null
  return zones.find(zone => zone.provinces.includes(province)) ?? null
}

/** Why nothing is posted to a province, in the merchant's words, where there are any. */
export const reasonAgainst = ({ notDeliverable = [] }: FreightRules, province: ProvinceCode): Localized | null =>
  notDeliverable.find(one => one.provinces.includes(province))?.because ?? null

/**
 * The freight of a parcel. The weight is rounded up to whole further steps; goods without a weight still cost the first one.
 * Nothing while nobody has said where it goes.
 */
export function freightOf(
  rules: FreightRules, { province, grams, goodsFen }: { province: ProvinceCode | null, grams: number, goodsFen: number },
): Fee[] {
  const zone = province === null ? null : zoneOf(rules, province)
  if (!zone) return []
  const { firstGrams, firstFen, furtherGrams, furtherFen, freeFromFen } = zone
  if (freeFromFen !== null && goodsFen >= freeFromFen) return [{ kind: 'Freight', amountFen: 0, because: { kind: 'FreeFrom', freeFromFen } }]
  const furtherTimes = grams <= firstGrams ? 0 : Math.ceil((grams - firstGrams) / furtherGrams)
  return [{
    kind: 'Freight',
    amountFen: firstFen + furtherTimes * furtherFen,
    because: { kind: 'Weight', grams, firstGrams, firstFen, furtherGrams: furtherTimes * furtherGrams, furtherFen: furtherTimes * furtherFen },
  }]
}
