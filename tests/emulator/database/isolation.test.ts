import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Client } from './client.ts'
import type { Violation } from './isolationChecker.ts'
import { judge } from './isolationChecker.ts'
import type { Event, History } from './isolationHistory.ts'
import type { Deed, Schedule } from './isolationSchedule.ts'
import { BEGINNING, LIMIT_MS, openBeginning, schedule, Stage } from './isolationSchedule.ts'
import { settings } from './propertySettings.ts'

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }) })

afterEach(() => { vi.useRealTimers() })

async function play(schedule: Schedule, sabotage: (client: Client) => Client = client => client): Promise<Event[]> {
  const client = await openBeginning()
  const history = await new Stage(sabotage(client)).play(schedule)
  await client.database.close()
  return history
}

test('any interleaving of transactions and plain writes keeps every promise of snapshot isolation', { timeout: 120_000 }, async () => {
  const met = new Map<string, number>()
  await fc.assert(fc.asyncProperty(schedule, async (schedule) => {
    const history = await play(schedule)
    expect(judge(history, BEGINNING)).toEqual([])
    for (const name of namesOf(history)) met.set(name, (met.get(name) ?? 0) + 1)
  }), settings(200))
  // A schedule in which nothing meets proves nothing.
  for (const name of [
    'write conflict', 'write duplicate', 'write gone', 'commit done', 'commit conflict', 'commit gone', 'abort done', 'limit',
    'answer written', 'answer nothing', 'answer duplicate', 'answer after a wait', 'commit of several documents', 'overlapping commits',
  ]) expect(met.get(name) ?? 0, name).toBeGreaterThan(20)
})

/** What happened in a history, for counting. */
function namesOf(history: History): string[] {
  const began = new Map<string, number>()
  const wrote = new Map<string, Set<string>>()
  let commits = 0
  return history.flatMap((event, position) => {
    if (event.kind === 'begin') began.set(event.by, commits)
    if (event.kind === 'write' && event.outcome === 'written') wrote.set(event.by, (wrote.get(event.by) ?? new Set()).add(event.write.id))
    const names = 'outcome' in event ? [`${event.kind} ${event.outcome}`] : [event.kind]
    if (event.kind === 'answer' && history[position - 1]?.kind !== 'ask') names.push('answer after a wait')
    if (event.kind === 'commit' && event.outcome === 'done' && wrote.has(event.by)) {
      if ((wrote.get(event.by)?.size ?? 0) > 1) names.push('commit of several documents')
      if ((began.get(event.by) ?? 0) < commits) names.push('overlapping commits')
      commits++
    }
    return names
  })
}

/** A client that behaves as before but for some of its methods. */
function changed(client: Client, changes: Partial<Client>): Client {
  return Object.assign(Object.create(client) as Client, changes)
}

const WRITTEN = { data: { list: [], total: 0, updated: 1, upsert_id: null, deleted: 0, insertedIds: [] } }

test.each<[string, (client: Client) => Client, string[]]>([
  ['transactions read what is committed now', (client) => {
    return changed(client, { begin: async () => changed(await client.begin(), { find: client.find.bind(client) }) })
  }, ['non-repeatable read', 'read outside the snapshot', 'own write unseen']],
  ['conflicts are kept secret', (client) => {
    return changed(client, { begin: async () => {
      const transaction = await client.begin()
      const update: Client['update'] = async (...write) => ({ ...await transaction.update(...write), code: undefined, ...WRITTEN })
      return changed(transaction, { update })
    } })
  }, ['two writers of one thing', 'write over a later commit']],
  ['a commit forgets everything', (client) => {
    return changed(client, { begin: async () => {
      const transaction = await client.begin()
      return changed(transaction, { commit: async () => ({ ...await transaction.abort(), code: undefined }) })
    } })
  }, ['lost update']],
])('the same interleavings show it when %s', async (_, sabotage, names) => {
  const found: Violation[] = []
  await fc.check(fc.asyncProperty(schedule, async (schedule) => {
    found.push(...judge(await play(schedule, sabotage), BEGINNING))
  }), settings(20))
  expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
})

test('write skew happens: both transactions commit, although each has read what the other wrote', async () => {
  const program = (id: string): Deed[] => [
    { kind: 'begin' }, { kind: 'read', filter: {} }, { kind: 'write', write: { kind: 'append', id, code: 0, mark: 0 } }, { kind: 'commit' },
  ]
  const history = await play({ programs: [program('a'), program('b')], turns: [0, 1, 0, 1, 0, 1, 0, 1] })
  expect(history.filter(({ kind }) => kind === 'commit')).toMatchObject([{ by: 't1', outcome: 'done' }, { by: 't2', outcome: 'done' }])
  expect(history.at(-1)).toMatchObject({ saw: { a: { marks: [1] }, b: { marks: [2] } } })
  expect(judge(history, BEGINNING)).toEqual([])
})

test('a transaction may take all of its thirty seconds, and not a moment more', async () => {
  const client = await openBeginning()
  const [prompt, late] = [await client.begin(), await client.begin()]
  await prompt.update({ _id: 'a' }, { $push: { marks: 1 } })
  await late.update({ _id: 'b' }, { $push: { marks: 2 } })
  vi.advanceTimersByTime(LIMIT_MS - 1)
  expect(await prompt.commit()).toMatchObject({ committed: 1 })
  vi.advanceTimersByTime(1)
  expect(await late.commit()).toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' })
  expect(await client.find({ _id: { $in: ['a', 'b'] } })).toMatchObject([{ marks: [1] }, { marks: [] }])
  await client.database.close()
})
