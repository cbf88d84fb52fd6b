import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Client } from './client.ts'
import type { Cloud, CloudDatabase, Command, Fields } from './sdkClient.ts'
import { openCloud, SDKS } from './sdkClient.ts'

const NOW_MS = 1_700_000_000_000

const BEFORE: Fields = {
  n: 5, half: 0.5, name: 'Ann', none: null, flags: 6, at: new Date(5), tags: ['a', 'b'], nested: { x: 1, y: { z: 2 } },
  lines: [{ sku: 's1', n: 1 }, { sku: 's2', n: 2 }], scores: [3, 1, 2], matrix: [[1], [2]],
}

type Data = (_: Command, db: CloudDatabase) => object

describe.each(SDKS)('an update of %s', (sdk) => {
  let cloud: Cloud
  let db: CloudDatabase
  let count = 0

  beforeAll(async () => {
    cloud = await openCloud(sdk, { collections: [{ name: 'goods' }] }, () => NOW_MS)
    db = cloud.db
  })

  afterAll(() => cloud.close())

  /** A document of its own for each test. */
  async function fresh(): Promise<string> {
    const _id = `d${++count}`
    await db.collection('goods').add({ data: { _id, ...BEFORE } })
    return _id
  }

  async function after(data: Data): Promise<Fields> {
    const id = await fresh()
    await db.collection('goods').doc(id).update({ data: data(db.command, db) })
    return (await db.collection('goods').doc(id).get()).data
  }

  test.each<[string, Data, Fields]>([
    ['set', _ => ({ nested: _.set({ q: 1 }) }), { nested: { q: 1 } }],
    ['a value without a command', () => ({ name: 'Bob' }), { name: 'Bob' }],
    ['nested fields beside others', () => ({ nested: { y: { z: 9 } } }), { nested: { x: 1, y: { z: 9 } } }],
    ['a new path', () => ({ 'deep.er.x': 1 }), { deep: { er: { x: 1 } } }],
    ['an element by its place', () => ({ 'tags.1': 'z' }), { tags: ['a', 'z'] }],
    ['an element past the end', () => ({ 'tags.3': 'z' }), { tags: ['a', 'b', null, 'z'] }],
    ['a field of an element', () => ({ 'lines.1.n': 9 }), { lines: [{ sku: 's1', n: 1 }, { sku: 's2', n: 9 }] }],
    ['null', () => ({ name: null }), { name: null }],
    ['fields in another order', _ => ({ nested: _.set({ y: { z: 2 }, x: 1 }) }), { nested: { y: { z: 2 }, x: 1 } }],
    ['remove', _ => ({ nested: _.remove() }), { nested: undefined }],
    ['remove of an inner field', _ => ({ 'nested.y': _.remove() }), { nested: { x: 1 } }],
    ['remove of an element', _ => ({ 'tags.0': _.remove() }), { tags: [null, 'b'] }],
    ['remove of nothing', _ => ({ 'nope.x': _.remove() }), { nope: undefined }],
    ['inc', _ => ({ n: _.inc(-2) }), { n: 3 }],
    ['inc of a missing field', _ => ({ 'count.all': _.inc(2) }), { count: { all: 2 } }],
    ['inc of a fraction', _ => ({ half: _.inc(0.25) }), { half: 0.75 }],
    ['mul', _ => ({ n: _.mul(3) }), { n: 15 }],
    ['mul of a missing field', _ => ({ count: _.mul(3) }), { count: 0 }],
    ['mul to nothing, without a sign', _ => ({ n: _.mul(-0.5), half: _.mul(0) }), { n: -2.5, half: 0 }],
    ['min', _ => ({ n: _.min(3) }), { n: 3 }],
    ['min that is no less', _ => ({ n: _.min(8) }), { n: 5 }],
    ['max', _ => ({ n: _.max(8) }), { n: 8 }],
    ['max of a missing field', _ => ({ top: _.max(8) }), { top: 8 }],
    ['max of a date', _ => ({ at: _.max(new Date(9)) }), { at: new Date(9) }],
    ['max by the order of types', _ => ({ n: _.max('text') }), { n: 'text' }],
    ['rename', _ => ({ name: _.rename('title') }), { name: undefined, title: 'Ann' }],
    ['rename to a path', _ => ({ name: _.rename('about.name') }), { name: undefined, about: { name: 'Ann' } }],
    ['rename of nothing', _ => ({ nope: _.rename('other') }), { other: undefined }],
    ['bit and', _ => ({ flags: _.bit({ and: 3 }) }), { flags: 2 }],
    ['bit or', _ => ({ flags: _.bit({ or: 1 }) }), { flags: 7 }],
    ['bit xor of a missing field', _ => ({ bits: _.bit({ xor: 5 }) }), { bits: 5 }],
    ['push', _ => ({ tags: _.push('c') }), { tags: ['a', 'b', 'c'] }],
    ['push of several', _ => ({ tags: _.push(['c', 'd']) }), { tags: ['a', 'b', 'c', 'd'] }],
    ['push to a missing field', _ => ({ list: _.push([1]) }), { list: [1] }],
    ['push at a position', _ => ({ tags: _.push({ each: ['c'], position: 1 }) }), { tags: ['a', 'c', 'b'] }],
    ['push at a position from the end', _ => ({ tags: _.push({ each: ['c'], position: -1 }) }), { tags: ['a', 'c', 'b'] }],
    ['push and sort', _ => ({ scores: _.push({ each: [0], sort: -1 }) }), { scores: [3, 2, 1, 0] }],
    ['push and sort by a field', _ => ({ lines: _.push({ each: [{ sku: 's0' }], sort: { sku: -1 } }) }),
      { lines: [{ sku: 's2', n: 2 }, { sku: 's1', n: 1 }, { sku: 's0' }] }],
    ['push and keep the last', _ => ({ scores: _.push({ each: [9], slice: -2 }) }), { scores: [2, 9] }],
    ['push and keep nothing', _ => ({ scores: _.push({ each: [9], slice: 0 }) }), { scores: [] }],
    ['push, sort and keep the first of a new list', _ => ({ list: _.push({ each: [3, 1, 2], sort: 1, slice: 2 }) }), { list: [1, 2] }],
    ['pop', _ => ({ tags: _.pop() }), { tags: ['a'] }],
    ['shift', _ => ({ tags: _.shift() }), { tags: ['b'] }],
    ['unshift', _ => ({ tags: _.unshift(['y', 'z']) }), { tags: ['y', 'z', 'a', 'b'] }],
    ['pull of a value', _ => ({ tags: _.pull('a') }), { tags: ['b'] }],
    ['pull by a condition', _ => ({ scores: _.pull(_.gte(2)) }), { scores: [1] }],
    ['pull of one of several', _ => ({ tags: _.pull(_.in(['a', 'x'])) }), { tags: ['b'] }],
    ['pull by fields of elements', _ => ({ lines: _.pull({ n: _.gt(1) }) }), { lines: [{ sku: 's1', n: 1 }] }],
    ['pull of an inner array', _ => ({ matrix: _.pull([1]) }), { matrix: [[2]] }],
    ['pull from nothing', _ => ({ nope: _.pull(1) }), { nope: undefined }],
    ['pullAll', _ => ({ scores: _.pullAll([1, 3, 7]) }), { scores: [2] }],
    ['addToSet', _ => ({ tags: _.addToSet('c') }), { tags: ['a', 'b', 'c'] }],
    ['addToSet of what is there', _ => ({ tags: _.addToSet('a') }), { tags: ['a', 'b'] }],
    ['addToSet of several', _ => ({ tags: _.addToSet({ $each: ['a', 'c', 'c'] }) }), { tags: ['a', 'b', 'c'] }],
    ['addToSet of an object with fields in another order', _ => ({ lines: _.addToSet({ n: 1, sku: 's1' }) }),
      { lines: [{ sku: 's1', n: 1 }, { sku: 's2', n: 2 }, { n: 1, sku: 's1' }] }],
    ['addToSet of an array', _ => ({ tags: _.addToSet(['a']) }), { tags: ['a', 'b', ['a']] }],
    ['addToSet with each, which the SDK does not translate', _ => ({ tags: _.addToSet({ each: ['c'] }) }), { tags: ['a', 'b', { each: ['c'] }] }],
    ['a server date', (_, db) => ({ at: db.serverDate() }), { at: new Date(NOW_MS) }],
    ['a server date with an offset', (_, db) => ({ at: db.serverDate({ offset: -60_000 }) }), { at: new Date(NOW_MS - 60_000) }],
    ['a server date in a list', (_, db) => ({ tags: _.push([db.serverDate()]) }), { tags: ['a', 'b', new Date(NOW_MS)] }],
    ['a server date in an object that is set, whose marker the SDK loses', (_, db) => ({ nested: _.set({ at: db.serverDate() }) }),
      { nested: { at: { offset: 0 } } }],
    ['$currentDate', () => ({ $currentDate: { at: true, other: { $type: 'date' } } }), { at: new Date(NOW_MS), other: new Date(NOW_MS) }],
    ['$setOnInsert, which only an upsert heeds', () => ({ n: 6, $setOnInsert: { fresh: true } }), { n: 6, fresh: undefined }],
    ['every element', _ => ({ 'lines.$[].n': _.inc(10) }), { lines: [{ sku: 's1', n: 11 }, { sku: 's2', n: 12 }] }],
    ['every element of every element', _ => ({ 'matrix.$[].$[]': _.mul(2) }), { matrix: [[2], [4]] }],
    ['several commands', _ => ({ n: _.inc(1), name: 'Bob', tags: _.push('c'), none: _.remove() }),
      { n: 6, name: 'Bob', tags: ['a', 'b', 'c'], none: undefined }],
  ])('makes of %s what the database makes of it', async (_, data, expected) => {
    const { _id, ...document } = await after(data)
    const wanted = Object.entries({ ...BEFORE, ...expected }).filter(([, value]) => value !== undefined)
    expect(document).toStrictEqual(Object.fromEntries(wanted))
    for (const [field, value] of wanted) expect(JSON.stringify(document[field])).toBe(JSON.stringify(value))
  })

  test.each<[string, Data, string]>([
    ['inc of a text', _ => ({ name: _.inc(1) }), 'has the field \'name\' of non-numeric type string'],
    ['inc of null', _ => ({ none: _.inc(1) }), 'of non-numeric type null'],
    ['mul of a date', _ => ({ at: _.mul(2) }), 'Cannot apply $mul to a value of non-numeric type'],
    ['inc by a text', _ => ({ n: _.inc('1') }), 'Cannot increment with non-numeric argument: {"n":"1"}'],
    ['inc by an object', _ => ({ n: _.inc({ x: 1 }) }), 'Cannot increment with non-numeric argument'],
    ['inc past 64 bits', _ => ({ n: _.mul(2 ** 62) }), 'Failed to apply $mul operations to current value (5)'],
    ['push on a number', _ => ({ n: _.push(1) }), 'The field \'n\' must be an array but is of type int'],
    ['push on a fraction', _ => ({ half: _.push(1) }), 'must be an array but is of type double'],
    ['push with an unknown clause', () => ({ $push: { tags: { $each: [], $foo: 1 } } }), 'Unrecognized clause in $push: $foo'],
    ['push of what is no list', _ => ({ tags: _.push({ each: 'c' }) }), 'The argument to $each in $push must be an array'],
    ['push with a slice that is no number', _ => ({ tags: _.push({ each: [], slice: 'x' }) }), 'The value for $slice must be an integer'],
    ['push with a sort that is none', _ => ({ tags: _.push({ each: [], sort: { x: 5 } }) }), 'must be either 1 or -1'],
    ['addToSet on a text', _ => ({ name: _.addToSet('x') }), 'Cannot apply $addToSet to non-array field'],
    ['pop of an object', _ => ({ nested: _.pop() }), 'contains an element of non-array type \'object\''],
    ['pop by 2', () => ({ $pop: { tags: 2 } }), '$pop expects 1 or -1'],
    ['pull from a text', _ => ({ name: _.pull('A') }), 'Cannot apply $pull to a non-array value'],
    ['pullAll of what is no list', _ => ({ tags: _.pullAll('a') }), '$pullAll requires an array argument'],
    ['bit of a fraction', _ => ({ half: _.bit({ or: 1 }) }), 'Cannot apply $bit to a value of non-integral type'],
    ['bit by a fraction', _ => ({ flags: _.bit({ or: 0.5 }) }), '$bit modifier field must be an Integer'],
    ['bit with an unknown name', _ => ({ flags: _.bit({ not: 1 }) }), 'only supports \'and\', \'or\', and \'xor\''],
    ['rename to a number', () => ({ $rename: { name: 5 } }), 'must be a string'],
    ['rename of an element', _ => ({ 'tags.0': _.rename('first') }), 'The source field cannot be an array element'],
    ['rename into an array', _ => ({ name: _.rename('tags.5') }), 'The destination field cannot be an array element'],
    ['rename to itself', _ => ({ name: _.rename('name') }), 'would create a conflict at \'name\''],
    ['a field in a number', () => ({ 'n.deep': 1 }), 'Cannot create field \'deep\' in element {n: 5}'],
    ['a field in null', () => ({ 'none.deep': 1 }), 'Cannot create field \'deep\' in element {none: null}'],
    ['a name in an array', () => ({ 'tags.deep': 1 }), 'Cannot create field \'deep\' in element {tags: ["a","b"]}'],
    ['an empty name', () => ({ 'a..b': 1 }), 'contains an empty field name'],
    ['a stored operator', _ => ({ name: _.set({ $inc: 1 }) }), 'The dollar ($) prefixed field \'$inc\' in \'name.$inc\' is not valid for storage'],
    ['two commands on one field', _ => ({ $inc: { n: 1 }, $set: { n: 2 } }), 'Updating the path \'n\' would create a conflict at \'n\''],
    ['a field and one inside it', _ => ({ 'nested': _.set({}), 'nested.x': 1 }), 'would create a conflict at \'nested\''],
    ['another id', () => ({ $set: { _id: 'other' } }), 'would modify the immutable field \'_id\''],
    ['an unknown operator', () => ({ $foo: { n: 1 } }), 'Unknown modifier: $foo'],
    ['an operator without fields', () => ({ $inc: {} }), '\'$inc\' is empty'],
    ['elements of what is no array', _ => ({ 'nested.$[].x': 1 }), 'Cannot apply array updates to non-array element nested'],
    ['elements of nothing', _ => ({ 'nope.$[].x': 1 }), 'must exist in the document in order to apply array updates'],
    ['named elements, for which the SDK has no filters', () => ({ 'lines.$[line].n': 1 }), 'No array filter found for identifier \'line\''],
    ['a matched element where no array was asked', () => ({ 'lines.$.n': 1 }), 'The positional operator did not find the match needed'],
  ])('refuses %s, and changes nothing', async (_, data, reason) => {
    const id = await fresh()
    const update = db.collection('goods').doc(id).update({ data: data(db.command, db) })
    await expect(update).rejects.toMatchObject({ errCode: -502001, errMsg: expect.stringContaining(reason) as string })
    expect((await db.collection('goods').doc(id).get()).data).toEqual({ _id: id, ...BEFORE })
  })

  test.each<[string, (_: Command) => object, Data, unknown]>([
    ['the element of an equality', () => ({ 'lines.sku': 's2' }), () => ({ 'lines.$.n': 9 }), [1, 9]],
    ['the element of an elemMatch', _ => ({ lines: _.elemMatch({ n: _.gt(1) }) }), () => ({ 'lines.$.n': 9 }), [1, 9]],
    ['the element of an or', _ => _.or([{ n: 99 }, { 'lines.sku': 's2' }]), () => ({ 'lines.$.n': 9 }), [1, 9]],
    ['the element of an and', _ => _.and([{ n: 5 }, { 'lines.n': _.gt(1) }]), () => ({ 'lines.$.n': 9 }), [1, 9]],
    ['the element of the array it speaks of', () => ({ 'lines.sku': 's2', 'tags': 'a' }), _ => ({ 'lines.$.n': _.inc(7) }), [1, 9]],
  ])('changes %s', async (_, where, data, expected) => {
    const id = await fresh()
    const { stats } = await db.collection('goods').where(db.command.and([{ _id: id }, where(db.command)])).update({ data: data(db.command, db) })
    expect(stats.updated).toBe(1)
    const { lines } = (await db.collection('goods').doc(id).get()).data as { lines: { n: number }[] }
    expect(lines.map(({ n }) => n)).toEqual(expected)
  })

  test('counts documents that change, of many or of the first', async () => {
    await cloud.database.declare({ collections: [{ name: 'many' }] })
    const many = db.collection('many')
    for (const n of [1, 1, 2]) await many.add({ data: { n } })
    expect(await many.where({ n: 1 }).update({ data: { n: db.command.inc(1) }, multi: false })).toMatchObject({ stats: { updated: 1 } })
    expect(await many.where({ n: db.command.gt(0) }).update({ data: { n: 2 } })).toMatchObject({ stats: { updated: 1 } })
    expect(await many.where({ n: 2 }).count()).toMatchObject({ total: 3 })
    expect(await many.where({ n: 2 }).remove()).toMatchObject({ stats: { removed: 3 } })
  })

  test('replaces with set, and keeps the order of fields with the id first', async () => {
    await db.collection('goods').doc('whole').set({ data: { z: 1, a: 2 } })
    await db.collection('goods').doc('whole').set({ data: { b: 1, a: db.serverDate() } })
    const { data } = await db.collection('goods').doc('whole').get()
    expect(JSON.stringify(data)).toBe(JSON.stringify({ _id: 'whole', b: 1, a: new Date(NOW_MS) }))
    await expect(db.collection('goods').doc('whole').set({ data: { n: db.command.inc(1) } })).rejects.toMatchObject({ errCode: -502001 })
  })

  test('makes new fields in the order of their names', async () => {
    const id = await fresh()
    await db.collection('goods').doc(id).update({ data: { zz: 1, aa: 1, mm: db.command.inc(1) } })
    expect(Object.keys((await db.collection('goods').doc(id).get()).data).slice(-3)).toEqual(['aa', 'mm', 'zz'])
  })
})

describe('an upsert with operators, which the SDK does not send,', () => {
  const upsert = (client: Client, query: Fields, data: Fields) => client.send('modifyDocument', {
    query: JSON.stringify(query), data: JSON.stringify(data), merge: true, upsert: true, multi: false,
  })

  test('begins with what the query says is equal, and heeds $setOnInsert once', async () => {
    const client = await Client.open()
    const query = { _id: 'a', kind: 'x', n: { $gte: 5 }, $and: [{ 'deep.y': { $eq: 1 } }] }
    const data = { $setOnInsert: { first: true, n: 7 }, $inc: { count: 1 } }
    expect(await upsert(client, query, data)).toMatchObject({ data: { updated: 0, upsert_id: 'a' } })
    expect(await upsert(client, query, data)).toMatchObject({ data: { updated: 1, upsert_id: null } })
    expect(await client.get('a')).toEqual({ _id: 'a', kind: 'x', deep: { y: 1 }, count: 2, first: true, n: 7 })
  })

  test('makes an id when the query names none', async () => {
    const client = await Client.open()
    const { data } = await upsert(client, { kind: 'x' }, { $set: { n: 1 } })
    expect(await client.find({})).toEqual([{ _id: data.upsert_id, kind: 'x', n: 1 }])
  })
})
