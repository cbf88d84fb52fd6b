import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DatabaseDeclaration } from '../../../emulator/database/database.ts'
import { Client } from './client.ts'
import type { Cloud, CloudDatabase, Command, Fields } from './sdkClient.ts'
import { openCloud, SDKS, SHAPES } from './sdkClient.ts'

const EARTH_RADIUS_M = 6_378_100
const INDEXED: DatabaseDeclaration = {
  collections: [{ name: 'items', indexes: [{ name: 'at', keys: [{ field: 'at', direction: '2dsphere' }] }] }],
}

type Place = [longitude: number, latitude: number]

const point = (...coordinates: Place) => ({ type: 'Point', coordinates })
const square = ([west, south]: Place, [east, north]: Place): Place[] =>
  [[west, south], [east, south], [east, north], [west, north], [west, south]]

/** The distance on a sphere by the haversine formula, which the database does not use. */
function haversineM([aLongitude, aLatitude]: Place, [bLongitude, bLatitude]: Place): number {
  const radians = (degrees: number) => degrees * Math.PI / 180
  const half = Math.sin(radians(bLatitude - aLatitude) / 2) ** 2
    + Math.cos(radians(aLatitude)) * Math.cos(radians(bLatitude)) * Math.sin(radians(bLongitude - aLongitude) / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)))
}

