import type { Fee } from '../../contracts/order.ts'

/**
 * `freeFromFen` is what the goods must come to, before discounts, for the delivery to be free: a coupon never makes it
 * dearer. Null when it never is. By distance the dearest tier ends where the range does.
 */
export type DeliveryFee =
  | { kind: 'Fixed', feeFen: number, freeFromFen: number | null }
  | {
    kind: 'Distance'
    /** From near to far. */
    tiers: { uptoMeters: number, feeFen: number }[]
    /** What the goods must come to for anybody to set out. */
    minimumFen: number
    freeFromFen: number | null
  }

/** Nobody is sent further than this; null where the distance does not matter. */
export const rangeOf = (delivery: DeliveryFee): number | null =>
  delivery.kind === 'Distance' ? delivery.tiers.at(-1)?.uptoMeters ?? 0 : null

/** The fee of a delivery; nothing while nobody knows how far it is, nor beyond the range. */
export function deliveryFeeOf(delivery: DeliveryFee, goodsFen: number, meters: number | null): Fee[] {
  const fee = bare(delivery, meters)
  if (!fee) return []
  const { freeFromFen } = delivery
  return freeFromFen !== null && goodsFen >= freeFromFen ? [{ kind: 'Delivery', amountFen: 0, because: { kind: 'FreeFrom', freeFromFen } }] : [fee]
}

function bare(delivery: DeliveryFee, meters: number | null): Fee | null {
  if (delivery.kind === 'Fixed') return { kind: 'Delivery', amountFen: delivery.feeFen }
  const tier = meters === null ? undefined : delivery.tiers.find(one => meters <= one.uptoMeters)
  return tier && meters !== null ? { kind: 'Delivery', amountFen: tier.feeFen, because: { kind: 'Distance', meters, uptoMeters: tier.uptoMeters } } : null
}

const EARTH_METERS = 6_371_000
const radians = (degrees: number): number => degrees * Math.PI / 180

/**
 * Meters between two places as the crow flies (haversine), in whole meters. GCJ-02 moves both ends of a short way by nearly the
 * same, so the distance stays right to about a meter in a kilometer.
 */
export function metersBetween(one: { latitude: number, longitude: number }, other: { latitude: number, longitude: number }): number {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const share = half(one.latitude, other.latitude)
    + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * half(one.longitude, other.longitude)
  return Math.round(2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(share))))
}
