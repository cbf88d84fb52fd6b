import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { planted } from './plant.ts'
import type { Plant } from './plant.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sdk = createRequire(import.meta.url).resolve('wx-server-sdk')

/**
 * Bundles the shop's functions with bugs in them into a temporary folder, and answers which. The SDK stays outside: it is
 * the same in every variant, and a process loads it once.
 */
export async function buildPlanted(plants: readonly Plant[]): Promise<string> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'xiaopu-planted-'))
  const functionsDir = path.join(root, 'cloudfunctions')
  const names = readdirSync(functionsDir).filter(name => existsSync(path.join(functionsDir, name, 'index.ts')))
  const used = new Set<string>()
  await build({
    entryPoints: names.map(name => ({ in: path.join(functionsDir, name, 'index.ts'), out: `${name}/index` })),
    outdir: outDir, bundle: true, platform: 'node', format: 'cjs', target: 'node18', logLevel: 'silent',
    plugins: [outsideSdk, planting(plants, used)],
  })
  const unused = plants.find(({ name }) => !used.has(name))
  if (unused) throw new Error(`The plant "${unused.name}" never got in: no function uses ${unused.file}.`)
  for (const name of names) {
    mkdirSync(path.join(outDir, name), { recursive: true })
    cpSync(path.join(functionsDir, name, 'config.json'), path.join(outDir, name, 'config.json'))
  }
  return outDir
}

const outsideSdk: Plugin = {
  name: 'sdk outside',
  setup: ({ onResolve }) => onResolve({ filter: /^wx-server-sdk$/ }, () => ({ path: sdk, external: true })),
}

function planting(plants: readonly Plant[], used: Set<string>): Plugin {
  return {
    name: 'planting',
    setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const here = plants.filter(plant => path.join(root, plant.file) === file)
      if (here.length === 0) return null
      for (const { name } of here) used.add(name)
      return { contents: here.reduce(planted, readFileSync(file, 'utf8')), loader: 'ts' }
    }),
  }
}
