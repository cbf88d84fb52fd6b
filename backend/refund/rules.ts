import type { RefundShare, RefundWish } from '../../contracts/afterSale.ts'
import type { RefundState } from '../../contracts/order.ts'
import type { Machine } from '../machine.ts'

/** Accepted is not done: WeChat says later whether the money has arrived. */
export const refundMachine: Machine<RefundState> = {
  name: 'refund',
  initial: 'Requested',
  edges: {
    Requested: {
      Accepted: 'WeChat has taken it up',
      NotEnough: 'the merchant account holds too little',
      Failed: 'WeChat gave no clear answer for two days',
    },
    NotEnough: { Accepted: 'the account was filled up, and WeChat has taken it up' },
    Accepted: {
      Succeeded: 'the money is with the customer',
      Abnormal: 'the customer\'s bank account is dead',
      Closed: 'WeChat gave it up',
      Failed: 'nobody could say for a week whether it arrived',
    },
    Abnormal: { Succeeded: 'it arrived another way, says WeChat', Closed: 'WeChat gave it up', SettledByHand: 'staff saw to it by hand' },
    Closed: { Replaced: 'staff asked for it under a new number', SettledByHand: 'staff saw to it by hand' },
    Failed: {
      Requested: 'staff asks again under the same number',
      Accepted: 'WeChat has taken it up after all',
      SettledByHand: 'staff saw to it by hand',
    },
    Succeeded: {},
    SettledByHand: {},
    Replaced: {},
  },
}

/** The states in which a person has to do something. */
export const TROUBLED = ['NotEnough', 'Abnormal', 'Closed', 'Failed'] as const satisfies readonly RefundState[]
/** The states in which the timer goes on by itself. */
export const UNDER_WAY = ['Requested', 'NotEnough', 'Accepted'] as const satisfies readonly RefundState[]

/** WeChat takes no more for one payment. Source: CloudPay.refund; API v3 申请退款. */
export const REFUNDS_MAX = 50
/** WeChat pays nothing back later than this after the payment. Source: CloudPay.refund. */
export const REFUND_WITHIN_MS = 365 * 24 * 3_600_000

/** After so many unclear answers a person has to look: with the delays below that is about two days. */
export const TRIES_MAX = 60
/** Banks take days. What nobody has heard of after a week, somebody has to look up. */
export const ARRIVES_WITHIN_MS = 7 * 24 * 3_600_000
/** How long a contrary notice has its chance before the state of the trade alone is believed. */
export const TRUST_TRADE_AFTER_MS = 3 * 24 * 3_600_000

/** 15 s, then twice as long each time, at most an hour. */
export const retryDelayMs = (tries: number): number => Math.min(15_000 * 2 ** Math.min(tries, 10), 3_600_000)

/** Of an order, what its refunds are computed from. `paidFen` is the line's part of what was paid, after every discount. */
export interface PaidOrder {
  totalFen: number
  lines: readonly { quantity: number, totalFen: number, paidFen?: number }[]
}

/** How the money of an order spreads over its lines; what no line carries are fees. In fen, and the sum is what was paid. */
export interface PaidShares { lines: { quantity: number, paidFen: number }[], feesFen: number }

/** What of an order is back or on its way back, line by line. */
export interface GivenBack { lines: { quantity: number, amountFen: number }[], feesFen: number }

export interface RefundPlan {
  lines: RefundShare[]
  feesFen: number
  amountFen: number
  /** What is given back once this plan is carried out. */
  after: GivenBack
  /** Nothing of the order's money is left then. */
  isLast: boolean
}

/** Throws when the lines carry more than the order was paid with: such an order was never priced by us. */
export function paidShares(order: PaidOrder): PaidShares {
  const lines = order.lines.map(({ quantity, totalFen, paidFen }) => ({ quantity, paidFen: paidFen ?? totalFen }))
  const feesFen = order.totalFen - sum(lines.map(line => line.paidFen))
  if (feesFen < 0) throw new Error(`The lines of an order of ${order.totalFen} fen carry ${-feesFen} fen too much.`)
  return { lines, feesFen }
}

/** Nothing has gone back yet. */
export const nothingBack = (order: PaidOrder): GivenBack =>
  ({ lines: order.lines.map(() => ({ quantity: 0, amountFen: 0 })), feesFen: 0 })

