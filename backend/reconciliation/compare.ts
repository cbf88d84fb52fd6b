import { above, oneOf } from '../database.ts'
import { attempts } from '../payment/attempts.ts'
import type { AttemptDocument } from '../payment/attempts.ts'
import { settle } from '../payment/settle.ts'
import type { World } from '../ports.ts'
import { payOut } from '../refund/payOut.ts'
import { refunds } from '../refund/refunds.ts'
import type { RefundDocument } from '../refund/refunds.ts'
import type { BillLine, PaymentLine, RefundLine } from './bill/rules.ts'
import { keepDifferences } from './differences.ts'
import { advance, tryLater } from './reconciliations.ts'
import type { ReconciliationDocument } from './reconciliations.ts'
import { BILL_TRIES_MAX, compareLine, missingPayments, missingRefunds, unsettled } from './rules.ts'
import type { Difference, Ours, OurPayment, OurRefund } from './rules.ts'

/** So many documents are read with one operation. */
const AT_ONCE = 100

type Document = ReconciliationDocument
type Lines = readonly BillLine[]

/** Compares the next lines of the bill. Null when the work goes on later, or in another run. */
export async function compareLines(world: World, document: Document, lines: Lines, endAtMs: number): Promise<Document | null> {
  const from = Number(document.cursor)
  const piece = lines.slice(from, from + AT_ONCE)
  if (piece.length === 0) return advance(world, document, { phase: 'Payments', cursor: '' })
  const found = await walk(world, document, piece, endAtMs)
  await keepDifferences(world, document, found.differences)
  const next = await advance(world, document, {
    cursor: String(from + found.done),
    differences: document.differences + found.differences.length + found.disputed,
    healed: document.healed + found.healed,
    ...(found.done > 0 ? { tries: 0, said: '' } : {}),
  })
  return next && found.isStuck ? tryLater(world, next, 'a payment of the bill could not be asked about') : next
}

interface Walk { done: number, healed: number, disputed: number, differences: Difference[], isStuck: boolean }

/** Goes through lines until the time is over, or until WeChat does not answer clearly. */
async function walk(world: World, document: Document, piece: Lines, endAtMs: number): Promise<Walk> {
  const known = await load(world, document, piece)
  const found: Walk = { done: 0, healed: 0, disputed: 0, differences: [], isStuck: false }
  for (const line of piece) {
    if (world.clock.nowMs() >= endAtMs) break
    const outcome = await follow(world, document, line, known)
    if (outcome === 'Unclear') return { ...found, isStuck: true }
    if (outcome === 'Healed') found.healed += 1
    else if (outcome === 'Disputed') found.disputed += 1
    else if (outcome !== 'Fits') found.differences.push(outcome)
    found.done += 1
  }
  return found
}

/** What is known here of the numbers in a piece, as it is kept and as the rules see it. */
interface Known { attempts: ReadonlyMap<string, AttemptDocument>, refunds: ReadonlyMap<string, RefundDocument>, ours: Ours }

async function load(world: World, { gateway }: Document, piece: Lines): Promise<Known> {
  const payments = piece.filter(line => line.kind === 'Payment').map(line => line.outTradeNo)
  const back = piece.filter(line => line.kind === 'Refund').map(line => line.outRefundNo)
  const [paid, refunded] = await Promise.all([
    payments.length === 0 ? [] : attempts(world).find({ where: { _id: oneOf(payments) }, limit: AT_ONCE }),
    back.length === 0 ? [] : refunds(world).find({ where: { _id: oneOf(back) }, limit: AT_ONCE }),
  ])
  const known = {
    attempts: byId(paid.filter(one => one.gateway === gateway)),
    refunds: byId(refunded.filter(one => one.gateway === gateway)),
  }
  return { ...known, ours: { payments: viewed(known.attempts, viewPayment), refunds: viewed(known.refunds, viewRefund) } }
}

const byId = <D extends { _id: string }>(found: readonly D[]): Map<string, D> => new Map(found.map(one => [one._id, one]))

