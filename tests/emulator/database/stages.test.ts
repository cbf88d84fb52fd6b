import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Client } from './client.ts'
import type { Aggregate, Cloud, CloudDatabase, Command, Fields } from './sdkClient.ts'
import { openCloud, SDKS, STAGES } from './sdkClient.ts'

const ORDERS: Fields[] = [
  { _id: 1, shop: 'a', total: 10, items: ['x', 'y'], buyer: { name: 'Ann', city: '杭州' } },
  { _id: 2, shop: 'b', total: 25, items: ['x'], buyer: { name: 'Bob' } },
  { _id: 3, shop: 'a', total: 40, items: [], buyer: { name: 'Cyd' } },
  { _id: 4, total: 5 },
]
const SHOPS: Fields[] = [{ _id: 'a', name: '甲', open: true }, { _id: 'b', name: '乙' }, { _id: 'c', name: '丙', parent: null }]
const PLACES: Fields[] = [
  { _id: 'near', at: { type: 'Point', coordinates: [120, 30.001] }, kind: 'x' },
  { _id: 'far', at: { type: 'Point', coordinates: [120, 30.1] }, kind: 'x' },
  { _id: 'other', at: { type: 'Point', coordinates: [120, 30.0005] }, kind: 'y' },
]

type Build = (aggregate: Aggregate, _: Command, db: CloudDatabase) => Aggregate

