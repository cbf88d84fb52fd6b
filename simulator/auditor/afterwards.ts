import type { Books, Row } from './books.ts'
import { sumOf } from './books.ts'
import type { Violation } from './promises.ts'
import { isDay } from './shelves.ts'

const hourMs = 3_600_000
/** What the timer should have looked at so long ago has been forgotten. */
const forgottenAfterMs = 2 * hourMs
/** While all heals, the timer runs at intervals of up to fourteen hours: after so long it has seen a day at least twice. */
const comparedAfterMs = 15 * hourMs

/** Promises 11 and 12: the bills are compared, what follows is done or shown to staff, and the stock ledger tells where pieces went. */
export function checkAfterwards(books: Books, nowMs: number): Violation[] {
  return [
    ...books.rows('reconciliations').flatMap(day => checkDay(day, nowMs)),
    ...books.rows('outbox').flatMap(effect => checkEffect(effect, nowMs)),
    ...books.rows('stock').filter(({ _id }) => !isDay(String(_id))).flatMap(shelf => checkLedger(shelf, books)),
  ]
}

function checkDay({ _id, state, createdAtMs }: Row, nowMs: number): Violation[] {
  if (state === 'Failed') return [{ promise: 11, what: `the bill ${String(_id)} could not be had` }]
  if (state === 'Done' || Number(createdAtMs) > nowMs - comparedAfterMs) return []
  return [{ promise: 11, what: `the bill ${String(_id)} is still ${String(state)}` }]
}

function checkEffect({ _id, state, nextAtMs }: Row, nowMs: number): Violation[] {
  if (state !== 'Waiting' || Number(nextAtMs) > nowMs - forgottenAfterMs) return []
  return [{ promise: 12, what: `${String(_id)} is forgotten in the outbox` }]
}

function checkLedger(shelf: Row, books: Books): Violation[] {
  const change = sumOf(books.rows('stockMoves').filter(({ stockId }) => stockId === shelf._id), 'change')
  return change === -Number(shelf.sold)
    ? []
    : [{ promise: 12, what: `the ledger of ${String(shelf._id)} says ${-change} sold, the shelf ${String(shelf.sold)}` }]
}

/** Whether a difference that the shop found in a bill is really there. */
export function isTrueDifference({ kind, facts, outTradeNo }: Row, books: Books): boolean {
  const subject = String((facts as { subject?: unknown } | undefined)?.subject)
  const there = books.ledger.refundsNumbered(subject)[0]
  const here = books.row('refunds', subject)
  const trade = books.trade(outTradeNo)
  const attempt = books.row('attempts', String(outTradeNo))
  switch (kind) {
    case 'RefundMissingHere': return there !== undefined && !here
    case 'RefundMissingThere': return there === undefined && here !== undefined
    case 'RefundAmountDiffers': return there?.refundFee !== here?.refundFen
    case 'MoneyWithoutOrder': return trade?.paidAtMs !== null && trade !== undefined && !attempt
    case 'PaidThereNotHere': return trade?.paidAtMs !== null && trade !== undefined && attempt?.state !== 'Paid'
    default: return false
  }
}
