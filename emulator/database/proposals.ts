import { isDeepStrictEqual } from 'node:util'
import type { Collection } from './collection.ts'
import type { Document } from './document.ts'
import { keyOf } from './document.ts'
import type { Reader } from './draft.ts'
import { select } from './select.ts'
import { replaced, updated } from './update.ts'

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
}

/** Inserts documents that already have ids. */
export function insertion(collection: Collection, documents: readonly Document[]): Proposal {
  return () => documents.map(document => ({ collection, key: keyOf(document._id), before: undefined, after: document }))
}

/** Updates or replaces what matches, and inserts when asked to and nothing does. */
export function modification(collection: Collection, { query, data, merge, multi, upsertId }: Modification): Proposal {
  return function* (reader) {
    const found = select(reader, collection, { query, limit: multi ? Infinity : 1 })
    for (const { key, document } of found) {
      const after = merge ? updated(document, data, query) : replaced(document._id, data)
      // An update that changes nothing is no write: it neither counts nor conflicts.
      if (!merge || !isDeepStrictEqual(document, after)) yield { collection, key, before: document, after }
    }
    if (found.length > 0 || upsertId === null) return
    const after = merge ? updated({ _id: upsertId }, data, query) : replaced(upsertId, data)
    yield { collection, key: keyOf(upsertId), before: undefined, after }
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
