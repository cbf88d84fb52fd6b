import fc from 'fast-check'
import { vi } from 'vitest'
import type { Answer } from './client.ts'
import { Client } from './client.ts'
import type { Event, Filter, Item, Outcome, State, Write } from './isolationHistory.ts'

/** The limit that the database has unless told. */
export const LIMIT_MS = 30_000
const IDS = ['a', 'b', 'c', 'd', 'e']
const CODES = [1, 2, 3, 4, 5, 6, 7, 8, 9]

export const BEGINNING: State = {
  a: { code: 1, marks: [] }, b: { code: 2, marks: [] }, c: { code: 3, marks: [] }, d: { code: 4, marks: [] },
}

const CONFLICT = '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others.'
const GONE = '[ResourceUnavailable.TransactionNotExist] Transaction does not exist. Please check your request, '
  + 'but if the problem persists, contact us.'

/** One thing that an actor does. */
export type Deed =
  | { kind: 'begin' | 'commit' | 'abort' }
  | { kind: 'read', filter: Filter }
  | { kind: 'write' | 'plain', write: Write }

export interface Schedule {
  /** What each actor does, one deed after the other. */
  programs: Deed[][]
  /** Whose turn it is; `limit` lets the time limit of all transactions pass. */
  turns: (number | 'limit')[]
}

/** Inside a transaction functions write single documents only. */
const KINDS = ['insert', 'append', 'append', 'append', 'append', 'appendIf', 'recode', 'replace', 'remove'] as const

const writeOf = (...kinds: Write['kind'][]): fc.Arbitrary<Write> => fc.record({
  kind: fc.constantFrom(...kinds),
  id: fc.constantFrom(...IDS),
  code: fc.constantFrom(...CODES),
  mark: fc.constant(0),
})

const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant({}),
  fc.record({ id: fc.constantFrom(...IDS) }),
  fc.record({ code: fc.constantFrom(...CODES) }),
)

const inside: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), filter }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('write' as const), write: writeOf(...KINDS) }) },
)

const transaction: fc.Arbitrary<Deed[]> = fc.tuple(
  fc.array(inside, { minLength: 1, maxLength: 5 }),
  fc.constantFrom('commit' as const, 'commit' as const, 'commit' as const, 'abort' as const),
).map(([deeds, kind]) => [{ kind: 'begin' }, ...deeds, { kind }])

const plain: fc.Arbitrary<Deed[]> = writeOf(...KINDS, 'appendAll').map(write => [{ kind: 'plain', write }])

const program: fc.Arbitrary<Deed[]> = fc.array(fc.oneof({ weight: 2, arbitrary: transaction }, plain), { minLength: 2, maxLength: 6 })
  .map(parts => parts.flat())

/** Three to five actors, who take turns in any order. */
export const schedule: fc.Arbitrary<Schedule> = fc.array(program, { minLength: 3, maxLength: 5 }).chain(programs => fc.record({
  programs: fc.constant(programs),
  turns: fc.array(
    fc.oneof({ weight: 80, arbitrary: fc.nat({ max: programs.length - 1 }) }, fc.constant('limit' as const)),
    { minLength: 40, maxLength: 120 },
  ),
}))

/** A database with a unique index on `code`, as the schedules need it. */
export async function openBeginning(): Promise<Client> {
  const client = await Client.open({}, {
    collections: [{ name: 'items', indexes: [{ name: 'code', unique: true, keys: [{ field: 'code', direction: 'asc' }] }] }],
  })
  for (const [id, item] of Object.entries(BEGINNING)) await client.insert({ _id: id, ...item })
  return client
}

/**
 * Lets the actors take their steps on a real database, and writes down what happens.
 *
 * The database does all that it can do about one request before it takes the next, so the order in which requests come in
 * is all that concurrency can change; waiting plain writes stay open while the other actors go on. Needs fake timers for
 * `setTimeout`, since the time limit passes when the schedule says so.
 */
export class Stage {
  readonly history: Event[] = []
  readonly #transactions = new Map<number, { name: string, client: Client }>()
  readonly #waiting = new Map<number, number>()
  #marks = 0
  #begun = 0

  constructor(private readonly client: Client) {}

