import * as v from 'valibot'
import { Id, Note, RequestId } from './fields.ts'

/** Supplied: put on the shelf by staff. Corrected: counted, and found to be more or fewer. */
export type StockMoveKind = 'Supplied' | 'Corrected' | 'Sold' | 'Returned'

/** One line of the ledger. */
export interface StockMoveView {
  id: string
  kind: StockMoveKind
  /** Pieces gained; negative when they went. */
  change: number
  subject: string
  note: string
  atMs: number
}

/** What stands on a shelf. supplied = available + held + sold. */
export interface StockView {
  productId: string
  skuId?: string
  available: number
  /** For orders that wait for their payment. */
  held: number
  /** Less what came back. */
  sold: number
  supplied: number
}

export const StockChange = {
  requestId: RequestId,
  productId: Id,
  /** Of goods with SKUs: each has a shelf of its own. */
  skuId: v.optional(Id),
  kind: v.picklist(['Supplied', 'Corrected']),
  /** Pieces more, or fewer where they were counted. */
  change: v.pipe(v.number(), v.integer(), v.minValue(-9999), v.maxValue(9999), v.check(pieces => pieces !== 0)),
  note: Note,
}
