import type { Parameters } from 'fast-check'

/**
 * The same examples in every run, so that a test that passes keeps passing. `PROPERTY_SEED=… PROPERTY_TIMES=20` looks
 * further: other examples, and 20 times as many.
 */
export function settings<T>(numRuns: number): Parameters<T> {
  const { PROPERTY_SEED = '20250801', PROPERTY_TIMES = '1' } = process.env
  return { seed: Number(PROPERTY_SEED), numRuns: numRuns * Number(PROPERTY_TIMES) }
}
