import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndexDeclaration } from '../../../emulator/database/database.ts'
import { Client } from './client.ts'
import type { Cloud, CloudDatabase } from './sdkClient.ts'
import { openCloud, SDKS } from './sdkClient.ts'

const MEGABYTE = 1024 * 1024

/** An object within objects; the document around it counts as well. */
function nested(levels: number): object {
  return Array.from({ length: levels - 1 }).reduce<object>(inner => ({ a: inner }), {})
}

function indexNamed(name: string): IndexDeclaration {
  return { name, keys: [{ field: name, direction: 'asc' }] }
}

describe.each(SDKS)('a function with %s', (sdk) => {
  let cloud: Cloud
  let db: CloudDatabase

  beforeAll(async () => {
    cloud = await openCloud(sdk, { collections: [{ name: 'goods' }] })
    db = cloud.db
  })

  afterAll(() => cloud.close())

  const refused = (reason: string) => ({ errCode: -502001, errMsg: expect.stringContaining(reason) as string })

  test('stores documents 100 levels deep, and none that goes deeper', async () => {
    await db.collection('goods').add({ data: { _id: 'deep', a: nested(99) } })
    await expect(db.collection('goods').add({ data: { a: nested(100) } })).rejects.toMatchObject(refused('depth of 100'))
    await expect(db.collection('goods').doc('deep').update({ data: { b: [[nested(98)]] } })).rejects.toMatchObject(refused('depth of 100'))
  })

  test.each<[string, object, string]>([
    ['that begins with $', { $set: 1 }, 'The dollar ($) prefixed field \'$set\''],
    ['that begins with $, further in', { a: [{ b: { $gt: 1 } }] }, 'The dollar ($) prefixed field \'$gt\' in \'a.0.b.$gt\''],
    ['that is empty', { '': 1 }, 'An empty field name'],
  ])('cannot store a field %s', async (_, data, reason) => {
    await expect(db.collection('goods').add({ data })).rejects.toMatchObject(refused(reason))
    await expect(db.collection('goods').doc('other').set({ data })).rejects.toMatchObject(refused(reason))
  })

  test('cannot store a field with a null byte', async () => {
    await expect(db.collection('goods').add({ data: { 'a\0b': 1 } })).rejects.toMatchObject({ errCode: -501007 })
    await expect(db.collection('goods').doc('other').update({ data: { 'a\0b': 1 } })).rejects.toMatchObject({ errCode: -501007 })
  })

  test('cannot give a document a list as its id', async () => {
    await expect(db.collection('goods').add({ data: { _id: [1] } })).rejects.toMatchObject(refused('cannot be of type array'))
  })

  test.each(['', 'a b', '_a', '-a', 'a.b', '$a', '名', 'x'.repeat(65)])('cannot create a collection named %j', async (name) => {
    await expect(db.createCollection(name)).rejects.toThrow(/collection name|must be a string/)
  })

  test('creates collections, and each once', async () => {
    await db.createCollection('Orders-2024_a')
    await expect(db.createCollection('Orders-2024_a')).rejects.toThrow('Table exist: Orders-2024_a')
  })

  test('gets an error from a collection that does not exist, reading and writing', async () => {
    const missing = { errCode: -502005 }
    const nope = db.collection('nope')
    await expect(nope.where({}).get()).rejects.toMatchObject(missing)
    await expect(nope.where({}).count()).rejects.toMatchObject(missing)
    await expect(nope.add({ data: {} })).rejects.toMatchObject(missing)
    await expect(nope.doc('a').set({ data: { n: 1 } })).rejects.toMatchObject(missing)
    await expect(nope.where({ n: 1 }).update({ data: { n: 1 } })).rejects.toMatchObject(missing)
    await expect(nope.where({ n: 1 }).remove()).rejects.toMatchObject(missing)
    await expect(nope.aggregate().match({}).end()).rejects.toThrow('Db or Table not exist: nope')
  })

  test('gets 100 documents unless it asks, and at most 1000', async () => {
    await cloud.database.declare({ collections: [{ name: 'crowd' }] })
    await cloud.database.answer({ action: 'database.insertDocument', collectionName: 'crowd', data: Array.from({ length: 1_050 }, () => '{}') })
    const crowd = db.collection('crowd')
    expect((await crowd.get()).data).toHaveLength(100)
    expect((await crowd.where({}).limit(5_000).get()).data).toHaveLength(1_000)
    expect(await crowd.count()).toMatchObject({ total: 1_050 })
  })
})

