import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { build } from 'esbuild'
import { root } from './root.ts'

/** What a cloud function runs on: chosen when the function is created, and the lowest that we support. */
const TARGET = 'node18'

export const functionNames = (): string[] =>
  readdirSync(path.join(root, 'cloudfunctions')).filter(name => existsSync(path.join(root, 'cloudfunctions', name, 'index.ts'))).sort()

export interface BuiltFunction { name: string, bytes: number }

/**
 * Bundles every cloud function into `outDir/<name>/`: one index.js with wx-server-sdk inside, so that nothing has to be
 * installed in the cloud, a package.json and the config.json. Throws when something outside Node itself is left out.
 */
export async function buildFunctions(outDir = path.join(root, 'dist/cloudfunctions')): Promise<BuiltFunction[]> {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  const names = functionNames()
  const built: BuiltFunction[] = []
  for (const name of names) built.push(await buildOne(name, path.join(outDir, name), version))
  for (const name of readdirSync(outDir)) if (!names.includes(name)) rmSync(path.join(outDir, name), { recursive: true })
  return built
}

async function buildOne(name: string, outDir: string, version: string): Promise<BuiltFunction> {
  const source = path.join(root, 'cloudfunctions', name)
  const outfile = path.join(outDir, 'index.js')
  // One function at a time: a cloud that runs them takes one that stays away for removed.
  rmSync(outDir, { recursive: true, force: true })
  mkdirSync(outDir, { recursive: true })
  const { metafile } = await build({
    entryPoints: [path.join(source, 'index.ts')],
    outfile, bundle: true, metafile: true, platform: 'node', format: 'cjs', target: TARGET, minify: true, keepNames: true,
    legalComments: 'none', logLevel: 'error',
  })
  const outside = Object.values(metafile.outputs).flatMap(output => output.imports)
    .filter(imported => imported.external && !isBuiltin(imported.path))
  if (outside.length > 0) throw new Error(`The bundle of ${name} leaves out ${outside.map(one => one.path).join(', ')}.`)
  writeFileSync(path.join(outDir, 'package.json'), `${JSON.stringify({ name, version, private: true, main: 'index.js' }, null, 2)}\n`)
  cpSync(path.join(source, 'config.json'), path.join(outDir, 'config.json'))
  return { name, bytes: statSync(outfile).size }
}

const isBuiltin = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name)