describe.each(SDKS)('places with %s', (sdk) => {
  let cloud: Cloud
  let db: CloudDatabase
  let _: Command
  const line = (...places: Place[]) => db.Geo.LineString(places.map(place => db.Geo.Point(...place)))
  const area = (...rings: Place[][]) => db.Geo.Polygon(rings.map(ring => line(...ring)))

  beforeAll(async () => {
    cloud = await openCloud(sdk, { collections: [...INDEXED.collections, { name: 'plain' }, { name: 'shapes' }] })
    db = cloud.db
    _ = db.command
    const shops: Fields[] = [
      { _id: 'lake', at: db.Geo.Point(120.15, 30.25), open: true },
      { _id: 'station', at: db.Geo.Point(120.18, 30.24) },
      { _id: 'airport', at: db.Geo.Point(120.43, 30.23), open: true },
      { _id: 'capital', at: db.Geo.Point(116.4, 39.9) },
      { _id: 'nowhere' },
    ]
    for (const data of shops) {
      await db.collection('items').add({ data })
      await db.collection('plain').add({ data })
    }
  })

  afterAll(() => cloud.close())

  const ids = async (where: object, collection = 'items') => (await db.collection(collection).where(where).get()).data.map(({ _id }) => _id)

  test('all shapes are stored and come back', async () => {
    const made: Record<typeof SHAPES[number], object> = {
      Point: db.Geo.Point(1, 2),
      LineString: line([0, 0], [1, 1]),
      Polygon: area(square([0, 0], [9, 9]), square([1, 1], [2, 2])),
      MultiPoint: db.Geo.MultiPoint([db.Geo.Point(1, 2), db.Geo.Point(3, 4)]),
      MultiLineString: db.Geo.MultiLineString([line([0, 0], [1, 1]), line([2, 2], [3, 3])]),
      MultiPolygon: db.Geo.MultiPolygon([area(square([0, 0], [1, 1])), area(square([5, 5], [6, 6]))]),
    }
    for (const shape of SHAPES) {
      await db.collection('shapes').add({ data: { _id: shape, deep: { at: made[shape] } } })
      const { data } = await db.collection('shapes').doc(shape).get()
      expect(JSON.stringify((data.deep as Fields).at)).toBe(JSON.stringify(made[shape]))
      expect(await ids({ 'deep.at': _.geoIntersects({ geometry: made[shape] }) }, 'shapes')).toContain(shape)
    }
  })

  test('geoNear orders by distance, between a least and a greatest one', async () => {
    const near = (options: object) => ids({ at: _.geoNear({ geometry: db.Geo.Point(120.16, 30.25), ...options }) })
    expect(await near({})).toEqual(['lake', 'station', 'airport', 'capital'])
    expect(await near({ maxDistance: 50_000 })).toEqual(['lake', 'station', 'airport'])
    expect(await near({ minDistance: 1_000, maxDistance: 50_000 })).toEqual(['station', 'airport'])
    expect(await near({ minDistance: 10_000_000 })).toEqual([])
  })

  test('geoNear goes with other conditions, a limit, and another order', async () => {
    const near = _.geoNear({ geometry: db.Geo.Point(120.16, 30.25) })
    expect(await ids({ at: near, open: true })).toEqual(['lake', 'airport'])
    const bounded = _.geoNear({ geometry: db.Geo.Point(120.16, 30.25), minDistance: 0, maxDistance: 20_000_000 })
    expect(await ids(_.and([{ at: bounded }, { open: _.exists(false) }]))).toEqual(['station', 'capital'])
    // Inside a list the SDK sends distances that are left out as null, which is no number.
    await expect(ids(_.and([{ at: near }]))).rejects.toThrow('$minDistance must be a number')
    const nearest = (await db.collection('items').where({ at: near }).skip(1).limit(1).get()).data
    expect(nearest.map(({ _id }) => _id)).toEqual(['station'])
    const byName = (await db.collection('items').where({ at: near }).orderBy('_id', 'asc').limit(2).get()).data
    expect(byName.map(({ _id }) => _id)).toEqual(['airport', 'capital'])
  })

  test('geoNear is refused without an index, when counting, and inside an or', async () => {
    const near = { at: _.geoNear({ geometry: db.Geo.Point(120, 30) }) }
    await expect(ids(near, 'plain')).rejects.toMatchObject({
      errCode: -502001, errMsg: expect.stringContaining('unable to find index for $geoNear query') as string,
    })
    await expect(db.collection('items').where(near).count()).rejects.toThrow('are not allowed in this context')
    await expect(ids(_.or([near, { open: true }]))).rejects.toThrow('are not allowed in this context')
    await expect(ids({ ...near, other: _.geoNear({ geometry: db.Geo.Point(1, 1) }) })).rejects.toThrow('Too many geoNear expressions')
  })

  test.each(['items', 'plain'])('geoWithin finds what lies in an area or a circle, in %s', async (collection) => {
    const within = (options: object) => ids({ at: _.geoWithin(options) }, collection)
    expect(await within({ geometry: area(square([120.1, 30.2], [120.2, 30.3])) })).toEqual(['lake', 'station'])
    expect(await within({ geometry: area(square([120, 30], [121, 31]), square([120.17, 30.23], [120.19, 30.25])) })).toEqual(['lake', 'airport'])
    const two = db.Geo.MultiPolygon([area(square([116, 39], [117, 40])), area(square([120.4, 30.2], [120.5, 30.3]))])
    expect((await within({ geometry: two })).sort()).toEqual(['airport', 'capital'])
    expect(await within({ centerSphere: [db.Geo.Point(120.16, 30.25), 5_000 / EARTH_RADIUS_M] })).toEqual(['lake', 'station'])
    expect(await within({ centerSphere: [[120.16, 30.25], 5_000 / EARTH_RADIUS_M] })).toEqual(['lake', 'station'])
  })

  test('geoIntersects finds lines that cross, areas that overlap, and what only touches', async () => {
    const shapes: Record<string, object> = {
      diagonal: line([10, 10], [12, 12]),
      beside: line([10, 14], [12, 14]),
      overlapping: area(square([11, 11], [15, 15])),
      around: area(square([0, 0], [30, 30])),
      withHole: area(square([0, 0], [30, 30]), square([5, 5], [20, 20])),
      corner: db.Geo.Point(13, 9),
      apart: db.Geo.Point(40, 40),
    }
    await cloud.database.declare({ collections: [{ ...INDEXED.collections[0], name: 'crossing' }] })
    for (const [_id, at] of Object.entries(shapes)) await db.collection('crossing').add({ data: { _id, at } })
    const meeting = (geometry: object) => ids({ at: _.geoIntersects({ geometry }) }, 'crossing')
    expect((await meeting(area(square([9, 9], [13, 13])))).sort()).toEqual(['around', 'corner', 'diagonal', 'overlapping'])
    expect((await meeting(line([10, 12], [12, 10]))).sort()).toEqual(['around', 'diagonal', 'overlapping'])
    expect((await meeting(db.Geo.Point(11, 11))).sort()).toEqual(['around', 'overlapping'])
    expect(await meeting(db.Geo.Point(40, 40))).toEqual(['apart'])
    expect((await meeting(db.Geo.MultiPoint([db.Geo.Point(40, 40), db.Geo.Point(2, 2)]))).sort()).toEqual(['apart', 'around', 'withHole'])
  })

  test.each<[string, () => object, string]>([
    ['a longitude', () => ({ type: 'Point', coordinates: [200, 10] }), 'out of bounds'],
    ['a latitude', () => ({ type: 'Point', coordinates: [10, 91] }), 'out of bounds'],
    ['a type', () => ({ type: 'Circle', coordinates: [1, 1] }), 'unknown GeoJSON type'],
    ['coordinates', () => ({ type: 'Point', coordinates: ['1', '2'] }), 'must only contain numeric elements'],
    ['a line of one place', () => ({ type: 'LineString', coordinates: [[1, 1], [1, 1]] }), 'at least 2 vertices'],
    ['an open ring', () => ({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1]]] }), 'Loop is not closed'],
    ['a ring that crosses itself', () => ({ type: 'Polygon', coordinates: [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]] }), 'cross'],
    ['a text', () => ({ name: 'here' }), 'geo element must be an array or object'],
  ])('a 2dsphere index refuses %s that cannot be, whichever way it comes', async (_name, at, reason) => {
    const refused = { errCode: -502001, errMsg: expect.stringMatching(new RegExp(`Can't extract geo keys.*${reason}`, 's')) as string }
    await expect(db.collection('items').add({ data: { at: at() } })).rejects.toMatchObject(refused)
    await expect(db.collection('items').doc('nowhere').update({ data: { at: _.set(at()) } })).rejects.toMatchObject(refused)
    await expect(db.collection('items').doc('nowhere').set({ data: { at: at() } })).rejects.toMatchObject(refused)
    expect((await db.collection('items').doc('nowhere').get()).data).toEqual({ _id: 'nowhere' })
  })
})