test('a document of nearly 16 MB is stored, and none that is larger or grows so', async () => {
  const client = await Client.open()
  expect(await client.insert({ _id: 'large', text: 'x'.repeat(16 * MEGABYTE - 1_000) })).not.toHaveProperty('code')
  const tooLarge = { code: 'DATABASE_REQUEST_FAILED', message: expect.stringContaining('BSONObjectTooLarge') as string }
  expect(await client.insert({ text: '包'.repeat(6 * MEGABYTE) })).toMatchObject(tooLarge)
  expect(await client.update({ _id: 'large' }, { $set: { more: 'x'.repeat(2_000) } })).toMatchObject(tooLarge)
  expect(await client.set('large', { text: 'x'.repeat(17 * MEGABYTE) })).toMatchObject(tooLarge)
})

test('a collection has at most 20 indexes', async () => {
  const client = await Client.open({}, { collections: [{ name: 'items', indexes: Array.from({ length: 20 }, (_, n) => indexNamed(`i${n}`)) }] })
  const declare = (index: IndexDeclaration) => client.database.declare({ collections: [{ name: 'items', indexes: [index] }] })
  await expect(declare(indexNamed('i20'))).rejects.toThrow('at most 20 indexes')
  await declare(indexNamed('i7'))
})

test('an index needs fields, and a geographic one cannot be unique', async () => {
  const client = await Client.open()
  const declare = (index: IndexDeclaration) => client.database.declare({ collections: [{ name: 'items', indexes: [index] }] })
  await expect(declare({ name: 'empty', keys: [] })).rejects.toThrow('needs a field')
  await expect(declare({ name: 'geo', unique: true, keys: [{ field: 'at', direction: '2dsphere' }] })).rejects.toThrow('both unique and 2dsphere')
})

describe('an index of two fields', () => {
  const both: IndexDeclaration = { name: 'both', unique: true, keys: [{ field: 'list.a', direction: 'asc' }, { field: 'list.b', direction: 'asc' }] }
  const apart: IndexDeclaration = { name: 'apart', keys: [{ field: 'a', direction: 'asc' }, { field: 'b', direction: 'asc' }] }

  test('refuses a document with arrays in both', async () => {
    const client = await Client.open({}, { collections: [{ name: 'items', indexes: [apart] }] })
    expect((await client.insert({ a: [1], b: [2] })).message).toContain('cannot index parallel arrays')
    expect(await client.insert({ _id: 'x', a: [1, 2], b: 3 })).not.toHaveProperty('code')
    expect((await client.update({ _id: 'x' }, { $set: { b: [3] } })).message).toContain('cannot index parallel arrays')
    expect(await client.get('x')).toEqual({ _id: 'x', a: [1, 2], b: 3 })
  })

  test('takes fields of one array element by element', async () => {
    const client = await Client.open({}, { collections: [{ name: 'items', indexes: [both] }] })
    await client.insert({ _id: 'x', list: [{ a: 1, b: 2 }, { a: 3, b: 4 }] })
    expect(await client.insert({ list: [{ a: 1, b: 4 }] })).not.toHaveProperty('code')
    expect((await client.insert({ list: { a: 3, b: 4 } })).message).toContain('E11000')
  })
})

test('an empty array and null are different keys, and an array is no key of its own', async () => {
  const client = await Client.open({}, { collections: [{ name: 'items', indexes: [{ ...indexNamed('a'), unique: true }] }] })
  await client.insert([{ _id: 1, a: [] }, { _id: 2 }, { _id: 3, a: [1, 2] }])
  expect((await client.insert({ a: [] })).message).toContain('E11000')
  expect((await client.insert({ a: [null] })).message).toContain('E11000')
  expect(await client.insert({ _id: 4, a: [[1, 2]] })).not.toHaveProperty('code')
})
