import type { Collection } from './collection.ts'
import type { Document } from './document.ts'
import type { Change } from './proposals.ts'
import type { Claims } from './uniqueness.ts'

/** What somebody sees of the database: the latest state, a snapshot, or either with own writes on top. */
export interface Reader {
  read(collection: Collection, key: string): Document | undefined
  /** Names of documents that may look different here than the indexes say. */
  strays(collection: Collection): Iterable<string>
}

/** Sees what is committed at the moment of asking. */
export const latest: Reader = {
  read: (collection, key) => collection.get(key)?.document,
  strays: () => [],
}

/** Sees what was committed at one moment in the past. */
export function snapshotAt(commit: number): Reader {
  return {
    read: (collection, key) => collection.getAt(key, commit),
    strays: collection => collection.keysWithHistory(),
  }
}

/** Writes that are not committed, and a reader who sees them on top of another. */
export class Draft implements Reader {
  readonly #writes = new Map<Collection, Map<string, Document | undefined>>()
  /** Names of claims that the draft moved, with the document that holds them now; null when none does. */
  readonly #holders = new Map<string, string | null>()

  constructor(readonly base: Reader) {}

  read(collection: Collection, key: string): Document | undefined {
    const own = this.#writes.get(collection)
    return own?.has(key) ? own.get(key) : this.base.read(collection, key)
  }

  * strays(collection: Collection): Generator<string> {
    yield* this.#writes.get(collection)?.keys() ?? []
    yield* this.base.strays(collection)
  }

  /** Notes a write. */
  put({ collection, key, after }: Change, { taken, freed }: Claims): void {
    const own = this.#writes.get(collection) ?? new Map<string, Document | undefined>()
    this.#writes.set(collection, own.set(key, after))
    for (const { name } of freed) this.#holders.set(name, null)
    for (const { name } of taken) this.#holders.set(name, key)
  }

  /** Which document holds a unique key by a write of this draft; undefined when the draft leaves the key alone. */
  holderOf(claimName: string): string | null | undefined {
    return this.#holders.get(claimName)
  }

  wrote(collection: Collection, key: string): boolean {
    return this.#writes.get(collection)?.has(key) ?? false
  }

  /** Every document written, in its last state. */
  * writes(): Generator<{ collection: Collection, key: string, document: Document | undefined }> {
    for (const [collection, own] of this.#writes) {
      for (const [key, document] of own) yield { collection, key, document }
    }
  }
}
