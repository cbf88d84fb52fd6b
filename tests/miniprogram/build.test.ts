import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { AppConfig } from './compile/package.ts'
import { readBuild } from './compile/readBuild.ts'
import { buildDir } from './support.ts'

/** Raw bytes, as DevTools counts a package before it is packed. WeChat refuses 2 MB; these are ours. */
const mainBytesMax = 600 * 1024
const subPackageBytesMax = 500 * 1024

interface BuiltFile { name: string, bytes: number }

const filesOf = (): BuiltFile[] => readdirSync(buildDir, { recursive: true, encoding: 'utf8' })
  .map(name => ({ name: name.replaceAll(path.sep, '/'), bytes: statSync(path.join(buildDir, name)).isFile() ? statSync(path.join(buildDir, name)).size : 0 }))
  .filter(({ bytes }) => bytes > 0)

/** Files by the package that they are downloaded with. */
function packagesOf(app: AppConfig): Map<string, BuiltFile[]> {
  const roots = (app.subPackages ?? []).map(({ root }) => root.replace(/\/$/, ''))
  const packages = new Map<string, BuiltFile[]>([['main', []], ...roots.map(root => [root, []] as [string, BuiltFile[]])])
  for (const file of filesOf()) packages.get(roots.find(root => file.name.startsWith(`${root}/`)) ?? 'main')?.push(file)
  return packages
}

const sum = (files: BuiltFile[]) => files.reduce((total, { bytes }) => total + bytes, 0)

describe('the size of the mini program', () => {
  const packages = [...packagesOf(readBuild(buildDir).app)]

  it('is reported by package and by file', () => {
    for (const [name, files] of packages) {
      console.log(`${name}: ${Math.round(sum(files) / 1024)} KB`)
      const largest = [...files].sort((one, other) => other.bytes - one.bytes).slice(0, name === 'main' ? 12 : 3)
      for (const file of largest) console.log(`  ${String(Math.round(file.bytes / 102.4) / 10).padStart(6)} KB  ${file.name}`)
    }
    expect(packages.length).toBeGreaterThan(1)
  })

  it.each(packages)('of %s stays within its budget', (name, files) => {
    expect(sum(files)).toBeLessThanOrEqual(name === 'main' ? mainBytesMax : subPackageBytesMax)
  })
})

/**
 * WeChat's own compilers of WXML and WXSS, from before the present tools, as programs for Linux and macOS on Intel. They are a
 * second opinion beside glass-easel's compiler, and come with a package: nothing is fetched.
 */
class Compilers {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'xiaopu-wcc-'))
  readonly whyNot: string | null

  constructor() {
    const system = { linux: 'linux', darwin: 'mac' }[process.platform as string]
    if (system) {
      const home = path.dirname(createRequire(import.meta.url).resolve('miniprogram-compiler/package.json'))
      for (const name of ['wcc', 'wcsc']) {
        // The package leaves them without leave to run.
        copyFileSync(path.join(home, 'bin', system, name), path.join(this.folder, name))
        chmodSync(path.join(this.folder, name), 0o755)
      }
    }
    this.whyNot = system ? this.tryOut() : `there are no such programs for ${process.platform}`
  }

  private tryOut(): string | null {
    writeFileSync(path.join(this.folder, 'a.wxml'), '<view>a</view>')
    const { error, status, stderr } = this.run('wcc', ['-d', 'a.wxml'], this.folder)
    if (error) return `they do not start on this machine (${process.arch}): ${error.message}`
    return status === 0 ? null : stderr
  }

  run(program: 'wcc' | 'wcsc', given: string[], cwd = buildDir) {
    return spawnSync(path.join(this.folder, program), given, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  }

  close(): void {
    rmSync(this.folder, { recursive: true })
  }
}

describe('WeChat\'s older compilers', () => {
  const compilers = new Compilers()
  const named = (ending: string) => filesOf().map(({ name }) => name).filter(name => name.endsWith(ending))
  afterAll(() => compilers.close())
  if (compilers.whyNot) console.warn(`wcc and wcsc were not asked: ${compilers.whyNot}. On Linux or macOS with an Intel processor they are.`)

  it.skipIf(compilers.whyNot)('take every WXML of the build', () => {
    const { status, stderr } = compilers.run('wcc', ['-d', ...named('.wxml')])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it.skipIf(compilers.whyNot)('take every WXSS of the build', () => {
    const { status, stderr } = compilers.run('wcsc', ['-lc', ...named('.wxss')])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it.skipIf(compilers.whyNot)('refuse what is broken, so that their yes means something', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'xiaopu-broken-'))
    writeFileSync(path.join(folder, 'a.wxml'), '<view><text></view>')
    writeFileSync(path.join(folder, 'a.wxss'), '.a { color: red; ')
    expect(compilers.run('wcc', ['-d', 'a.wxml'], folder).stderr).toContain('expect end-tag `text`')
    expect(compilers.run('wcsc', ['-lc', 'a.wxss'], folder).status).not.toBe(0)
    rmSync(folder, { recursive: true })
  })
})
