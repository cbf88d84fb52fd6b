import type { Collection } from './collection.ts'
import type { Document } from './document.ts'
import { isPlainObject } from './document.ts'
import type { Reader } from './draft.ts'
import { invalidRequest } from './failures.ts'
import { nearestFirst, splitNear } from './geo/near.ts'
import type { SortOrder } from './order.ts'
import { sortBy } from './order.ts'
import { chooseAccessPath } from './query/accessPath.ts'
import type { DocumentTest } from './query/match.ts'
import { compileQuery } from './query/match.ts'

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

/** How a selection was carried out, in the words of `explain`. */
export interface Explanation {
  /** The index that was read, several with a comma between them; null when all documents were looked at. */
  index: string | null
  /** How many documents were looked at. */
  scanned: number
  returned: number
  /** True when no index gave the order, so that what matched was sorted in memory. */
  sorted: boolean
}

/** What a selection found, and how. */
export interface Explained {
  found: Found[]
  explanation: Explanation
}

/** Finds documents as one reader sees them. Sorts only when no index yields the order. */
export function select(reader: Reader, collection: Collection, selection: Selection): Found[] {
  return selectExplained(reader, collection, selection).found
}

/** Like `select`, and tells how the documents were found. */
export function selectExplained(reader: Reader, collection: Collection, selection: Selection): Explained {
  const { query, order = [], offset = 0, limit = Infinity } = selection
  const { near, rest } = splitNear(query)
  const test = matchesAll(rest) ? null : compileQuery(rest)
  const visible = new Visible(reader, collection, test)
  const end = order.length === 0 ? offset + limit : Infinity
  const { matches, index, inOrder } = near
    ? { ...nearestFirst(visible, near, end), inOrder: order.length === 0 }
    : alongPath(visible, rest, order, offset + limit)
  const sorted = inOrder ? matches : sortBy(matches, order, ({ document }) => document)
  const found = sorted.slice(offset, offset + limit)
  return { found, explanation: { index, scanned: visible.scanned, returned: found.length, sorted: !inOrder } }
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

/** The documents of a collection as one reader sees them, with a count of those that were looked at. */
export class Visible {
  scanned = 0
  /** Names of documents that may look different to the reader than the indexes say. */
  readonly strays: ReadonlySet<string>

  constructor(readonly reader: Reader, readonly collection: Collection, readonly test: DocumentTest | null) {
    this.strays = new Set(reader.strays(collection))
  }

  /** The document under a name, if the reader sees it and it passes the test. */
  match(key: string): Found | undefined {
    const document = this.reader.read(this.collection, key)
    if (!document) return undefined
    this.scanned++
    return !this.test || this.test(document) ? { key, document } : undefined
  }
}

interface Matches {
  matches: Found[]
  index: string | null
  inOrder: boolean
}

function alongPath(visible: Visible, query: Document, order: SortOrder, end: number): Matches {
  const { keys, ordered, index } = chooseAccessPath(visible.collection, query, order)
  const inOrder = ordered && (order.length === 0 || visible.strays.size === 0)
  return { matches: matchesAmong(visible, keys, inOrder ? end : Infinity), index, inOrder }
}

/** Tests the documents of an access path, then those that the reader sees differently, until there are enough. */
function matchesAmong(visible: Visible, keys: Iterable<string>, enough: number): Found[] {
  const matches: Found[] = []
  if (enough === 0) return matches
  for (const key of unite(keys, visible.strays)) {
    const found = visible.match(key)
    if (found && matches.push(found) >= enough) break
  }
  return matches
}

function* unite(keys: Iterable<string>, strays: ReadonlySet<string>): Generator<string> {
  for (const key of keys) if (!strays.has(key)) yield key
  yield* strays
}
