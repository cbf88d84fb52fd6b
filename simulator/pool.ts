import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SeedReport } from './seed.ts'
import type { SeedJob, SeedResult } from './worker.ts'

const workerFile = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** Processes that run seeds. Each runs one at a time; what a seed does depends on nothing but the seed and the functions. */
export interface Pool {
  /** Rejects when the simulation itself broke, which is not a judgement of the shop. */
  run(job: SeedJob): Promise<SeedReport>
  close(): void
}

interface Waiting {
  job: SeedJob
  resolve(report: SeedReport): void
  reject(error: Error): void
}

/** Opens a pool of so many processes. They start with the first seeds. */
export function openPool(processes: number): Pool {
  const queue: Waiting[] = []
  const idle: ChildProcess[] = []
  const all = new Set<ChildProcess>()

  const next = () => {
    if (queue.length === 0) return
    const child = idle.pop() ?? (all.size < processes ? start() : undefined)
    if (!child) return
    runOn(child, queue.shift() as Waiting)
  }

  const start = () => {
    const child = fork(workerFile, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    all.add(child)
    return child
  }

  const runOn = (child: ChildProcess, { job, resolve, reject }: Waiting) => {
    const died = (code: number | null) => {
      all.delete(child)
      reject(new Error(`The process that ran seed ${job.seed} ended with ${String(code)}.`))
      next()
    }
    child.once('exit', died)
    child.once('message', (result: SeedResult) => {
      child.off('exit', died)
      idle.push(child)
      if (result.kind === 'Ran') resolve(result.report)
      else reject(new Error(`The simulation broke at seed ${job.seed}: ${result.because}`))
      next()
    })
    child.send(job)
  }

  return {
    run: job => new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject })
      next()
    }),
    close: () => {
      for (const child of all) child.disconnect()
      all.clear()
    },
  }
}
