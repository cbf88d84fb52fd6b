import type { BillPart } from '../../contracts/dining.ts'
import type { OrderState } from '../../contracts/order.ts'
import { oneOf } from '../database.ts'
import { orders } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { ABANDONED_AFTER_MS } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { sharedLine } from './cart/rules.ts'
import { CART_LINES_MAX, GUESTS_KEPT_MS, isSeated, LOOK_AGAIN_MS, NEVER_MS, OPEN_WITHOUT_ORDER_MS, WAIT_FOR_STAFF_MS } from './rules.ts'
import { serveOrder } from './serveOrder.ts'
import { changeSitting, sittings, stepped, told } from './sittings.ts'
import type { RoundDocument, SittingDocument, Update, Verdict } from './sittings.ts'
import { tables } from './tables.ts'

/** Where an order stands, for whoever waits for it at the table: these words are final, but for Waiting. */
type Fate = 'Paid' | 'Gone' | 'Waiting'

const fateOf = (state: OrderState | undefined): Fate => {
  if (state === 'Closed' || state === 'Rejected') return 'Gone'
  return state === undefined || state === 'Unpaid' || state === 'Closing' || state === 'Reserving' ? 'Waiting' : 'Paid'
}

/**
 * Brings a sitting up to date with the orders that pay it: what is paid is paid, what was closed can be taken on again or
 * ordered anew. Safe to repeat; called after every payment and closing, and by the timer. `dropRoundId` is a round whose
 * order was refused just now.
 */
export async function lookAfterSitting(world: World, sittingId: string, { dropRoundId }: { dropRoundId?: string } = {}): Promise<void> {
  const seen = await sittings(world).read(sittingId)
  if (!seen) return
  if (seen.state === 'Merged' && seen.mergedInto !== null) return lookAfterSitting(world, seen.mergedInto, dropRoundId === undefined ? {} : { dropRoundId })
  const found = await findOrders(world, seen)
  const fate = (orderId: string | null): Fate => orderId === null ? 'Waiting' : fateOf(found.get(orderId)?.state)
  // Served first: a bill that is seen to be paid is never looked at again.
  for (const orderId of seen.bill?.parts.flatMap(part => part.state === 'Claimed' && fate(part.orderId) === 'Paid' ? [part.orderId!] : []) ?? []) {
    await serveOrder(world, orderId)
  }
  const looked = await changeSitting<never>(world, sittingId, sitting => looksLike(world, sitting, { fate, found, dropRoundId }))
  if (looked && !('code' in looked) && looked.state === 'Cleared') await freeTables(world, looked)
}

const ordersOf = (sitting: SittingDocument): string[] => [
  ...sitting.rounds.flatMap(round => round.state === 'Unpaid' && round.orderId !== null ? [round.orderId] : []),
  ...sitting.bill?.parts.flatMap(part => part.state === 'Claimed' && part.orderId !== null ? [part.orderId] : []) ?? [],
]

async function findOrders(world: World, sitting: SittingDocument): Promise<Map<string, OrderDocument>> {
  const ids = ordersOf(sitting)
  const found = ids.length === 0 ? [] : await orders(world).find({ where: { _id: oneOf(ids) }, limit: ids.length })
  return new Map(found.map(order => [order._id, order]))
}

interface Look { fate: (orderId: string | null) => Fate, found: ReadonlyMap<string, OrderDocument>, dropRoundId: string | undefined }

function looksLike(world: World, sitting: SittingDocument, look: Look): Verdict<never> {
  const nowMs = world.clock.nowMs()
  const idle = givenUp(sitting, nowMs)
  if (idle) return { set: { ...idle, dueAtMs: nowMs + GUESTS_KEPT_MS } }
  const rounds = looksOfRounds(sitting, look, nowMs)
  const bill = looksOfBill({ ...sitting, ...rounds }, look.fate, nowMs)
  const after = { ...sitting, ...rounds, ...bill }
  const dueAtMs = dueAgain(after, nowMs)
  if (Object.keys({ ...rounds, ...bill }).length === 0 && dueAtMs === sitting.dueAtMs) return 'Same'
  return { set: { ...rounds, ...bill, dueAtMs } }
}

/** When to look again. What is over keeps the day on which its guests are forgotten, also when a payment is heard of late. */
function dueAgain(sitting: SittingDocument, nowMs: number): number {
  if (!isSeated(sitting.state)) return sitting.dueAtMs
  if (ordersOf(sitting).length > 0) return nowMs + LOOK_AGAIN_MS
  return sitting.state === 'Waiting' || sitting.state === 'Open' ? nowMs + OPEN_WITHOUT_ORDER_MS : NEVER_MS
}

