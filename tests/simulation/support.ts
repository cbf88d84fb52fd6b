import path from 'node:path'
import { expect } from 'vitest'
import { root } from '../../scripts/steps/root.ts'
import type { Pool } from '../../simulator/pool.ts'
import { failureText } from '../../simulator/summary.ts'

/** The functions as they are uploaded. They must have been built. */
export const builtDir = path.join(root, 'dist/cloudfunctions')

/** Runs the shop as it is built, and fails with what a person needs to know about the first seed that broke a promise. */
export async function expectToHold(pool: Pool, seeds: readonly number[]): Promise<void> {
  const reports = await Promise.all(seeds.map(seed => pool.run({ functionsDir: builtDir, seed, isTraced: false })))
  const failed = reports.find(({ violations }) => violations.length > 0)
  if (failed) expect.fail(failureText(failed, `npm run simulate -- --seed ${failed.seed} --trace`))
  expect(reports.map(({ seed }) => seed)).toEqual(seeds)
}
