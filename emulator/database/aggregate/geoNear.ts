import type { Collection } from '../collection.ts'
import type { Document } from '../document.ts'
import { isPlainObject } from '../document.ts'
import { latest } from '../draft.ts'
import { refused } from '../failures.ts'
import { geometryOf } from '../geo/geoQuery.ts'
import type { NearCondition } from '../geo/near.ts'
import { distanceOf, nearestFirst } from '../geo/near.ts'
import { compileQuery } from '../query/match.ts'
import { Visible } from '../select.ts'
import { withValueAt } from './shape.ts'

/** The default of MongoDB before 4.2, whose options the SDK has. */
const LIMIT_DEFAULT = 100
const OPTIONS = [
  'near', 'distanceField', 'spherical', 'limit', 'num', 'maxDistance', 'minDistance', 'query', 'distanceMultiplier', 'uniqueDocs',
  'includeLocs', 'key',
]

/** Documents in order of their distance from a place, with that distance in metres. Counts what it looks at. */
export function geoNear(collection: Collection, specification: unknown): { documents: Document[], index: string, scanned: number } {
  if (!isPlainObject(specification)) throw refused('$geoNear specification must be an object')
  const stranger = Object.keys(specification).find(name => !OPTIONS.includes(name))
  if (stranger !== undefined) throw refused(`Unrecognized option to $geoNear: ${stranger}`)
  const { distanceField, includeLocs, query = {}, distanceMultiplier = 1 } = specification
  if (typeof distanceField !== 'string') throw refused('$geoNear requires a \'distanceField\' option as a String')
  if (includeLocs !== undefined && typeof includeLocs !== 'string') throw refused('$geoNear requires that \'includeLocs\' option is a String')
  if (!isPlainObject(query)) throw refused('$geoNear requires the \'query\' option to be an object')
  const factor = distanceOf('distanceMultiplier', distanceMultiplier)
  const limit = limitOf(specification)
  const visible = new Visible(latest, collection, compileQuery(query))
  const { matches, index } = nearestFirst(visible, conditionOf(collection, specification), limit)
  const documents = matches.slice(0, limit).map(({ document, distance, place }) => {
    const measured = withValueAt(document, distanceField, distance * factor)
    return includeLocs === undefined ? measured : withValueAt(measured, includeLocs, place)
  })
  return { documents, index, scanned: visible.scanned }
}

function limitOf({ num, limit = LIMIT_DEFAULT }: Record<string, unknown>): number {
  const wanted = num ?? limit
  if (Number.isInteger(wanted) && Number(wanted) > 0) return Number(wanted)
  throw refused('$geoNear requires the \'limit\' option to be a whole number above 0')
}

function conditionOf(collection: Collection, specification: Record<string, unknown>): NearCondition {
  const { near, key, minDistance = 0, maxDistance = Infinity } = specification
  const [place] = geometryOf(near).points
  if (!place) throw refused('$geoNear requires \'near\' to be a point')
  return {
    field: fieldOf(collection, key),
    place,
    minDistance: distanceOf('minDistance', minDistance),
    maxDistance: distanceOf('maxDistance', maxDistance),
  }
}

/** The field of the only index there is, unless a key names one. */
function fieldOf(collection: Collection, key: unknown): string {
  if (key !== undefined) {
    if (typeof key !== 'string') throw refused('$geoNear requires that \'key\' option is a String')
    return key
  }
  const [index, another] = collection.geoIndexes
  if (!index) throw refused('$geoNear requires a 2d or 2dsphere index, but none were found')
  if (another) throw refused(`There is more than one 2dsphere index on ${collection.name}; unsure which to use for $geoNear`)
  return index.field
}
