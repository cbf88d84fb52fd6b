import { createHash } from 'node:crypto'
import { attempts } from '../payment/attempts.ts'
import type { World } from '../ports.ts'
import { refunds } from '../refund/refunds.ts'
import { parseBill } from './bill/rules.ts'
import type { BillLine } from './bill/rules.ts'
import { compareLines, comparePayments, compareRefunds } from './compare.ts'
import { endMissingBill, keepMissingBill } from './differences.ts'
import { advance, tryLater } from './reconciliations.ts'
import type { Phase, ReconciliationDocument } from './reconciliations.ts'
import { BILL_TRIES_MAX, totalsOf } from './rules.ts'

/** A run goes on for so long, and the next one a minute later from where it ended. */
const WORK_MS = 15_000

const phases: Record<Phase, typeof compareLines> = { Lines: compareLines, Payments: comparePayments, Refunds: compareRefunds }

/** Brings one day on: fetches its bill, and compares as much of it as the time allows. Safe to repeat and to run twice at once. */
export async function reconcile(world: World, document: ReconciliationDocument): Promise<void> {
  const endAtMs = world.clock.nowMs() + WORK_MS
  if (document.state === 'Waiting' && await isUnused(world, document)) {
    await advance(world, document, { state: 'Done', said: 'this gateway has taken no payment yet' })
    return
  }
  const bill = await fetchBill(world, document)
  if (bill === null) return
  let current = await begin(world, document, bill)
  while (current?.state === 'Comparing' && world.clock.nowMs() < endAtMs) current = await phases[current.phase](world, current, bill.lines, endAtMs)
  // Out of time: the next run takes it up at once.
  if (current?.state === 'Comparing') await advance(world, current, { dueAtMs: world.clock.nowMs() })
}

interface Bill { lines: readonly BillLine[], hash: string }

/** Null when there is none to compare with: the day is done, or is tried again later, or is a person's now. */
async function fetchBill(world: World, document: ReconciliationDocument): Promise<Bill | null> {
  const answer = await world.gateways[document.gateway].bill(document.day)
  if (answer.kind === 'NoBill' && await isEmptyHere(world, document)) {
    await endMissingBill(world, document)
    await advance(world, document, { state: 'Done', said: 'nothing was paid that day' })
    return null
  }
  if (answer.kind !== 'Bill') return missing(world, document, answer.kind === 'Unclear' ? answer.because : answer.kind)
  const lines = parseBill(answer.text)
  if (typeof lines === 'string') return missing(world, document, lines)
  return { lines, hash: createHash('sha256').update(answer.text).digest('hex') }
}

async function missing(world: World, document: ReconciliationDocument, said: string): Promise<null> {
  if (document.tries + 1 < BILL_TRIES_MAX) return tryLater(world, document, said)
  // The incident first: a run that dies in between gives up once more.
  await keepMissingBill(world, { ...document, said })
  await advance(world, document, { state: 'Failed', said })
  return null
}

/** A bill that is not the one that was begun with is compared from the start: what was found already has its ids. */
async function begin(world: World, document: ReconciliationDocument, { lines, hash }: Bill): Promise<ReconciliationDocument | null> {
  if (document.state === 'Comparing' && document.billHash === hash) return document
  await endMissingBill(world, document)
  return advance(world, document, {
    state: 'Comparing', billHash: hash, totals: totalsOf(lines), phase: 'Lines', cursor: '0', differences: 0, healed: 0, tries: 0, said: '',
  })
}

const isUnused = async (world: World, { gateway }: ReconciliationDocument): Promise<boolean> =>
  (await attempts(world).find({ where: { gateway }, limit: 1 })).length === 0

async function isEmptyHere(world: World, { gateway, day }: ReconciliationDocument): Promise<boolean> {
  const [paid, refunded] = await Promise.all([
    attempts(world).find({ where: { gateway, paidDay: day }, limit: 1 }),
    refunds(world).find({ where: { gateway, lastBillDay: day }, limit: 1 }),
  ])
  return paid.length + refunded.length === 0
}
