import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Client, isPending } from './client.ts'

const CONFLICT = 'DATABASE_TRANSACTION_CONFLICT'
const GONE = 'DATABASE_TRANSACTION_FAIL'
/** For the tests of the limit alone; everywhere else a slow machine must not end a transaction. */
const LIMIT_MS = 120

let client: Client

async function openWithItems(options: { transactionLimitMs?: number } = {}): Promise<Client> {
  const opened = await Client.open(options, {
    collections: [{ name: 'items', indexes: [{ name: 'phone', unique: true, keys: [{ field: 'phone', direction: 'asc' }] }] }],
  })
  await opened.insert([{ _id: 'a', n: 1, phone: 1 }, { _id: 'b', n: 1, phone: 2 }])
  return opened
}

async function openImpatient(): Promise<void> {
  await client.database.close()
  client = await openWithItems({ transactionLimitMs: LIMIT_MS })
}

beforeEach(async () => { client = await openWithItems() })

afterEach(() => client.database.close())

describe('a snapshot', () => {
  test('shows the state of the start, whatever others write, insert and remove', async () => {
    const transaction = await client.begin()
    await client.update({ _id: 'a' }, { $set: { n: 9 } })
    await client.insert({ _id: 'c', n: 1, phone: 3 })
    await client.remove({ _id: 'b' })
    expect(await transaction.find({ n: 1 }, { order: { _id: 1 } })).toMatchObject([{ _id: 'a', n: 1 }, { _id: 'b', n: 1 }])
    expect(await client.find({}, { order: { _id: 1 } })).toMatchObject([{ _id: 'a', n: 9 }, { _id: 'c', n: 1 }])
  })

  test('shows the transaction its own writes and nobody else, until it commits', async () => {
    const transaction = await client.begin()
    await transaction.update({ _id: 'a' }, { $inc: { n: 1 } })
    await transaction.insert({ _id: 'c', n: 5, phone: 3 })
    await transaction.remove({ _id: 'b' })
    expect(await transaction.find({}, { order: { n: 1 } })).toMatchObject([{ _id: 'a', n: 2 }, { _id: 'c', n: 5 }])
    expect(await client.find({}, { order: { _id: 1 } })).toMatchObject([{ _id: 'a', n: 1 }, { _id: 'b', n: 1 }])
    expect(await transaction.commit()).toMatchObject({ committed: 1 })
    expect(await client.find({}, { order: { _id: 1 } })).toMatchObject([{ _id: 'a', n: 2 }, { _id: 'c', n: 5 }])
  })

  test('of an older transaction survives the commits of younger ones', async () => {
    const old = await client.begin()
    for (let round = 0; round < 3; round++) {
      const young = await client.begin()
      await young.update({ _id: 'a' }, { $inc: { n: 1 } })
      await young.commit()
    }
    expect(await old.get('a')).toMatchObject({ n: 1 })
    expect(await client.get('a')).toMatchObject({ n: 4 })
  })
})

