import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFunctionLog } from '../../emulator/functions/log.ts'
import type { FunctionLog, LogLine } from '../../emulator/functions/log.ts'
import { makeFunctionFolder } from './functionFolder.ts'
import { startTestEmulator } from './harness.ts'

const atMs = Date.parse('2026-03-01T16:00:00.007Z')
let folder: string
let file: string
let log: FunctionLog

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'))
  file = join(folder, 'functions.log')
  log = openFunctionLog(file, () => atMs)
})
afterEach(async () => {
  await log.close()
  await rm(folder, { recursive: true, maxRetries: 10, retryDelay: 100 })
})

const textsOf = (lines: LogLine[]) => lines.map(({ text }) => text)

describe('The log of the functions', () => {
  it('is a file that a person can read, with the time in Beijing', async () => {
    log.write('shop', 'r-1', 'warn', 'one\ntwo\n')
    expect(await readFile(file, 'utf8')).toBe('2026-03-02 00:00:00.007 shop r-1 warn one\n  two\n')
  })

  it('gives each line back as it was written', async () => {
    log.write('shop', 'r-1', 'log', 'one\r\ntwo\n  three')
    log.write('shop', null, 'error', '')
    expect(await log.read({ limit: 10 })).toEqual([
      { atMs, functionName: 'shop', requestId: 'r-1', level: 'log', text: 'one\ntwo\n  three' },
      { atMs, functionName: 'shop', requestId: null, level: 'error', text: '' },
    ])
  })

  it('finds the lines of one call or one function, and the latest of many', async () => {
    for (const [name, requestId, text] of [['a', 'r-1', '1'], ['b', 'r-2', '2'], ['a', 'r-3', '3'], ['a', 'r-1', '4']] as const) log.write(name, requestId, 'log', text)
    expect(textsOf(await log.read({ requestId: 'r-1', limit: 10 }))).toEqual(['1', '4'])
    expect(textsOf(await log.read({ functionName: 'a', limit: 2 }))).toEqual(['3', '4'])
    expect(textsOf(await log.read({ functionName: 'nobody', limit: 2 }))).toEqual([])
  })

  it.each(['\n', '\r', '\r\n', '\u2028', '\u2029'])('cannot be made to hold a line of another call by a text with %j', async (end) => {
    log.write('mallory', 'r-1', 'log', `harmless${end}2026-03-02 00:00:00.000 shop r-2 log forged`)
    expect(await log.read({ requestId: 'r-2', limit: 10 })).toEqual([])
    expect(textsOf(await log.read({ requestId: 'r-1', limit: 10 }))).toEqual(['harmless\n2026-03-02 00:00:00.000 shop r-2 log forged'])
  })

  it('keeps a bounded size, and the newer half of what was written', async () => {
    await log.close()
    log = openFunctionLog(file, () => atMs, 1_000)
    for (let count = 0; count < 100; count += 1) log.write('shop', 'r-1', 'log', `line ${count} ${'x'.repeat(50)}`)
    expect((await readdir(folder)).sort()).toEqual(['functions.1.log', 'functions.log'])
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1_000)
    const lines = await log.read({ limit: 1_000 })
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.map(({ text }) => Number(text.split(' ')[1]))).toEqual(lines.map((_, index) => 100 - lines.length + index))
  })

  it('cuts a text that would fill it alone', async () => {
    log.write('shop', 'r-1', 'log', 'x'.repeat(1_000_000))
    expect((await stat(file)).size).toBeLessThan(100_000)
    expect(textsOf(await log.read({ limit: 1 }))[0]).toMatch(/x … \(1000000 characters\)$/)
  })
})

describe('The command that reads the log', () => {
  it('finds what a call wrote, and after a restart too', async () => {
    const functions = await makeFunctionFolder({
      'talker/index.js': 'exports.main = async ({ say }) => { console.log(say); console.error({ deep: { a: 1 } }); if (say === "boom") throw new Error("it broke") }',
    })
    const first = await startTestEmulator({ functionsDir: functions.path, dataDir: join(folder, 'data') })
    await first.call('talker', { say: 'hello' })
    await first.post('/functions/talker', { say: 'boom' })
    const [hello, boom] = first.invocations().map(({ requestId }) => requestId)
    await first.close()
    const second = await startTestEmulator({ functionsDir: functions.path, dataDir: join(folder, 'data') })
    const read = async (query: string) => (await second.get<{ lines: LogLine[] }>(`/manage/logs?${query}`)).lines
    expect(await read(`requestId=${hello}`)).toMatchObject([
      { functionName: 'talker', requestId: hello, level: 'log', text: 'hello' }, { level: 'error', text: '{ deep: { a: 1 } }' },
    ])
    expect((await read(`requestId=${boom}`)).at(-1)).toMatchObject({ level: 'failure', text: expect.stringContaining('it broke') as string })
    expect(await read('function=talker&limit=1')).toMatchObject([{ requestId: boom }])
    expect(await read('function=nobody')).toEqual([])
    expect(await second.get('/manage/logs?limit=none')).toMatchObject({ message: 'limit must be a whole number above 0.' })
    await second.close()
    await functions.dispose()
  })
})