/**
 * What goes back for a wish. Each piece is worth the whole fen of its share, the last piece of a line takes the rest, and
 * the fees go with the last money of the lines: so the parts of a whole refund come to what was paid, however it is split.
 */
export function planRefund(order: PaidOrder, back: GivenBack, wish: RefundWish): RefundPlan | 'TooManyPieces' | 'NothingToRefund' {
  const shares = paidShares(order)
  const wanted = wantedPieces(shares, back, wish)
  if (wanted === null) return 'TooManyPieces'
  const lines = wanted.flatMap((quantity, line): RefundShare[] =>
    quantity === 0 ? [] : [{ line, quantity, amountFen: worthOf(shares.lines[line]!, back.lines[line]!, quantity) }])
  const linesAfter = back.lines.map(({ quantity, amountFen }, line) => {
    const part = lines.find(one => one.line === line)
    return { quantity: quantity + (part?.quantity ?? 0), amountFen: amountFen + (part?.amountFen ?? 0) }
  })
  const isLast = linesAfter.every(({ amountFen }, line) => amountFen === shares.lines[line]!.paidFen)
  const feesFen = isLast ? shares.feesFen - back.feesFen : 0
  const amountFen = feesFen + sum(lines.map(line => line.amountFen))
  if (amountFen === 0) return 'NothingToRefund'
  return { lines, feesFen, amountFen, isLast, after: { lines: linesAfter, feesFen: back.feesFen + feesFen } }
}

/** What can still go back, in fen. */
export function refundableFen(order: PaidOrder, back: GivenBack): number {
  const plan = planRefund(order, back, { kind: 'Whole' })
  return typeof plan === 'string' ? 0 : plan.amountFen
}

/** Pieces of each line; null when a line has fewer left, or does not exist. */
function wantedPieces(shares: PaidShares, back: GivenBack, wish: RefundWish): number[] | null {
  const left = shares.lines.map(({ quantity }, line) => quantity - back.lines[line]!.quantity)
  if (wish.kind === 'Whole') return left
  const wanted = left.map(() => 0)
  for (const { line, quantity } of wish.lines) {
    if (line >= left.length) return null
    wanted[line]! += quantity
  }
  return wanted.every((quantity, line) => quantity <= left[line]!) ? wanted : null
}

function worthOf(share: { quantity: number, paidFen: number }, back: { quantity: number, amountFen: number }, quantity: number): number {
  const pieces = back.quantity + quantity
  const worth = pieces === share.quantity ? share.paidFen : pieces * Math.floor(share.paidFen / share.quantity)
  return worth - back.amountFen
}

/** Whether a payment can give back so much more. */
export function roomFor(payment: { totalFen: number, refundedFen: number, refundCount: number }, amountFen: number): 'Fits' | 'TooMuch' | 'TooMany' {
  if (payment.refundCount >= REFUNDS_MAX) return 'TooMany'
  return payment.refundedFen + amountFen <= payment.totalFen ? 'Fits' : 'TooMuch'
}

/** What is known of a refund that WeChat has taken up. */
export type RefundVerdict = 'Succeeded' | 'Abnormal' | 'Closed' | 'Processing' | 'Unclear'

export interface RefundEvidence {
  /** What the query for this very refund answered. */
  answered: RefundVerdict | 'Unknown'
  /** What a notice of the platform's own payment callback said, if one brought us here. */
  told: Exclude<RefundVerdict, 'Processing' | 'Unclear'> | null
  /** The trade stands at REFUND, which it does after any refund of it, a partial one too. */
  isTradeRefunded: boolean
  /** No other refund of this payment was ever asked for. */
  isOnly: boolean
  waitedMs: number
}

/** What to believe of a refund. Why: docs/decisions/refunds-without-a-query.md. */
export function judgeRefund({ answered, told, isTradeRefunded, isOnly, waitedMs }: RefundEvidence): RefundVerdict {
  if (answered !== 'Unclear' && answered !== 'Unknown') return answered
  if (told === 'Abnormal' || told === 'Closed') return told
  if (!isTradeRefunded) return 'Unclear'
  return told === 'Succeeded' || (isOnly && waitedMs >= TRUST_TRADE_AFTER_MS) ? 'Succeeded' : 'Unclear'
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