describe('two writers', () => {
  test('of one document: the second transaction conflicts at once and the first commits', async () => {
    const [first, second] = [await client.begin(), await client.begin()]
    await first.update({ _id: 'a' }, { $inc: { n: 1 } })
    expect(await second.update({ _id: 'a' }, { $inc: { n: 1 } })).toMatchObject({ code: CONFLICT })
    expect(await first.commit()).toMatchObject({ committed: 1 })
    expect(await client.get('a')).toMatchObject({ n: 2 })
  })

  test('of different documents interleave, even when each read what the other wrote (write skew)', async () => {
    const [first, second] = [await client.begin(), await client.begin()]
    expect(await first.find({ n: 1 })).toHaveLength(2)
    expect(await second.find({ n: 1 })).toHaveLength(2)
    await first.update({ _id: 'a' }, { $set: { n: 0 } })
    await second.update({ _id: 'b' }, { $set: { n: 0 } })
    expect(await first.commit()).toMatchObject({ committed: 1 })
    expect(await second.commit()).toMatchObject({ committed: 1 })
    expect(await client.find({ n: 1 })).toEqual([])
  })

  test('conflict when the other committed after the snapshot', async () => {
    const [first, second] = [await client.begin(), await client.begin()]
    await first.update({ _id: 'a' }, { $inc: { n: 1 } })
    await first.commit()
    expect(await second.update({ _id: 'a' }, { $inc: { n: 1 } })).toMatchObject({ code: CONFLICT })
  })

  test('may follow each other on one document when the first aborted', async () => {
    const [first, second] = [await client.begin(), await client.begin()]
    await first.update({ _id: 'a' }, { $inc: { n: 1 } })
    expect(await first.abort()).toMatchObject({ aborted: 1 })
    await second.update({ _id: 'a' }, { $inc: { n: 10 } })
    expect(await second.commit()).toMatchObject({ committed: 1 })
    expect(await client.get('a')).toMatchObject({ n: 11 })
  })

  test('conflict over one _id, and over one unique key', async () => {
    const [first, second, third] = [await client.begin(), await client.begin(), await client.begin()]
    await first.insert({ _id: 'c', phone: 3 })
    expect(await second.insert({ _id: 'c', phone: 4 })).toMatchObject({ code: CONFLICT })
    expect(await third.insert({ _id: 'd', phone: 3 })).toMatchObject({ code: CONFLICT })
  })

  test('conflict over a unique key that was committed after the snapshot', async () => {
    const transaction = await client.begin()
    await client.insert({ _id: 'c', phone: 3 })
    expect(await transaction.insert({ _id: 'd', phone: 3 })).toMatchObject({ code: CONFLICT })
  })

  test('conflict when the document was removed after the snapshot', async () => {
    const transaction = await client.begin()
    await client.remove({ _id: 'a' })
    expect(await transaction.set('a', { phone: 1 })).toMatchObject({ code: CONFLICT })
  })
})

describe('a plain write', () => {
  test('waits for the transaction that wrote the document, and then writes over its result', async () => {
    const transaction = await client.begin()
    await transaction.update({ _id: 'a' }, { $set: { n: 10 } })
    const plain = client.update({ _id: 'a' }, { $inc: { n: 1 } })
    expect(await isPending(plain)).toBe(true)
    await transaction.commit()
    expect(await plain).toMatchObject({ data: { updated: 1 } })
    expect(await client.get('a')).toMatchObject({ n: 11 })
  })

  test('tests its condition again after the wait', async () => {
    const transaction = await client.begin()
    await transaction.update({ _id: 'a' }, { $set: { n: 0 } })
    const plain = client.update({ _id: 'a', n: { $gte: 1 } }, { $inc: { n: -1 } })
    await transaction.commit()
    expect(await plain).toMatchObject({ data: { updated: 0 } })
  })

  test('goes on when the transaction aborts', async () => {
    const transaction = await client.begin()
    await transaction.update({ _id: 'a' }, { $set: { n: 10 } })
    const plain = client.update({ _id: 'a' }, { $inc: { n: 1 } })
    await transaction.abort()
    expect(await plain).toMatchObject({ data: { updated: 1 } })
    expect(await client.get('a')).toMatchObject({ n: 2 })
  })

  test('goes on when the transaction runs out of time', async () => {
    await openImpatient()
    const transaction = await client.begin()
    await transaction.update({ _id: 'a' }, { $set: { n: 10 } })
    expect(await client.update({ _id: 'a' }, { $inc: { n: 1 } })).toMatchObject({ data: { updated: 1 } })
    expect(await transaction.commit()).toMatchObject({ code: GONE })
    expect(await client.get('a')).toMatchObject({ n: 2 })
  })

  test('of another document does not wait', async () => {
    const transaction = await client.begin()
    await transaction.update({ _id: 'a' }, { $set: { n: 10 } })
    expect(await isPending(client.update({ _id: 'b' }, { $inc: { n: 1 } }))).toBe(false)
  })

  test('after the snapshot makes the transaction\'s own write conflict', async () => {
    const transaction = await client.begin()
    await transaction.get('a')
    await client.update({ _id: 'a' }, { $inc: { n: 1 } })
    expect(await transaction.update({ _id: 'a' }, { $inc: { n: 1 } })).toMatchObject({ code: CONFLICT })
    expect(await transaction.abort()).toMatchObject({ aborted: 1 })
  })

  test('waits for a unique key that an open transaction took, and is then a duplicate', async () => {
    const transaction = await client.begin()
    await transaction.insert({ _id: 'c', phone: 3 })
    const plain = client.insert({ _id: 'd', phone: 3 })
    expect(await isPending(plain)).toBe(true)
    await transaction.commit()
    expect((await plain).message).toContain('E11000')
  })

  test('may take a unique key that an open transaction frees, once that commits', async () => {
    const transaction = await client.begin()
    await transaction.update({ _id: 'a' }, { $set: { phone: 9 } })
    const plain = client.insert({ _id: 'c', phone: 1 })
    expect(await isPending(plain)).toBe(true)
    await transaction.commit()
    expect(await plain).toMatchObject({ data: { insertedIds: ['c'] } })
  })

  test('rejects when the database closes while it waits', async () => {
    const transaction = await client.begin()
    await transaction.update({ _id: 'a' }, { $set: { n: 10 } })
    const plain = client.update({ _id: 'a' }, { $inc: { n: 1 } })
    await client.database.close()
    await expect(plain).rejects.toThrow('closed')
  })
})

