import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { IndexDeclaration } from '../../../emulator/database/database.ts'
import type { TestEmulator } from '../harness.ts'
import { startTestEmulator } from '../harness.ts'
import { Client } from './client.ts'

type Fields = Record<string, unknown>

const DOCUMENTS = 500
const MEMBERS = 25
const INDEXES: IndexDeclaration[] = [
  { name: 'member_at', keys: [{ field: 'member', direction: 'asc' }, { field: 'at', direction: 'desc' }] },
  { name: 'price', keys: [{ field: 'price', direction: 'asc' }] },
  { name: 'city', keys: [{ field: 'buyer.city', direction: 'asc' }] },
  { name: 'tags', keys: [{ field: 'tags', direction: 'asc' }] },
  { name: 'place', keys: [{ field: 'place', direction: '2dsphere' }] },
]

let client: Client

/** Orders of 25 members, each with 20; half of them have a price as text, and their places are 0.01 degrees apart. */
beforeAll(async () => {
  client = await Client.open({}, { collections: [{ name: 'items', indexes: INDEXES }] })
  await client.insert(Array.from({ length: DOCUMENTS }, (_, n) => ({
    _id: `o${n}`, member: `m${n % MEMBERS}`, at: n, price: n % 2 === 0 ? n : String(n), buyer: { city: `c${n % 50}` }, tags: [`t${n % 10}`, 'all'],
    place: { type: 'Point', coordinates: [100 + n / 100, 30] }, plain: n,
  })))
})

afterAll(() => client.database.close())

async function explain(fields: Fields, reader = client): Promise<Fields> {
  const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]))
  const { code, message, data } = await reader.send('explain', texts)
  if (code) throw new Error(`${code}: ${message}`)
  return data as unknown as Fields
}

const near = { $nearSphere: { $geometry: { type: 'Point', coordinates: [101, 30] } } }
const box = [[[101, 29.9], [101.055, 29.9], [101.055, 30.1], [101, 30.1], [101, 29.9]]]

