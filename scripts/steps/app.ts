import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { applyBrand } from './brand/applyBrand.ts'
import { root } from './root.ts'

export type Platform = 'h5' | 'mp-weixin'

/** What a build of the mini program is made of. */
const INPUTS = ['src', 'contracts', 'manifest.json', 'pages.json', 'index.html', 'vite.config.ts', 'package-lock.json', 'scripts/steps/uni.mjs', 'scripts/steps/vite']
/** A build that has this file was finished. */
const entryOf: Record<Platform, string> = { 'h5': 'index.html', 'mp-weixin': 'app.json' }
/** Copies of root files: their sources are listed above. */
const COPIES = ['src/manifest.json', 'src/pages.json']

/**
 * Builds the mini program for a platform into `dist/build/<platform>`, unless the last build was made of the very same
 * files. Throws with the build's own output when it fails.
 */
export async function buildApp(platform: Platform): Promise<'Built' | 'UpToDate'> {
  const outDir = `dist/build/${platform}`
  await applyBrand()
  const stampFile = path.join(root, `dist/build/.${platform}.stamp`)
  const stamp = stampOf(INPUTS)
  if (existsSync(path.join(root, outDir, entryOf[platform])) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 'UpToDate'
  // A build that dies half-way must not be taken for the one before it.
  rmSync(stampFile, { force: true })
  await runUni(platform, outDir)
  writeFileSync(stampFile, stamp)
  return 'Built'
}

function runUni(platform: Platform, outDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'scripts/steps/uni.mjs'), platform, outDir], { cwd: root })
    let output = ''
    const collect = (chunk: Buffer) => { output += chunk.toString() }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', code => code === 0 ? resolve() : reject(new Error(`The ${platform} build failed:\n${output}`)))
  })
}

function stampOf(inputs: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap(input => filesIn(input))) hash.update(file).update(readFileSync(path.join(root, file)))
  return hash.digest('hex')
}

function filesIn(relative: string): string[] {
  if (COPIES.includes(relative)) return []
  if (!statSync(path.join(root, relative)).isDirectory()) return [relative]
  return readdirSync(path.join(root, relative)).sort().flatMap(name => filesIn(`${relative}/${name}`))
}
