import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import Libsql from 'libsql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client } from './client.ts'
import { ACCOUNTS, LOOPS, SHIPS } from './durabilityWriter.ts'
import { seededRandom } from '../../../bench/seededRandom.ts'

const LANES = 2
const KILLS_PER_LANE = 22
/** A writer has moved money fewer times than this when a moment is left to it: work is counted, so that a slow machine does as much. */
const MOVES = 8
/** The longest such moment. */
const MOMENT_MS = 30
/** Some kills are timed from the start instead, to hit the opening as well; this is the longest time until then. */
const OPENING_MS = 320
const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url))

let folder: string
let program: string
let copies = 0

/** One program of all modules starts in a fraction of the time that tsx takes. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kill-'))
  program = join(folder, 'writer.cjs')
  const entry = fileURLToPath(new URL('./durabilityMain.ts', import.meta.url))
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'cjs', external: ['libsql'] })
})

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))

type Fields = Record<string, unknown>

interface Content {
  accounts: Map<string, number>
  counters: { n: number, marks: string[] }[]
  fleet: Fields[]
  entries: Fields[]
  ghosts: Fields[]
}

test(`nothing acknowledged is lost, and no commit is torn, in ${LANES * KILLS_PER_LANE} kills`, { timeout: 120_000 }, async () => {
  const acknowledged = await Promise.all(Array.from({ length: LANES }, (_, lane) => killAgainAndAgain(lane)))
  // Without writing there is nothing to lose.
  expect(acknowledged.flat().length).toBeGreaterThan(LANES * KILLS_PER_LANE * 5)
  for (const what of ['move', 'count', 'pair', 'steer']) {
    expect(acknowledged.flat().filter(line => line.startsWith(`${what} `)).length, what).toBeGreaterThan(LANES * KILLS_PER_LANE)
  }
})

/** Kills one writer after the other on one file, and looks at the file after each. Resolves with all that was acknowledged. */
async function killAgainAndAgain(lane: number): Promise<string[]> {
  const file = join(folder, `lane${lane}.db`)
  const random = seededRandom(lane + 1)
  const acknowledged: string[] = []
  for (let kill = 0; kill < KILLS_PER_LANE; kill++) {
    const args = [file, `l${lane}k${kill}`, String(kill)]
    const [inOpening, moves, share] = [random() < 0.2, Math.floor(random() * MOVES), random()]
    acknowledged.push(...await writeUntilKilled(args, inOpening ? { afterMs: share * OPENING_MS } : { moves, afterMs: share * MOMENT_MS }))
    expect(await integrityOf(file)).toBe('ok')
    if (acknowledged.length > 0) await examine(file, acknowledged, kill + 1)
  }
  return acknowledged
}

/** When to kill: so long after the start or, where `moves` is given, after the writer opened its file and acknowledged so many. */
interface Death { moves?: number, afterMs: number }

async function writeUntilKilled(args: string[], { moves, afterMs }: Death): Promise<string[]> {
  const writer = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_PATH: MODULES } })
  const lines: string[] = []
  const kill = (): void => void setTimeout(() => writer.kill('SIGKILL'), afterMs)
  if (moves === undefined) kill()
  let left = moves ?? Infinity
  createInterface({ input: writer.stdout }).on('line', (line) => {
    lines.push(line)
    if (line.startsWith('move ')) left--
    if (left <= 0) {
      left = Infinity
      kill()
    }
  })
  await exitOf(writer)
  expect(writer.signalCode).toBe('SIGKILL')
  return lines
}

/** Resolves when the process is gone and everything that it wrote has been read. */
function exitOf(child: ChildProcess): Promise<unknown> {
  return new Promise(resolve => child.once('close', resolve))
}

/** Looks at a copy of the file and its log: a connection keeps its locks until it is collected as garbage. */
async function integrityOf(file: string): Promise<unknown> {
  const copy = join(folder, `copy${copies++}.db`)
  for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) await copyFile(file + suffix, copy + suffix)
  const sqlite = new Libsql(copy)
  const { integrity_check } = sqlite.prepare('PRAGMA integrity_check').get() as Fields
  sqlite.close()
  return integrity_check
}

