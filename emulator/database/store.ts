import type { IndexDeclaration } from './database.ts'
import type { CommittedChange } from './collection.ts'
import { Collection } from './collection.ts'
import type { Document } from './document.ts'
import type { Reader } from './draft.ts'
import { Draft, latest } from './draft.ts'
import { collectionExists, collectionMissing, duplicateKey, RequestFailure, transactionConflict, transactionMissing } from './failures.ts'
import { assertCollectionName, assertIndexDeclaration } from './limits.ts'
import type { Log } from './log.ts'
import { shownKey } from './ordered-index.ts'
import type { Change, Proposal } from './proposals.ts'
import type { Transaction } from './transactions.ts'
import { Transactions } from './transactions.ts'
import { assertUnique, claimsOf } from './uniqueness.ts'

/** What one commit did to one document; a missing side is a document that did not, or does not, exist. */
export interface CommittedDocument {
  collection: string
  before: Document | undefined
  after: Document | undefined
}

/** Is told of every commit, right after it. Must neither throw nor change what it is given. */
export type CommitListener = (changes: readonly CommittedDocument[]) => void

/**
 * The collections and everything that happens to them.
 *
 * Every step between two waits runs without interruption, so a step sees and leaves a whole state. A commit goes to the
 * log first and to memory second: what was acknowledged is in the file.
 */
export class Store {
  readonly transactions: Transactions
  readonly #collections = new Map<string, Collection>()
  #commits = 0
  #nextSequence = 1
  #closed = false

  constructor(private readonly log: Log, transactionLimitMs: number, private readonly onCommit: CommitListener = () => undefined) {
    this.transactions = new Transactions(transactionLimitMs, () => this.#forgetHistories())
    for (const name of log.collections()) this.#load(name)
  }

  get commits(): number {
    return this.#commits
  }

  collection(name: string): Collection {
    const collection = this.#collections.get(name)
    if (!collection) throw collectionMissing(name)
    return collection
  }

  hasCollection(name: string): boolean {
    return this.#collections.has(name)
  }

  addCollection(name: string): void {
    if (this.hasCollection(name)) throw collectionExists(name)
    assertCollectionName(name)
    this.log.addCollection(name)
    this.#collections.set(name, new Collection(name))
  }

  /** Builds an index over what is committed. Waits for open transactions, since the index could not vouch for their writes. */
  async addIndex(collection: Collection, declaration: IndexDeclaration): Promise<void> {
    while (this.transactions.running.size > 0) await Promise.all([...this.transactions.running].map(({ released }) => released))
    this.assertOpen()
    assertIndexDeclaration(declaration, collection.declarations)
    const index = collection.buildIndex(declaration)
    const duplicate = index.ordered?.unique ? index.ordered.firstDuplicate() : null
    if (duplicate) throw duplicateKey(collection.name, declaration.name, shownKey(duplicate))
    this.log.addIndex(collection.name, declaration)
    collection.adoptIndex(declaration, index)
  }

  /** What an operation sees: its transaction's snapshot and writes, or the latest state. */
  reader(transaction: Transaction | null): Reader {
    return transaction?.draft ?? latest
  }

  /** Carries a proposal out, in a transaction or at once. Resolves with the changes when they are made. */
  async write(proposal: Proposal, transaction: Transaction | null): Promise<Change[]> {
    return transaction ? this.#stage(proposal, transaction) : this.#writeAtOnce(proposal)
  }

  commit(transaction: Transaction): void {
    const { failure } = transaction
    // A commit after a swallowed conflict reports the conflict, so that whoever retries conflicts retries this too.
    if (failure) {
      this.transactions.end(transaction)
      throw failure.code === 'DATABASE_TRANSACTION_CONFLICT' ? transactionConflict() : transactionMissing()
    }
    this.#apply(transaction.draft)
    this.transactions.end(transaction)
  }

  assertOpen(): void {
    if (this.#closed) throw new Error('The database is closed.')
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.transactions.endAll()
    this.log.close()
  }

  #stage(proposal: Proposal, transaction: Transaction): Change[] {
    const changes: Change[] = []
    for (const change of proposal(transaction.draft)) {
      this.transactions.claim(transaction, change)
      changes.push(change)
    }
    return changes
  }

  async #writeAtOnce(proposal: Proposal): Promise<Change[]> {
    for (;;) {
      this.assertOpen()
      const { draft, changes, blocker, failure } = this.#attempt(proposal)
      if (blocker) {
        await blocker.released
        continue
      }
      this.#apply(draft)
      if (failure) throw failure
      return changes
    }
  }

  /** Tries a plain write up to its first failure, or up to a transaction that has to end first. */
  #attempt(proposal: Proposal): { draft: Draft, changes: Change[], blocker?: Transaction, failure?: RequestFailure } {
    const draft = new Draft(latest)
    const changes: Change[] = []
    try {
      for (const change of proposal(draft)) {
        const claims = claimsOf(change)
        const blocker = this.transactions.blockerOf(claims)
        if (blocker) return { draft, changes, blocker }
        assertUnique(draft, change, claims)
        draft.put(change, claims)
        changes.push(change)
      }
    } catch (failure) {
      if (failure instanceof RequestFailure) return { draft, changes, failure }
      throw failure
    }
    return { draft, changes }
  }

  #apply(draft: Draft): void {
    const changes = [...this.#committed(draft)]
    if (changes.length === 0) return
    this.log.commit(changes.map(({ collection, change }) => ({ collection: collection.name, key: change.key, stored: change.after })))
    this.#commits++
    const keepHistory = this.transactions.running.size > 0
    for (const { collection, change } of changes) collection.apply(change, this.#commits, keepHistory)
    this.onCommit(changes.map(({ collection, change: { before, after } }) =>
      ({ collection: collection.name, before: before?.document, after: after?.document })))
  }

  * #committed(draft: Draft): Generator<{ collection: Collection, change: CommittedChange }> {
    for (const { collection, key, document } of draft.writes()) {
      const before = collection.get(key)
      const after = document && { key, sequence: before?.sequence ?? this.#nextSequence++, document }
      if (before || after) yield { collection, change: { key, before, after } }
    }
  }

  #forgetHistories(): void {
    for (const collection of this.#collections.values()) collection.forget(this.transactions.oldestSnapshot)
  }

  #load(name: string): void {
    const collection = new Collection(name)
    const documents = this.log.documents(name)
    collection.load(documents)
    for (const declaration of this.log.indexes(name)) collection.adoptIndex(declaration, collection.buildIndex(declaration))
    this.#nextSequence = Math.max(this.#nextSequence, (documents.at(-1)?.sequence ?? 0) + 1)
    this.#collections.set(name, collection)
  }
}
