import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { inject } from 'vitest'

/**
 * Puts into `folder` what `make` would put there, which is made once in a run of the tests and copied after that. Where two
 * files begin at once, the one that comes second makes its own rather than wait.
 */
export async function prepare(name: string, folder: string, make: (folder: string) => Promise<void>): Promise<void> {
  const runDir = inject('runDir') as string | undefined
  const ready = runDir === undefined ? null : path.join(runDir, name)
  if (ready !== null && existsSync(ready)) {
    cpSync(ready, folder, { recursive: true })
    return
  }
  if (ready === null || !isFirst(`${ready}.making`)) return make(folder)
  await make(`${ready}.making`)
  renameSync(`${ready}.making`, ready)
  cpSync(ready, folder, { recursive: true })
}

/** One of all test files makes the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}
