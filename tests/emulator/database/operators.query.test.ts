import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cloud, CloudDatabase, Command, Fields } from './sdkClient.ts'
import { openCloud, QUERY_COMMANDS, SDKS, UPDATE_COMMANDS } from './sdkClient.ts'

const GOODS: Fields[] = [
  { _id: 'tea', price: 10, name: 'Green Tea', tags: ['hot', 'new'], sizes: [{ name: 's', n: 1 }, { name: 'l', n: 5 }], maker: { city: '杭州', year: 1990 } },
  { _id: 'milk', price: 12, name: 'milk tea', tags: ['hot'], sizes: [{ name: 's', n: 7 }], maker: { city: '广州' }, note: null },
  { _id: 'cake', price: 30, name: 'Cake', tags: [], sizes: [], sold: new Date(5_000), flags: 6 },
  { _id: 'bread', price: 30.5, name: '面包😀', matrix: [[1, 2], [3]], note: 'x', grid: { list: [1, null, { deep: 2 }] } },
]

type Where = (_: Command, db: CloudDatabase) => object

describe.each(SDKS)('a query of %s', (sdk) => {
  let cloud: Cloud
  let db: CloudDatabase

  beforeAll(async () => {
    cloud = await openCloud(sdk, { collections: [{ name: 'goods' }] })
    db = cloud.db
    for (const data of GOODS) await db.collection('goods').add({ data })
  })

  afterAll(() => cloud.close())

  async function ids(where: Where): Promise<unknown[]> {
    const { data } = await db.collection('goods').where(where(db.command, db)).get()
    return data.map(({ _id }) => _id)
  }

  const ALL = ['tea', 'milk', 'cake', 'bread']

  test.each<[string, Where, string[]]>([
    ['eq', _ => ({ price: _.eq(10) }), ['tea']],
    ['eq with an object is exact', _ => ({ maker: _.eq({ city: '广州' }) }), ['milk']],
    ['eq minds the order of fields', _ => ({ maker: _.eq({ year: 1990, city: '杭州' }) }), []],
    ['neq', _ => ({ price: _.neq(30) }), ['tea', 'milk', 'bread']],
    ['neq with an element of an array', _ => ({ tags: _.neq('hot') }), ['cake', 'bread']],
    ['neq null', _ => ({ note: _.neq(null) }), ['bread']],
    ['lt', _ => ({ price: _.lt(12) }), ['tea']],
    ['lte', _ => ({ price: _.lte(12) }), ['tea', 'milk']],
    ['gt', _ => ({ price: _.gt(30) }), ['bread']],
    ['gte', _ => ({ price: _.gte(30) }), ['cake', 'bread']],
    ['gt compares values of one type only', _ => ({ name: _.gt(0) }), []],
    ['gt with a date', _ => ({ sold: _.gt(new Date(4_999)) }), ['cake']],
    ['in', _ => ({ price: _.in([10, 30]) }), ['tea', 'cake']],
    ['in with a whole array', _ => ({ tags: _.in([['hot', 'new'], 'none']) }), ['tea']],
    ['in with an array that holds an array', _ => ({ matrix: _.in([[3]]) }), ['bread']],
    ['in with null means missing as well', _ => ({ note: _.in([null]) }), ['tea', 'milk', 'cake']],
    ['in with null on a path', _ => ({ 'maker.year': _.in([null]) }), ['milk', 'cake', 'bread']],
    ['in with an object', _ => ({ maker: _.in([{ city: '广州' }]) }), ['milk']],
    ['nin', _ => ({ price: _.nin([10, 30]) }), ['milk', 'bread']],
    ['nin with null', _ => ({ note: _.nin([null]) }), ['bread']],
    ['and of one field', _ => ({ price: _.and(_.gt(10), _.lt(30)) }), ['milk']],
    ['and as a continuation', _ => ({ price: _.gte(12).and(_.lte(30)) }), ['milk', 'cake']],
    ['and of queries', _ => _.and([{ price: 30 }, { name: 'Cake' }]), ['cake']],
    ['or of one field', _ => ({ price: _.or(_.lt(11), _.gt(30)) }), ['tea', 'bread']],
    ['or as a continuation', _ => ({ price: _.eq(10).or(_.eq(12)) }), ['tea', 'milk']],
    ['or of queries', _ => _.or([{ price: 10 }, { tags: 'hot' }]), ['tea', 'milk']],
    ['nor', _ => _.nor([{ price: 10 }, { tags: 'hot' }]), ['cake', 'bread']],
    ['nor of one field', _ => ({ price: _.nor(_.eq(10), _.eq(12)) }), ['cake', 'bread']],
    ['not', _ => ({ price: _.not(_.gt(12)) }), ['tea', 'milk']],
    ['not matches missing fields', _ => ({ 'maker.year': _.not(_.gt(0)) }), ['milk', 'cake', 'bread']],
    ['not of a pattern', _ => ({ name: _.not(/tea/i) }), ['cake', 'bread']],
    ['exists', _ => ({ note: _.exists(true) }), ['milk', 'bread']],
    ['exists not', _ => ({ maker: _.exists(false) }), ['cake', 'bread']],
    ['exists in elements of an array', _ => ({ 'sizes.n': _.exists(true) }), ['tea', 'milk']],
    ['exists not in an empty array', _ => ({ 'sizes.n': _.exists(false) }), ['cake', 'bread']],
    ['mod', _ => ({ price: _.mod(10, 0) }), ['tea', 'cake', 'bread']],
    ['mod as a list', _ => ({ price: _.mod([10, 2]) }), ['milk']],
    ['all', _ => ({ tags: _.all(['new', 'hot']) }), ['tea']],
    ['all of nothing', _ => ({ tags: _.all([]) }), []],
    ['all with conditions on elements', _ => ({ sizes: _.all([_.elemMatch({ name: 's' }), _.elemMatch({ n: 5 })]) }), ['tea']],
    ['elemMatch of objects', _ => ({ sizes: _.elemMatch({ name: 's', n: _.gt(5) }) }), ['milk']],
    ['elemMatch of values', _ => ({ tags: _.elemMatch(_.gt('i')) }), ['tea']],
    ['size', _ => ({ tags: _.size(1) }), ['milk']],
    ['size of nothing', _ => ({ tags: _.size(0) }), ['cake']],
    ['size of an inner array', _ => ({ 'grid.list': _.size(3) }), ['bread']],
    ['expr', _ => _.expr(_.aggregate.gt(['$price', _.aggregate.add([10, 2])])), ['cake', 'bread']],
    ['expr of two fields', _ => _.expr(_.aggregate.eq(['$maker.year', 1990])), ['tea']],
    ['jsonSchema', _ => _.jsonSchema({ required: ['flags'], properties: { price: { bsonType: 'int', minimum: 30 } } }), ['cake']],
    ['RegExp', (_, db) => ({ name: db.RegExp({ regexp: '^c' }) }), []],
    ['RegExp with option i', (_, db) => ({ name: db.RegExp({ regexp: '^c', options: 'i' }) }), ['cake']],
    ['RegExp with option m', (_, db) => ({ name: db.RegExp({ regexp: 'TEA$', options: 'im' }) }), ['tea', 'milk']],
    ['RegExp with option s and x', (_, db) => ({ name: db.RegExp({ regexp: 'g . een # comment', options: 'ixs' }) }), ['tea']],
    ['a pattern of JavaScript, whose flag g is left out', () => ({ name: /tea/g }), ['milk']],
    ['a pattern that begins with (?i)', (_, db) => ({ name: db.RegExp({ regexp: '(?i)CAKE' }) }), ['cake']],
    ['a dot that is a whole emoji', (_, db) => ({ name: db.RegExp({ regexp: '^面包.$' }) }), ['bread']],
    ['a pattern among values', (_, db) => ({ name: _.in([db.RegExp({ regexp: '^milk' }), 'Cake']) }), ['milk', 'cake']],
    ['nested paths as nested objects', () => ({ maker: { city: '杭州' } }), ['tea']],
    ['nested paths with dots', () => ({ 'maker.city': '杭州' }), ['tea']],
    ['an element of an array', () => ({ tags: 'hot' }), ['tea', 'milk']],
    ['an element by its place', () => ({ 'tags.1': 'new' }), ['tea']],
    ['a field of an element', () => ({ 'sizes.n': 7 }), ['milk']],
    ['a field of an element by its place', () => ({ 'sizes.0.n': 1 }), ['tea']],
    ['conditions that two elements fulfil together', _ => ({ 'sizes.n': _.gt(4).and(_.lt(2)) }), ['tea']],
    ['a whole array', () => ({ tags: ['hot', 'new'] }), ['tea']],
    ['a whole array in another order', () => ({ tags: ['new', 'hot'] }), []],
    ['an array in an array', () => ({ matrix: [3] }), ['bread']],
    ['an element of an array in an array', () => ({ matrix: 3 }), []],
    ['null, which means missing as well', () => ({ note: null }), ['tea', 'milk', 'cake']],
    ['null as an element', () => ({ 'grid.list': null }), ALL],
    ['null on a path through elements', () => ({ 'sizes.n': null }), ['bread']],
    ['null on a path through a scalar', () => ({ 'price.x': null }), ALL],
    ['a date', () => ({ sold: new Date(5_000) }), ['cake']],
    ['types by their names', () => ({ note: { $type: 'null' } }), ['milk']],
    ['types by their numbers', () => ({ price: { $type: 1 } }), ['bread']],
    ['any number', () => ({ price: { $type: 'number' } }), ALL],
    ['bits', () => ({ flags: { $bitsAllSet: 2 } }), ['cake']],
    ['bits by their places', () => ({ flags: { $bitsAnySet: [0, 3] } }), []],
    ['a comment', () => ({ $comment: 'why', price: 10 }), ['tea']],
    ['nothing', () => ({}), ALL],
  ])('finds by %s', async (_, where, expected) => {
    expect(await ids(where)).toEqual(expected)
  })

  test.each<[string, Where, string]>([
    ['an unknown operator', () => ({ price: { $foo: 1 } }), 'unknown operator: $foo'],
    ['an unknown operator at the top', () => ({ $foo: 1 }), 'unknown top level operator: $foo'],
    ['$in without a list', () => ({ price: { $in: 5 } }), '$in needs an array'],
    ['$all without a list', () => ({ price: { $all: 5 } }), '$all needs an array'],
    ['an operator in a list', () => ({ price: { $in: [{ $gt: 1 }] } }), 'cannot nest $ under $in'],
    ['$or of nothing', _ => _.or([]), 'nonempty array'],
    ['$size of a text', _ => ({ tags: _.size('1') }), '$size must be a whole number'],
    ['$size below nothing', _ => ({ tags: _.size(-1) }), '$size may not be negative'],
    ['$mod by nothing', _ => ({ price: _.mod(0, 1) }), 'divisor cannot be 0'],
    ['$mod of one number', () => ({ price: { $mod: [1] } }), 'not enough elements'],
    ['$options alone', () => ({ name: { $options: 'i' } }), '$options needs a $regex'],
    ['a broken pattern', (_, db) => ({ name: db.RegExp({ regexp: '(' }) }), 'Regular expression is invalid'],
    ['a pattern with $ne', () => ({ name: { $ne: /x/ } }), 'regex as arg to $ne'],
    ['a pattern with $gt', () => ({ name: { $gt: /x/ } }), 'Can\'t have RegEx as arg'],
    ['an unknown expression', () => ({ $expr: { $foo: 1 } }), 'Unrecognized expression \'$foo\''],
    ['an unknown type', () => ({ name: { $type: 'text' } }), 'Unknown type name alias'],
    ['a script', () => ({ $where: 'true' }), '$where is not allowed'],
    ['a search for text', _ => ({ $text: _.text({ search: 'tea' }) }), 'text index required for $text query'],
    ['an unknown keyword of a schema', _ => _.jsonSchema({ colour: 'red' }), 'Unknown $jsonSchema keyword: colour'],
  ])('refuses %s', async (_, where, reason) => {
    await expect(ids(where)).rejects.toMatchObject({ errCode: -502001, errMsg: expect.stringContaining(reason) as string })
  })

  test('sorts text by code points, numbers as numbers, and values of other types before and after', async () => {
    const values = ['\u{1F600}', '\uFF5E', 'z', 'a', 'B', 2, 10, null, true, new Date(0), { a: 1 }, [], [-1, 99]]
    await cloud.database.declare({ collections: [{ name: 'sorted' }] })
    for (const [n, value] of values.entries()) await db.collection('sorted').add({ data: { _id: n, value } })
    const sorted = async (direction: 'asc' | 'desc') => (await db.collection('sorted').orderBy('value', direction).get()).data.map(({ _id }) => values[Number(_id)])
    expect(await sorted('asc')).toEqual([[], null, [-1, 99], 2, 10, 'B', 'a', 'z', '\uFF5E', '\u{1F600}', { a: 1 }, true, new Date(0)])
    expect(await sorted('desc')).toEqual([new Date(0), true, { a: 1 }, '\u{1F600}', '\uFF5E', 'z', 'a', 'B', [-1, 99], 10, 2, null, []])
  })

  test('finds not-a-number and infinities again, and knows one zero', async () => {
    await cloud.database.declare({ collections: [{ name: 'odd' }] })
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 2 ** 40 + 1]
    for (const [n, value] of odd.entries()) await db.collection('odd').add({ data: { _id: n, value } })
    const found = async (value: unknown) => (await db.collection('odd').where({ value }).get()).data
    expect(await found(Number.NaN)).toEqual([{ _id: 0, value: Number.NaN }])
    expect(await found(db.command.gt(2 ** 41))).toEqual([{ _id: 1, value: Number.POSITIVE_INFINITY }])
    expect(await found(db.command.lt(0))).toEqual([{ _id: 2, value: Number.NEGATIVE_INFINITY }])
    expect(await found(0)).toEqual([{ _id: 3, value: 0 }])
    expect(await found(2 ** 40 + 1)).toHaveLength(1)
    expect((await db.collection('odd').orderBy('value', 'asc').get()).data.map(({ _id }) => _id)).toEqual([0, 2, 3, 4, 1])
  })

  test('keeps fields, leaves fields out, and cuts arrays', async () => {
    const get = async (projection: object, where: object = { _id: 'tea' }) =>
      (await db.collection('goods').where(where).field(projection).get()).data[0]
    const { slice, elemMatch } = db.command.project
    expect(await get({ 'price': true, 'maker.city': true })).toEqual({ _id: 'tea', price: 10, maker: { city: '杭州' } })
    expect(await get({ '_id': false, 'sizes.n': true })).toEqual({ sizes: [{ n: 1 }, { n: 5 }] })
    expect(await get({ sizes: false, tags: false, maker: false })).toEqual({ _id: 'tea', price: 10, name: 'Green Tea' })
    expect(await get({ _id: true })).toEqual({ _id: 'tea' })
    expect(await get({ tags: slice(1), price: true })).toEqual({ _id: 'tea', price: 10 })
    expect((await get({ tags: slice(-1) }))?.tags).toEqual(['new'])
    expect((await get({ tags: slice([0, 1]) }))?.tags).toEqual(['hot'])
    expect(await get({ sizes: elemMatch({ n: { $gt: 2 } }) })).toEqual({ _id: 'tea', sizes: [{ name: 'l', n: 5 }] })
    expect(await get({ 'sizes.$': true }, { 'sizes.n': 5 })).toEqual({ _id: 'tea', sizes: [{ name: 'l', n: 5 }] })
    await expect(get({ price: true, name: false })).rejects.toMatchObject({ errCode: -502001 })
  })

  test('counts, skips and limits', async () => {
    const goods = db.collection('goods')
    expect(await goods.where({ price: db.command.gte(12) }).count()).toMatchObject({ total: 3 })
    const { data } = await goods.orderBy('price', 'desc').skip(1).limit(2).get()
    expect(data.map(({ _id }) => _id)).toEqual(['cake', 'milk'])
  })

  test('leaves conditions out whose value is undefined, and takes none that has no other', async () => {
    expect(await ids(() => ({ price: undefined, name: 'Cake' }))).toEqual(['cake'])
    expect(() => db.collection('goods').where({ price: undefined })).toThrow()
    expect((await db.collection('goods').get()).data).toHaveLength(GOODS.length)
  })

  test('has all commands that the SDK has', () => {
    const { aggregate: _aggregate, project, ...commands } = db.command
    expect(Object.keys(commands).sort()).toEqual([...QUERY_COMMANDS, ...UPDATE_COMMANDS].sort())
    expect(Object.keys(project).sort()).toEqual(['elemMatch', 'slice'])
  })
})
