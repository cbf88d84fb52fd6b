import type { Branch } from '../coverage.ts'
import type { Violation } from './promises.ts'

interface Asked { action: string, transactionId?: unknown }
interface Answered { requestId: string, transactionId?: unknown, code?: string | undefined }

const limitMs = 30_000

/** Promise 8: a transaction that is over serves nothing any more. */
export class Transactions {
  private readonly begunAtMs = new Map<string, number>()

  constructor(private readonly nowMs: () => number, private readonly happened: (branch: Branch) => void) {}

  /** One request to the database and its answer. */
  judge({ action, transactionId }: Asked, answer: Answered): Violation[] {
    if (action === 'database.startTransaction' && answer.transactionId) this.begunAtMs.set(String(answer.transactionId), this.nowMs())
    const begunAtMs = transactionId ? this.begunAtMs.get(String(transactionId)) : undefined
    if (begunAtMs === undefined) return []
    const isOver = this.nowMs() - begunAtMs > limitMs
    if (answer.code === undefined) return isOver ? [{ promise: 8, what: `${action} was carried out ${this.nowMs() - begunAtMs} ms after its transaction began` }] : []
    if (isOver) this.happened('transactionExpired')
    else if (answer.code === 'DATABASE_TRANSACTION_CONFLICT' && answer.requestId !== 'simulated') this.happened('documentConflict')
    return []
  }
}