describe('the end of a transaction', () => {
  test('that conflicted is reported as a conflict at commit, for callers who swallowed it', async () => {
    const transaction = await client.begin()
    await client.update({ _id: 'a' }, { $inc: { n: 1 } })
    await transaction.update({ _id: 'a' }, { $inc: { n: 1 } })
    expect(await transaction.update({ _id: 'b' }, { $inc: { n: 1 } })).toMatchObject({ code: GONE })
    expect(await transaction.commit()).toMatchObject({ code: CONFLICT })
    expect(await client.get('b')).toMatchObject({ n: 1 })
  })

  test('that failed otherwise leaves nothing of it, and lets others go on', async () => {
    const transaction = await client.begin()
    await transaction.update({ _id: 'b' }, { $inc: { n: 1 } })
    expect((await transaction.insert({ _id: 'a', phone: 5 })).message).toContain('E11000')
    expect(await client.update({ _id: 'b' }, { $inc: { n: 5 } })).toMatchObject({ data: { updated: 1 } })
    expect(await transaction.commit()).toMatchObject({ code: GONE })
    expect(await client.get('b')).toMatchObject({ n: 6 })
  })

  test('comes after the time limit by itself', async () => {
    await openImpatient()
    const transaction = await client.begin()
    await new Promise(resolve => setTimeout(resolve, LIMIT_MS + 30))
    expect(await transaction.update({ _id: 'a' }, { $inc: { n: 1 } })).toMatchObject({ code: GONE })
    expect(await transaction.commit()).toMatchObject({ code: GONE })
    expect((await transaction.abort()).message).toContain('TransactionNotExist')
  })

  test('by the time limit frees everything: who waited goes on, and other transactions may write', async () => {
    await openImpatient()
    const slow = await client.begin()
    await slow.update({ _id: 'a' }, { $set: { n: 10 } })
    await slow.insert({ _id: 'c', phone: 3 })
    const waiting = [client.update({ _id: 'a' }, { $inc: { n: 1 } }), client.insert({ _id: 'd', phone: 3 })]
    expect(await isPending(Promise.race(waiting))).toBe(true)
    expect(await Promise.all(waiting)).toMatchObject([{ data: { updated: 1 } }, { data: { insertedIds: ['d'] } }])
    const next = await client.begin()
    expect(await next.update({ _id: 'a' }, { $inc: { n: 1 } })).toMatchObject({ data: { updated: 1 } })
    expect(await next.commit()).toMatchObject({ committed: 1 })
    expect(await client.find({}, { order: { _id: 1 } })).toMatchObject([{ _id: 'a', n: 3 }, { _id: 'b', n: 1 }, { _id: 'd', phone: 3 }])
  })

  test('comes once: the id is unknown afterwards', async () => {
    const transaction = await client.begin()
    await transaction.commit()
    expect(await transaction.commit()).toMatchObject({ code: GONE })
    expect(await transaction.find({}).catch(String)).toContain(GONE)
  })

  test('keeps what was inserted and removed again out of the collection', async () => {
    const transaction = await client.begin()
    await transaction.set('c', { phone: 3 })
    await transaction.remove({ _id: 'c' })
    await transaction.commit()
    expect(await client.get('c')).toBeUndefined()
    expect(await client.insert({ _id: 'd', phone: 3 })).toMatchObject({ data: { insertedIds: ['d'] } })
  })

  test('sees duplicates among its own writes, and lets a key move from one document to another', async () => {
    const transaction = await client.begin()
    await transaction.remove({ _id: 'a' })
    expect(await transaction.insert({ _id: 'c', phone: 1 })).toMatchObject({ data: { insertedIds: ['c'] } })
    expect((await transaction.insert({ _id: 'd', phone: 1 })).message).toContain('index: phone dup key: { : 1 }')
  })
})

