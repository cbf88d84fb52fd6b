import { ObjectId } from 'bson'
import { beforeEach, expect, test } from 'vitest'
import { Client } from './client.ts'

let client: Client

beforeEach(async () => {
  client = await Client.open()
})

test.each([
  ['addCollection', { collectionName: 'items' }, 'DATABASE_COLLECTION_ALREADY_EXIST'],
  ['insertDocument', { collectionName: 'nope', data: ['{}'] }, 'DATABASE_COLLECTION_NOT_EXIST'],
  ['getDocument', { collectionName: 'nope' }, 'DATABASE_COLLECTION_NOT_EXIST'],
  ['calculateDocument', { collectionName: 'nope' }, 'DATABASE_COLLECTION_NOT_EXIST'],
  ['modifyDocument', { collectionName: 'nope', data: '{}', upsert: true }, 'DATABASE_COLLECTION_NOT_EXIST'],
  ['removeDocument', { collectionName: 'nope' }, 'DATABASE_COLLECTION_NOT_EXIST'],
  ['aggregateDocuments', { collectionName: 'nope', stages: [] }, 'DATABASE_COLLECTION_NOT_EXIST'],
  ['getDocument', { query: '{"n":{"$near":1}}' }, 'DATABASE_REQUEST_FAILED'],
  ['aggregateDocuments', { stages: [{ stageKey: '$out', stageValue: '"items"' }] }, 'DATABASE_REQUEST_FAILED'],
  ['getDocument', { query: '{"$where":"true"}' }, 'DATABASE_REQUEST_FAILED'],
  ['getDocument', { query: 'no json' }, 'INVALID_PARAM'],
  ['getDocument', { query: '{"n":{"$regularExpression":{"pattern":"(","options":""}}}' }, 'DATABASE_REQUEST_FAILED'],
  ['getDocument', { limit: -1 }, 'INVALID_PARAM'],
  ['getDocument', { collectionName: 7 }, 'INVALID_PARAM'],
  ['dropEverything', {}, 'INVALID_PARAM'],
])('%s of %j answers %s', async (action, fields, code) => {
  await client.insert({ n: 1 })
  expect(await client.send(action, fields)).toMatchObject({ code })
})

test('a query returns 100 documents unless told, and at most 1000', async () => {
  await client.insert(Array.from({ length: 1_100 }, (_, n) => ({ _id: `d${n}` })))
  expect(await client.find({})).toHaveLength(100)
  expect(await client.find({}, { limit: 5_000 })).toHaveLength(1_000)
  expect(await client.find({}, { limit: 5_000, offset: 200 })).toHaveLength(900)
  expect((await client.send('calculateDocument', {})).data.total).toBe(1_100)
})

test('sorting goes by type first, arrays by their least or greatest element, and ties keep their order', async () => {
  const values = [new Date(0), true, 'text', [5, 1], 3, null, { a: 1 }, undefined, 'Text']
  await client.insert(values.map((value, place) => value === undefined ? { _id: place } : { _id: place, value }))
  const ids = async (direction: 1 | -1) => (await client.find({}, { order: { value: direction } })).map(({ _id }) => _id)
  expect(await ids(1)).toEqual([5, 7, 3, 4, 8, 2, 6, 1, 0])
  expect(await ids(-1)).toEqual([0, 1, 6, 2, 8, 3, 4, 5, 7])
})

test('a projection does not touch the stored document', async () => {
  await client.insert({ _id: 'a', secret: { key: 1, rest: 2 } })
  expect(await client.find({}, { projection: { 'secret.key': 0 } })).toEqual([{ _id: 'a', secret: { rest: 2 } }])
  expect(await client.get('a')).toEqual({ _id: 'a', secret: { key: 1, rest: 2 } })
})

test('an aggregation does not touch the stored documents, nor those it looks up', async () => {
  await client.insert({ _id: 'a', deep: { n: 1 }, list: [{ n: 1 }] })
  const { data } = await client.aggregate(
    { $addFields: { 'deep.n': 5, 'list.n': 5 } },
    { $lookup: { from: 'items', pipeline: [{ $addFields: { 'deep.n': 7 } }], as: 'others' } },
  )
  expect(String(data.list[0])).toContain('"others":[{')
  expect(await client.get('a')).toEqual({ _id: 'a', deep: { n: 1 }, list: [{ n: 1 }] })
})

test('a lookup in a collection that does not exist finds nothing', async () => {
  await client.insert({ _id: 'a' })
  const { data } = await client.aggregate({ $lookup: { from: 'nope', localField: '_id', foreignField: 'x', as: 'found' } })
  expect(data.list).toEqual(['{"_id":"a","found":[]}'])
})

test('numbers and strings are different ids', async () => {
  await client.insert([{ _id: 1 }, { _id: '1' }])
  expect((await client.insert({ _id: 1 })).message).toContain('dup key: { : 1 }')
  expect(await client.find({ _id: 1 })).toEqual([{ _id: 1 }])
})

test('ids of MongoDB are found by their value, and sort after text and before truth values', async () => {
  const [first, second] = ['00000000000000000000000a', '00000000000000000000000b'].map(hex => new ObjectId(hex))
  await client.insert([{ _id: second, v: true }, { _id: first, v: first }, { _id: 'x', v: 'text' }, { _id: 'y', v: second }])
  expect(await client.find({ _id: first })).toEqual([{ _id: first, v: first }])
  expect(await client.find({ v: { $in: [second, 'none'] } })).toMatchObject([{ _id: 'y' }])
  expect((await client.find({}, { order: { v: 1 } })).map(({ v }) => v)).toEqual(['text', first, second, true])
  expect((await client.insert({ _id: first })).message).toContain('E11000')
})

test('a date that is none is no request', async () => {
  expect(await client.send('insertDocument', { data: ['{"at":{"$date":"soon"}}'] })).toMatchObject({ code: 'INVALID_PARAM' })
})

test('a field named __proto__ is only a field', async () => {
  await client.send('insertDocument', { data: ['{"_id":"a","__proto__":{"polluted":true}}'] })
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect(await client.find({ polluted: true })).toEqual([])
})

test('a nested field named __proto__ lends its fields to nobody', async () => {
  await client.send('insertDocument', { data: ['{"_id":"a","inner":{"__proto__":{"polluted":true}}}'] })
  expect(await client.find({ 'inner.polluted': true })).toEqual([])
  const [found] = await client.find({ _id: 'a' })
  expect((found?.inner as { polluted?: boolean }).polluted).toBeUndefined()
})
