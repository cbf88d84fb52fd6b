// Runs uni-app's own build in a process of its own: `node scripts/steps/uni.mjs <platform> <outputDir> [--watch]`.
// uni-app reads manifest.json and pages.json from its input folder and caches the manifest before vite.config.ts runs,
// so the root files, which are the source of truth, are copied into src/ here, before its CLI is loaded.
import { copyFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const [platform, outputDir] = process.argv.slice(2)

for (const file of ['manifest.json', 'pages.json']) copyFileSync(path.join(root, file), path.join(root, 'src', file))

process.chdir(root)
process.env.NODE_ENV ??= 'production'
process.env.UNI_OUTPUT_DIR = path.resolve(root, outputDir)
process.argv = [process.argv[0], 'uni', 'build', '-p', platform]

const plugin = createRequire(path.join(root, 'package.json')).resolve('@dcloudio/vite-plugin-uni/package.json')
await import(pathToFileURL(path.join(path.dirname(plugin), 'bin/uni.js')).href)