describe.each(SDKS)('a stage of %s:', (sdk) => {
  let cloud: Cloud
  let db: CloudDatabase

  beforeAll(async () => {
    cloud = await openCloud(sdk, {
      collections: [
        { name: 'orders' }, { name: 'shops' }, { name: 'many' },
        { name: 'places', indexes: [{ name: 'at', keys: [{ field: 'at', direction: '2dsphere' }] }] },
      ],
    })
    db = cloud.db
    for (const [name, documents] of [['orders', ORDERS], ['shops', SHOPS], ['places', PLACES]] as const) {
      for (const data of documents) await db.collection(name).add({ data })
    }
    for (let n = 0; n < 30; n++) await db.collection('many').add({ data: { n, even: n % 2 === 0 } })
  })

  afterAll(() => cloud.close())

  const run = async (build: Build, collection = 'orders') =>
    (await build(db.collection(collection).aggregate(), db.command, db).end()).list

  const CASES: [stage: typeof STAGES[number], what: string, build: Build, expected: unknown[]][] = [
    ['addFields', 'into nested fields', a => a.match({ _id: 1 }).addFields({ 'buyer.vip': true, 'shop': '$$REMOVE' }).project({ buyer: 1, shop: 1 }),
      [{ _id: 1, buyer: { name: 'Ann', city: '杭州', vip: true } }]],
    ['addFields', 'from others', (a, { aggregate: $ }) => a.match({ _id: 2 }).addFields({ twice: $.multiply(['$total', 2]) }).project({ twice: 1 }),
      [{ _id: 2, twice: 50 }]],
    ['bucket', 'with bounds and a rest', (a, { aggregate: $ }) =>
      a.bucket({ groupBy: '$total', boundaries: [0, 10, 30], default: 'more', output: { count: $.sum(1), ids: $.push('$_id') } }),
    [{ _id: 0, count: 1, ids: [4] }, { _id: 10, count: 2, ids: [1, 2] }, { _id: 'more', count: 1, ids: [3] }]],
    ['bucketAuto', 'by size', a => a.bucketAuto({ groupBy: '$total', buckets: 2 }),
      [{ _id: { min: 5, max: 25 }, count: 2 }, { _id: { min: 25, max: 40 }, count: 2 }]],
    ['bucketAuto', 'by preferred numbers', a => a.bucketAuto({ groupBy: '$total', buckets: 2, granularity: 'R5' }),
      [{ _id: { min: 4, max: 16 }, count: 2 }, { _id: { min: 16, max: 63 }, count: 2 }]],
    ['count', 'of what is left', a => a.match({ shop: 'a' }).count('n'), [{ n: 2 }]],
    ['count', 'of nothing', a => a.match({ shop: 'z' }).count('n'), []],
    ['group', 'by a field, a missing one as null', (a, { aggregate: $ }) => a.group({ _id: '$shop', sum: $.sum('$total') }).sort({ _id: 1 }),
      [{ _id: null, sum: 5 }, { _id: 'a', sum: 50 }, { _id: 'b', sum: 25 }]],
    ['group', 'by several fields, whose order counts', (a, { aggregate: $ }) =>
      a.match({ shop: 'a' }).group({ _id: { s: '$shop', big: $.gt(['$total', 20]) }, n: $.sum(1) }).sort({ '_id.big': 1 }),
    [{ _id: { s: 'a', big: false }, n: 1 }, { _id: { s: 'a', big: true }, n: 1 }]],
    ['limit', 'after a sort', a => a.sort({ total: -1 }).limit(2).project({ _id: 1 }), [{ _id: 3 }, { _id: 2 }]],
    ['lookup', 'by equal fields', a => a.match({ _id: 1 }).lookup({ from: 'shops', localField: 'shop', foreignField: '_id', as: 'shops' }).project({ shops: 1 }),
      [{ _id: 1, shops: [{ _id: 'a', name: '甲', open: true }] }]],
    ['lookup', 'of a missing field finds null and missing ones', a =>
      a.match({ _id: 4 }).lookup({ from: 'shops', localField: 'shop', foreignField: 'parent', as: 'found' }).project({ 'found._id': 1 }),
    [{ _id: 4, found: [{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }] }]],
    ['lookup', 'of an array finds each element', a =>
      a.match({ _id: 1 }).lookup({ from: 'orders', localField: 'items', foreignField: 'items', as: 'like' }).project({ 'like._id': 1 }),
    [{ _id: 1, like: [{ _id: 1 }, { _id: 2 }] }]],
    ['lookup', 'by a pipeline with variables', (a, _, { command: { aggregate: $ } }) => a.match({ _id: 2 }).lookup({
      from: 'orders',
      let: { least: '$total' },
      pipeline: $.pipeline().match(db.command.expr($.gt(['$total', '$$least']))).project({ total: 1, _id: 0 }).limit(5).done(),
      as: 'larger',
    }).project({ larger: 1 }), [{ _id: 2, larger: [{ total: 40 }] }]],
    ['lookup', 'by a pipeline without variables', (a, { aggregate: $ }) => a.match({ _id: 2 }).lookup({
      from: 'shops', pipeline: $.pipeline().match({ open: true }).project({ _id: 1 }).done(), as: 'shops',
    }).project({ shops: 1 }), [{ _id: 2, shops: [{ _id: 'a' }] }]],
    ['match', 'with commands', (a, _) => a.match({ total: _.gte(10).and(_.lt(40)) }).project({ _id: 1 }), [{ _id: 1 }, { _id: 2 }]],
    ['match', 'after other stages', (a, _) => a.project({ t: '$total' }).match({ t: _.in([5, 40]) }), [{ _id: 3, t: 40 }, { _id: 4, t: 5 }]],
    ['project', 'with kept, nested and computed fields', (a, { aggregate: $ }) =>
      a.match({ _id: 1 }).project({ _id: 0, buyer: { name: 1 }, n: $.size('$items'), lit: $.literal(1), nope: '$nope' }),
    [{ buyer: { name: 'Ann' }, n: 2, lit: 1 }]],
    ['project', 'without some fields', a => a.match({ _id: 1 }).project({ 'buyer.city': 0, 'items': 0, 'total': 0 }), [{ _id: 1, shop: 'a', buyer: { name: 'Ann' } }]],
    ['project', 'with new lists and objects', a => a.match({ _id: 2 }).project({ _id: 0, pair: ['$shop', '$nope'], o: { s: '$shop' } }),
      [{ pair: ['b', null], o: { s: 'b' } }]],
    ['replaceRoot', 'by a field', a => a.match({ _id: 1 }).replaceRoot({ newRoot: '$buyer' }), [{ name: 'Ann', city: '杭州' }]],
    ['replaceRoot', 'by a new object', (a, { aggregate: $ }) => a.match({ _id: 2 }).replaceRoot({ newRoot: $.mergeObjects(['$buyer', { id: '$_id' }]) }),
      [{ name: 'Bob', id: 2 }]],
    ['sample', 'takes each document once', (a, { aggregate: $ }) => a.sample({ size: 9 }).group({ _id: null, ids: $.addToSet('$_id'), n: $.sum(1) }).project({ n: 1, _id: 0 }),
      [{ n: 4 }]],
    ['skip', 'after a sort', a => a.sort({ total: 1 }).skip(3).project({ _id: 1 }), [{ _id: 3 }]],
    ['sort', 'by several fields, missing ones first', a => a.sort({ shop: 1, total: -1 }).project({ _id: 1 }), [{ _id: 4 }, { _id: 3 }, { _id: 1 }, { _id: 2 }]],
    ['sortByCount', 'of a field', a => a.unwind('$items').sortByCount('$items'), [{ _id: 'x', count: 2 }, { _id: 'y', count: 1 }]],
    ['unwind', 'without what has nothing', a => a.unwind('$items').project({ items: 1 }), [{ _id: 1, items: 'x' }, { _id: 1, items: 'y' }, { _id: 2, items: 'x' }]],
    ['unwind', 'with everything and the places', a =>
      a.unwind({ path: '$items', includeArrayIndex: 'at', preserveNullAndEmptyArrays: true }).project({ items: 1, at: 1 }),
    [{ _id: 1, items: 'x', at: 0 }, { _id: 1, items: 'y', at: 1 }, { _id: 2, items: 'x', at: 0 }, { _id: 3, at: null }, { _id: 4, at: null }]],
    ['unwind', 'of what is no array', a => a.match({ _id: 1 }).unwind('$shop').project({ shop: 1 }), [{ _id: 1, shop: 'a' }]],
  ]

  test.each(CASES)('%s %s', async (_stage, _what, build, expected) => {
    expect(await run(build)).toStrictEqual(expected)
  })

  test('geoNear orders by distance, with the distance in metres times a factor and the place', async () => {
    const list = await run((a, _) => a.geoNear({
      distanceField: 'metres', spherical: true, near: db.Geo.Point(120, 30), query: { kind: _.eq('x') }, distanceMultiplier: 2, includeLocs: 'found',
      minDistance: 10, maxDistance: 50_000, limit: 2,
    }).project({ metres: 1, found: 1 }), 'places')
    expect(list.map(({ _id }) => _id)).toEqual(['near', 'far'])
    expect(list[0]?.found).toEqual({ type: 'Point', coordinates: [120, 30.001] })
    expect(Number(list[0]?.metres)).toBeCloseTo(2 * 6_378_100 * 0.001 * Math.PI / 180, 3)
  })

  test('every stage that the SDK can send has a case', () => {
    const covered = new Set<string>([...CASES.map(([stage]) => stage), 'geoNear'])
    expect(STAGES.filter(stage => !covered.has(stage))).toEqual([])
  })

  test.each<[string, Build, string]>([
    ['a limit of 0', a => a.limit(0), 'the limit must be positive'],
    ['a negative skip', a => a.skip(-1), 'cannot be negative'],
    ['a sort by 2', a => a.sort({ n: 2 }), '$sort key ordering must be 1 (for ascending) or -1 (for descending)'],
    ['a group without _id', a => a.group({ n: { $sum: 1 } }), 'a group specification must include an _id'],
    ['a group with what is no accumulator', a => a.group({ _id: null, n: '$n' }), 'The field \'n\' must be an accumulator object'],
    ['a group with an unknown accumulator', a => a.group({ _id: null, n: { $foo: 1 } }), 'unknown group operator \'$foo\''],
    ['a projection that keeps and leaves out', a => a.project({ a: 1, b: 0 }), 'cannot exclude fields other than \'_id\' in an inclusion projection'],
    ['a projection of a field and one inside it', a => a.project({ 'a': 1, 'a.b': 1 }), 'two conflicting paths'],
    ['a projection of nothing', a => a.project({}), 'must have at least one field'],
    ['buckets that are out of order', a => a.bucket({ groupBy: '$total', boundaries: [5, 1] }), 'must be sorted'],
    ['a value outside of all buckets', a => a.bucket({ groupBy: '$total', boundaries: [0, 1] }), 'no default was specified'],
    ['an unwind without a sign', a => a.unwind('items'), 'should be prefixed with a \'$\''],
    ['a root that is no object', a => a.replaceRoot({ newRoot: '$total' }), 'must evaluate to an object'],
    ['a lookup without from', a => a.lookup({ as: 'x' }), 'missing \'from\' option'],
    ['a lookup both ways', a => a.lookup({ from: 'shops', as: 'x', pipeline: [], localField: 'shop', foreignField: '_id' }), 'may not specify \'localField\''],
    ['a lookup that writes', a => a.lookup({ from: 'shops', as: 'x', pipeline: [{ $out: 'y' }] }), 'Stage not supported: $out'],
    ['a count with a sign', a => a.count('$n'), 'cannot be a $-prefixed path'],
    ['geoNear that is not first', a => a.match({}).geoNear({ near: db.Geo.Point(1, 1), distanceField: 'd' }), 'only valid as the first stage'],
    ['geoNear without an index', a => a.geoNear({ near: db.Geo.Point(1, 1), distanceField: 'd' }), 'requires a 2d or 2dsphere index, but none were found'],
    ['nearness in a match', a => a.match({ at: { $nearSphere: { $geometry: { type: 'Point', coordinates: [1, 1] } } } }), 'are not allowed in this context'],
  ])('refuses %s', async (_, build, reason) => {
    await expect(run(build)).rejects.toThrow(reason)
  })

  test('without a limit an aggregation answers 20 documents, with one as many as are asked for', async () => {
    expect(await run(a => a.match({}), 'many')).toHaveLength(20)
    expect(await run(a => a.match({}).limit(1_000), 'many')).toHaveLength(30)
    expect(await run((a, { aggregate: $ }) => a.group({ _id: '$even', n: $.sum(1) }).sort({ _id: 1 }), 'many'))
      .toEqual([{ _id: false, n: 15 }, { _id: true, n: 15 }])
  })
})

