import type { Collection } from './collection.ts'
import type { Document } from './document.ts'
import { keyOf } from './document.ts'
import type { Reader } from './draft.ts'
import { assertStorable } from './limits.ts'
import { sameValue } from './order.ts'
import { select } from './select.ts'
import type { Update } from './update/update.ts'
import { compileUpdate, replaced } from './update/update.ts'

/** One document that a request wants to write. */
export interface Change {
  collection: Collection
  key: string
  before: Document | undefined
  after: Document | undefined
}

/**
 * What a request wants to write, given what its reader sees.
 *
 * Changes are made one after another, so a failure leaves the earlier ones behind, as in the service. The same proposal
 * may be asked again after a wait, and must then start from the new state.
 */
export type Proposal = (reader: Reader) => Iterable<Change>

export interface Modification {
  query: Document
  /** Update operators when `merge` is set, else a whole document. */
  data: Document
  merge: boolean
  multi: boolean
  /** Id for a document to insert when nothing matches and the query names none; null when nothing is to be inserted. */
  upsertId: unknown
  /** What `$currentDate` takes for now. */
  nowMs: number
}

/** Inserts documents that already have ids. Those before one that cannot be stored stay. */
export function insertion(collection: Collection, documents: readonly Document[]): Proposal {
  return function* () {
    for (const document of documents) {
      assertStorable(document)
      yield change(collection, keyOf(document._id), undefined, document)
    }
  }
}

/** Updates or replaces what matches, and inserts when asked to and nothing does. */
export function modification(collection: Collection, { query, data, merge, multi, upsertId, nowMs }: Modification): Proposal {
  const update = merge ? compileUpdate(data, query, nowMs) : replacement(data)
  return function* (reader) {
    const found = select(reader, collection, { query, limit: multi ? Infinity : 1 })
    for (const { key, document } of found) {
      const after = update.updated(document)
      // An update that changes nothing is no write: it neither counts nor conflicts.
      if (!merge || !sameValue(document, after)) yield change(collection, key, document, after)
    }
    if (found.length > 0 || upsertId === null) return
    yield change(collection, keyOf(upsertId), undefined, update.inserted(upsertId))
  }
}

/** Removes what matches. */
export function removal(collection: Collection, query: Document, multi: boolean): Proposal {
  return function* (reader) {
    for (const { key, document } of select(reader, collection, { query, limit: multi ? Infinity : 1 })) {
      yield { collection, key, before: document, after: undefined }
    }
  }
}

function replacement(data: Document): Update {
  return { updated: ({ _id }) => replaced(_id, data), inserted: id => replaced(id, data) }
}

function change(collection: Collection, key: string, before: Document | undefined, after: Document): Change {
  collection.assertIndexable(after)
  return { collection, key, before, after }
}
