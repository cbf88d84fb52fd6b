import type { Bill, Round, RoundLine, SittingView, TableCall } from '../../contracts/dining.ts'
import { runningBill } from './bill/rules.ts'
import type { CallEntry } from './rules.ts'
import { guestOf, tableNameOf } from './sittings.ts'
import type { BillDocument, RoundDocument, SittingDocument } from './sittings.ts'

/** A sitting as one guest sees it: nobody's openid, and of orders only the guest's own. Null is staff, who are no guest. */
export function viewSitting(sitting: SittingDocument, openid: string | null): SittingView {
  const me = openid === null ? 0 : guestOf(sitting, openid)?.number ?? 0
  return {
    id: sitting._id,
    version: sitting.version,
    state: sitting.state,
    tableName: tableNameOf(sitting),
    joined: openid === null ? joinedTables(sitting) : [],
    pay: sitting.pay,
    terms: sitting.terms,
    people: sitting.people,
    me,
    guests: sitting.guests.map(guest => guest.number),
    cart: { version: sitting.cartVersion, lines: sitting.cart },
    rounds: sitting.rounds.map(round => viewRound(round, me)),
    running: runningBill(sitting),
    bill: sitting.bill && viewBill(sitting.bill, me),
    calls: openCalls(sitting.calls),
    news: sitting.news,
  }
}

const joinedTables = ({ _id, tables }: SittingDocument): SittingView['joined'] =>
  tables.filter(table => table.from !== _id).map(({ tableId, from }) => ({ tableId, sittingId: from }))

const roundFen = (lines: readonly RoundLine[]): number =>
  lines.reduce((sum, line) => sum + line.unitFen * (line.quantity - line.returned), 0)

function viewRound(round: RoundDocument, me: number): Round {
  const { id, number, state, guest, lines, remark, atMs, kitchen, promise, isPaid } = round
  const orderId = guest === me ? round.orderId : null
  const shown = { id, number, state, guest, orderId, lines, totalFen: roundFen(lines), remark, atMs, kitchen, isPaid }
  return promise ? { ...shown, promise } : shown
}

function viewBill({ number, totalFen, parts }: BillDocument, me: number): Bill {
  return { number, totalFen, parts: parts.map(part => ({ ...part, orderId: part.guest === me ? part.orderId : null })) }
}

export const openCalls = (calls: readonly CallEntry[]): TableCall[] =>
  calls.filter(call => call.doneAtMs === null).map(({ id, kind, round, atMs }) => ({ id, kind, round, atMs }))

/** What is ordered and not paid, on a bill or not, in fen. */
export function unpaidFenOf(sitting: SittingDocument): number {
  const first = sitting.rounds.filter(round => round.state === 'Unpaid').reduce((sum, round) => sum + roundFen(round.lines), 0)
  const open = sitting.bill?.parts.filter(part => part.state !== 'Paid').reduce((sum, part) => sum + part.amountFen, 0)
  return first + (open ?? runningBill(sitting).totalFen)
}

export const piecesOf = (sitting: SittingDocument): number =>
  sitting.rounds.flatMap(round => round.lines).reduce((sum, line) => sum + line.quantity - line.returned, 0)
