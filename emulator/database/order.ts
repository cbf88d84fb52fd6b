import type { BSONRegExp } from 'bson'
import { tagOf } from './bsonTypes.ts'
import type { Document } from './document.ts'
import { isPlainObject } from './document.ts'
import { valuesAt } from './query/paths.ts'

/** The order of BSON types. A missing value comes before null, where the two are told apart at all. */
const RANKS = {
  minKey: 0, missing: 1, null: 2, number: 3, string: 4, object: 5, array: 6, binary: 7, objectId: 8, boolean: 9, date: 10,
  timestamp: 11, regexp: 12, other: 13, maxKey: 14,
} as const

const RANKS_OF_TAGS: Readonly<Record<string, number>> = {
  MinKey: RANKS.minKey, MaxKey: RANKS.maxKey, ObjectId: RANKS.objectId, Binary: RANKS.binary, Timestamp: RANKS.timestamp,
  BSONRegExp: RANKS.regexp, Decimal128: RANKS.number, Long: RANKS.number, Int32: RANKS.number, Double: RANKS.number,
  BSONSymbol: RANKS.string, DBRef: RANKS.object,
}

/** Compares two values as the database sorts them: by type first, then by value. Fields of objects count in their order. */
export function compareValues(left: unknown, right: unknown): number {
  if (left === right) return 0
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  if (typeof left === 'number' && typeof right === 'number') return compareNumbers(left, right)
  const rank = rankOf(left)
  return rank - rankOf(right) || compareWithin(rank, left, right)
}

/** True for values that the database takes for the same: `1` and `1.0`, but not objects whose fields come in another order. */
export function sameValue(left: unknown, right: unknown): boolean {
  return compareValues(left, right) === 0
}

/** True when both values belong to one type, so that `$lt` and its like compare them at all. */
export function sameKind(left: unknown, right: unknown): boolean {
  return rankOf(left) === rankOf(right)
}

/**
 * Compares by code points, which is the order of the UTF-8 bytes. JavaScript's own `<` goes by UTF-16 units and puts emoji
 * before some letters.
 */
export function compareText(left: string, right: string): number {
  const shared = Math.min(left.length, right.length)
  for (let place = 0; place < shared; place++) {
    const [a, b] = [left.charCodeAt(place), right.charCodeAt(place)]
    if (a !== b) return weightOf(a) - weightOf(b)
  }
  return left.length - right.length
}

/** Fields in order of significance, 1 ascending and -1 descending. */
export type SortOrder = [field: string, direction: 1 | -1][]

/** Sorts without touching the given list; equal documents keep their places. */
export function sortBy<T>(items: readonly T[], order: SortOrder, documentOf: (item: T) => Document): T[] {
  const keyed = items.map((item) => {
    const document = documentOf(item)
    return { item, keys: order.map(([field, direction]) => sortKey(document, field, direction)) }
  })
  keyed.sort((left, right) => {
    for (const [position, [, direction]] of order.entries()) {
      const difference = compareValues(left.keys[position], right.keys[position])
      if (difference !== 0) return difference * direction
    }
    return 0
  })
  return keyed.map(({ item }) => item)
}

/** An array sorts by its least element when ascending and by its greatest when descending, an empty one before null. */
function sortKey(document: Document, field: string, direction: 1 | -1): unknown {
  const values = valuesAt(document, field, false).flatMap((value) => {
    if (!Array.isArray(value)) return [value ?? null]
    return value.length === 0 ? [undefined] : value.map(item => item ?? null)
  })
  if (values.length === 0) return null
  return values.reduce((best, value) => compareValues(value, best) * direction < 0 ? value : best)
}

function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'undefined': return RANKS.missing
    case 'number':
    case 'bigint': return RANKS.number
    case 'string': return RANKS.string
    case 'boolean': return RANKS.boolean
  }
  if (value === null) return RANKS.null
  if (Array.isArray(value)) return RANKS.array
  if (value instanceof Date) return RANKS.date
  return isPlainObject(value) ? RANKS.object : RANKS_OF_TAGS[tagOf(value) ?? ''] ?? RANKS.other
}

function compareWithin(rank: number, left: unknown, right: unknown): number {
  switch (rank) {
    case RANKS.minKey:
    case RANKS.missing:
    case RANKS.null:
    case RANKS.maxKey: return 0
    case RANKS.number:
    case RANKS.boolean:
    case RANKS.date: return compareNumbers(Number(left), Number(right))
    case RANKS.object: return compareObjects(Object.entries(left as object), Object.entries(right as object))
    case RANKS.array: return compareLists(left as unknown[], right as unknown[])
    case RANKS.regexp: return compareText(patternText(left), patternText(right))
    default: return compareText(String(left), String(right))
  }
}

/** NaN is the least number. */
function compareNumbers(left: number, right: number): number {
  if (left === right) return 0
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1
  if (Number.isNaN(right)) return 1
  return left < right ? -1 : 1
}

function compareLists(left: unknown[], right: unknown[]): number {
  const shared = Math.min(left.length, right.length)
  for (let position = 0; position < shared; position++) {
    const difference = compareValues(left[position], right[position])
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Field by field: the types first, then the names, then the values. */
function compareObjects(left: [string, unknown][], right: [string, unknown][]): number {
  for (const [position, [name, value]] of left.entries()) {
    const other = right[position]
    if (!other) return 1
    const difference = rankOf(value) - rankOf(other[1]) || compareText(name, other[0]) || compareValues(value, other[1])
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function patternText(value: unknown): string {
  const { pattern, options } = value as BSONRegExp
  return `${pattern}\0${options}`
}

/** Puts the halves of surrogate pairs after every other UTF-16 unit. */
function weightOf(unit: number): number {
  return unit >= 0xD800 && unit <= 0xDFFF ? unit + 0x10000 : unit
}
