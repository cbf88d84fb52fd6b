import type { Obstacle } from './fulfilment.ts'
import type { Quote } from './order.ts'

/**
 * What every action answers. A page can tell the four kinds of no apart:
 * refused (expected, coded, with data), invalid (the wire broke the contract), denied (wrong caller), broken (bug or outage).
 */
export type Outcome<Value, Code extends string = string> =
  | Done<Value>
  | Refused<Code>
  | Invalid
  | Denied
  | Broken

export interface Done<Value> { ok: true, value: Value }

/** An expected no. `detail` carries what a page needs to say it in words. */
export interface Refused<Code extends string = string> {
  ok: false
  kind: 'refused'
  code: Code
  detail?: RefusalDetail
}

/** What may stand beside a code; each field is documented at the codes that use it. */
export interface RefusalDetail {
  /** Lines of the cart that cannot be bought as they are. */
  problems?: { line: number, problem: string, left?: number }[]
  /** The total that the server computed, when the caller saw another one. In fen; beside PriceChanged `quote` says how it comes about. */
  totalFen?: number
  quote?: Quote
  /** The order's state, when an action came too late or too early. */
  state?: string
  /** Of several orders, the one that the code is about. */
  orderId?: string
  /** Pieces that are on the shelf, beside StockTooLow. */
  left?: number
  /** What stands in the way of the fulfilment, beside the code of the same name. */
  obstacle?: Obstacle
  /** When to come back, beside TooOften. */
  againAtMs?: number
}

/** The request does not fit the contract; `field` is the path of the first thing wrong. */
export interface Invalid { ok: false, kind: 'invalid', code: 'InvalidInput' | 'UnknownAction', field: string }

/** Nobody is logged in, or this person may not do this. */
export interface Denied { ok: false, kind: 'denied', code: 'LoginNeeded' | 'NotAllowed' }

/** A bug or an outage. It is logged once on the server under `requestId`. `Offline` and `TimedOut` are made by the client itself. */
export interface Broken { ok: false, kind: 'broken', code: 'Broken' | 'Offline' | 'TimedOut', requestId: string }

export const done = <Value>(value: Value): Done<Value> => ({ ok: true, value })

export const refused = <Code extends string>(code: Code, detail?: RefusalDetail): Refused<Code> =>
  detail === undefined ? { ok: false, kind: 'refused', code } : { ok: false, kind: 'refused', code, detail }

/** Answered to everyone who must log in first; the client does so, once, and repeats its call. */
export const loginNeeded: Denied = { ok: false, kind: 'denied', code: 'LoginNeeded' }