const viewed = <D, View>(found: ReadonlyMap<string, D>, view: (document: D) => View): Map<string, View> =>
  new Map([...found].map(([id, document]) => [id, view(document)]))

const viewPayment = ({ _id, orderId, totalFen, state }: AttemptDocument): OurPayment =>
  ({ outTradeNo: _id, orderId, totalFen, isPaid: state === 'Paid' })
const viewRefund = ({ _id, outTradeNo, orderId, refundFen }: RefundDocument): OurRefund =>
  ({ outRefundNo: _id, outTradeNo, orderId, refundFen })

type LineOutcome = 'Fits' | 'Healed' | 'Disputed' | 'Unclear' | Difference

async function follow(world: World, document: Document, line: BillLine, known: Known): Promise<LineOutcome> {
  const finding = compareLine(line, known.ours)
  if (finding.kind === 'Differs') return finding.difference
  if (finding.kind === 'Foreign') return 'Fits'
  if (line.kind === 'Refund') return followRefund(world, document, line, known.refunds.get(line.outRefundNo)!)
  return finding.kind === 'Fits' ? 'Fits' : settleLate(world, document, line, known.attempts.get(line.outTradeNo)!)
}

/** WeChat has money that nobody told us of: it enters as all money does, by asking. */
async function settleLate(world: World, document: Document, line: PaymentLine, attempt: AttemptDocument): Promise<LineOutcome> {
  const settlement = await settle(world, line.outTradeNo)
  if (settlement === 'Settled') return 'Healed'
  // An incident of its own says why already.
  if (settlement === 'Disputed') return 'Disputed'
  return document.tries + 1 < BILL_TRIES_MAX ? 'Unclear' : unsettled(line, attempt.orderId)
}

/** States that a bill's word is news to. One that has arrived meanwhile is not brought back by a bill of this morning. */
const undecided: readonly RefundDocument['state'][] = ['Requested', 'NotEnough', 'Accepted', 'Failed']

/** Marks the refund as listed; where we have not heard the end of it, the bill's word counts as a notice's does. */
async function followRefund(world: World, { day }: Document, line: RefundLine, refund: RefundDocument): Promise<LineOutcome> {
  if (refund.billDay === undefined) await refunds(world).changeIf(refund._id, {}, { set: { billDay: day } })
  if (line.state === 'Processing' || !undecided.includes(refund.state)) return 'Fits'
  return await payOut(world, refund._id, { verdict: line.state, refundFen: line.refundFen }) ? 'Healed' : 'Fits'
}

/** Looks for payments of the day that only we know of. */
export async function comparePayments(world: World, document: Document, lines: Lines): Promise<Document | null> {
  const { gateway, day, cursor } = document
  const found = await attempts(world).find({ where: { gateway, paidDay: day, _id: above(cursor) }, sort: ['_id', 'asc'], limit: AT_ONCE })
  const isLast = found.length < AT_ONCE
  return keepAndGoOn(world, document, missingPayments(found.map(viewPayment), lines),
    isLast ? { phase: 'Refunds', cursor: '' } : { cursor: found.at(-1)!._id })
}

/** Looks for refunds that only we know of; with the last of them the day is done. */
export async function compareRefunds(world: World, document: Document, lines: Lines): Promise<Document | null> {
  const { gateway, day, cursor } = document
  const where = { gateway, lastBillDay: day, _id: above(cursor) }
  const found = await refunds(world).find({ where, sort: ['_id', 'asc'], limit: AT_ONCE })
  const ours = found.map(refund => ({ ...viewRefund(refund), wasListed: refund.billDay !== undefined }))
  return keepAndGoOn(world, document, missingRefunds(ours, lines),
    found.length < AT_ONCE ? { state: 'Done', said: '' } : { cursor: found.at(-1)!._id })
}

async function keepAndGoOn(
  world: World, document: Document, differences: readonly Difference[], set: Partial<Document>,
): Promise<Document | null> {
  await keepDifferences(world, document, differences)
  return advance(world, document, { ...set, differences: document.differences + differences.length })
}
