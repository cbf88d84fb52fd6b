import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../root.ts'

/** Changes whenever a contract does: what a phone kept under another one may no longer be what a page expects. */
export function shapesOf(): string {
  const folder = path.join(root, 'contracts')
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).sort()) if (file.endsWith('.ts')) hash.update(readFileSync(path.join(folder, file)))
  return hash.digest('hex').slice(0, 12)
}