test('an index over places that cannot be is not built', async () => {
  const client = await Client.open()
  await client.insert({ at: point(0, 99) })
  await expect(client.database.declare(INDEXED)).rejects.toThrow('Can\'t extract geo keys')
})

test('queries refuse geometries that cannot be', async () => {
  const client = await Client.open({}, INDEXED)
  const within = (argument: object) => client.find({ at: { $geoWithin: argument } })
  await expect(within({ $geometry: point(1, 1) })).rejects.toThrow('use a Polygon or a MultiPolygon')
  await expect(within({ $box: [[0, 0], [1, 1]] })).rejects.toThrow('use $geometry or $centerSphere')
  await expect(within({ $centerSphere: [[0, 0], -1] })).rejects.toThrow('not negative')
  await expect(client.find({ at: { $geoIntersects: { $geometry: point(181, 0) } } })).rejects.toThrow('out of bounds')
  await expect(client.find({ at: { $nearSphere: { $geometry: point(0, 0), $maxDistance: -1 } } })).rejects.toThrow('not negative')
})

test('edges are geodesics: they bend towards the pole', async () => {
  const client = await Client.open({}, INDEXED)
  await client.insert([{ _id: 'bulge', at: point(20, 61.5) }, { _id: 'hollow', at: point(20, 50.5) }, { _id: 'beyond', at: point(20, 63) }])
  const wide = { type: 'Polygon', coordinates: [square([0, 50], [40, 60])] }
  expect(await client.find({ at: { $geoWithin: { $geometry: wide } } })).toMatchObject([{ _id: 'bulge' }])
})

test('areas reach over the date line and around a pole', async () => {
  const client = await Client.open({}, INDEXED)
  const places = { fiji: point(179.9, -17), tonga: point(-175, -21), pole: point(0, 89.9), rome: point(12, 42) }
  await client.insert(Object.entries(places).map(([_id, at]) => ({ _id, at })))
  const find = async (coordinates: Place[][]) =>
    (await client.find({ at: { $geoWithin: { $geometry: { type: 'Polygon', coordinates } } } })).map(({ _id }) => _id)
  expect((await find([square([170, -30], [-170, -10])])).sort()).toEqual(['fiji', 'tonga'])
  expect(await find([[[0, 70], [90, 70], [180, 70], [-90, 70], [0, 70]]])).toEqual(['pole'])
})

test('a document with several places counts by the nearest, and stands in each area', async () => {
  const client = await Client.open({}, INDEXED)
  await client.insert([
    { _id: 'chain', at: [point(10, 10), point(50, 50)] }, { _id: 'pair', at: [11, 10] }, { _id: 'named', at: { lng: 12, lat: 10 } },
  ])
  const near = (place: Place) => client.find({ at: { $nearSphere: { $geometry: point(...place) } } })
  expect((await near([50, 49])).map(({ _id }) => _id)).toEqual(['chain', 'named', 'pair'])
  expect((await near([10.6, 10])).map(({ _id }) => _id)).toEqual(['pair', 'chain', 'named'])
})

