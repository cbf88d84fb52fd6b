import type { ParsedOf } from '../../contracts/action.ts'
import type { BillPart } from '../../contracts/dining.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { closeOrder } from '../order/closeOrder.ts'
import { orderIdOf, orders } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { findersOf, PAY_WITHIN_MS, sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { answerAtTable } from './atTable.ts'
import { runningBill, splitBill } from './bill/rules.ts'
import { lookAfterSitting } from './lookAfterSitting.ts'
import { isSeated, LOOK_AGAIN_MS } from './rules.ts'
import { changeSitting, guestOf, seatedSitting, sittings, stepped, tableNameOf, told, writeSitting } from './sittings.ts'
import type { Guest, SittingDocument, Verdict } from './sittings.ts'
import { viewSitting } from './viewSitting.ts'

/** Makes the bill of all that is not paid. From now on nothing is added, until it is paid or taken back. */
export function makeBill(world: World, openid: string, { sittingId, split, expectedTotalFen }: ParsedOf<ShopActions['makeBill']>) {
  return answerAtTable(world, openid, sittingId, (sitting): Verdict<'BillBeingPaid' | 'BillChanged' | 'SplitInvalid' | 'NothingToPay'> => {
    if (sitting.bill) return { code: 'BillBeingPaid' }
    const { totalFen } = runningBill(sitting)
    if (sitting.state !== 'Ordering' || totalFen < 1) return { code: 'NothingToPay' }
    if (totalFen !== expectedTotalFen) return { code: 'BillChanged' }
    const parts = splitBill(sitting, split, tableNameOf(sitting))
    if (parts === 'SplitInvalid') return { code: parts }
    const roundIds = sitting.rounds.filter(round => round.state === 'Accepted' && round.orderId === null && !round.isPaid).map(round => round.id)
    const number = sitting.bills + 1
    const open = parts.map((part): BillPart => ({ ...part, state: 'Open', guest: null, orderId: null }))
    const nowMs = world.clock.nowMs()
    return {
      set: {
        bill: { number, totalFen, parts: open, roundIds, people: sitting.people ?? 0 }, bills: number,
        ...stepped(sitting, 'ToBePaid', nowMs), ...told(sitting, 'BillMade', { atMs: nowMs }),
      },
    }
  })
}

interface Claimed { sitting: SittingDocument, orderId: string }
type PartRefusal = { code: 'NotSeated' | 'TableCleared' | 'NoBill' | 'BillChanged' | 'PartTaken' }

/**
 * Takes a part of the bill on: an order of the guest's own, written in the transaction that claims the part, so that a part
 * is never payable twice. A guest who comes back to a part of their own gets the order that was made.
 */
export async function payPart(world: World, openid: string, wish: ParsedOf<ShopActions['payPart']>) {
  const seen = await seatedSitting(world, openid, wish.sittingId)
  if (!seen) return refused('NotSeated')
  const claimed = await world.database.transact(async (transaction): Promise<Claimed | PartRefusal> => {
    const sitting = await transaction.read<SittingDocument>('sittings', seen._id)
    const guest = sitting && guestOf(sitting, openid)
    if (!sitting || !guest) return { code: 'NotSeated' }
    if (!isSeated(sitting.state)) return { code: 'TableCleared' }
    const part = sitting.bill?.parts[wish.part]
    if (!sitting.bill) return { code: 'NoBill' }
    if (sitting.bill.number !== wish.bill || part?.amountFen !== wish.expectedFen) return { code: 'BillChanged' }
    if (part.state !== 'Open') return part.guest === guest.number && part.orderId !== null ? { sitting, orderId: part.orderId } : { code: 'PartTaken' }
    const order = orderOf(world, sitting, guest, { part, index: wish.part })
    await transaction.add<OrderDocument>('orders', order)
    const parts = sitting.bill.parts.map((one): BillPart => one === part ? { ...part, state: 'Claimed', guest: guest.number, orderId: order._id } : one)
    const dueAtMs = world.clock.nowMs() + LOOK_AGAIN_MS
    return { sitting: await writeSitting(world, transaction, sitting, { bill: { ...sitting.bill, parts }, dueAtMs }), orderId: order._id }
  })
  if ('code' in claimed) return refused(claimed.code)
  return done({ sitting: viewSitting(claimed.sitting, openid), orderId: claimed.orderId })
}

/** The order that pays a part. Its stock was sold when the dishes were sent to the kitchen. */
function orderOf(world: World, sitting: SittingDocument, guest: Guest, { part, index }: { part: BillPart, index: number }): OrderDocument {
  const nowMs = world.clock.nowMs()
  const _id = orderIdOf(guest.openid, ['part', sitting._id, sitting.bill!.number, index, sitting.version].join('\n'))
  return {
    _id, openid: guest.openid, storeId: sitting.storeId, state: 'Unpaid',
    fulfilment: { kind: 'DineIn', linkId: guest.linkId, tableId: sitting.tables[0]!.tableId, tableName: tableNameOf(sitting) },
    lines: part.lines, discounts: [], fees: part.fees, totalFen: part.amountFen, couponId: null, remark: '',
    sitting: { id: sitting._id },
    arrivedBy: guest.linkId, gateway: world.settings.gateway, attempts: 0, pieces: [], followUp: 'None', pickupNumber: null,
    foundBy: findersOf(_id, null), transactionId: null,
    steps: [{ state: 'Unpaid', atMs: nowMs }], sortKey: sortKeyOf(nowMs, _id), createdAtMs: nowMs, updatedAtMs: nowMs,
    expiresAtMs: nowMs + PAY_WITHIN_MS, dueAtMs: nowMs + PAY_WITHIN_MS,
  }
}

export type BackCode = 'NoBill' | 'PartPaid' | 'PartBeingPaid'

/**
 * Takes a bill back: its orders are closed at WeChat first, and a part that turns out to be paid keeps the bill as it is.
 * Answers the sitting, or why not.
 */
export async function takeBillBack(world: World, sittingId: string): Promise<SittingDocument | { code: BackCode }> {
  const seen = await sittings(world).read(sittingId)
  if (!seen?.bill) return { code: 'NoBill' }
  for (const { state, orderId } of seen.bill.parts) {
    const order = state === 'Claimed' && orderId !== null ? await orders(world).read(orderId) : null
    if (order && (order.state === 'Unpaid' || order.state === 'Closing')) await closeOrder(world, order, 'Cancelled')
  }
  await lookAfterSitting(world, sittingId)
  const changed = await changeSitting<BackCode>(world, sittingId, (sitting): Verdict<BackCode> => {
    if (!sitting.bill) return sitting.state === 'Ordering' ? 'Same' : { code: 'PartPaid' }
    if (sitting.bill.number !== seen.bill!.number) return { code: 'PartBeingPaid' }
    if (sitting.bill.parts.some(part => part.state === 'Paid')) return { code: 'PartPaid' }
    if (sitting.bill.parts.some(part => part.state === 'Claimed')) return { code: 'PartBeingPaid' }
    const nowMs = world.clock.nowMs()
    return { set: { bill: null, ...stepped(sitting, 'Ordering', nowMs), ...told(sitting, 'BillCancelled', { atMs: nowMs }) } }
  })
  return changed ?? { code: 'NoBill' }
}

/** A guest takes the bill back. */
export async function cancelBill(world: World, openid: string, { sittingId }: { sittingId: string }) {
  const sitting = await seatedSitting(world, openid, sittingId)
  if (!sitting) return refused('NotSeated')
  if (!isSeated(sitting.state)) return refused('TableCleared')
  const back = await takeBillBack(world, sitting._id)
  return 'code' in back ? refused(back.code) : done(viewSitting(back, openid))
}
