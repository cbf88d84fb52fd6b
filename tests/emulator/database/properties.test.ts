import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IndexDeclaration } from '../../../emulator/database/database.ts'
import { Client } from './client.ts'

type Fields = Record<string, unknown>

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const small = fc.integer({ min: 0, max: 3 })
const field = fc.constantFrom('x', 'y')

/** One operation on one document, as the wire and a simple map both understand it. */
const operation = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), id, n: small }),
  fc.record({ kind: fc.constant('set' as const), id, n: small }),
  fc.record({ kind: fc.constant('inc' as const), id, n: small }),
  fc.record({ kind: fc.constant('take' as const), id, n: small }),
  fc.record({ kind: fc.constant('remove' as const), id, n: small }),
)

test('one operation after the other does what it does to a map', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(operation, { maxLength: 30 }), fc.boolean(), async (operations, inTransaction) => {
    const client = await Client.open()
    const writer = inTransaction ? await client.begin() : client
    const model = new Map<string, number>()
    for (const { kind, id, n } of operations) {
      const known = model.get(id)
      // A duplicate would end the transaction, so it is tried outside only.
      if (kind === 'insert' && inTransaction && known !== undefined) continue
      expect(await perform(writer, { kind, id, n })).toBe(predict(model, { kind, id, n }))
    }
    if (inTransaction) await writer.commit()
    expect(await client.find({}, { order: { _id: 1 } })).toEqual([...model].sort().map(([_id, n]) => ({ _id, n })))
    await client.database.close()
  }), { numRuns: 200 })
})

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** How many documents the operation wrote. */
async function perform(client: Client, { kind, id, n }: Operation): Promise<number> {
  switch (kind) {
    case 'insert': return (await client.insert({ _id: id, n })).data?.insertedIds.length ?? 0
    case 'set': return (await client.set(id, { n })).data.updated || 1
    case 'inc': return (await client.update({ _id: id }, { $inc: { n } })).data.updated
    case 'take': return (await client.update({ _id: id, n: { $gte: n } }, { $inc: { n: -n } })).data.updated
    case 'remove': return (await client.remove({ _id: id })).data.deleted
  }
}

function predict(model: Map<string, number>, { kind, id, n }: Operation): number {
  const known = model.get(id)
  if (kind === 'remove') return model.delete(id) ? 1 : 0
  if (kind === 'insert' ? known !== undefined : kind !== 'set' && known === undefined) return 0
  const next = kind === 'inc' ? (known ?? 0) + n : kind === 'take' ? (known ?? 0) - n : n
  if (next < 0 || (kind !== 'set' && next === known)) return 0
  model.set(id, next)
  return 1
}

const value = fc.oneof(small, fc.constantFrom('a', 'b', null, true, {}), fc.array(fc.oneof(small, fc.constantFrom('a', null)), { maxLength: 2 }))
const document = fc.record({ x: value, y: value, z: fc.record({ x: value }) }, { requiredKeys: [] })
const condition = fc.oneof(
  value.filter(wanted => !Array.isArray(wanted)),
  fc.record({ $in: fc.array(small, { maxLength: 3 }) }),
  fc.record({ $gte: small, $lt: small }, { requiredKeys: ['$gte'] }),
  fc.record({ $ne: small }),
  fc.record({ $gt: fc.oneof(small, fc.constantFrom('a', null)) }),
  fc.record({ $lte: fc.oneof(small, fc.constantFrom('a', null)) }),
  fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $eq: value }),
)
const direction = fc.constantFrom('asc' as const, 'desc' as const)
const simple = fc.dictionary(fc.constantFrom('x', 'y', 'z.x'), condition, { maxKeys: 2 })
const query = fc.oneof(
  simple,
  fc.record({ $and: fc.array(simple, { minLength: 1, maxLength: 2 }) }),
  fc.record({ x: condition, $or: fc.array(simple, { minLength: 1, maxLength: 2 }) }, { requiredKeys: ['$or'] }),
)
const order = fc.dictionary(field, fc.constantFrom(1, -1), { maxKeys: 2 })

