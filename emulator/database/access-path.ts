import type { Collection } from './collection.ts'
import type { Document } from './document.ts'
import { isPlainObject } from './document.ts'
import type { SortOrder } from './order.ts'
import type { Bound, IndexKey, KeyRange, OrderedIndex } from './ordered-index.ts'

/** Documents that may match a query, found without looking at the others. */
export interface AccessPath {
  keys: Iterable<string>
  /** True when the keys already come in the order that was asked for. */
  ordered: boolean
}

/** What a query says about one field, as far as an index can use it. */
interface FieldCondition {
  equals?: unknown[]
  lower?: Bound
  upper?: Bound
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

/** More alternatives of `$in` than this are not worth expanding field by field. */
const RANGES_MAX = 1_000

/** Chooses the index that narrows a query most, or all documents when none helps. The query must still be tested. */
export function chooseAccessPath(collection: Collection, query: Document, order: SortOrder): AccessPath {
  const conditions = conditionsOf(query)
  const best = collection.indexes
    .map(index => weigh(index, conditions, order))
    .reduce((winner, candidate) => worth(candidate) > worth(winner) ? candidate : winner)
  const keys = worth(best) === 0 ? collection.keys() : scanAll(best)
  return { keys, ordered: order.length === 0 || best.direction !== null }
}

function worth({ equalFields, bounded, direction }: Candidate): number {
  return equalFields * 4 + (bounded ? 2 : 0) + (direction !== null ? 1 : 0)
}

function weigh(index: OrderedIndex, conditions: Map<string, FieldCondition>, order: SortOrder): Candidate {
  const { prefixes, equalFields } = equalPrefixes(index, conditions)
  const next = index.declaration.keys[equalFields]
  const { lower, upper } = (next && conditions.get(next.field)) ?? {}
  // Two elements of one array may each satisfy one bound, so a range over arrays cannot be narrowed from both sides.
  const bounded = !index.multikey && (lower ?? upper) !== undefined
  const ranges = prefixes.map(prefix => bounded ? { prefix, lower, upper } : { prefix })
  const direction = ranges.length === 1 ? directionFor(index, equalFields, order) : null
  return { index, ranges, equalFields, bounded, direction }
}

/** The keys that the leading fields of an index must begin with. */
function equalPrefixes(index: OrderedIndex, conditions: Map<string, FieldCondition>): { prefixes: IndexKey[], equalFields: number } {
  let prefixes: IndexKey[] = [[]]
  let equalFields = 0
  for (const { field } of index.declaration.keys) {
    const values = conditions.get(field)?.equals
    if (!values || prefixes.length * values.length > RANGES_MAX) break
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
  for (const range of ranges) {
    for (const key of index.scan(range, direction === -1)) {
      if (seen?.has(key)) continue
      seen?.add(key)
      yield key
    }
  }
}

/** Conditions that every match must satisfy. What an index cannot use is left to the test of each document. */
function conditionsOf(query: Document): Map<string, FieldCondition> {
  const conditions = new Map<string, FieldCondition>()
  for (const [field, wanted] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(wanted)) {
      for (const part of wanted) if (isPlainObject(part)) for (const entry of conditionsOf(part)) note(conditions, ...entry)
    } else if (!field.startsWith('$')) {
      note(conditions, field, conditionOf(wanted))
    }
  }
  return conditions
}

function note(conditions: Map<string, FieldCondition>, field: string, condition: FieldCondition): void {
  conditions.set(field, { ...condition, ...conditions.get(field) })
}

function conditionOf(wanted: unknown): FieldCondition {
  if (isComparable(wanted)) return { equals: [wanted ?? null] }
  if (!isPlainObject(wanted)) return {}
  const condition: FieldCondition = {}
  if ('$eq' in wanted && isComparable(wanted.$eq)) condition.equals = [wanted.$eq ?? null]
  else if (Array.isArray(wanted.$in) && wanted.$in.every(isComparable)) condition.equals = wanted.$in.map((value: unknown) => value ?? null)
  if (isBound(wanted.$gte)) condition.lower = { value: wanted.$gte, inclusive: true }
  if (isBound(wanted.$gt)) condition.lower = { value: wanted.$gt, inclusive: false }
  if (isBound(wanted.$lte)) condition.upper = { value: wanted.$lte, inclusive: true }
  if (isBound(wanted.$lt)) condition.upper = { value: wanted.$lt, inclusive: false }
  return condition
}

function isComparable(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || isBound(value)
}

function isBound(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || value instanceof Date
}
