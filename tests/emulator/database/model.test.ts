import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatabaseDeclaration } from '../../../emulator/database/database.ts'
import type { Answer } from './client.ts'
import { Client } from './client.ts'
import type { Change, Filter, Item, Page } from './databaseModel.ts'
import { Model } from './databaseModel.ts'
import { settings } from './propertySettings.ts'

const asc = 'asc' as const
const DECLARATION: DatabaseDeclaration = {
  collections: [{
    name: 'items',
    indexes: [
      { name: 'code', unique: true, keys: [{ field: 'code', direction: asc }] },
      { name: 'kind', keys: [{ field: 'kind', direction: asc }, { field: 'n', direction: 'desc' }] },
      { name: 'tag', keys: [{ field: 'tags', direction: asc }] },
    ],
  }],
}

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const small = fc.integer({ min: -1, max: 4 })
const kind = fc.constantFrom('x', 'y', 'z')
/** What functions store, in all kinds; the SDK does not tell the two zeros apart. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ unit: 'binary' }), fc.double({ noNaN: true }).map(number => number + 0), fc.boolean(), fc.constant(null), fc.date({ noInvalidDate: true }),
  fc.array(fc.integer()), fc.dictionary(fc.constantFrom('p', 'q'), fc.date({ noInvalidDate: true })),
)
const fields = { n: small, kind, tags: fc.array(small, { maxLength: 3 }), code: fc.integer({ min: 1, max: 12 }), extra: value }
const item: fc.Arbitrary<Item> = fc.record({ _id: id, ...fields }, { requiredKeys: ['_id'] })

const condition: fc.Arbitrary<Filter> = fc.record(
  { kinds: fc.uniqueArray(kind, { minLength: 1, maxLength: 2 }), from: small, below: small, tag: small }, { requiredKeys: [] },
)
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ operator: fc.constantFrom('$inc' as const, '$mul' as const, '$max' as const), n: small }),
  fc.record({ operator: fc.constantFrom('$push' as const, '$addToSet' as const, '$pull' as const), tag: small }),
  fc.record({ operator: fc.constant('$unset' as const), field: fc.constantFrom('n' as const, 'kind' as const, 'tags' as const, 'extra' as const) }),
  fc.record({ operator: fc.constant('$set' as const), fields: fc.record({ n: small, kind, extra: value }, { requiredKeys: ['kind'] }) }),
)
const page: fc.Arbitrary<Page> = fc.record({
  order: fc.uniqueArray(fc.tuple(fc.constantFrom('n' as const, 'kind' as const), fc.constantFrom(1 as const, -1 as const)), {
    selector: ([field]) => field, maxLength: 2,
  }),
  skip: fc.nat({ max: 3 }),
  limit: fc.integer({ min: 1, max: 6 }),
})

const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('insert' as const), items: fc.array(item, { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('set' as const), item }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('update' as const), id, change }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('recode' as const), id, code: fields.code }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('conditional update' as const), id, filter: condition, change }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('update all' as const), filter: condition, change }) },
  fc.record({ kind: fc.constant('remove' as const), id }),
  fc.record({ kind: fc.constant('remove all' as const), filter: condition }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('get' as const), filter: condition, page }) },
  fc.record({ kind: fc.constant('count' as const), filter: condition }),
  fc.record({ kind: fc.constantFrom('begin' as const, 'begin' as const, 'commit' as const, 'commit' as const, 'abort' as const) }),
  fc.record({ kind: fc.constant('restart' as const) }),
)

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** One person at a database that is switched off and on again, with or without a transaction. */
class Session {
  #transaction: Client | null = null

  private constructor(private readonly file: string, private client: Client) {}

  static async open(file: string): Promise<Session> {
    return new Session(file, await Client.open({ file }, DECLARATION))
  }

  async perform(operation: Operation): Promise<unknown> {
    const client = this.#transaction ?? this.client
    switch (operation.kind) {
      case 'insert': return written(await client.insert(operation.items as never[]))
      case 'set': return written(await client.set(operation.item._id, withoutId(operation.item)))
      case 'update': return written(await client.update({ _id: operation.id }, operators(operation.change)))
      case 'recode': return written(await client.update({ _id: operation.id }, { $set: { code: operation.code } }))
      case 'conditional update': return written(await client.update({ ...query(operation.filter), _id: operation.id }, operators(operation.change)))
      case 'update all': return written(await client.update(query(operation.filter), operators(operation.change), true))
      case 'remove': return written(await client.remove({ _id: operation.id }))
      case 'remove all': return written(await client.remove(query(operation.filter), true))
      case 'get': return await this.find(operation.filter, operation.page)
      case 'count': return (await client.send('calculateDocument', { query: JSON.stringify(query(operation.filter)) })).data.total
      case 'begin': return await this.#begin()
      case 'commit': case 'abort': return await this.#end(operation.kind)
      case 'restart': return await this.#restart()
    }
  }

