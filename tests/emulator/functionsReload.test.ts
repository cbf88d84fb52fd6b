import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderWatch } from '../../emulator/functions/folderWatch.ts'
import { makeFunctionFolder } from './functionFolder.ts'
import type { FunctionFolder } from './functionFolder.ts'
import { startTestEmulator, until } from './harness.ts'
import type { TestEmulator } from './harness.ts'

const answering = (value: unknown) => `exports.main = async () => ${JSON.stringify(value)}`
/** Enough for a function that is gone to be taken for gone. */
const manyLooks = 10

let folder: FunctionFolder

beforeEach(async () => {
  folder = await makeFunctionFolder()
})
afterEach(() => folder.dispose())

describe('A look at the folder of the functions', () => {
  let watch: FolderWatch
  let told: string[]

  beforeEach(async () => {
    told = []
    await folder.write({ 'a/index.js': answering(1), 'a/lib/deep/part.js': '1', 'a/node_modules/one/index.js': '1' })
    watch = new FolderWatch(folder.path, (name, change) => told.push(`${name} ${change}`))
    expect(await watch.begin()).toEqual(['a'])
  })

  async function look(times = 1): Promise<void> {
    for (let count = 0; count < times; count += 1) await watch.look()
  }

  it('tells nothing while nothing changes', async () => {
    await look(3)
    expect(told).toEqual([])
  })

  it('tells of a burst of changes once, and only when it is over', async () => {
    for (const count of [1, 2, 3]) {
      await folder.write({ 'a/index.js': answering('x'.repeat(count)), [`a/part${count}.js`]: '1' })
      await look()
    }
    expect(told).toEqual([])
    await look(3)
    expect(told).toEqual(['a written'])
  })

  it.each(['a/lib/deep/part.js', 'a/new.mjs', 'a/new.cjs', 'a/config.json', 'a/package.json'])('tells of %s', async (file) => {
    await folder.write({ [file]: '{ "changed": true }' })
    await look(2)
    expect(told).toEqual(['a written'])
  })

  it('tells of a file that is gone', async () => {
    await folder.remove('a/lib/deep/part.js')
    await look(2)
    expect(told).toEqual(['a written'])
  })

  it('says nothing of packages and of what is no code', async () => {
    await folder.write({ 'a/node_modules/one/index.js': 'changed', 'a/README.md': 'text', 'a/.cache/x.js': '1', 'notes.js': '1', '.x/index.js': '1' })
    await look(3)
    expect(told).toEqual([])
  })

  it('tells of a function that stays away, but not of one that a build writes again', async () => {
    await folder.remove('a')
    await look(manyLooks - 1)
    await folder.write({ 'a/index.js': answering(2) })
    await look(2)
    expect(told).toEqual(['a written'])
    await folder.remove('a')
    await look(manyLooks)
    expect(told).toEqual(['a written', 'a removed'])
  })

  it('tells of a new function once its index.js is there and holds something', async () => {
    await folder.write({ 'b/part.js': '1', 'c/index.js': '' })
    await look(3)
    expect(told).toEqual([])
    await folder.write({ 'b/index.js': answering(1), 'c/index.js': answering(1) })
    await look(3)
    expect(told).toEqual(['b written', 'c written'])
  })
})

describe('A folder of functions', () => {
  let emulator: TestEmulator
  const start = async (timers = false) => { emulator = await startTestEmulator({ functionsDir: folder.path, timers }) }
  afterEach(() => emulator.dispose())

  const errCodeOf = async (name: string) => (await emulator.post<{ errCode?: number }>(`/functions/${name}`, {})).errCode
  const firings = (name: string) => emulator.invocations().filter(call => call.functionName === name && call.source === 'wx_trigger').length

  it('may hold plain CommonJS and ESM with files and packages of their own, and use packages further up', async () => {
    await folder.write({
      'plain/index.js': 'const own = require("own"); exports.main = async () => [require("./lib/part").part, own, typeof require("wx-server-sdk").init]',
      'plain/lib/part.js': 'exports.part = "a part"',
      'plain/node_modules/own/index.js': 'module.exports = "an own package"',
      'plain/package.json': { name: 'plain' },
      'modern/index.js': 'import { part } from "./lib/part.js"\nimport sdk from "wx-server-sdk"\nexport const main = async () => [part, typeof sdk.init]',
      'modern/lib/part.js': 'export const part = "a part"',
      'modern/package.json': { type: 'module' },
    })
    await start()
    expect(await emulator.call('plain', {})).toEqual(['a part', 'an own package', 'function'])
    expect(await emulator.call('modern', {})).toEqual(['a part', 'function'])
  })

  it('holds CommonJS where a function has no package.json, whatever the one of the project says', async () => {
    await folder.write({
      'package.json': { type: 'module' },
      'bare/index.js': 'exports.main = async () => require("./part").part',
      'bare/part.js': 'exports.part = "a part"',
    })
    await start()
    expect(await emulator.call('bare', {})).toBe('a part')
  })

  it('uses a changed part in the next calls, while a call under way ends with the old one', async () => {
    await folder.write({
      'a/index.js': 'const { part } = require("./part"); exports.main = async ({ waitMs = 0 }) => { await new Promise(done => setTimeout(done, waitMs)); return part }',
      'a/part.js': 'exports.part = "old"',
    })
    await start()
    expect(await emulator.call('a', {})).toBe('old')
    const underWay = emulator.call('a', { waitMs: 1_500 })
    await folder.write({ 'a/part.js': 'exports.part = "new"' })
    await until(async () => await emulator.call('a', {}) === 'new')
    expect(await underWay).toBe('old')
  })

  it('loses a function with its timers, and gains another with its own', async () => {
    const timer = { triggers: [{ name: 'tick', type: 'timer', config: '* * * * * * *' }] }
    await folder.write({ 'old/index.js': answering(1), 'old/config.json': timer })
    await start(true)
    await until(() => firings('old') > 0)
    await folder.remove('old')
    await folder.write({ 'new/index.js': answering(2), 'new/config.json': timer })
    await until(() => firings('new') > 0)
    expect(await emulator.call('new', {})).toBe(2)
    await until(async () => await errCodeOf('old') === -501000)
    const [oldFirings, newFirings] = [firings('old'), firings('new')]
    await until(() => firings('new') >= newFirings + 2)
    expect(firings('old')).toBe(oldFirings)
  })

  it('obeys a changed config.json', async () => {
    await folder.write({ 'a/index.js': 'exports.main = async (event, context) => context.time_limit_in_ms' })
    await start(true)
    expect(await emulator.call('a', {})).toBe(3_000)
    await folder.write({ 'a/config.json': { timeout: 20, triggers: [{ name: 'tick', type: 'timer', config: '* * * * * * *' }] } })
    await until(() => firings('a') >= 1)
    expect(await emulator.call('a', {})).toBe(20_000)
    await folder.write({ 'a/config.json': { timeout: 20, triggers: [] } })
    await until(async () => (await emulator.get<{ lines: { text: string }[] }>('/manage/logs?function=a')).lines.length === 2)
    const before = firings('a')
    await new Promise(resolve => setTimeout(resolve, 1_500))
    expect(firings('a')).toBe(before)
  })
})
