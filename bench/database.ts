import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Database } from '../emulator/database/database.ts'
import { openDatabase } from '../emulator/database/open.ts'
import type { Order } from './orders.ts'
import { numberAt, ORDER_INDEXES, orders } from './orders.ts'

const COUNT = Number(process.argv[2] ?? 100_000)
const BATCH = 1_000
const FAST_RUNS = 500
const SLOW_RUNS = 15
const WRITES = 2_000
const COLLECTION = 'orders'
const DAY_MS = 86_400_000

type Fields = Record<string, unknown>

/** One query of the comparison, with values that change from run to run. */
interface Case {
  name: string
  action: 'getDocument' | 'calculateDocument'
  body(sample: Order): Fields
}

/** What a process that has only just opened a file finds. */
interface Findings {
  openSeconds: number
  heapMegabytes: number
  /** Milliseconds, for each case in the order of `CASES`. */
  medians: number[]
  /** A second, by kind. */
  writes: Record<string, number>
}

const CASES: Case[] = [
  { name: 'one order by _id', action: 'getDocument', body: ({ _id }) => ({ query: { _id }, limit: 1 }) },
  {
    name: 'newest 20 of a member', action: 'getDocument',
    body: ({ member }) => ({ query: { member }, order: { createdAtMs: -1 }, limit: 20 }),
  },
  {
    name: 'newest 50 of a status in a week', action: 'getDocument',
    body: ({ status, createdAtMs }) => ({
      query: { status, createdAtMs: { $gte: createdAtMs, $lt: createdAtMs + 7 * DAY_MS } }, order: { createdAtMs: -1 }, limit: 50,
    }),
  },
  { name: 'count of a member', action: 'calculateDocument', body: ({ member }) => ({ query: { member } }) },
]

/** Sends a request as the SDK would and refuses to measure failures. */
async function send(database: Database, action: string, fields: Fields): Promise<Fields> {
  const wired = Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : value])
  const answer = await database.answer({ action: `database.${action}`, collectionName: COLLECTION, ...Object.fromEntries(wired) as Fields })
  if (answer.code) throw new Error(`${answer.code}: ${answer.message}`)
  return answer
}

async function fill(file: string, indexed: boolean): Promise<void> {
  const database = await openDatabase({ file })
  await database.declare({ collections: [{ name: COLLECTION, indexes: indexed ? ORDER_INDEXES : [] }] })
  let batch: string[] = []
  for (const order of orders(COUNT)) {
    if (batch.push(JSON.stringify(order)) < BATCH) continue
    await send(database, 'insertDocument', { data: batch })
    batch = []
  }
  if (batch.length > 0) await send(database, 'insertDocument', { data: batch })
  await database.close()
}

/** Milliseconds of the middle run of many, after a tenth of them to warm up. */
async function median(runs: number, deed: (run: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = -Math.ceil(runs / 10); run < runs; run++) {
    const startMs = performance.now()
    await deed(Math.abs(run))
    if (run >= 0) times.push(performance.now() - startMs)
  }
  return times.sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0
}

async function perSecond(deed: (run: number) => Promise<unknown>): Promise<number> {
  for (let run = 0; run < WRITES / 10; run++) await deed(run)
  const startMs = performance.now()
  for (let run = 0; run < WRITES; run++) await deed(run)
  return WRITES / (performance.now() - startMs) * 1_000
}

/** Opens a file that somebody else has filled, and measures everything. Runs in a process of its own. */
async function measure(file: string, indexed: boolean): Promise<Findings> {
  const startMs = performance.now()
  const database = await openDatabase({ file })
  const openSeconds = (performance.now() - startMs) / 1_000
  const heapMegabytes = heapUsed() / 2 ** 20
  const samples = [...orders(COUNT)].filter((_, place) => place % Math.ceil(COUNT / FAST_RUNS) === 0)
  const medians: number[] = []
  for (const { action, body } of indexed ? CASES : CASES.map(withoutAnyIndex)) {
    // A stride that is prime to their number takes the samples from everywhere, in the few runs of a scan too.
    const sampleOf = (run: number): Order => samples[run * 197 % samples.length] as Order
    medians.push(await median(indexed ? FAST_RUNS : SLOW_RUNS, run => send(database, action, body(sampleOf(run)))))
  }
  const writes = indexed ? await measureWrites(database) : {}
  await database.close()
  return { openSeconds, heapMegabytes, medians, writes }
}

/** There is always an index of `_id`, but none of the field that holds the same. */
function withoutAnyIndex({ name, action, body }: Case): Case {
  return { name, action, body: sample => name === CASES[0]?.name ? { query: { number: sample.number }, limit: 1 } : body(sample) }
}

async function measureWrites(database: Database): Promise<Record<string, number>> {
  let inserted = 0
  const [template] = orders(1)
  const paid = (run: number): Fields => ({
    query: { _id: numberAt(run * 13 % COUNT) }, data: { $set: { status: run % 2 ? 'paid' : 'shipped' }, $inc: { 'amounts.totalCents': 1 } },
    multi: false, merge: true, upsert: false,
  })
  return {
    'single insertions': await perSecond(() => {
      const number = `new-${inserted++}`
      return send(database, 'insertDocument', { data: [JSON.stringify({ ...template, _id: number, number })] })
    }),
    'single updates': await perSecond(run => send(database, 'modifyDocument', paid(run))),
    'transactions of 3 updates': await perSecond(async (run) => {
      const { transactionId } = await send(database, 'startTransaction', {})
      for (const part of [0, 1, 2]) await send(database, 'modifyDocument', { ...paid(run * 3 + part), transactionId })
      await send(database, 'commitTransaction', { transactionId })
    }),
  }
}

/** Bytes that are still in use after everything that can be collected was. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed
}

function measureElsewhere(file: string, kind: 'indexed' | 'plain'): Findings {
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), String(COUNT), file, kind]
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error(`Measuring ${kind} failed.`)
  return JSON.parse(stdout) as Findings
}

function print(indexed: Findings, plain: Findings, bytes: number): void {
  const row = (...cells: string[]): void => console.log(cells.map((cell, place) => place === 0 ? cell.padEnd(34) : cell.padStart(14)).join(''))
  console.log(`\n${COUNT} orders, ${Math.round(bytes / COUNT)} bytes each in the file; Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
  row('query', 'indexed ms', 'scanned ms', 'ratio')
  for (const [place, { name }] of CASES.entries()) {
    const [fast = 0, slow = 0] = [indexed.medians[place], plain.medians[place]]
    row(name, fast.toFixed(3), slow.toFixed(1), `1 : ${Math.round(slow / fast)}`)
  }
  console.log()
  row('writes', 'a second')
  for (const [kind, rate] of Object.entries(indexed.writes)) row(kind, String(Math.round(rate)))
  console.log()
  row('opening', 'seconds', 'heap MB')
  row(`with ${ORDER_INDEXES.length + 1} indexes`, indexed.openSeconds.toFixed(2), String(Math.round(indexed.heapMegabytes)))
  row('with the index of _id', plain.openSeconds.toFixed(2), String(Math.round(plain.heapMegabytes)))
}

const [, , , givenFile, kind] = process.argv
if (givenFile && existsSync(givenFile)) {
  console.log(JSON.stringify(await measure(givenFile, kind === 'indexed')))
} else {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const files = { indexed: join(folder, 'indexed.db'), plain: join(folder, 'plain.db') }
  await fill(files.indexed, true)
  await fill(files.plain, false)
  print(measureElsewhere(files.indexed, 'indexed'), measureElsewhere(files.plain, 'plain'), (await stat(files.indexed)).size)
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
