import type { IndexDeclaration } from './database.ts'
import type { Document, StoredDocument } from './document.ts'
import { encode } from './ejson.ts'
import type { IndexKey } from './indexKeys.ts'
import { indexKeysOf } from './indexKeys.ts'
import { compareValues } from './order.ts'

export type { IndexKey } from './indexKeys.ts'

/** Keys that begin with `prefix` and whose next field lies between the bounds. */
export interface KeyRange {
  prefix: IndexKey
  lower?: Bound
  upper?: Bound
}

export interface Bound {
  value: unknown
  inclusive: boolean
}

interface Entry {
  values: IndexKey
  key: string
  sequence: number
}

/**
 * The latest committed documents of a collection, in the order of some fields.
 *
 * A sorted array: finding is a binary search and inserting moves pointers, which stays far below the cost of the file
 * for any shop that fits into memory. A document with an array in an indexed field stands under each of its elements.
 */
export class OrderedIndex {
  readonly unique: boolean
  readonly #fields: readonly string[]
  #entries: Entry[] = []
  #extraEntries = 0

  constructor(readonly declaration: IndexDeclaration) {
    this.unique = declaration.unique ?? false
    this.#fields = declaration.keys.map(({ field }) => field)
  }

  get name(): string {
    return this.declaration.name
  }

  /** True while some document stands under several keys: order and ranges then mean less. */
  get multikey(): boolean {
    return this.#extraEntries > 0
  }

  /** The keys under which a document stands; a missing field counts as null. */
  keysOf(document: Document): IndexKey[] {
    return indexKeysOf(document, this.#fields)
  }

  /** Refuses a document with arrays in two fields. */
  assertIndexable(document: Document): void {
    if (this.#fields.length > 1) this.keysOf(document)
  }

  /** Fills an empty index at once, much faster than one by one. */
  load(documents: Iterable<StoredDocument>): void {
    for (const stored of documents) {
      const keys = this.keysOf(stored.document)
      this.#extraEntries += keys.length - 1
      for (const values of keys) this.#entries.push({ values, key: stored.key, sequence: stored.sequence })
    }
    this.#entries.sort((left, right) => this.#compare(left, right))
  }

  /** Takes over what a commit does to one document. Most updates leave most keys alone, and cost nothing here. */
  replace(before: StoredDocument | undefined, after: StoredDocument | undefined): void {
    const oldKeys = before ? this.keysOf(before.document) : []
    const newKeys = after ? this.keysOf(after.document) : []
    if (compareValues(oldKeys, newKeys) === 0) return
    if (before) for (const values of oldKeys) this.#remove(values, before)
    if (after) for (const values of newKeys) this.#add(values, after)
    this.#extraEntries += Math.max(0, newKeys.length - 1) - Math.max(0, oldKeys.length - 1)
  }

  /** Names of the documents in a range, each once, in index order or against it. */
  * scan(range: KeyRange, reverse = false): Generator<string> {
    const start = this.#firstAt(entry => this.#side(entry.values, range) >= 0)
    const end = this.#firstAt(entry => this.#side(entry.values, range) > 0)
    const seen = this.multikey ? new Set<string>() : null
    for (let step = 0; step < end - start; step++) {
      const key = this.#entries[reverse ? end - 1 - step : start + step]?.key
      if (key === undefined || seen?.has(key)) continue
      seen?.add(key)
      yield key
    }
  }

  /** The first key that two documents hold, or null when the index is free of duplicates. */
  firstDuplicate(): IndexKey | null {
    for (const [position, entry] of this.#entries.entries()) {
      const next = this.#entries[position + 1]
      if (next && next.key !== entry.key && compareValues(entry.values, next.values) === 0) return entry.values
    }
    return null
  }

  #add(values: IndexKey, { key, sequence }: StoredDocument): void {
    const entry = { values, key, sequence }
    this.#entries.splice(this.#firstAt(other => this.#compare(other, entry) >= 0), 0, entry)
  }

  #remove(values: IndexKey, { key, sequence }: StoredDocument): void {
    const entry = { values, key, sequence }
    this.#entries.splice(this.#firstAt(other => this.#compare(other, entry) >= 0), 1)
  }

  #compare(left: Entry, right: Entry): number {
    for (const position of this.declaration.keys.keys()) {
      const difference = compareValues(left.values[position], right.values[position])
      if (difference !== 0) return difference * this.#sign(position)
    }
    return left.sequence - right.sequence
  }

  /** Negative before the range, zero inside and positive behind it, in index order. */
  #side(values: IndexKey, { prefix, lower, upper }: KeyRange): number {
    for (const [position, wanted] of prefix.entries()) {
      const difference = compareValues(values[position], wanted)
      if (difference !== 0) return difference * this.#sign(position)
    }
    const value = values[prefix.length]
    const sign = this.#sign(prefix.length)
    if (lower && !reaches(compareValues(value, lower.value), lower)) return -sign
    if (upper && !reaches(compareValues(upper.value, value), upper)) return sign
    return 0
  }

  #sign(position: number): number {
    return this.declaration.keys[position]?.direction === 'desc' ? -1 : 1
  }

  /** The first position whose entry satisfies a condition that holds from some point on. */
  #firstAt(holds: (entry: Entry) => boolean): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const entry = this.#entries[middle]
      if (entry && holds(entry)) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Tells keys apart as text; equal keys have equal texts. */
export function keyText(key: IndexKey): string {
  return encode(key.map(value => value === undefined ? { $undefined: true } : value))
}

/** A key as the service prints it in a duplicate key error. */
export function shownKey(key: IndexKey): string {
  return `{ ${key.map(value => `: ${encode(value)}`).join(', ')} }`
}

function reaches(difference: number, { inclusive }: Bound): boolean {
  return inclusive ? difference >= 0 : difference > 0
}