const indexes: fc.Arbitrary<IndexDeclaration[]> = fc.array(
  fc.uniqueArray(fc.record({ field: fc.constantFrom('x', 'y', 'z.x'), direction }), { selector: key => key.field, minLength: 1, maxLength: 3 }),
  { maxLength: 3 },
).map(keys => keys.map((each, place) => ({ name: `i${place}`, keys: each })))

test('a query finds the same with and without indexes, now and in a snapshot', { timeout: 60_000 }, async () => {
  const writes = fc.array(fc.tuple(id, document), { maxLength: 12 })
  await fc.assert(fc.asyncProperty(writes, writes, indexes, query, order, async (early, late, indexes, query, order) => {
    const plain = await Client.open()
    const indexed = await Client.open({}, { collections: [{ name: 'items', indexes }] })
    const wholeOrder = { ...order, _id: 1 }
    await setAll(plain, indexed, early)
    const before = await plain.find(query, { order: wholeOrder })
    expect(await indexed.find(query, { order: wholeOrder })).toEqual(before)
    const snapshot = await indexed.begin()
    await setAll(plain, indexed, late)
    expect(await indexed.find(query, { order: wholeOrder })).toEqual(await plain.find(query, { order: wholeOrder }))
    expect(await snapshot.find(query, { order: wholeOrder })).toEqual(before)
    expect(await indexed.find(query, { order: wholeOrder, offset: 1, limit: 2 }))
      .toEqual((await plain.find(query, { order: wholeOrder })).slice(1, 3))
    for (const client of [plain, indexed]) await client.database.close()
  }), { numRuns: 200 })
})

/** Makes the same writes to both. An index of two fields refuses documents with arrays in both. */
async function setAll(plain: Client, indexed: Client, writes: [string, Fields][]): Promise<void> {
  for (const [id, fields] of writes) {
    const { message } = await indexed.set(id, fields)
    if (message) expect(message).toContain('parallel arrays')
    else await plain.set(id, fields)
  }
}

const ACCOUNTS = ['a', 'b', 'c']
const BALANCE = 100

/** One step of one of three clerks, who move money between accounts in transactions that overlap in any way. */
const step = fc.record({
  clerk: fc.nat({ max: 2 }),
  deed: fc.constantFrom('move', 'move', 'commit', 'abort'),
  from: fc.constantFrom(...ACCOUNTS),
  to: fc.constantFrom(...ACCOUNTS),
})

test('money that overlapping transactions move is neither made nor lost, and every snapshot adds up', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
    const client = await Client.open()
    await client.insert(ACCOUNTS.map(_id => ({ _id, money: BALANCE })))
    const clerks = new Map<number, Client>()
    for (const { clerk, deed, from, to } of steps) {
      const transaction = clerks.get(clerk) ?? await client.begin()
      clerks.set(clerk, transaction)
      expect(await totalSeenBy(transaction)).toBe(ACCOUNTS.length * BALANCE)
      const ended = deed !== 'move' || await move(transaction, from, to)
      if (deed === 'commit') expect(await transaction.commit()).toMatchObject({ committed: 1 })
      else if (ended) await transaction.abort()
      if (ended) clerks.delete(clerk)
      expect(await totalSeenBy(client)).toBe(ACCOUNTS.length * BALANCE)
    }
    await client.database.close()
  }), { numRuns: 80 })
})

/** True when the transaction is over because it met another. */
async function move(transaction: Client, from: string, to: string): Promise<boolean> {
  const read = async (_id: string) => Number((await transaction.get(_id))?.money)
  if (from === to) return false
  const [left, right] = [await read(from), await read(to)]
  for (const [_id, money] of [[from, left - 1], [to, right + 1]] as const) {
    const { code } = await transaction.set(_id, { money })
    if (code) expect(code).toBe('DATABASE_TRANSACTION_CONFLICT')
    if (code) return true
  }
  return false
}

async function totalSeenBy(client: Client): Promise<number> {
  return (await client.find({})).reduce((total, { money }) => total + Number(money), 0)
}
