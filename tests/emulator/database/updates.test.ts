import { beforeEach, describe, expect, test } from 'vitest'
import { Client } from './client.ts'

const REFUSED = 'DATABASE_REQUEST_FAILED'
let client: Client

beforeEach(async () => {
  client = await Client.open()
  await client.insert({ _id: 'a', n: 1, name: 'Ann', none: null, tags: ['x', 'y'], lines: [{ sku: 's1', n: 1 }, { sku: 's2', n: 2 }] })
})

describe('an update is refused, and changes nothing,', () => {
  test.each([
    ['$inc of a string', { $inc: { name: 1 } }, 'non-numeric type string'],
    ['$inc of null', { $inc: { none: 1 } }, 'non-numeric type null'],
    ['$inc by a string', { $inc: { n: '1' } }, 'Cannot increment with non-numeric argument'],
    ['$mul of a string', { $mul: { name: 2 } }, 'non-numeric type string'],
    ['$push on a scalar', { $push: { n: 1 } }, 'must be an array but is of type int'],
    ['$addToSet on a scalar', { $addToSet: { name: 1 } }, 'non-array type string'],
    ['$pull on a scalar', { $pull: { n: 1 } }, 'non-array value'],
    ['$set through a scalar', { $set: { 'n.deep': 1 } }, 'Cannot create field \'deep\' in element {n: 1}'],
    ['$set through null', { $set: { 'none.deep': 1 } }, 'Cannot create field \'deep\' in element {none: null}'],
    ['$set of a name inside an array', { $set: { 'tags.deep': 1 } }, 'Cannot create field \'deep\''],
    ['$set of _id', { $set: { _id: 'b' } }, '_id'],
    ['two operators on one field', { $set: { n: 2 }, $inc: { n: 1 } }, 'conflict'],
    ['an unknown operator', { $nonsense: { n: 1 } }, '$nonsense'],
    ['a field without an operator', { n: 1 }, 'Unknown modifier: n'],
    ['operators of which the last fails', { $set: { fresh: 1 }, $inc: { name: 1 } }, 'non-numeric'],
  ])('%s', async (_, operators, reason) => {
    const before = await client.get('a')
    const answer = await client.update({ _id: 'a' }, operators)
    expect(answer.code).toBe(REFUSED)
    expect(answer.message).toContain(reason)
    expect(await client.get('a')).toEqual(before)
  })
})

describe('an update', () => {
  test('that changes nothing counts as none', async () => {
    expect(await client.update({ _id: 'a' }, { $set: { n: 1 } })).toMatchObject({ data: { updated: 0 } })
  })

  test('of one document out of several changes one', async () => {
    await client.insert([{ _id: 'b', n: 1 }, { _id: 'c', n: 1 }])
    expect(await client.update({ n: 1 }, { $inc: { n: 1 } })).toMatchObject({ data: { updated: 1 } })
    expect(await client.update({ n: 1 }, { $inc: { n: 1 } }, true)).toMatchObject({ data: { updated: 2 } })
  })

  test('creates missing fields and the objects around them', async () => {
    await client.update({ _id: 'a' }, { $set: { 'p.q.r': 1 }, $inc: { count: 2 }, $push: { list: 1 }, $addToSet: { set: 'x' } })
    expect(await client.get('a')).toMatchObject({ p: { q: { r: 1 } }, count: 2, list: [1], set: ['x'] })
  })

  test('shapes an array that $push has to create first', async () => {
    await client.update({ _id: 'a' }, { $push: { 'deep.list': { $each: [3, 1, 2], $sort: 1, $slice: 2 } } })
    expect(await client.get('a')).toMatchObject({ deep: { list: [1, 2] } })
  })

  test('reaches elements of arrays by position and by the query', async () => {
    await client.update({ _id: 'a' }, { $set: { 'tags.0': 'z' }, $inc: { 'lines.1.n': 5 } })
    await client.update({ '_id': 'a', 'lines.sku': 's1' }, { $set: { 'lines.$.n': 10 } })
    expect(await client.get('a')).toMatchObject({ tags: ['z', 'y'], lines: [{ n: 10 }, { n: 7 }] })
  })

  test('stores its own copy of what it was given', async () => {
    await client.insert({ _id: 'b' })
    await client.update({}, { $set: { shared: { list: [] } } }, true)
    await client.update({ _id: 'a' }, { $push: { 'shared.list': 1 } })
    expect(await client.get('b')).toMatchObject({ shared: { list: [] } })
  })

  test('of several documents keeps those before the one that fails', async () => {
    await client.insert([{ _id: 'b', n: 'text' }, { _id: 'c', n: 1 }])
    expect(await client.update({}, { $inc: { n: 1 } }, true)).toMatchObject({ code: REFUSED })
    expect(await client.find({}, { projection: { n: 1, _id: 0 } })).toEqual([{ n: 2 }, { n: 'text' }, { n: 1 }])
  })
})

test('a server date is the clock plus its offset, at the top, in lists and in queries', async () => {
  const dated = await Client.open({ nowMs: () => 1_000 })
  const date = (offset: number) => ({ $tcb_server_date: { offset } })
  await dated.insert({ _id: 'a', at: date(0), list: [] })
  await dated.update({ _id: 'a' }, { $push: { list: { $each: [date(500)] } }, $set: { until: date(-1_000) } })
  await dated.insert({ _id: 'b', at: { offset: 0 } })
  expect(await dated.get('a')).toEqual({ _id: 'a', at: new Date(1_000), list: [new Date(1_500)], until: new Date(0) })
  expect(await dated.find({ at: { $lte: date(0) } })).toHaveLength(1)
  expect(await dated.get('b')).toMatchObject({ at: { offset: 0 } })
})

test('replacing keeps nothing of the old document, and refuses operators', async () => {
  expect(await client.set('a', { fresh: true })).toMatchObject({ data: { updated: 1, upsert_id: null } })
  expect(await client.get('a')).toEqual({ _id: 'a', fresh: true })
  expect(await client.set('a', { $inc: { n: 1 } })).toMatchObject({ code: REFUSED })
  expect(await client.set('b', {})).toMatchObject({ data: { updated: 0, upsert_id: 'b' } })
})
