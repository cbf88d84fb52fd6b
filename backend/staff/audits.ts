import { createHash } from 'node:crypto'
import type { AuditKind } from '../../contracts/staffOrder.ts'
import type { Collection, Transaction } from '../database.ts'
import type { World } from '../ports.ts'

/**
 * Who did what to money, to what is owed after it, and to what can be bought: written in the transaction that does it. Its
 * `_id` comes from the wish, so the row is also the proof that a wish was already carried out.
 */
export interface AuditDocument {
  _id: string
  what: AuditKind
  by: string
  /** The request, refund, incident, effect, round, sitting or store that it was done to. */
  subject: string
  /** The order that it concerns; empty where it concerns none. */
  orderId: string
  amountFen: number
  note: string
  atMs: number
}

export const audits = (world: World): Collection<AuditDocument> => world.database.collection<AuditDocument>('audits')

/** The same wish always means the same row. */
export const auditIdOf = (...wish: readonly string[]): string =>
  createHash('sha256').update(wish.join('\n')).digest('hex').slice(0, 24)

/** Writes a row. The transaction fails, and starts again, when the very wish was carried out meanwhile. */
export async function writeAudit(world: World, transaction: Transaction, row: Omit<AuditDocument, 'atMs'>): Promise<void> {
  await transaction.add<AuditDocument>('audits', { ...row, atMs: world.clock.nowMs() })
}
