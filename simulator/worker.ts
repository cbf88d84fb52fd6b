import { prepareProcess } from './process.ts'
import { runSeed } from './seed.ts'
import type { SeedReport } from './seed.ts'

/** One seed to run, with the functions of a folder. */
export interface SeedJob {
  functionsDir: string
  seed: number
  isTraced: boolean
}

export type SeedResult = { kind: 'Ran', report: SeedReport } | { kind: 'Broke', because: string }

/** A process that runs one seed after the other, as `pool.ts` asks for them. */
process.on('message', ({ functionsDir, seed, isTraced }: SeedJob) => {
  const tell = (result: SeedResult) => process.send?.(result)
  Promise.resolve()
    .then(() => runSeed(seed, { functions: prepareProcess(functionsDir), isTraced }))
    .then(report => tell({ kind: 'Ran', report }), (error: unknown) => tell({ kind: 'Broke', because: error instanceof Error ? error.stack ?? error.message : String(error) }))
})
process.on('disconnect', () => process.exit(0))