test('a lookup finds the same with an index on the other side', async () => {
  const fields = [null, 'a', ['a', 'b'], [], 'c', 1, { x: 1 }]
  const find = async (indexes: { name: string, keys: { field: string, direction: 'asc' }[] }[]) => {
    const client = await Client.open({}, { collections: [{ name: 'items' }, { name: 'others', indexes }] })
    await client.insert(fields.map((f, _id) => ({ _id, f })).concat({ _id: 99 } as { _id: number, f: string }))
    await client.insert(fields.map((g, _id) => ({ _id, g })).concat({ _id: 98 } as { _id: number, g: string }), 'others')
    const { data } = await client.aggregate({ $lookup: { from: 'others', localField: 'f', foreignField: 'g', as: 'found' } }, { $project: { 'found._id': 1 } })
    return data.list.map(item => JSON.parse(String(item)) as { _id: number, found: { _id: number }[] })
      .map(({ _id, found }) => [_id, found.map(other => other._id).sort((left, right) => left - right)])
  }
  const plain = await find([])
  expect(plain).toEqual([[0, [0, 98]], [1, [1, 2]], [2, [1, 2]], [3, []], [4, [4]], [5, [5]], [6, [6]], [99, [0, 98]]])
  expect(await find([{ name: 'g', keys: [{ field: 'g', direction: 'asc' }] }])).toEqual(plain)
})
