import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { refused } from '../failures.ts'
import type { Found, Visible } from '../select.ts'
import { boxOfCap } from './boxes.ts'
import type { GeoIndex } from './geoIndex.ts'
import { placesIn } from './geoIndex.ts'
import { geometryOf } from './geoQuery.ts'
import { distanceM } from './relations.ts'
import type { Vector } from './sphere.ts'
import { EARTH_RADIUS_M } from './sphere.ts'

const NEAR_OPERATORS = ['$nearSphere', '$near', '$geoNear']
/** No two places are further apart. */
const HALF_AROUND_M = Math.PI * EARTH_RADIUS_M
/** The first circle that is searched; the next ones are twice as wide. */
const FIRST_CIRCLE_M = 1_000

/** A place, and how far from it the documents may be, in metres. */
export interface NearCondition {
  field: string
  place: Vector
  minDistance: number
  maxDistance: number
}

/** A document with the place of it that counts. */
export interface Near extends Found {
  /** In metres. */
  distance: number
  /** As it is stored. */
  place: unknown
}

/** Takes the condition on the distance out of a query. It may stand at the top or in an `$and` there, and only once. */
export function splitNear(query: Document): { near: NearCondition | null, rest: Document } {
  if (!mentionsNear(query)) return { near: null, rest: query }
  const conditions: NearCondition[] = []
  const rest = withoutNear(query, conditions)
  if (conditions.length > 1) throw refused('(BadValue) Too many geoNear expressions')
  return { near: conditions[0] ?? null, rest }
}

/**
 * Documents in order of their distance, as many as are wanted.
 *
 * Searches wider and wider circles until the documents within the last one are enough; a document counts by the nearest of
 * its places. Refuses when no 2dsphere index knows the field.
 */
export function nearestFirst(visible: Visible, near: NearCondition, wanted: number): { matches: Near[], index: string } {
  const index = visible.collection.geoIndexes.find(({ field }) => field === near.field)
  if (!index) throw refused(`(BadValue) error processing query: GEONEAR field=${near.field} planner returned error: unable to find index for $geoNear query`)
  const search = new Search(visible, near, index)
  for (let circleM = wanted === Infinity ? HALF_AROUND_M : FIRST_CIRCLE_M; ; circleM *= 2) {
    const matches = search.within(Math.min(circleM, near.maxDistance))
    if (matches.length >= wanted || circleM >= Math.min(near.maxDistance, HALF_AROUND_M)) return { matches, index: index.name }
  }
}

/** Reads `{$geometry, $minDistance, $maxDistance}` of a field. */
function readNear(field: string, argument: unknown): NearCondition {
  const { $geometry, $minDistance = 0, $maxDistance = HALF_AROUND_M, ...others } = isPlainObject(argument) ? argument : {}
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) throw refused(`(BadValue) invalid argument in geo near query: ${stranger}`)
  const [place] = geometryOf($geometry).points
  if (!place) throw refused('(BadValue) $near requires a point')
  return { field, place, minDistance: distanceOf('$minDistance', $minDistance), maxDistance: distanceOf('$maxDistance', $maxDistance) }
}

/** Checks a distance in metres. */
export function distanceOf(name: string, value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0)) throw refused(`(BadValue) ${name} must be a number that is not negative`)
  return value
}

/** True when a query has a condition on the distance at its top, or in an `$and` there. */
export function mentionsNear(query: Document): boolean {
  return Object.entries(query).some(([field, condition]) => {
    if (field === '$and') return Array.isArray(condition) && condition.some(part => isPlainObject(part) && mentionsNear(part))
    return !field.startsWith('$') && nearOperatorIn(condition) !== undefined
  })
}

function nearOperatorIn(condition: unknown): string | undefined {
  return isPlainObject(condition) ? NEAR_OPERATORS.find(operator => operator in condition) : undefined
}

function withoutNear(query: Document, conditions: NearCondition[]): Document {
  const entries = Object.entries(query).map(([field, condition]) => {
    if (field === '$and' && Array.isArray(condition)) {
      return [field, condition.map((part: unknown) => isPlainObject(part) ? withoutNear(part, conditions) : part)]
    }
    const operator = field.startsWith('$') ? undefined : nearOperatorIn(condition)
    if (operator === undefined || !isPlainObject(condition)) return [field, condition]
    const { [operator]: argument, $minDistance, $maxDistance, ...others } = condition
    const outside = { ...($minDistance !== undefined && { $minDistance }), ...($maxDistance !== undefined && { $maxDistance }) }
    conditions.push(readNear(field, isPlainObject(argument) ? { ...outside, ...argument } : argument))
    return Object.keys(others).length > 0 ? [field, others] : null
  })
  return Object.fromEntries(entries.filter(entry => entry !== null)) as Document
}

/** Looks at each document once, however often a circle grows over it. */
class Search {
  readonly #seen = new Map<string, Near | undefined>()

  constructor(readonly visible: Visible, readonly near: NearCondition, readonly index: GeoIndex) {}

  within(radiusM: number): Near[] {
    const box = boxOfCap({ middle: this.near.place, angle: Math.min(Math.PI, radiusM / EARTH_RADIUS_M) })
    for (const key of [...this.index.scan(box), ...this.visible.strays]) {
      if (!this.#seen.has(key)) this.#seen.set(key, this.#look(key))
    }
    return [...this.#seen.values()]
      .filter(found => found !== undefined)
      .filter(({ distance }) => distance >= this.near.minDistance && distance <= radiusM)
      .sort((left, right) => left.distance - right.distance)
  }

  #look(key: string): Near | undefined {
    const found = this.visible.match(key)
    if (!found) return undefined
    const places = placesIn(found.document, this.near.field)
      .map(({ value, shape }) => ({ place: value, distance: distanceM(this.near.place, shape) }))
    const [nearest] = places.sort((left, right) => left.distance - right.distance)
    return nearest && { ...found, ...nearest }
  }
}
