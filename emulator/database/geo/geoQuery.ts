import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import type { Box } from './boxes.ts'
import { boxesOf, boxOfCap } from './boxes.ts'
import type { Cap } from './relations.ts'
import { intersects, isWithinArea, isWithinCap } from './relations.ts'
import type { Shape } from './shapes.ts'
import { readGeometry, readPlaces, readPosition } from './shapes.ts'
import { vectorOf } from './sphere.ts'

/** A condition on where a document is: which shapes satisfy it, and boxes that all of those touch. */
export interface AreaCondition {
  test: (shape: Shape) => boolean
  boxes: Box[]
}

/** Reads `$geoWithin` or `$geoIntersects`; null for any other operator. */
export function readAreaCondition(operator: string, argument: unknown): AreaCondition | null {
  if (operator === '$geoWithin') return readWithin(argument)
  return operator === '$geoIntersects' ? readIntersects(argument) : null
}

/** The places that a value means; none when it cannot be read. */
export function shapesOrNone(value: unknown): Shape[] {
  try {
    return readPlaces(value).map(({ shape }) => shape)
  } catch {
    return []
  }
}

/** Reads the geometry of a query, and refuses one that cannot be. */
export function geometryOf(value: unknown): Shape {
  try {
    return readGeometry(value)
  } catch (error) {
    throw refused(`(BadValue) ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readWithin(argument: unknown): AreaCondition {
  const [specifier, value] = specifierOf(argument)
  if (specifier === '$centerSphere') return withinCap(readCap(value))
  if (specifier !== '$geometry') throw refused(`(BadValue) unknown geo specifier: ${specifier}: use $geometry or $centerSphere`)
  const area = geometryOf(value)
  if (area.polygons.length === 0 || area.points.length + area.lines.length > 0) {
    throw refused('(BadValue) $geoWithin not supported with provided geometry: use a Polygon or a MultiPolygon')
  }
  return { test: shape => isWithinArea(shape, area), boxes: boxesOf(area) }
}

function withinCap(cap: Cap): AreaCondition {
  return { test: shape => isWithinCap(shape, cap), boxes: [boxOfCap(cap)] }
}

/** A middle in degrees and a radius in radians. */
function readCap(value: unknown): Cap {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[1] !== 'number' || !(value[1] >= 0)) {
    throw refused('(BadValue) $centerSphere needs a point and a radius that is not negative')
  }
  try {
    return { middle: vectorOf(readPosition(value[0])), angle: value[1] }
  } catch (error) {
    throw refused(`(BadValue) ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readIntersects(argument: unknown): AreaCondition {
  const [specifier, value] = specifierOf(argument)
  if (specifier !== '$geometry') throw refused(`(BadValue) unknown geo specifier: ${specifier}: use $geometry`)
  const area = geometryOf(value)
  return { test: shape => intersects(shape, area), boxes: boxesOf(area) }
}

function specifierOf(argument: unknown): [string, unknown] {
  const [entry] = isPlainObject(argument) ? Object.entries(argument) : []
  if (!entry) throw refused('(BadValue) geometry must be an object')
  return entry
}
