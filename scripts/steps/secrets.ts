import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What must never be committed, and how it looks. A group, where there is one, is the secret itself. */
const patterns: readonly { what: string, looks: RegExp }[] = [
  { what: 'a private key', looks: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?:\\[rn]|\s)*([A-Za-z0-9+/]{40,})/g },
  // The bare base64 of one of 2048 bits, PKCS#8 and PKCS#1. Its numbers may be a few bytes shorter than usual: its beginning tells.
  { what: 'a private key', looks: /\b(MIIE(?:[uv]|o[AQgw]|p[AQ])[A-Za-z0-9+/]{200,})/g },
  { what: 'a Tencent Cloud SecretId', looks: /\b(AKID[A-Za-z0-9]{13,40})\b/g },
  { what: 'a Tencent Cloud SecretKey', looks: /secret_?key["']?\s{0,2}[:=]\s{0,2}["'`]?([A-Za-z0-9]{32})\b/gi },
  { what: 'an AppSecret', looks: /app_?secret["']?\s{0,2}[:=]\s{0,2}["'`]?([0-9a-f]{32})\b/gi },
  { what: 'an APIv3 key', looks: /api_?v3_?key["']?\s{0,2}[:=]\s{0,2}["'`]?([A-Za-z0-9]{32})\b/gi },
]

/** Files that may hold what looks like a secret, each with its reason. Keep it short. */
const ALLOWED: Readonly<Record<string, string>> = {}

/** Sixteen zeros or `your-key-here` repeated are no secret. */
const FEWEST_CHARACTERS = 8

export interface Leak { file: string, line: number, what: string }

/** Where a text holds a secret. What it is, is told; the secret itself never. */
export function findSecrets(file: string, text: string): Leak[] {
  return patterns.flatMap(({ what, looks }) => [...text.matchAll(looks)]
    .filter(([, secret = '']) => new Set(secret).size >= FEWEST_CHARACTERS)
    .map(({ index }) => ({ file, line: text.slice(0, index).split('\n').length, what })))
}

/** Scans every file that git tracks below `folder`. Throws where there is no git: nothing could be said then. */
export function scanTracked(folder: string): Leak[] {
  const { status, stdout, error } = spawnSync('git', ['ls-files', '-z'], { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (error || status !== 0) throw new Error(`The files that git tracks in ${folder} could not be listed: ${error?.message ?? `git ended with ${status}`}.`)
  return stdout.split('\0').filter(file => file !== '' && !(file in ALLOWED)).flatMap((file) => {
    const where = path.join(folder, file)
    // Deleted and not committed yet.
    if (!existsSync(where)) return []
    const bytes = readFileSync(where)
    return bytes.includes(0) ? [] : findSecrets(file, bytes.toString('utf8'))
  })
}

/** A downloaded copy without its history commits nothing. */
export const isCheckout = (folder: string): boolean => existsSync(path.join(folder, '.git'))

/** Throws with one line for each leak. */
export function requireNoSecrets(folder: string): void {
  if (!isCheckout(folder)) return
  const leaks = scanTracked(folder)
  if (leaks.length === 0) return
  const list = leaks.map(({ file, line, what }) => `${file}:${line} holds ${what}.`)
  throw new Error([...list, 'Take it out, and replace it where it is valid: whoever has seen a commit has the key.'].join('\n'))
}
