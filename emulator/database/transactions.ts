import { Draft, snapshotAt } from './draft.ts'
import type { RequestFailure } from './failures.ts'
import { transactionConflict, transactionMissing } from './failures.ts'
import type { Change } from './proposals.ts'
import type { Claims } from './uniqueness.ts'
import { assertNoLaterHolder, assertUnique, claimsOf } from './uniqueness.ts'

/** One open transaction: a snapshot, its own writes on top, and everything it holds until it ends. */
export class Transaction {
  readonly draft: Draft
  readonly claims = new Set<string>()
  /** Resolves once the transaction holds nothing any more, however it ended. */
  readonly released: Promise<void>
  /** Why the transaction is over although nobody has ended it yet. */
  failure: RequestFailure | null = null
  /** Called once, when everything it held is free. */
  release: () => void = () => {}

  constructor(readonly id: string, readonly snapshot: number) {
    this.draft = new Draft(snapshotAt(snapshot))
    this.released = new Promise((resolve) => { this.release = resolve })
  }
}

/**
 * The open transactions and what each has written.
 *
 * Snapshot isolation: who writes a document first keeps others out until the end, and nobody may write over what was
 * committed after the own snapshot. Reads take part in nothing, so write skew is possible, as in the service.
 *
 * Assumed: the snapshot is that of the start, not of the first operation; and an operation that fails for any reason ends
 * the transaction, as in the engine that the service builds on.
 */
export class Transactions {
  readonly #known = new Map<string, { transaction: Transaction, timer: NodeJS.Timeout }>()
  readonly #running = new Set<Transaction>()
  readonly #holders = new Map<string, Transaction>()

  /** The limit is real time, not the clock of the database: a test that moves that clock must not end transactions. */
  constructor(private readonly limitMs: number, private readonly onRelease: () => void) {}

  get running(): ReadonlySet<Transaction> {
    return this.#running
  }

  /** The oldest commit that some transaction still looks at. */
  get oldestSnapshot(): number {
    return Math.min(...[...this.#running].map(({ snapshot }) => snapshot))
  }

  start(id: string, snapshot: number): void {
    const transaction = new Transaction(id, snapshot)
    const timer = setTimeout(() => this.end(transaction), this.limitMs)
    this.#known.set(id, { transaction, timer })
    this.#running.add(transaction)
  }

  /** The transaction for one more operation. A failed one takes none. */
  usable(id: string): Transaction {
    const transaction = this.find(id)
    if (transaction.failure) throw transactionMissing()
    return transaction
  }

  /** The transaction for its end, failed or not. */
  find(id: string): Transaction {
    const known = this.#known.get(id)
    if (!known) throw transactionMissing()
    return known.transaction
  }

  /** The transaction that keeps a plain write out, if any does. */
  blockerOf({ taken, freed }: Claims): Transaction | undefined {
    return [...taken, ...freed].map(({ name }) => this.#holders.get(name)).find(holder => holder !== undefined)
  }

  /** Takes a change into a transaction, or throws because somebody else was first. */
  claim(transaction: Transaction, change: Change): void {
    const claims = claimsOf(change)
    const names = [...claims.taken, ...claims.freed].map(({ name }) => name)
    const contested = names.some(name => (this.#holders.get(name) ?? transaction) !== transaction)
    if (contested || change.collection.changedSince(change.key, transaction.snapshot)) throw transactionConflict()
    assertUnique(transaction.draft, change, claims)
    assertNoLaterHolder(transaction.draft, change, claims)
    for (const name of names) {
      this.#holders.set(name, transaction)
      transaction.claims.add(name)
    }
    transaction.draft.put(change, claims)
  }

  /** Ends a transaction that failed but is still to be committed or aborted by its owner. */
  fail(transaction: Transaction, failure: RequestFailure): void {
    transaction.failure = failure
    this.#release(transaction)
  }

  /** Ends a transaction for good; its id is unknown from now on. */
  end(transaction: Transaction): void {
    clearTimeout(this.#known.get(transaction.id)?.timer)
    this.#known.delete(transaction.id)
    this.#release(transaction)
  }

  endAll(): void {
    for (const { transaction } of [...this.#known.values()]) this.end(transaction)
  }

  #release(transaction: Transaction): void {
    for (const claim of transaction.claims) this.#holders.delete(claim)
    transaction.claims.clear()
    if (this.#running.delete(transaction)) this.onRelease()
    transaction.release()
  }
}
