import type { Collection } from '../collection.ts'
import type { Document } from '../document.ts'
import type { Box } from '../geo/boxes.ts'
import type { GeoIndex } from '../geo/geoIndex.ts'
import type { SortOrder } from '../order.ts'
import type { IndexKey, KeyRange, OrderedIndex } from '../ordered-index.ts'
import type { Conditions, FieldCondition } from './conditions.ts'
import { conditionsOf } from './conditions.ts'

/** Documents that may match a query, found without looking at the others. */
export interface AccessPath {
  keys: Iterable<string>
  /** True when the keys already come in the order that was asked for. */
  ordered: boolean
  /** The index that is read, several with a comma between them, or null when all documents are. */
  index: string | null
}

/** What one index is worth for a query. */
interface Candidate {
  index: OrderedIndex
  ranges: KeyRange[]
  equalFields: number
  bounded: boolean
  /** In which direction to read the index to get the asked order; null when there is none or it never comes so. */
  direction: 1 | -1 | null
}

/** More combinations of `$in` in several fields than this are not worth expanding. */
const RANGES_MAX = 1_000

/** Chooses the index that narrows a query most, or all documents when none helps. The query must still be tested. */
export function chooseAccessPath(collection: Collection, query: Document, order: SortOrder): AccessPath {
  const conditions = conditionsOf(query)
  const best = bestCandidate(collection, conditions, order)
  const ordered = order.length === 0 || best.direction !== null
  if (best.equalFields > 0) return { keys: scanAll(best), ordered, index: best.index.name }
  const narrow = areaPath(collection, conditions) ?? (best.bounded ? null : alternativesPath(collection, conditions))
  if (narrow) return { ...narrow, ordered: order.length === 0 }
  if (worth(best) > 0) return { keys: scanAll(best), ordered, index: best.index.name }
  return { keys: collection.keys(), ordered, index: null }
}

function bestCandidate(collection: Collection, { fields }: Conditions, order: SortOrder): Candidate {
  return collection.indexes
    .map(index => weigh(index, fields, order))
    .reduce((winner, candidate) => worth(candidate) > worth(winner) ? candidate : winner)
}

function worth({ equalFields, bounded, direction }: Candidate): number {
  return equalFields * 4 + (bounded ? 2 : 0) + (direction !== null ? 1 : 0)
}

function weigh(index: OrderedIndex, fields: Map<string, FieldCondition>, order: SortOrder): Candidate {
  const { prefixes, equalFields } = equalPrefixes(index, fields)
  const next = index.declaration.keys[equalFields]
  const { lower, upper } = (next && fields.get(next.field)) ?? {}
  const bounded = (lower ?? upper) !== undefined
  // Two elements of one array may each satisfy one bound, so a range over arrays cannot be narrowed from both sides.
  const bounds = !bounded ? {} : index.multikey ? { lower } : { lower, upper }
  const ranges = prefixes.map(prefix => ({ prefix, ...bounds }))
  const direction = ranges.length === 1 ? directionFor(index, equalFields, order) : null
  return { index, ranges, equalFields, bounded, direction }
}

/** The keys that the leading fields of an index must begin with. */
function equalPrefixes(index: OrderedIndex, fields: Map<string, FieldCondition>): { prefixes: IndexKey[], equalFields: number } {
  let prefixes: IndexKey[] = [[]]
  let equalFields = 0
  for (const { field } of index.declaration.keys) {
    const values = fields.get(field)?.equals
    if (!values || (equalFields > 0 && prefixes.length * values.length > RANGES_MAX)) break
    prefixes = prefixes.flatMap(prefix => values.map(value => [...prefix, value]))
    equalFields++
  }
  return { prefixes, equalFields }
}

/** In which direction the index must be read to come in the asked order, or null when it never does. */
function directionFor(index: OrderedIndex, equalFields: number, order: SortOrder): 1 | -1 | null {
  if (index.multikey || order.length === 0) return null
  const { keys } = index.declaration
  const fixed = new Set(keys.slice(0, equalFields).map(({ field }) => field))
  const wanted = order.filter(([field]) => !fixed.has(field))
  const directions = wanted.map(([field, direction], position) => {
    const key = keys[equalFields + position]
    return key?.field === field ? direction * (key.direction === 'desc' ? -1 : 1) : 0
  })
  if (directions.every(direction => direction === 1)) return 1
  return directions.every(direction => direction === -1) ? -1 : null
}

function* scanAll({ index, ranges, direction }: Candidate): Generator<string> {
  const seen = ranges.length > 1 ? new Set<string>() : null
  for (const range of ranges) yield* unseen(index.scan(range, direction === -1), seen)
}

/** The documents in an area, when an index knows where they are. */
function areaPath(collection: Collection, { fields }: Conditions): Omit<AccessPath, 'ordered'> | null {
  for (const index of collection.geoIndexes) {
    const boxes = fields.get(index.field)?.boxes
    if (boxes) return { keys: inBoxes(index, boxes), index: index.name }
  }
  return null
}

function* inBoxes(index: GeoIndex, boxes: Box[]): Generator<string> {
  const seen = new Set<string>()
  for (const box of boxes) yield* unseen(index.scan(box), seen)
}

/** The documents of every branch of an `$or`, when each branch has an index that narrows it. */
function alternativesPath(collection: Collection, { alternatives }: Conditions): Omit<AccessPath, 'ordered'> | null {
  for (const branches of alternatives) {
    const paths = branches.map(branch => narrowPath(collection, branch)).filter(path => path !== null)
    if (paths.length > 0 && paths.length === branches.length) {
      return { keys: union(paths), index: [...new Set(paths.map(({ index }) => index))].join(', ') }
    }
  }
  return null
}

function narrowPath(collection: Collection, query: Document): Omit<AccessPath, 'ordered'> | null {
  const conditions = conditionsOf(query)
  const best = bestCandidate(collection, conditions, [])
  if (best.equalFields > 0 || best.bounded) return { keys: scanAll(best), index: best.index.name }
  return areaPath(collection, conditions) ?? alternativesPath(collection, conditions)
}

function* union(paths: Pick<AccessPath, 'keys'>[]): Generator<string> {
  const seen = new Set<string>()
  for (const { keys } of paths) yield* unseen(keys, seen)
}

function* unseen(keys: Iterable<string>, seen: Set<string> | null): Generator<string> {
  for (const key of keys) {
    if (seen?.has(key)) continue
    seen?.add(key)
    yield key
  }
}
