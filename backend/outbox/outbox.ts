import type { DeadLetter, EffectKind, EffectState } from '../../contracts/merchant.ts'
import type { Collection, Scalar, Transaction } from '../database.ts'
import { shortIdOf, sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'

/** Something that must happen after a commit. It was written in the transaction that causes it, and is tried until it is done. */
export interface EffectDocument {
  _id: string
  kind: EffectKind
  state: EffectState
  storeId: string
  orderId: string
  payload: Record<string, Scalar>
  /** Counted when a try begins, so that one which kills its function counts as well. */
  tries: number
  /** What the last try that did not succeed was told. */
  said: string
  /** When the timer should try; while a try is under way, when it counts as lost. */
  nextAtMs: number
  /** Set when it is dismissed. */
  note: string
  sortKey: string
  createdAtMs: number
  updatedAtMs: number
}

export const outbox = (world: World): Collection<EffectDocument> => world.database.collection<EffectDocument>('outbox')

export interface NewEffect {
  kind: EffectKind
  /** What it is about, unique within the kind: the same effect has the same id and exists once. */
  about: string
  order: { _id: string, storeId: string }
  payload?: Record<string, Scalar>
  /** At once unless told. */
  atMs?: number
}

export const effectIdOf = (kind: EffectKind, about: string): string => `${kind}_${about}`

/**
 * Writes an effect in the transaction that causes it: one document. A cause that can come a second time reads before;
 * otherwise the transaction fails on the id, and nothing happens twice.
 */
export async function enqueue(world: World, transaction: Transaction, wish: NewEffect): Promise<EffectDocument> {
  const nowMs = world.clock.nowMs()
  const { kind, about, order, payload = {}, atMs = nowMs } = wish
  const id = effectIdOf(kind, about)
  const effect: EffectDocument = {
    _id: id, kind, state: 'Waiting', storeId: order.storeId, orderId: order._id, payload,
    tries: 0, said: '', nextAtMs: atMs, note: '', sortKey: sortKeyOf(nowMs, id), createdAtMs: nowMs, updatedAtMs: nowMs,
  }
  await transaction.add('outbox', effect)
  return effect
}

export function viewDeadLetter({ _id, kind, state, orderId, said, tries, createdAtMs }: EffectDocument): DeadLetter {
  return { id: _id, kind, state, orderId, shortId: shortIdOf(orderId), said, tries, atMs: createdAtMs }
}
