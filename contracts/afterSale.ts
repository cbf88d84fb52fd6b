import * as v from 'valibot'
import type { Localized } from './catalog.ts'
import { photoIn, Quantity } from './fields.ts'

/** What should go back of an order: everything that is left of it, or so many pieces of some lines. Never an amount. */
export const RefundWish = v.variant('kind', [
  v.strictObject({ kind: v.literal('Whole') }),
  v.strictObject({
    kind: v.literal('Lines'),
    lines: v.pipe(v.array(v.strictObject({ line: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(49)), quantity: Quantity })),
      v.minLength(1), v.maxLength(50)),
  }),
])
export type RefundWish = v.InferOutput<typeof RefundWish>

/** Pieces of one line of an order, by its place, and what they are worth in fen. */
export interface RefundShare { line: number, quantity: number, amountFen: number }

/** A wish as the server computes it. */
export interface RefundQuote {
  lines: RefundShare[]
  /** Fees go back with the last of the goods. */
  feesFen: number
  amountFen: number
  /** Pieces that can still go back, one number a line. */
  leftPieces: number[]
  leftFen: number
}

/** What the form for money back needs besides: where its photos go, and which messages the customer may be asked to accept. */
export interface AfterSaleQuote extends RefundQuote { photosInto: string, askFor: string[] }

export const afterSaleReasons = ['ChangedMind', 'TooSlow', 'Missing', 'NotAsOrdered', 'Quality', 'Other'] as const
export type AfterSaleReason = typeof afterSaleReasons[number]

/** What a person says about it. */
export const Explanation = v.pipe(v.string(), v.maxLength(200))

export const EvidencePhoto = photoIn('aftersale')

/**
 * Requested → Approved → Refunding → Refunded; Requested → Declined, after which the customer may ask again; or Withdrawn.
 */
export type AfterSaleState = 'Requested' | 'Approved' | 'Refunding' | 'Refunded' | 'Declined' | 'Withdrawn'

export interface AfterSaleView {
  id: string
  orderId: string
  state: AfterSaleState
  kind: RefundWish['kind']
  lines: (RefundShare & { name: Localized })[]
  feesFen: number
  /** What was asked for. */
  amountFen: number
  /** What staff approved; null until then. */
  approvedFen: number | null
  reason: AfterSaleReason
  text: string
  /** Links that are good for a while. */
  photos: string[]
  /** Why it was declined, in staff's words. */
  answer: string
  /** A declined request may be made again so often. */
  triesLeft: number
  requestedAtMs: number
}