  async find(filter: Filter, { order, skip, limit }: Page): Promise<unknown> {
    return await (this.#transaction ?? this.client).find(query(filter), { order: Object.fromEntries([...order, ['_id', 1]]), offset: skip, limit })
  }

  close(): Promise<void> {
    return this.client.database.close()
  }

  async #begin(): Promise<void> {
    this.#transaction ??= await this.client.begin()
  }

  async #end(how: 'commit' | 'abort'): Promise<boolean | undefined> {
    const ending = this.#transaction?.[how]()
    this.#transaction = null
    return ending && (await ending).code === undefined
  }

  async #restart(): Promise<void> {
    await this.close()
    this.#transaction = null
    this.client = await Client.open({ file: this.file }, DECLARATION)
  }
}

function predict(model: Model, operation: Operation): unknown {
  switch (operation.kind) {
    case 'insert': return model.insert(operation.items)
    case 'set': return model.set(operation.item)
    case 'update': return model.update({ id: operation.id }, operation.change)
    case 'recode': return model.update({ id: operation.id }, { operator: '$set', fields: { code: operation.code } })
    case 'conditional update': return model.update({ ...operation.filter, id: operation.id }, operation.change)
    case 'update all': return model.update(operation.filter, operation.change)
    case 'remove': return model.remove({ id: operation.id })
    case 'remove all': return model.remove(operation.filter)
    case 'get': return model.page(operation.filter, operation.page)
    case 'count': return model.find(operation.filter).length
    case 'begin': return model.inTransaction ? undefined : model.begin()
    case 'commit': return model.inTransaction ? model.end('commit') : undefined
    // An abort is accepted after a failure too.
    case 'abort': return model.inTransaction ? (model.end('abort'), true) : undefined
    case 'restart': if (model.inTransaction) model.end('abort')
      return undefined
  }
}

function written({ code, message, data }: Answer): unknown {
  if (code !== undefined) return message?.includes('E11000') ? 'duplicate' : code
  const { insertedIds = [], updated = 0, upsert_id = null, deleted = 0 } = data
  return insertedIds.length + updated + deleted + (upsert_id === null ? 0 : 1)
}

function query({ kinds, from, below, tag }: Filter): Record<string, unknown> {
  const range = { ...(from !== undefined && { $gte: from }), ...(below !== undefined && { $lt: below }) }
  return {
    ...(kinds && { kind: kinds.length === 1 ? kinds[0] : { $in: kinds } }),
    ...(Object.keys(range).length > 0 && { n: range }),
    ...(tag !== undefined && { tags: tag }),
  }
}

function operators(change: Change): Record<string, unknown> {
  switch (change.operator) {
    case '$set': return { $set: change.fields }
    case '$unset': return { $unset: { [change.field]: '' } }
    case '$push': case '$addToSet': case '$pull': return { [change.operator]: { tags: change.tag } }
    default: return { [change.operator]: { n: change.n } }
  }
}

function withoutId({ _id: _, ...rest }: Item): Omit<Item, '_id'> {
  return rest
}

const EVERYTHING: Page = { order: [], skip: 0, limit: 100 }

let folder: string
let files = 0

beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'model-')) })

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))

test('any sequence of operations, with restarts in the middle, does what it does to a map', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 40 }), async (operations) => {
    const session = await Session.open(join(folder, `${files++}.db`))
    const model = new Model()
    for (const operation of [...operations, { kind: 'restart' as const }]) {
      const ends = ['commit', 'abort', 'restart'].includes(operation.kind)
      // After a failure inside a transaction only its end is answered; the tests of transactions look at that.
      if (model.failed && !ends) continue
      const expected = predict(model, operation)
      expect(await session.perform(operation), JSON.stringify(operation)).toEqual(expected)
      if (!model.failed) expect(await session.find({}, EVERYTHING)).toEqual(model.page({}, EVERYTHING))
    }
    await session.close()
  }), settings(100))
})

test('adding to a set leaves the doubles that are already there, and adds although there are some', async () => {
  const client = await Client.open()
  await client.insert({ _id: 'a', tags: [3, 3] })
  expect(await client.update({ _id: 'a' }, { $addToSet: { tags: { $each: [0, 3, 0] } } })).toMatchObject({ data: { updated: 1 } })
  expect(await client.get('a')).toMatchObject({ tags: [3, 3, 0] })
  await client.database.close()
})

test('zero times a negative number is the zero that it was, so nothing changes', async () => {
  const client = await Client.open()
  await client.insert({ _id: 'a', n: 0 })
  expect(await client.update({ _id: 'a' }, { $mul: { n: -1 } })).toMatchObject({ data: { updated: 0 } })
  expect(await client.get('a')).toEqual({ _id: 'a', n: 0 })
  await client.database.close()
})
