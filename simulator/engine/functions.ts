import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** A function as its bundle exports it. */
export type Main = (event: unknown, context: object) => Promise<unknown>

export interface LoadedFunctions {
  functions: ReadonlyMap<string, Main>
  /** Time limits by function, in milliseconds. */
  limitsMs: ReadonlyMap<string, number>
}

const require = createRequire(import.meta.url)

/** Loads the bundles of a folder as they are uploaded. Whatever they take from their process must have been replaced before. */
export function loadFunctions(directory: string): LoadedFunctions {
  const names = readdirSync(directory).filter(name => existsSync(join(directory, name, 'index.js'))).sort()
  const limit = (name: string) => (JSON.parse(readFileSync(join(directory, name, 'config.json'), 'utf8')) as { timeout?: number }).timeout ?? 3
  return {
    functions: new Map(names.map(name => [name, (require(join(directory, name, 'index.js')) as { main: Main }).main])),
    limitsMs: new Map(names.map(name => [name, limit(name) * 1_000])),
  }
}