  /** Takes all turns and ends what is still open. Everything that is committed is looked at after each turn. */
  async play({ programs, turns }: Schedule): Promise<Event[]> {
    const left = programs.map(program => [...program])
    for (const turn of turns) {
      if (turn === 'limit') this.#passLimit()
      else if (!this.#waiting.has(turn)) await this.#act(turn, left[turn]?.shift())
      await this.#look()
    }
    for (const actor of [...this.#transactions.keys()]) {
      await this.#act(actor, { kind: 'abort' })
      await this.#look()
    }
    return this.history
  }

  async #act(actor: number, deed: Deed | undefined): Promise<void> {
    if (deed?.kind === 'begin') await this.#begin(actor)
    if (deed?.kind === 'plain') this.#writeAtOnce(actor, deed.write)
    const open = this.#transactions.get(actor)
    if (!open) return
    const { name: by, client } = open
    if (deed?.kind === 'read') this.history.push({ kind: 'read', by, filter: deed.filter, saw: await seen(client, deed.filter) })
    if (deed?.kind === 'write') {
      const write = { ...deed.write, mark: ++this.#marks }
      this.history.push({ kind: 'write', by, write, outcome: outcomeOf(await send(client, write)) })
    }
    if (deed?.kind === 'commit') this.history.push({ kind: 'commit', by, outcome: endOf(await client.commit()) })
    if (deed?.kind === 'abort') this.history.push({ kind: 'abort', by, outcome: endOf(await client.abort()) })
    if (deed?.kind === 'commit' || deed?.kind === 'abort') this.#transactions.delete(actor)
  }

  async #begin(actor: number): Promise<void> {
    const name = `t${++this.#begun}`
    this.#transactions.set(actor, { name, client: await this.client.begin() })
    this.history.push({ kind: 'begin', by: name })
  }

  #writeAtOnce(actor: number, write: Write): void {
    const mark = ++this.#marks
    const marked = { ...write, mark }
    this.history.push({ kind: 'ask', write: marked })
    this.#waiting.set(actor, mark)
    const note = (answer: Answer): void => {
      this.#waiting.delete(actor)
      this.history.push({ kind: 'answer', mark, outcome: outcomeOf(answer) })
    }
    void send(this.client, marked).then(note)
  }

  #passLimit(): void {
    vi.advanceTimersByTime(LIMIT_MS)
    this.history.push({ kind: 'limit' })
  }

  /** Waits until nobody has anything left to do, and then looks at everything that is committed. */
  async #look(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve))
    this.history.push({ kind: 'read', filter: {}, saw: await seen(this.client, {}) })
  }
}

function send(client: Client, { kind, id, code, mark }: Write): Promise<Answer> {
  const $push = { marks: mark }
  switch (kind) {
    case 'insert': return client.insert({ _id: id, code, marks: [mark] })
    case 'replace': return client.set(id, { code, marks: [mark] })
    case 'append': return client.update({ _id: id }, { $push })
    case 'appendIf': return client.update({ _id: id, code }, { $push })
    case 'appendAll': return client.update({}, { $push }, true)
    case 'recode': return client.update({ _id: id }, { $set: { code }, $push })
    case 'remove': return client.remove({ _id: id })
  }
}

async function seen(client: Client, { id, code }: Filter): Promise<State | 'gone'> {
  const query = { ...(id !== undefined && { _id: id }), ...(code !== undefined && { code }) }
  try {
    const found = await client.find(query) as unknown as (Item & { _id: string })[]
    return Object.fromEntries(found.map(({ _id, code, marks }) => [_id, { code, marks }]))
  } catch (failure) {
    if (failure instanceof Error && failure.message === `DATABASE_TRANSACTION_FAIL: ${GONE}`) return 'gone'
    throw failure
  }
}

/** What an answer says. The codes and texts must be those that functions look for, to the letter. */
function outcomeOf({ code, message, data }: Answer): Outcome {
  if (code === 'DATABASE_TRANSACTION_CONFLICT' && message === CONFLICT) return 'conflict'
  if (code === 'DATABASE_TRANSACTION_FAIL' && message === GONE) return 'gone'
  if (code === 'DATABASE_REQUEST_FAILED' && message && DUPLICATE.test(message)) return 'duplicate'
  if (code !== undefined) throw new Error(`Unknown answer ${code}: ${message}`)
  const { insertedIds = [], updated = 0, upsert_id = null, deleted = 0 } = data
  return insertedIds.length + updated + deleted > 0 || upsert_id !== null ? 'written' : 'nothing'
}

function endOf(answer: Answer): 'done' | 'conflict' | 'gone' {
  const outcome = answer.code === undefined ? 'done' : outcomeOf(answer)
  if (outcome === 'done' || outcome === 'conflict' || outcome === 'gone') return outcome
  throw new Error(`A transaction cannot end with ${outcome}.`)
}

const DUPLICATE = new RegExp(
  '^\\[FailedOperation\\] multiple write errors: \\[\\{write errors: \\[\\{E11000 duplicate key error collection: local\\.items '
  + 'index: (_id_|code) dup key: \\{ : ("[a-e]"|[1-9]) \\}\\}\\]\\}, \\{<nil>\\}\\]$',
)