describe('explain tells that', () => {
  test.each<[string, Fields, Fields]>([
    ['an id', { query: { _id: 'o7' } }, { index: '_id_', scanned: 1, returned: 1, sorted: false }],
    ['several ids', { query: { _id: { $in: ['o7', 'o8', 'gone'] } } }, { index: '_id_', scanned: 2, returned: 2 }],
    ['more ids than combinations are made of', { query: { _id: { $in: Array.from({ length: 1_500 }, (_, n) => `o${n}`) } } }, { index: '_id_', scanned: 100 }],
    ['an equality', { query: { member: 'm3' } }, { index: 'member_at', scanned: 20, returned: 20 }],
    ['a compound prefix with a range', { query: { member: 'm3', at: { $gte: 100, $lt: 200 } } }, { index: 'member_at', scanned: 4, returned: 4 }],
    ['a range as the SDK joins two conditions', { query: { $and: [{ price: { $gte: 100 } }, { price: { $lt: 120 } }] } }, { index: 'price', scanned: 10 }],
    ['a range from below, which stays within its type', { query: { price: { $lt: 20 } } }, { index: 'price', scanned: 10, returned: 10 }],
    ['a range from above, which stays within its type', { query: { price: { $gt: 490 } } }, { index: 'price', scanned: 4, returned: 4 }],
    ['a range of text', { query: { price: { $gte: '49' } } }, { index: 'price', returned: 34, scanned: 34 }],
    ['null, of which there is none', { query: { price: null } }, { index: 'price', scanned: 0, returned: 0 }],
    ['a path with dots', { query: { 'buyer.city': 'c7' } }, { index: 'city', scanned: 10, returned: 10 }],
    ['an element of an array', { query: { tags: 't3' } }, { index: 'tags', scanned: 50, returned: 50 }],
    ['an order', { order: { price: -1 }, limit: 5 }, { index: 'price', scanned: 5, returned: 5, sorted: false }],
    ['an equality and its newest', { query: { member: 'm3' }, order: { at: -1 }, limit: 2 }, { index: 'member_at', scanned: 2, returned: 2, sorted: false }],
    ['an equality and its oldest', { query: { member: 'm3' }, order: { at: 1 }, limit: 2 }, { index: 'member_at', scanned: 2, returned: 2, sorted: false }],
    ['a page further on', { query: { member: 'm3' }, order: { at: -1 }, offset: 4, limit: 2 }, { index: 'member_at', scanned: 6, returned: 2, sorted: false }],
    ['an or whose branches all have an index', { query: { $or: [{ member: 'm3' }, { price: { $gte: 490 } }] } }, { index: 'member_at, price', scanned: 25, returned: 25 }],
    ['an or inside an or', { query: { $or: [{ _id: 'o1' }, { $or: [{ _id: 'o2' }, { tags: 'nope' }] }] } }, { index: '_id_, _id_, tags', scanned: 2 }],
    ['an area', { query: { place: { $geoWithin: { $geometry: { type: 'Polygon', coordinates: box } } } } }, { index: 'place', returned: 6 }],
    ['nearness', { query: { place: near }, limit: 3 }, { index: 'place', returned: 3, sorted: false }],
  ])('%s does not scan the collection', async (_, fields, expected) => {
    const explained = await explain(fields)
    expect(explained).toMatchObject(expected)
    expect(explained.scanned).toBeLessThan(DOCUMENTS / 4)
  })

  test.each<[string, Fields, Fields]>([
    ['no index knows the field', { query: { plain: 5 } }, { index: null, scanned: DOCUMENTS, returned: 1, sorted: false }],
    ['an inner field of an index stands alone', { query: { at: 5 } }, { index: null, scanned: DOCUMENTS, returned: 1 }],
    ['one branch of an or has no index', { query: { $or: [{ member: 'm3' }, { plain: 5 }] } }, { index: null, scanned: DOCUMENTS }],
    ['everything is asked for', { limit: 3 }, { index: null, scanned: 3, returned: 3 }],
    ['a negation', { query: { member: { $ne: 'm3' } }, limit: 1_000 }, { index: null, scanned: DOCUMENTS }],
  ])('all is looked at when %s', async (_, fields, expected) => {
    expect(await explain(fields)).toMatchObject(expected)
  })

  test('an order that no index has is sorted in memory', async () => {
    expect(await explain({ query: { member: 'm3' }, order: { plain: 1 }, limit: 2 })).toEqual({ index: 'member_at', scanned: 20, returned: 2, sorted: true })
    expect(await explain({ order: { tags: 1 }, limit: 2 })).toMatchObject({ index: null, scanned: DOCUMENTS, sorted: true })
    expect(await explain({ query: { member: { $in: ['m1', 'm2'] } }, order: { at: 1 } })).toMatchObject({ scanned: 40, sorted: true })
    expect(await explain({ query: { place: near }, order: { at: 1 }, limit: 2 })).toMatchObject({ index: 'place', sorted: true })
  })

  test('a transaction uses the indexes too, and looks at what it wrote itself', async () => {
    const transaction = await client.begin()
    expect(await explain({ query: { member: 'm3' } }, transaction)).toMatchObject({ index: 'member_at', scanned: 20 })
    await transaction.update({ _id: 'o1' }, { $set: { member: 'm3' } })
    expect(await explain({ query: { member: 'm3' }, limit: 50 }, transaction)).toMatchObject({ index: 'member_at', scanned: 21, returned: 21 })
    expect(await explain({ query: { member: 'm3' } })).toMatchObject({ returned: 20 })
    await transaction.abort()
  })

  test('the first stages of an aggregation are answered like a query', async () => {
    const send = async (...list: Fields[]) => {
      const { data } = await client.send('explain', { stages: list.map(stage => wired(stage)) })
      return data as unknown as Fields
    }
    expect(await send({ $match: { member: 'm3' } }, { $sort: { at: -1 } }, { $limit: 3 })).toEqual({ index: 'member_at', scanned: 3, returned: 3, sorted: false })
    expect(await send({ $match: { member: 'm3' } }, { $match: { at: { $gt: 400 } } }, { $group: { _id: null } }, { $limit: 1 }))
      .toEqual({ index: 'member_at', scanned: 4, returned: 1, sorted: false })
    expect(await send({ $sort: { price: 1 } }, { $skip: 2 }, { $limit: 3 })).toMatchObject({ index: 'price', scanned: 5, sorted: false })
    expect(await send({ $match: { member: 'm3' } }, { $project: { at: 1 } }, { $sort: { at: 1 } })).toMatchObject({ scanned: 20, sorted: true })
    expect(await send({ $geoNear: { near: near.$nearSphere.$geometry, distanceField: 'd', limit: 2 } }))
      .toMatchObject({ index: 'place', returned: 2, sorted: false })
  })
})

function wired(stage: Fields): { stageKey: string, stageValue: string } {
  const [[stageKey = '', value] = []] = Object.entries(stage)
  return { stageKey, stageValue: JSON.stringify(value) }
}

describe('POST /manage/database/explain', () => {
  let emulator: TestEmulator

  beforeEach(async () => {
    emulator = await startTestEmulator()
  })

  afterEach(() => emulator.dispose())

  const post = (body: object) => emulator.post<Fields>('/manage/database/explain', body)

  test('explains a query and an aggregation, and tells what is wrong with others', async () => {
    await emulator.post('/admin', { action: 'database.addCollection', collectionName: 'goods' })
    for (const n of [1, 2]) await emulator.post('/admin', { action: 'database.insertDocument', collectionName: 'goods', data: [JSON.stringify({ _id: `g${n}`, n })] })
    expect(await post({ collectionName: 'goods', query: { _id: 'g1' } })).toEqual({ index: '_id_', scanned: 1, returned: 1, sorted: false })
    expect(await post({ collectionName: 'goods', query: { n: { $gt: 0 } }, order: { n: 1 }, limit: 1 })).toEqual({ index: null, scanned: 2, returned: 1, sorted: true })
    expect(await post({ collectionName: 'goods', stages: [{ $match: { _id: 'g1' } }] })).toMatchObject({ index: '_id_', scanned: 1 })
    expect(await post({ collectionName: 'nope' })).toMatchObject({ message: expect.stringContaining('DATABASE_COLLECTION_NOT_EXIST') as string })
    expect(await post({ collectionName: 'goods', query: { n: { $foo: 1 } } })).toMatchObject({ message: expect.stringContaining('unknown operator: $foo') as string })
    expect(await post({ collectionName: 'goods', stages: 5 })).toMatchObject({ message: expect.stringContaining('stages must be a list') as string })
  })
})
