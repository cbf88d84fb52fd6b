import { Query } from 'mingo'
import { chooseAccessPath } from './access-path.ts'
import type { Collection } from './collection.ts'
import type { Document } from './document.ts'
import { cloneValue, isPlainObject } from './document.ts'
import type { Reader } from './draft.ts'
import { invalidRequest, refusing } from './failures.ts'
import type { SortOrder } from './order.ts'
import { sortBy } from './order.ts'

export interface Selection {
  query: Document
  order?: SortOrder
  offset?: number
  limit?: number
}

/** A document that a reader found, under its name in the collection. */
export interface Found {
  key: string
  document: Document
}

/** Scripts in a query would run inside the emulator; the service refuses them as well. */
const ENGINE = { scriptEnabled: false }

/** Finds documents as one reader sees them. Sorts only when no index yields the order. */
export function select(reader: Reader, collection: Collection, selection: Selection): Found[] {
  const { query, order = [], offset = 0, limit = Infinity } = selection
  const path = chooseAccessPath(collection, query, order)
  const strays = new Set(reader.strays(collection))
  const inOrder = path.ordered && (order.length === 0 || strays.size === 0)
  const matches = refusing(() => {
    const matching = visibleMatches(reader, collection, query, unite(path.keys, strays))
    return [...(inOrder ? take(matching, offset + limit) : matching)]
  })
  const sorted = inOrder ? matches : sortBy(matches, order, ({ document }) => document)
  return sorted.slice(offset, offset + limit)
}

/** Keeps the fields that a projection asks for. */
export function project(documents: readonly Document[], projection: Document | undefined): Document[] {
  if (!projection) return [...documents]
  // The engine removes nested fields in place, so it works on copies.
  return refusing(() => new Query({}, ENGINE).find<Document>(documents.map(cloneValue), projection).all())
}

/** Reads an `order` object, whose fields come in order of significance. */
export function sortOrderOf(order: Document): SortOrder {
  return Object.entries(order).map(([field, direction]) => {
    if (direction !== 1 && direction !== -1) throw invalidRequest(`the order of ${field} must be 1 or -1`)
    return [field, direction]
  })
}

/** True when nothing is asked of the documents. */
export function matchesAll(query: Document): boolean {
  return isPlainObject(query) && Object.keys(query).length === 0
}

function* visibleMatches(reader: Reader, collection: Collection, query: Document, keys: Iterable<string>): Generator<Found> {
  const test = matchesAll(query) ? null : new Query(query, ENGINE)
  for (const key of keys) {
    const document = reader.read(collection, key)
    if (document && (!test || test.test(document))) yield { key, document }
  }
}

/** Keys of an access path, then those that the reader sees differently. */
function* unite(keys: Iterable<string>, strays: Set<string>): Generator<string> {
  for (const key of keys) if (!strays.has(key)) yield key
  yield* strays
}

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let taken = 0
  if (taken >= count) return
  for (const item of items) {
    yield item
    if (++taken >= count) return
  }
}
