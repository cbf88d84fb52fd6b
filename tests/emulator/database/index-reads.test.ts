import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { numberAt, ORDER_INDEXES, orders } from '../../../bench/orders.ts'
import { Collection } from '../../../emulator/database/collection.ts'
import { Client } from './client.ts'

const COUNT = 10_000
const DAY_MS = 86_400_000
const all = [...orders(COUNT)]
const [first] = all
const member = first?.member
const ofMember = all.filter(order => order.member === member).length

type Fields = Record<string, unknown>

let client: Client

beforeAll(async () => {
  client = await Client.open({}, { collections: [{ name: 'items', indexes: ORDER_INDEXES }] })
  await client.insert(all as never[])
})

afterAll(() => client.database.close())

afterEach(() => { vi.restoreAllMocks() })

/** How many documents an operation looks at, and what it gives. */
async function looking<T>(operation: () => Promise<T>): Promise<{ looks: number, result: T }> {
  const spies = [vi.spyOn(Collection.prototype, 'get'), vi.spyOn(Collection.prototype, 'getAt')]
  const result = await operation()
  return { looks: spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0), result }
}

test.each<[string, Fields, { order?: Fields, limit?: number }, number]>([
  ['one order by _id', { _id: numberAt(7_000) }, {}, 1],
  ['an _id that is not there', { _id: 'nobody' }, {}, 0],
  ['the newest 20 of a member', { member }, { order: { createdAtMs: -1 }, limit: 20 }, Math.min(20, ofMember)],
  ['the oldest 3 of a member', { member }, { order: { createdAtMs: 1 }, limit: 3 }, 3],
  ['all of a member', { member }, {}, ofMember],
  [
    'the newest 50 of a status in a range of dates',
    { status: 'done', createdAtMs: { $gte: (first?.createdAtMs ?? 0) + DAY_MS, $lt: (first?.createdAtMs ?? 0) + 3 * DAY_MS } },
    { order: { createdAtMs: -1 }, limit: 50 }, 50,
  ],
  ['the first 50 to be sent from a store', { store: 'store3', status: 'paid' }, { order: { createdAtMs: 1 }, limit: 50 }, 50],
])(`of ${COUNT} orders, reading %s looks at no more than it returns`, async (_, query, options, count) => {
  const { looks, result } = await looking(() => client.find(query, options))
  expect(result).toHaveLength(count)
  expect(looks).toBe(count)
})

test('counting the orders of a member looks at no others', async () => {
  const query = JSON.stringify({ member })
  const { looks, result } = await looking(() => client.send('calculateDocument', { query }))
  expect(result.data.total).toBe(ofMember)
  expect(looks).toBe(ofMember)
})

test('reading by _id in a transaction looks at one order, and at those that others have changed meanwhile', async () => {
  const transaction = await client.begin()
  expect((await looking(() => transaction.get(numberAt(7_000)))).looks).toBe(1)
  await client.update({ _id: numberAt(1) }, { $set: { note: 'changed' } })
  expect((await looking(() => transaction.get(numberAt(7_000)))).looks).toBe(2)
  await transaction.abort()
})

test('updating one order looks at that order alone', async () => {
  const { looks } = await looking(() => client.update({ _id: numberAt(5) }, { $set: { status: 'closed' } }))
  // To find it, to see that nobody else has its _id, and to replace it.
  expect(looks).toBe(3)
})

test('without an index every order is looked at, so that the counts above mean something', async () => {
  const { looks, result } = await looking(() => client.find({ number: numberAt(COUNT - 1) }))
  expect(result).toHaveLength(1)
  expect(looks).toBe(COUNT)
})
