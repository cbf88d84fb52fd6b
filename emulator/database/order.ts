import type { Document } from './document.ts'
import { isPlainObject } from './document.ts'

/** The order of BSON types; a missing field counts as null. */
const RANKS = { null: 1, number: 2, string: 3, object: 4, array: 5, bson: 6, boolean: 7, date: 8, regexp: 9 } as const

/** Compares two values as the database sorts them: by type first, then by value. */
export function compareValues(left: unknown, right: unknown): number {
  if (left === right) return 0
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : 1
  const rank = rankOf(left)
  const difference = rank - rankOf(right)
  if (difference !== 0) return difference
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right)
  if (isPlainObject(left) && isPlainObject(right)) return compareObjects(left, right)
  return comparePrimitives(primitive(left), primitive(right))
}

/** All values that a dotted path reaches, through arrays as well. Arrays at the end stay whole. Never empty: missing is null. */
export function leavesAt(document: unknown, path: string): unknown[] {
  const leaves: unknown[] = []
  collectLeaves(document, path.split('.'), leaves)
  return leaves.length > 0 ? leaves : [null]
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

/** An array sorts by its least element when ascending and by its greatest when descending. */
function sortKey(document: Document, field: string, direction: 1 | -1): unknown {
  const values = leavesAt(document, field).flatMap(leaf => Array.isArray(leaf) ? leaf : [leaf])
  if (values.length === 0) return null
  return values.reduce((best, value) => compareValues(value, best) * direction < 0 ? value : best)
}

function collectLeaves(value: unknown, path: string[], leaves: unknown[]): void {
  const [field, ...rest] = path
  if (field === undefined) {
    leaves.push(value ?? null)
  } else if (Array.isArray(value)) {
    if (/^\d+$/.test(field)) collectLeaves(value[Number(field)], rest, leaves)
    for (const item of value) if (isPlainObject(item)) collectLeaves(item, path, leaves)
  } else if (isPlainObject(value)) {
    collectLeaves(value[field], rest, leaves)
  } else {
    leaves.push(null)
  }
}

function rankOf(value: unknown): number {
  if (value === null || value === undefined) return RANKS.null
  if (typeof value === 'number' || typeof value === 'bigint') return RANKS.number
  if (typeof value === 'string') return RANKS.string
  if (typeof value === 'boolean') return RANKS.boolean
  if (Array.isArray(value)) return RANKS.array
  if (value instanceof Date) return RANKS.date
  if (value instanceof RegExp) return RANKS.regexp
  return isPlainObject(value) ? RANKS.object : RANKS.bson
}

function primitive(value: unknown): number | string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof Date ? value.getTime() : String(value)
}

function comparePrimitives(left: number | string | null, right: number | string | null): number {
  if (left === null || right === null || left === right) return 0
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

function compareObjects(left: Record<string, unknown>, right: Record<string, unknown>): number {
  return compareLists(Object.entries(left), Object.entries(right))
}
