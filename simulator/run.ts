import type { Pool } from './pool.ts'
import type { SeedReport } from './seed.ts'

const progressEvery = 50

/** Which seeds to run, on what, and whom to tell. */
export interface RunSettings {
  functionsDir: string
  seeds: readonly number[]
  /** How many to keep under way. */
  atOnce: number
  onReport(report: SeedReport): void
  onProgress(done: number): void
}

/** Runs seeds until all are done or one breaks a promise; answers the lowest that did, null when none. */
export async function runSeeds(pool: Pool, { functionsDir, seeds, atOnce, onReport, onProgress }: RunSettings): Promise<SeedReport | null> {
  const waiting = [...seeds]
  const failed: SeedReport[] = []
  let done = 0
  const runSome = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = failed.length > 0 ? undefined : waiting.shift()) {
      const report = await pool.run({ functionsDir, seed, isTraced: false })
      onReport(report)
      if (report.violations.length > 0) failed.push(report)
      done += 1
      if (done % progressEvery === 0) onProgress(done)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runSome))
  return failed.sort((one, other) => one.seed - other.seed)[0] ?? null
}
