import type { Store } from '@contracts/catalog.ts'

interface Spot { latitude: number, longitude: number }

const earthMeters = 6_371_000
const radians = (degrees: number) => degrees * Math.PI / 180

/** Meters as the crow flies, near enough to compare stores. The fees are the server's business. */
export function metersTo(here: Spot, there: Spot): number {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const share = half(here.latitude, there.latitude)
    + Math.cos(radians(here.latitude)) * Math.cos(radians(there.latitude)) * half(here.longitude, there.longitude)
  return Math.round(2 * earthMeters * Math.asin(Math.min(1, Math.sqrt(share))))
}

/** The stores with their distance, the nearest first; in the merchant's order while nobody knows where the phone is. */
export function byDistance(stores: readonly Store[], here: Spot | null): { store: Store, meters: number | null }[] {
  const found = stores.map(store => ({ store, meters: here ? metersTo(here, store) : null }))
  return here ? found.sort((one, other) => (one.meters ?? 0) - (other.meters ?? 0)) : found
}