async function examine(file: string, acknowledged: readonly string[], kills: number): Promise<void> {
  const client = await Client.open({ file }, { collections: [] })
  const content = await readAll(client)
  expectNothingLost(content, acknowledged)
  expectNothingTorn(content)
  expectLittleMore(content, acknowledged, kills)
  await expectIndexesToAgree(client, content)
  await client.database.close()
}

async function readAll(client: Client): Promise<Content> {
  const accounts = await all(client, 'accounts')
  return {
    accounts: new Map(accounts.map(({ _id, money }) => [String(_id), Number(money)])),
    counters: await all(client, 'counters') as unknown as Content['counters'],
    fleet: await all(client, 'fleet'),
    entries: await all(client, 'entries'),
    ghosts: await all(client, 'ghosts'),
  }
}

/** Everything in a collection, in pages of what one request returns at most. */
async function all(client: Client, collectionName: string): Promise<Fields[]> {
  const found: Fields[] = []
  for (;;) {
    const { list } = (await client.send('getDocument', { collectionName, offset: found.length, limit: 1_000 })).data
    found.push(...list.map(item => JSON.parse(String(item)) as Fields))
    if (list.length < 1_000) return found
  }
}

function expectNothingLost({ counters, entries, fleet }: Content, acknowledged: readonly string[]): void {
  const present = new Set([
    ...entries.map(({ _id, pair }) => pair === undefined ? `move ${_id}` : `pair ${pair}`),
    ...counters.flatMap(({ marks }) => marks.map(mark => `count ${mark}`)),
  ])
  const steered = acknowledged.filter(line => line.startsWith('steer '))
  const added = acknowledged.filter(line => !line.startsWith('steer ') && !line.startsWith('ready '))
  expect(added.filter(line => !present.has(line))).toEqual([])
  // Each course replaces the one before, so only the last that was acknowledged may still be seen, or one after it.
  expect(steered.slice(0, -1)).not.toContain(`steer ${fleet[0]?.mark}`)
  if (steered.length > 0) expect(fleet[0]).toHaveProperty('mark')
}

/** Every part of a commit is there when one is, and nothing is of a transaction that never was committed. */
function expectNothingTorn({ accounts, counters, fleet, entries, ghosts }: Content): void {
  const expected = new Map(ACCOUNTS.map(account => [account, 0]))
  const add = (account: unknown, amount: number) => expected.set(String(account), (expected.get(String(account)) ?? 0) + amount)
  for (const { from, to, amount } of entries.filter(entry => 'from' in entry)) {
    add(from, -Number(amount))
    add(to, Number(amount))
  }
  expect(accounts).toEqual(expected)
  for (const { n, marks } of counters) expect(marks).toHaveLength(n)
  expect(fleet).toHaveLength(SHIPS)
  expect(new Set(fleet.map(({ mark }) => mark)).size).toBe(1)
  const pairs = entries.filter(entry => 'pair' in entry).map(({ pair }) => String(pair))
  expect(pairs).toHaveLength(new Set(pairs).size * 2)
  expect(ghosts).toEqual([])
}

/** A kill may hit the moment between a commit and its acknowledgement, once a loop. */
function expectLittleMore({ counters, entries }: Content, acknowledged: readonly string[], kills: number): void {
  const commits = entries.filter(entry => 'from' in entry).length + entries.filter(entry => 'pair' in entry).length / 2
    + counters.reduce((sum, { n }) => sum + n, 0)
  const told = acknowledged.filter(line => !line.startsWith('ready ') && !line.startsWith('steer ')).length
  expect(commits - told).toBeLessThanOrEqual(kills * LOOPS)
}

async function expectIndexesToAgree(client: Client, { entries }: Content): Promise<void> {
  for (const from of ACCOUNTS) {
    const { total } = (await client.send('calculateDocument', { collectionName: 'entries', query: JSON.stringify({ from }) })).data
    expect(total).toBe(entries.filter(entry => entry.from === from).length)
  }
  for (const { _id, code } of entries.slice(-50)) {
    const { list } = (await client.send('getDocument', { collectionName: 'entries', query: JSON.stringify({ code }) })).data
    expect(list.map(item => (JSON.parse(String(item)) as Fields)._id)).toEqual([_id])
    expect((await client.insert({ code }, 'entries')).message).toContain('E11000')
  }
}
