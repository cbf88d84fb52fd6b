/**
 * The narrow part of a document database that the shop uses. Values that people send can only ever be compared with:
 * there is no way to write an operator into a query or an update from outside.
 */
export interface Database {
  collection<D extends Stored>(name: string): Collection<D>
  /**
   * Runs `work` in a transaction and commits it, again from the start when another writer was quicker. `work` may run
   * several times: no payment call, message or random number inside.
   */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
}

export interface Stored { _id: string }

export type Scalar = string | number | boolean | null

/** A condition on one field. Plain scalars mean equality. */
export type Condition =
  | { op: 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte', value: Scalar }
  | { op: 'in', values: Scalar[] }

export type Where = Record<string, Scalar | Condition>

export const not = (value: Scalar): Condition => ({ op: 'neq', value })
export const below = (value: number | string): Condition => ({ op: 'lt', value })
export const atMost = (value: number | string): Condition => ({ op: 'lte', value })
export const above = (value: number | string): Condition => ({ op: 'gt', value })
export const atLeast = (value: number | string): Condition => ({ op: 'gte', value })
export const oneOf = (values: readonly Scalar[]): Condition => ({ op: 'in', values: [...values] })

/** What an update does to a document. Field names may be dotted paths; values replace what was there. */
export interface Change {
  set?: Record<string, unknown>
  inc?: Record<string, number>
  push?: Record<string, unknown>
  /** Appends to an array and keeps only its last so many elements. */
  pushLast?: Record<string, { value: unknown, keep: number }>
  /** Removes the elements of an array that have these values. */
  pull?: Record<string, Record<string, Scalar>>
}

export interface Collection<D extends Stored> {
  read(id: string): Promise<D | null>
  /** `Exists` when a document has this `_id`, or breaks a unique index. */
  add(document: D): Promise<'Added' | 'Exists'>
  find(query: { where: Where, sort?: [field: string, direction: 'asc' | 'desc'], limit: number }): Promise<D[]>
  count(where: Where): Promise<number>
  /** Nothing happens when it is gone already. */
  remove(id: string): Promise<void>
  /** Changes the document `id` if it also meets `where`, as one atomic step. True when it did. */
  changeIf(id: string, where: Where, change: Change): Promise<boolean>
}

/** Only what cloud transactions really carry: single documents. `where` inside a transaction would escape it. */
export interface Transaction {
  read<D extends Stored>(collection: string, id: string): Promise<D | null>
  add<D extends Stored>(collection: string, document: D): Promise<void>
  change(collection: string, id: string, change: Change): Promise<void>
}