/** Nobody opened it, or nobody ordered. */
function givenUp(sitting: SittingDocument, nowMs: number): Update | null {
  const lifeMs = sitting.state === 'Waiting' ? WAIT_FOR_STAFF_MS : OPEN_WITHOUT_ORDER_MS
  const isIdle = (sitting.state === 'Waiting' || sitting.state === 'Open') && sitting.cart.length === 0
  return isIdle && nowMs >= sitting.updatedAtMs + lifeMs ? stepped(sitting, 'Cleared', nowMs) : null
}

/** Rounds that are paid before they are made. */
function looksOfRounds(sitting: SittingDocument, { fate, found, dropRoundId }: Look, nowMs: number): Update {
  const isGone = (round: RoundDocument) => round.state === 'Unpaid' && (round.id === dropRoundId || fate(round.orderId) === 'Gone'
    || (!found.has(round.orderId ?? '') && nowMs > round.atMs + ABANDONED_AFTER_MS))
  const gone = sitting.rounds.filter(isGone)
  const paid = sitting.rounds.filter(round => round.state === 'Unpaid' && !isGone(round) && fate(round.orderId) === 'Paid')
  if (gone.length === 0 && paid.length === 0) return {}
  const back = gone.flatMap(round => round.lines.map((line, index) => sharedLine(line, `${round.id}-${index}`.slice(-64), line.guest)))
  const cart = back.length > 0 ? { cart: [...sitting.cart, ...back].slice(0, CART_LINES_MAX), cartVersion: sitting.cartVersion + 1 } : {}
  const rounds = sitting.rounds.filter(round => !gone.includes(round))
    .map(round => paid.includes(round) ? accepted(round, found.get(round.orderId ?? '')) : round)
  return { ...cart, rounds }
}

/** The kitchen makes it when it told the order: its place may be another than the one that was free when the round was sent. */
function accepted({ promise: _promise, ...round }: RoundDocument, order: OrderDocument | undefined): RoundDocument {
  return { ...round, state: 'Accepted', isPaid: true, ...order?.promise ? { promise: order.promise } : {} }
}

function looksOfBill(sitting: SittingDocument, fate: Look['fate'], nowMs: number): Update {
  const { bill } = sitting
  if (!bill || sitting.state !== 'ToBePaid') return {}
  const parts = bill.parts.map((part): BillPart => {
    if (part.state !== 'Claimed') return part
    const now = fate(part.orderId)
    if (now === 'Paid') return { ...part, state: 'Paid' }
    return now === 'Gone' ? { ...part, state: 'Open', guest: null, orderId: null } : part
  })
  const changed = parts.filter((part, index) => part !== bill.parts[index])
  if (changed.length === 0) return {}
  if (parts.every(part => part.state === 'Paid')) return paidUp(sitting, nowMs)
  // Nobody pays any more: they may order again, or ask for the bill anew.
  if (parts.every(part => part.state === 'Open')) {
    return { bill: null, ...stepped(sitting, 'Ordering', nowMs), ...told(sitting, 'BillCancelled', { atMs: nowMs }) }
  }
  const news = changed.find(part => part.state === 'Paid')
  return { bill: { ...bill, parts }, ...news ? told(sitting, 'PartPaid', { ...news.guest === null ? {} : { guest: news.guest }, atMs: nowMs }) : {} }
}

function paidUp(sitting: SittingDocument, nowMs: number): Update {
  const { roundIds, people } = sitting.bill!
  return {
    bill: null,
    chargedPeople: Math.max(sitting.chargedPeople, people),
    rounds: sitting.rounds.map(round => roundIds.includes(round.id) ? { ...round, isPaid: true } : round),
    ...stepped(sitting, 'ToBeCleared', nowMs),
    ...told(sitting, 'BillPaid', { atMs: nowMs }),
  }
}

/** Tables whose sitting is over are free, whoever else has sat down there since keeps them. */
export async function freeTables(world: World, sitting: SittingDocument): Promise<void> {
  for (const { tableId } of sitting.tables) await tables(world).changeIf(tableId, { sittingId: sitting._id }, { set: { sittingId: null } })
}

/** Called where an order was paid or closed. What fails here is found by the timer. */
export async function followAtTable(world: World, order: { _id: string, sitting?: { id: string } }): Promise<void> {
  if (!order.sitting) return
  try {
    await lookAfterSitting(world, order.sitting.id)
  } catch (error) {
    world.log.error('A table could not be looked after', error, { sittingId: order.sitting.id, orderId: order._id })
  }
}
