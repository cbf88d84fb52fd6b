import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

let folder: string | undefined

/** A folder with the key of the payment provider, the same in every process: a new one would come out of the seed's chance. */
export function keysFolder(): string {
  if (folder !== undefined) return folder
  const made = mkdtempSync(path.join(tmpdir(), 'xiaopu-simulator-'))
  writeFileSync(path.join(made, 'provider_key'), '0'.repeat(32))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  folder = made
  return made
}
