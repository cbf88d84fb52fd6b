import type { Messages } from './zh'

/** A distance as people say it: `350 m`, `1.2 km`. */
export function formatMeters(meters: number, t: Messages): string {
  if (meters < 1000) return t.distance.meters({ count: Math.max(10, Math.round(meters / 10) * 10) })
  return t.distance.kilometers({ count: (meters / 1000).toFixed(1).replace(/\.0$/, '') })
}

/** A weight in kilograms, with as many digits as it needs. */
export const formatGrams = (grams: number, t: Messages): string => t.fees.kilograms({ count: String(Math.round(grams / 10) / 100) })
