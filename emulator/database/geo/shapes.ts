import { isPlainObject } from '../document.ts'
import { encode } from '../ejson.ts'
import { crossingEdges, Polygon } from './polygon.ts'
import type { Position, Vector } from './sphere.ts'
import { angleBetween, TOLERANCE, vectorOf } from './sphere.ts'

/** A geometry of GeoJSON, taken apart. */
export interface Shape {
  points: Vector[]
  lines: Vector[][]
  polygons: Polygon[]
}

/** What a geometry is made of, by its type; `many` types hold a list of that. */
const TYPES: Readonly<Record<string, { part: keyof Shape, many: boolean }>> = {
  Point: { part: 'points', many: false },
  MultiPoint: { part: 'points', many: true },
  LineString: { part: 'lines', many: false },
  MultiLineString: { part: 'lines', many: true },
  Polygon: { part: 'polygons', many: false },
  MultiPolygon: { part: 'polygons', many: true },
}

const readers = { points: readPoint, lines: readLine, polygons: readPolygon }

/** Reads a GeoJSON geometry. Throws an Error that says what is wrong with it. */
export function readGeometry(value: unknown): Shape {
  if (!isPlainObject(value)) throw new Error(`geometry must be an object: ${encode(value)}`)
  if (value.type === 'GeometryCollection') return readCollection(value.geometries)
  const type = typeof value.type === 'string' && Object.hasOwn(TYPES, value.type) ? TYPES[value.type] : undefined
  if (!type) throw new Error(`unknown GeoJSON type: ${encode(value)}`)
  const parts = listOf(type.many ? value.coordinates : [value.coordinates], 'coordinates').map(part => readers[type.part](part))
  return { points: [], lines: [], polygons: [], [type.part]: parts }
}

/** A place that a document has: the value that is stored, and what it means. */
export interface Place {
  value: unknown
  shape: Shape
}

/**
 * Reads what a field of a document holds: a geometry, a pair of coordinates, or a list of them. A missing one is none; throws
 * an Error for what cannot be a place.
 */
export function readPlaces(value: unknown): Place[] {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) && !isPair(value) ? value : [value]).map(item => ({ value: item as unknown, shape: readPlace(item) }))
}

function readPlace(value: unknown): Shape {
  if (isPlainObject(value) && 'type' in value) return readGeometry(value)
  const pair = isPlainObject(value) ? Object.values(value) : value
  if (!isPair(pair)) throw new Error(`geo element must be an array or object: ${encode(value)}`)
  return { points: [readPoint(pair)], lines: [], polygons: [] }
}

function readCollection(geometries: unknown): Shape {
  const shapes = listOf(geometries, 'geometries').map(readGeometry)
  const parts = <T>(pick: (shape: Shape) => T[]) => shapes.flatMap(pick)
  return { points: parts(({ points }) => points), lines: parts(({ lines }) => lines), polygons: parts(({ polygons }) => polygons) }
}

function readPoint(coordinates: unknown): Vector {
  return vectorOf(readPosition(coordinates))
}

/** Checks a longitude and a latitude. */
export function readPosition(coordinates: unknown): Position {
  const [longitude, latitude] = listOf(coordinates, 'Point')
  if (typeof longitude !== 'number' || typeof latitude !== 'number') throw new Error(`Point must only contain numeric elements: ${encode(coordinates)}`)
  if (!(Math.abs(longitude) <= 180) || !(Math.abs(latitude) <= 90)) {
    throw new Error(`longitude/latitude is out of bounds, lng: ${longitude} lat: ${latitude}`)
  }
  return [longitude, latitude]
}

function readLine(coordinates: unknown): Vector[] {
  const line = withoutRepeats(listOf(coordinates, 'LineString').map(readPoint))
  if (line.length < 2) throw new Error(`GeoJSON LineString must have at least 2 vertices: ${encode(coordinates)}`)
  return line
}

function readPolygon(coordinates: unknown): Polygon {
  const rings = listOf(coordinates, 'Polygon').map(readRing)
  if (rings.length === 0) throw new Error('Polygon has no loops.')
  return new Polygon(rings)
}

function readRing(coordinates: unknown): Vector[] {
  const positions = listOf(coordinates, 'Polygon loop')
  if (encode(positions[0]) !== encode(positions.at(-1))) throw new Error(`Loop is not closed: ${encode(coordinates)}`)
  const ring = withoutRepeats(positions.map(readPoint))
  if (ring.length < 4) throw new Error(`Loop must have at least 3 different vertices: ${encode(coordinates)}`)
  const crossing = crossingEdges(ring)
  if (crossing) throw new Error(`Loop is not valid: ${encode(coordinates)} Edges ${crossing[0]} and ${crossing[1]} cross`)
  return ring
}

function withoutRepeats(places: Vector[]): Vector[] {
  return places.filter((place, at) => at === 0 || angleBetween(place, places[at - 1] as Vector) > TOLERANCE)
}

function isPair(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length >= 2 && typeof value[0] === 'number' && typeof value[1] === 'number'
}

function listOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${what} must be an array: ${encode(value)}`)
  return value
}
