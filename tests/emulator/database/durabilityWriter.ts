import { writeSync } from 'node:fs'
import type { DatabaseDeclaration } from '../../../emulator/database/database.ts'
import type { Answer } from './client.ts'
import { Client } from './client.ts'
import { seededRandom } from '../../../bench/seededRandom.ts'

/** Accounts whose money moves in transactions, the entries of those moves, counters that count up, and a fleet that turns as one. */
export const DECLARATION: DatabaseDeclaration = {
  collections: [
    { name: 'accounts' },
    { name: 'counters' },
    { name: 'fleet' },
    {
      name: 'entries',
      indexes: [
        { name: 'code', unique: true, keys: [{ field: 'code', direction: 'asc' }] },
        { name: 'from', keys: [{ field: 'from', direction: 'asc' }, { field: 'amount', direction: 'desc' }] },
      ],
    },
    { name: 'ghosts' },
  ],
}

export const ACCOUNTS = ['a', 'b', 'c', 'd']
/** How many documents one plain write changes: many, so that a kill is likely to hit the middle of the commit. */
export const SHIPS = 30
/** How many loops acknowledge something, each one thing at a time. */
export const LOOPS = 5
/** Closing and opening again is rare, but must be hit by kills too. */
const REOPENINGS = 0.02

/**
 * Writes until it is killed. A line `<what> <mark>` says that something was acknowledged.
 *
 * Several loops share one database, as the calls of many functions do; `turn` lets them take turns.
 */
class Writer {
  #number = 0
  #busy = 0
  #reopening: Promise<void> | null = null

  constructor(
    private client: Client, private readonly file: string, private readonly prefix: string, private readonly random: () => number,
  ) {}

  async run(): Promise<void> {
    const deeds = [
      () => this.#move(), () => this.#move(), () => this.#count(), () => this.#pair(), () => this.#steer(), () => this.#haunt(),
    ]
    await Promise.all(deeds.map(deed => this.#forever(deed)))
  }

  async #forever(deed: () => Promise<void>): Promise<never> {
    for (;;) {
      await this.#reopening
      this.#busy++
      await deed()
      this.#busy--
      await turn()
      if (this.#busy === 0 && this.random() < REOPENINGS) await (this.#reopening ??= this.#reopen())
    }
  }

  async #reopen(): Promise<void> {
    await this.client.database.close()
    this.client = await Client.open({ file: this.file }, DECLARATION)
    this.#reopening = null
  }

  /** Moves money between two accounts and notes that, in three documents of one transaction. */
  async #move(): Promise<void> {
    const mark = this.#mark()
    const [from, to, amount] = [this.#account(), this.#account(), Math.ceil(this.random() * 9)]
    const transaction = await this.client.begin()
    const writes = [
      () => transaction.send('modifyDocument', change('accounts', from, { $inc: { money: -amount } })),
      () => transaction.send('modifyDocument', change('accounts', to, { $inc: { money: amount } })),
      () => transaction.insert({ _id: mark, code: mark, from, to, amount }, 'entries'),
    ]
    for (const write of writes) {
      await turn()
      if (isConflict(await write())) return void await transaction.abort()
    }
    if (!isConflict(await transaction.commit())) acknowledge('move', mark)
  }

  async #count(): Promise<void> {
    const mark = this.#mark()
    refuseFailure(await this.client.send('modifyDocument', change('counters', this.#account(), { $inc: { n: 1 }, $push: { marks: mark } })))
    acknowledge('count', mark)
  }

  /** Two documents of one plain request. */
  async #pair(): Promise<void> {
    const mark = this.#mark()
    refuseFailure(await this.client.insert([1, 2].map(part => ({ _id: `${mark}-${part}`, code: `${mark}-${part}`, pair: mark })), 'entries'))
    acknowledge('pair', mark)
  }

  async #steer(): Promise<void> {
    const mark = this.#mark()
    refuseFailure(await this.client.send('modifyDocument', { ...change('fleet', '', { $set: { mark } }), query: '{}', multi: true }))
    acknowledge('steer', mark)
  }

  /** Writes in a transaction that is never committed. */
  async #haunt(): Promise<void> {
    const transaction = await this.client.begin()
    refuseFailure(await transaction.insert({ _id: this.#mark() }, 'ghosts'))
    for (let turns = 0; turns < 5; turns++) await turn()
    await transaction.abort()
  }

  #mark(): string {
    return `${this.prefix}-${this.#number++}`
  }

  #account(): string {
    return ACCOUNTS[Math.floor(this.random() * ACCOUNTS.length)] ?? 'a'
  }
}

function change(collectionName: string, id: string, operators: object): Record<string, unknown> {
  return { collectionName, query: JSON.stringify({ _id: id }), data: JSON.stringify(operators), multi: false, merge: true, upsert: false }
}

function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

function isConflict(answer: Answer): boolean {
  if (answer.code === 'DATABASE_TRANSACTION_CONFLICT') return true
  refuseFailure(answer)
  return false
}

function refuseFailure({ code, message }: Answer): void {
  if (code !== undefined) throw new Error(`${code}: ${message}`)
}

function acknowledge(what: string, mark: string): void {
  writeSync(1, `${what} ${mark}\n`)
}

/** Opens a file and writes into it until the process is killed. */
export async function writeForever(file: string, prefix: string, seed: number): Promise<void> {
  const client = await Client.open({ file }, DECLARATION)
  for (const _id of ACCOUNTS) {
    await client.insert({ _id, money: 0 }, 'accounts')
    await client.insert({ _id, n: 0, marks: [] }, 'counters')
  }
  await client.insert(Array.from({ length: SHIPS }, (_, ship) => ({ _id: `ship${ship}` })), 'fleet')
  acknowledge('ready', prefix)
  await new Writer(client, file, prefix, seededRandom(seed)).run()
}
