import type { Draft } from './draft.ts'
import { duplicateKey, transactionConflict } from './failures.ts'
import type { IndexKey, OrderedIndex } from './ordered-index.ts'
import { keyText, shownKey } from './ordered-index.ts'
import type { Change } from './proposals.ts'

/** One key of a unique index, with a name that is unique in the whole database. */
export interface Claim {
  name: string
  index: OrderedIndex
  key: IndexKey
}

/**
 * Everything that a change must have for itself until it is committed.
 *
 * The key of the `_id` index stands for the document, so it is part of every change. Keys of other unique indexes count
 * when the change takes or frees them.
 */
export interface Claims {
  taken: Claim[]
  freed: Claim[]
}

export function claimsOf(change: Change): Claims {
  return { taken: claimsIn(change, change.after, change.before), freed: claimsIn(change, change.before, change.after) }
}

/** Throws when another document that the draft sees holds a unique key that the change takes. */
export function assertUnique(draft: Draft, change: Change, { taken }: Claims): void {
  for (const claim of taken) {
    const own = draft.holderOf(claim.name)
    const holder = own === undefined ? holderBelow(draft, change, claim) : own
    const itself = change.before !== undefined && holder === change.key
    if (holder !== null && !itself) throw duplicateKey(change.collection.name, claim.index.name, shownKey(claim.key))
  }
}

/** Throws when a document that was committed after the snapshot holds a unique key that the change takes. */
export function assertNoLaterHolder(draft: Draft, { collection, key }: Change, { taken }: Claims): void {
  for (const claim of taken) {
    for (const holder of claim.index.scan({ prefix: claim.key })) {
      if (holder !== key && !draft.wrote(collection, holder)) throw transactionConflict()
    }
  }
}

/** The visible document that holds a key which the draft itself has not moved. */
function holderBelow(draft: Draft, { collection }: Change, { index, key }: Claim): string | null {
  const wanted = keyText(key)
  for (const candidate of [...index.scan({ prefix: key }), ...draft.base.strays(collection)]) {
    const document = draft.read(collection, candidate)
    if (document && index.keysOf(document).some(present => keyText(present) === wanted)) return candidate
  }
  return null
}

/** Claims of one state of a document, without those that the other state has as well. */
function claimsIn({ collection }: Change, state: Change['after'], other: Change['after']): Claim[] {
  if (!state) return []
  return collection.indexes.filter(({ unique }) => unique).flatMap((index) => {
    const shared = new Set(other && index.name !== '_id_' ? index.keysOf(other).map(keyText) : [])
    return index.keysOf(state)
      .filter(key => !shared.has(keyText(key)))
      .map(key => ({ name: `${collection.name} ${index.name} ${keyText(key)}`, index, key }))
  })
}
