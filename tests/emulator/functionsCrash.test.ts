import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFunctionFolder } from './functionFolder.ts'
import type { FunctionFolder } from './functionFolder.ts'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

interface Reply {
  errCode?: number
  errMsg?: string
  result?: { pid: number }
}

/** Writes each run down, and then dies in one of the ways in which a function can. */
const fragile = `
  const { appendFileSync } = require('node:fs')
  const overflow = () => overflow() + 1
  exports.main = async ({ how, waitMs = 0 }) => {
    appendFileSync(__dirname + '/runs.txt', how + '\\n')
    if (how === 'exit') process.exit(3)
    if (how === 'reject') Promise.reject(new Error('nobody listens'))
    if (how === 'spin') while (true);
    if (how === 'stack') overflow()
    const hoard = []
    while (how === 'memory') hoard.push(new Array(1_000_000).fill(0.5))
    await new Promise(resolve => setTimeout(resolve, how === 'reject' ? 1_000 : waitMs))
    return { pid: process.pid }
  }
`
const steady = 'exports.main = async ({ waitMs = 0 }) => { await new Promise(resolve => setTimeout(resolve, waitMs)); return { pid: process.pid } }'

let folder: FunctionFolder
let emulator: TestEmulator

beforeAll(async () => {
  folder = await makeFunctionFolder({
    'fragile/index.js': fragile, 'fragile/config.json': { timeout: 30 }, 'stuck/index.js': fragile, 'stuck/config.json': { timeout: 1 },
    'steady/index.js': steady,
  })
  emulator = await startTestEmulator({ functionsDir: folder.path })
})
afterAll(async () => {
  await emulator.dispose()
  await folder.dispose()
})

const call = (name: string, event: object) => emulator.post<Reply>(`/functions/${name}`, event)
const runsOf = async (name: string, how: string) => (await readFile(`${folder.path}/${name}/runs.txt`, 'utf8')).split('\n').filter(line => line === how).length

describe('A function that dies', () => {
  it.each([
    ['exit', 'exit code 3'],
    ['reject', 'exit code 1'],
    ['memory', 'SIGABRT'],
  ])('by %s fails its call and those that share its process, and no other', async (how, reason) => {
    const { result: before } = await call('fragile', {})
    const beside = call('fragile', { waitMs: 25_000 })
    const elsewhere = call('steady', { waitMs: 500 })
    expect(await call('fragile', { how })).toMatchObject({ errCode: -504002, errMsg: expect.stringContaining(reason) as string })
    expect(await beside).toMatchObject({ errCode: -504002, errMsg: expect.stringContaining('function process exited') as string })
    expect(await elsewhere).toHaveProperty('result')
    const { result: after } = await call('fragile', {})
    expect(after).toHaveProperty('pid')
    expect(after).not.toEqual(before)
    expect(await runsOf('fragile', how)).toBe(1)
  })

  it('by a stack that overflows fails its own call alone', async () => {
    const { result: before } = await call('fragile', {})
    const beside = call('fragile', { waitMs: 300 })
    expect(await call('fragile', { how: 'stack' })).toMatchObject({ errCode: -504002, errMsg: expect.stringContaining('Maximum call stack') as string })
    expect(await beside).toMatchObject({ result: before })
  })

  it('in a loop without an end runs out of time with those that share its process, and no other', async () => {
    const { result: before } = await call('stuck', {})
    const spinning = call('stuck', { how: 'spin' })
    const beside = call('stuck', { how: 'beside' })
    expect(await call('steady', { waitMs: 500 })).toHaveProperty('result')
    expect(await spinning).toMatchObject({ errCode: -504003 })
    expect((await beside).errCode).toBe(-504003)
    const { result: after } = await call('stuck', {})
    expect(after).toHaveProperty('pid')
    expect(after).not.toEqual(before)
    expect(await runsOf('stuck', 'spin')).toBe(1)
  })

  it('leaves its last words in the log', async () => {
    const { lines } = await emulator.get<{ lines: { text: string }[] }>('/manage/logs?function=fragile&limit=1000')
    const text = lines.map(line => line.text).join('\n')
    expect(text).toContain('nobody listens')
    expect(text).toContain('JavaScript heap out of memory')
    expect(text).toContain('The process of the function ended, and is started again.')
  })
})
