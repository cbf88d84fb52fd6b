import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFunctionFolder } from './functionFolder.ts'
import type { FunctionFolder } from './functionFolder.ts'
import { startTestEmulator, until } from './harness.ts'
import type { TestEmulator } from './harness.ts'

interface Seen { who: string, pid: number }

/** Keeps its caller where the next call finds it: the fault that one instance a call hides. */
const careless = `
  let current
  exports.main = async ({ who, waitMs = 0, how }) => {
    if (how === 'exit') process.exit(1)
    current = who
    await new Promise(resolve => setTimeout(resolve, waitMs))
    return { who: current, pid: process.pid }
  }
`
let folder: FunctionFolder

beforeAll(async () => {
  folder = await makeFunctionFolder({ 'careless/index.js': careless, 'late/index.js': careless, 'late/config.json': { timeout: 1 } })
})
afterAll(() => folder.dispose())

const callTogether = (emulator: TestEmulator, people: string[], waitMs: number) =>
  Promise.all(people.map(who => emulator.call<Seen>('careless', { who, waitMs })))

describe('Calls that share a process', () => {
  it('share what the function keeps in memory', async () => {
    const emulator = await startTestEmulator({ functionsDir: folder.path })
    const seen = await callTogether(emulator, ['alice', 'bob', 'carol'], 300)
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(1)
    expect(new Set(seen.map(({ who }) => who)).size).toBe(1)
    await emulator.dispose()
  })
})

describe('Calls with an instance each', () => {
  let emulator: TestEmulator
  beforeAll(async () => { emulator = await startTestEmulator({ functionsDir: folder.path, isolation: 'instance' }) })
  afterAll(() => emulator.dispose())

  it('keep what is in memory apart', async () => {
    const people = ['alice', 'bob', 'carol']
    const seen = await callTogether(emulator, people, 500)
    expect(seen.map(({ who }) => who)).toEqual(people)
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(3)
  })

  it('use a warm instance again', async () => {
    const first = await emulator.call<Seen>('careless', { who: 'alice' })
    expect((await emulator.call<Seen>('careless', { who: 'bob' })).pid).toBe(first.pid)
  })

  it('wait for one of eight instances when there are more of them', async () => {
    const people = Array.from({ length: 20 }, (_, index) => `person-${index}`)
    const seen = await callTogether(emulator, people, 300)
    expect(seen.map(({ who }) => who)).toEqual(people)
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(8)
  })

  it('do not die with one that crashes, and another one takes its place', async () => {
    const beside = emulator.call<Seen>('careless', { who: 'alice', waitMs: 500 })
    expect(await emulator.post('/functions/careless', { how: 'exit' })).toMatchObject({ errCode: -504002 })
    expect((await beside).who).toBe('alice')
    expect((await emulator.call<Seen>('careless', { who: 'bob' })).who).toBe('bob')
  })

  it('lose their instance when they run out of time, as in the cloud', async () => {
    const before = await emulator.call<Seen>('late', { who: 'alice' })
    expect(await emulator.post('/functions/late', { who: 'alice', waitMs: 60_000 })).toMatchObject({ errCode: -504003 })
    expect((await emulator.call<Seen>('late', { who: 'bob' })).pid).not.toBe(before.pid)
  })

  it('serve a new build from new instances only', async () => {
    const underWay = emulator.call<Seen>('careless', { who: 'alice', waitMs: 1_500 })
    await folder.write({ 'careless/index.js': 'exports.main = async () => "new"' })
    await until(async () => await emulator.call('careless', {}) === 'new')
    expect((await underWay).who).toBe('alice')
    const answers = await Promise.all(Array.from({ length: 10 }, () => emulator.call('careless', {})))
    expect(new Set(answers)).toEqual(new Set(['new']))
  })
})
