import { rmSync } from 'node:fs'
import type { Violation } from './auditor/promises.ts'
import { buildPlanted } from './plants/build.ts'
import type { Bed } from './plants/list.ts'
import type { Pool } from './pool.ts'
import { runSeeds } from './run.ts'

/** The seed that caught a bed, and the promise that was found broken. */
export interface Catch extends Violation { seed: number }

/** A bed has to be caught within so many seeds. */
export const seedsMost = 200

/** Plants the bugs of a bed and runs seeds until one breaks a promise: the remembered one, then from 1 on. Null when none does. */
export async function hunt(pool: Pool, { plants }: Bed, remembered?: number, atOnce = 1): Promise<Catch | null> {
  const functionsDir = await buildPlanted(plants)
  const run = (seeds: number[]) => runSeeds(pool, { functionsDir, seeds, atOnce, onReport: () => undefined, onProgress: () => undefined })
  try {
    const known = remembered === undefined ? null : await run([remembered])
    const failed = known ?? await run(Array.from({ length: seedsMost - 1 }, (_, place) => place + 1))
    const [violation] = failed?.violations ?? []
    return failed && violation ? { seed: failed.seed, ...violation } : null
  } finally {
    rmSync(functionsDir, { recursive: true, force: true })
  }
}
