import type { IndexDeclaration } from './database.ts'
import type { Document, StoredDocument } from './document.ts'
import { GeoIndex } from './geo/geoIndex.ts'
import { OrderedIndex } from './ordered-index.ts'

/** A document from one commit on, until the next version of it. `undefined` is a document that does not exist. */
interface Version {
  from: number
  document: Document | undefined
}

/** What one commit does to one document. */
export interface CommittedChange {
  key: string
  before: StoredDocument | undefined
  after: StoredDocument | undefined
}

/** One declared index, built but perhaps not in use yet: one that is ordered, or one for each geographic field. */
export interface BuiltIndex {
  ordered: OrderedIndex | null
  geo: GeoIndex[]
}

const ID_INDEX: IndexDeclaration = { name: '_id_', unique: true, keys: [{ field: '_id', direction: 'asc' }] }

/**
 * The committed documents of one collection.
 *
 * Indexes and `get` know the latest state only. What open transactions still see of the past is kept beside it, in
 * histories that exist for no longer than some snapshot needs them: a reader of the past looks up the index and then
 * asks for the few documents with a history as well.
 */
export class Collection {
  readonly #declarations: IndexDeclaration[] = []
  readonly #indexes: OrderedIndex[] = [new OrderedIndex(ID_INDEX)]
  readonly #geoIndexes: GeoIndex[] = []
  readonly #latest = new Map<string, StoredDocument>()
  readonly #histories = new Map<string, Version[]>()

  constructor(readonly name: string) {}

  get indexes(): readonly OrderedIndex[] {
    return this.#indexes
  }

  get geoIndexes(): readonly GeoIndex[] {
    return this.#geoIndexes
  }

  get declarations(): readonly IndexDeclaration[] {
    return this.#declarations
  }

  /** Names of all committed documents, oldest first. */
  keys(): Iterable<string> {
    return this.#latest.keys()
  }

  get(key: string): StoredDocument | undefined {
    return this.#latest.get(key)
  }

  /** The document as it was right after a commit. */
  getAt(key: string, commit: number): Document | undefined {
    const history = this.#histories.get(key)
    if (!history) return this.#latest.get(key)?.document
    return history.filter(version => version.from <= commit).at(-1)?.document
  }

  /** Names of the documents whose past differs from the latest state, for some open snapshot. */
  keysWithHistory(): Iterable<string> {
    return this.#histories.keys()
  }

  /** True when the document was written after a commit that some open snapshot stands at. */
  changedSince(key: string, commit: number): boolean {
    return (this.#histories.get(key)?.at(-1)?.from ?? 0) > commit
  }

  /** Fills an empty collection with what the file holds. */
  load(documents: readonly StoredDocument[]): void {
    for (const stored of documents) this.#latest.set(stored.key, stored)
    for (const index of [...this.#indexes, ...this.#geoIndexes]) index.load(documents)
  }

  /** Takes one change of a commit over, keeping the replaced version when open snapshots may need it. */
  apply({ key, before, after }: CommittedChange, commit: number, keepHistory: boolean): void {
    for (const index of this.#indexes) index.replace(before, after)
    for (const index of this.#geoIndexes) index.replace(before, after)
    if (after) this.#latest.set(key, after)
    else this.#latest.delete(key)
    if (!keepHistory) return
    const history = this.#histories.get(key) ?? [{ from: 0, document: before?.document }]
    history.push({ from: commit, document: after?.document })
    this.#histories.set(key, history)
  }

  /** Drops versions that no snapshot at `oldestSnapshot` or later can see. */
  forget(oldestSnapshot: number): void {
    for (const [key, history] of this.#histories) {
      while (history[1] && history[1].from <= oldestSnapshot) history.shift()
      if (history.length === 1) this.#histories.delete(key)
    }
  }

  /** Refuses a document that some index cannot take. */
  assertIndexable(document: Document): void {
    for (const index of this.#indexes) index.assertIndexable(document)
    for (const index of this.#geoIndexes) index.assertIndexable(document)
  }

  /** Builds an index over the present documents without using it yet. Refuses documents that it cannot take. */
  buildIndex(declaration: IndexDeclaration): BuiltIndex {
    const geographic = declaration.keys.filter(({ direction }) => direction === '2dsphere')
    const geo = geographic.map(({ field }) => new GeoIndex(declaration, field))
    const ordered = geo.length === 0 ? new OrderedIndex(declaration) : null
    for (const index of geo) for (const { document } of this.#latest.values()) index.assertIndexable(document)
    for (const index of ordered ? [ordered] : geo) index.load(this.#latest.values())
    return { ordered, geo }
  }

  adoptIndex(declaration: IndexDeclaration, { ordered, geo }: BuiltIndex): void {
    this.#declarations.push(declaration)
    if (ordered) this.#indexes.push(ordered)
    this.#geoIndexes.push(...geo)
  }
}
