import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { dirname, join, resolve, sep } from 'node:path'

const longestPath = 850

/** The files of the cloud storage, kept as plain files that a person can look at. */
export class Files {
  private readonly root: string

  constructor(directory: string) {
    this.root = resolve(directory)
  }

  /** Writes a file whole or not at all, over one of the same path. */
  async write(cloudPath: string, content: Buffer): Promise<void> {
    const target = this.locate(cloudPath)
    await mkdir(dirname(target), { recursive: true })
    const partial = join(this.root, `.partial-${randomUUID()}`)
    try {
      await writeFile(partial, content)
      await rename(partial, target)
    } finally {
      // Nothing is left of it unless something failed.
      await rm(partial, { force: true })
    }
  }

  /** The content of a file; null when there is none. */
  async read(cloudPath: string): Promise<Buffer | null> {
    return await this.exists(cloudPath) ? readFile(this.locate(cloudPath)) : null
  }

  async exists(cloudPath: string): Promise<boolean> {
    if (!isCloudPath(cloudPath)) return false
    const found = await stat(this.locate(cloudPath)).catch(() => null)
    return found?.isFile() ?? false
  }

  /** Removes a file; false when there was none. */
  async remove(cloudPath: string): Promise<boolean> {
    if (!await this.exists(cloudPath)) return false
    await rm(this.locate(cloudPath))
    return true
  }

  private locate(cloudPath: string): string {
    const path = join(this.root, cloudPath)
    if (!isCloudPath(cloudPath) || !path.startsWith(this.root + sep)) throw new Error(`${cloudPath} is no path of the storage.`)
    return path
  }
}

/** True for a path that a file may have: relative, without dot segments, what a URL would cut off or what Windows refuses. */
export function isCloudPath(path: unknown): path is string {
  if (typeof path !== 'string' || path.length > longestPath) return false
  if (/[\u0000-\u001f\\#?%:*"<>|]/.test(path)) return false
  return path.split('/').every(segment => segment !== '' && !segment.startsWith('.'))
}
