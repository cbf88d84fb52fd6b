import { EJSON } from 'bson'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IndexDeclaration } from '../../../emulator/database/database.ts'
import { encode } from '../../../emulator/database/ejson.ts'
import { Client } from './client.ts'
import { settings } from './propertySettings.ts'

type Fields = Record<string, unknown>

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const small = fc.integer({ min: 0, max: 3 })
const field = fc.constantFrom('x', 'y')

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
  }), settings(200))
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
  }), settings(80))
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

test('what is written as plain JSON reads as EJSON writes it', () => {
  fc.assert(fc.property(fc.anything({ withDate: true, withNullPrototype: true, maxDepth: 4 }), (value) => {
    expect(encode(value)).toBe(EJSON.stringify(value, { relaxed: true }))
  }), settings(2_000))
})