test('a transaction sees its own places, and an older one the places of its start', async () => {
  const client = await Client.open({}, INDEXED)
  await client.insert([{ _id: 'a', at: point(10, 10) }, { _id: 'b', at: point(20, 20) }])
  const near = async (reader: Client) =>
    (await reader.find({ at: { $nearSphere: { $geometry: point(10, 10), $maxDistance: 200_000 } } })).map(({ _id }) => _id)
  const old = await client.begin()
  const own = await client.begin()
  await own.update({ _id: 'b' }, { $set: { at: point(10, 11) } })
  expect(await near(own)).toEqual(['a', 'b'])
  await own.commit()
  expect(await near(client)).toEqual(['a', 'b'])
  expect(await near(old)).toEqual(['a'])
})

const longitude = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, -179.9999, 0, 179.9999, 180))
const latitude = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, -89.9999, 0, 89.9999, 90))
const place = fc.tuple(longitude, latitude) as fc.Arbitrary<Place>
const size = fc.constantFrom(0.001, 0.05, 2, 30)

/** Points, lines and triangles of every size, anywhere. */
const shape = fc.tuple(place, size, fc.constantFrom('Point', 'LineString', 'Polygon')).map(([[x, y], reach, type]) => {
  const east = (degrees: number) => x + degrees > 180 ? x + degrees - 360 : x + degrees
  const corner = (dx: number, dy: number): Place => [east(dx * reach), Math.max(-90, Math.min(90, y + dy * reach))]
  if (type === 'Point') return point(x, y)
  const [a, b, c] = [corner(0, 0), corner(1, 0.2), corner(0.3, 1)]
  return type === 'LineString' ? { type, coordinates: [a, b, c] } : { type, coordinates: [[a, b, c, a]] }
})

test('the index finds the same as looking at every document, everywhere on earth', { timeout: 60_000 }, async () => {
  const shapes = fc.array(shape, { minLength: 1, maxLength: 12 })
  await fc.assert(fc.asyncProperty(shapes, shape, place, size, async (shapes, asked, middle, reach) => {
    const indexed = await Client.open({}, INDEXED)
    const plain = await Client.open()
    for (const [_id, at] of shapes.entries()) {
      // Triangles at a pole may have no extent, which the index refuses.
      if (!(await indexed.insert({ _id, at })).code) await plain.insert({ _id, at })
    }
    const conditions = [
      { $geoWithin: { $centerSphere: [middle, reach * Math.PI / 180] } }, { $geoIntersects: { $geometry: asked } },
      ...asked.type === 'Polygon' ? [{ $geoWithin: { $geometry: asked } }] : [],
    ]
    for (const condition of conditions) {
      const find = (client: Client) => client.find({ at: condition }, { order: { _id: 1 } }).catch(String)
      expect(await find(indexed)).toEqual(await find(plain))
    }
    for (const client of [indexed, plain]) await client.database.close()
  }), { numRuns: 120 })
})

test('nearness is the distance on the sphere, in metres and in order', { timeout: 60_000 }, async () => {
  const places = fc.array(place, { minLength: 1, maxLength: 15 })
  await fc.assert(fc.asyncProperty(places, place, fc.nat(20_100_000), async (places, from, maxDistance) => {
    const client = await Client.open({}, INDEXED)
    await client.insert(places.map((coordinates, _id) => ({ _id, at: point(...coordinates) })))
    const found = await client.find({ at: { $nearSphere: { $geometry: point(...from), $maxDistance: maxDistance } } })
    const distances = found.map(({ at }) => haversineM(from, (at as { coordinates: Place }).coordinates))
    // Half a metre is what the two formulas may differ by on the other side of the earth.
    for (const [at, distance] of distances.entries()) expect(distance).toBeGreaterThan((distances[at - 1] ?? 0) - 0.5)
    const all = places.map(other => haversineM(from, other))
    expect(found.length).toBeGreaterThanOrEqual(all.filter(distance => distance < maxDistance - 0.5).length)
    expect(found.length).toBeLessThanOrEqual(all.filter(distance => distance < maxDistance + 0.5).length)
    await client.database.close()
  }), { numRuns: 80 })
})
