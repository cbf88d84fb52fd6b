import type { IndexDeclaration } from './database.ts'
import type { Document, StoredDocument } from './document.ts'
import { encode } from './ejson.ts'
import type { IndexKey } from './indexKeys.ts'
import { indexKeysOf } from './indexKeys.ts'
import { compareValues } from './order.ts'
import { SortedList } from './sorted-list.ts'

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
 * Finding is a binary search. A document with an array in an indexed field stands under each of its elements.
 */
export class OrderedIndex {
  readonly unique: boolean
  readonly #fields: readonly string[]
  readonly #entries = new SortedList<Entry>((left, right) => this.#compare(left, right))
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
    const entries: Entry[] = []
    for (const { key, sequence, document } of documents) {
      const keys = this.keysOf(document)
      this.#extraEntries += keys.length - 1
      for (const values of keys) entries.push({ values, key, sequence })
    }
    this.#entries.fill(entries)
  }

  /** Takes over what a commit does to one document. Most updates leave most keys alone, and cost nothing here. */
  replace(before: StoredDocument | undefined, after: StoredDocument | undefined): void {
    const oldKeys = before ? this.keysOf(before.document) : []
    const newKeys = after ? this.keysOf(after.document) : []
    if (compareValues(oldKeys, newKeys) === 0) return
    if (before) for (const values of oldKeys) this.#entries.remove({ values, key: before.key, sequence: before.sequence })
    if (after) for (const values of newKeys) this.#entries.add({ values, key: after.key, sequence: after.sequence })
    this.#extraEntries += Math.max(0, newKeys.length - 1) - Math.max(0, oldKeys.length - 1)
  }

  /** Names of the documents in a range, each once, in index order or against it. */
  * scan(range: KeyRange, reverse = false): Generator<string> {
    const seen = this.multikey ? new Set<string>() : null
    for (const { key } of this.#entries.range(({ values }) => this.#side(values, range), reverse)) {
      if (seen?.has(key)) continue
      seen?.add(key)
      yield key
    }
  }

  /** The first key that two documents hold, or null when the index is free of duplicates. */
  firstDuplicate(): IndexKey | null {
    let previous: Entry | undefined
    for (const entry of this.#entries) {
      if (previous && previous.key !== entry.key && compareValues(previous.values, entry.values) === 0) return entry.values
      previous = entry
    }
    return null
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
