import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const lookEveryMs = 300
/** A build may take a function away and write it again: only one that stays away for three seconds is gone. */
const looksUntilGone = 10
const watchedFile = /\.(?:js|mjs|cjs|json)$/

export type FolderChange = 'written' | 'removed'

/** What was seen of one function. A fingerprint is settled once two looks in a row have found the same. */
interface Sight {
  settled: string | null
  latest: string | null
  misses: number
}

/**
 * Watches a folder with one sub-folder a function, packages excepted. It looks again and again, because looking sees
 * every file that a build tool deletes and writes anew, and tells of a burst of changes once, when it is over.
 */
export class FolderWatch {
  private readonly sights = new Map<string, Sight>()
  private timer: NodeJS.Timeout | undefined
  private isStopped = false

  constructor(private readonly directory: string, private readonly tell: (name: string, change: FolderChange) => void) {}

  /** Looks for the first time; resolves with the names of the functions that are there. Nothing is told about these. */
  async begin(): Promise<string[]> {
    const found = await fingerprints(this.directory)
    for (const [name, fingerprint] of found) this.sights.set(name, { settled: fingerprint, latest: fingerprint, misses: 0 })
    return [...found.keys()]
  }

  /** Goes on looking until it is stopped. */
  keepLooking(): void {
    if (this.isStopped) return
    this.timer = setTimeout(() => void this.look().then(() => this.keepLooking()), lookEveryMs).unref()
  }

  /** Looks once, and tells what has settled since. */
  async look(): Promise<void> {
    const found = await fingerprints(this.directory)
    if (this.isStopped) return
    for (const [name, fingerprint] of found) this.see(name, fingerprint)
    for (const [name, sight] of this.sights) if (!found.has(name)) this.miss(name, sight)
  }

  stop(): void {
    this.isStopped = true
    clearTimeout(this.timer)
  }

  private see(name: string, fingerprint: string): void {
    const before = this.sights.get(name)
    const isStill = before?.latest === fingerprint
    const isNews = isStill && before.settled !== fingerprint
    this.sights.set(name, { settled: isStill ? fingerprint : before?.settled ?? null, latest: fingerprint, misses: 0 })
    if (isNews) this.tell(name, 'written')
  }

  private miss(name: string, sight: Sight): void {
    sight.latest = null
    sight.misses += 1
    if (sight.misses < looksUntilGone) return
    this.sights.delete(name)
    if (sight.settled !== null) this.tell(name, 'removed')
  }
}

/** What the files of each complete function look like from outside. An empty index.js is one that is being written. */
async function fingerprints(directory: string): Promise<Map<string, string>> {
  const names = (await readdir(directory).catch(() => [])).filter(name => /^[A-Za-z][\w-]*$/.test(name)).sort()
  const found = await Promise.all(names.map(async (name) => {
    const index = await stat(join(directory, name, 'index.js')).catch(() => null)
    return index?.isFile() && index.size > 0 ? [[name, (await linesOf(join(directory, name))).join('\n')] as const] : []
  }))
  return new Map(found.flat())
}

async function linesOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => [])
  const kept = entries.filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
  const lines = await Promise.all(kept.map(async (entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return linesOf(path)
    const file = watchedFile.test(entry.name) ? await stat(path).catch(() => null) : null
    return file ? [`${path} ${file.size} ${file.mtimeMs} ${file.ino}`] : []
  }))
  return lines.flat().sort()
}