describe('the words of a refusal are those of the service', () => {
  const conflict = {
    code: CONFLICT, message: '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others.',
  }
  const gone = {
    code: GONE,
    message: '[ResourceUnavailable.TransactionNotExist] Transaction does not exist. Please check your request, '
      + 'but if the problem persists, contact us.',
  }
  const operations: [string, (transaction: Client) => Promise<unknown>][] = [
    ['a read', transaction => transaction.send('getDocument', {})],
    ['a count', transaction => transaction.send('calculateDocument', {})],
    ['an insertion', transaction => transaction.insert({ _id: 'x', phone: 9 })],
    ['an update', transaction => transaction.update({ _id: 'b' }, { $inc: { n: 1 } })],
    ['a replacement', transaction => transaction.set('b', { phone: 9 })],
    ['a removal', transaction => transaction.remove({ _id: 'b' })],
    ['a commit', transaction => transaction.commit()],
    ['an abort', transaction => transaction.abort()],
  ]

  test.each(operations)('of %s after the end', async (_, operation) => {
    const committed = await client.begin()
    await committed.commit()
    expect(await operation(committed)).toMatchObject(gone)
    const aborted = await client.begin()
    await aborted.abort()
    expect(await operation(aborted)).toMatchObject(gone)
    expect(await operation(new Client(client.database, 'nobody'))).toMatchObject(gone)
    expect(await client.find({}, { order: { _id: 1 } })).toMatchObject([{ _id: 'a', n: 1 }, { _id: 'b', n: 1 }])
  })

  test.each(operations.slice(0, 6))('of %s after a conflict, which the commit then reports', async (_, operation) => {
    const transaction = await client.begin()
    await client.update({ _id: 'a' }, { $inc: { n: 1 } })
    expect(await transaction.update({ _id: 'a' }, { $inc: { n: 1 } })).toMatchObject(conflict)
    expect(await operation(transaction)).toMatchObject(gone)
    expect(await transaction.commit()).toMatchObject(conflict)
    expect(await transaction.commit()).toMatchObject(gone)
  })

  test.each([
    ['an update', (transaction: Client) => transaction.update({ _id: 'a' }, { $inc: { n: 1 } })],
    ['a replacement', (transaction: Client) => transaction.set('a', { phone: 1 })],
    ['a removal', (transaction: Client) => transaction.remove({ _id: 'a' })],
    ['an insertion of its code', (transaction: Client) => transaction.insert({ _id: 'x', phone: 11 })],
  ])('of %s of what another open transaction has written', async (_, operation) => {
    const first = await client.begin()
    await first.update({ _id: 'a' }, { $set: { phone: 11 } })
    expect(await operation(await client.begin())).toMatchObject(conflict)
    expect(await first.commit()).toMatchObject({ committed: 1 })
  })
})
