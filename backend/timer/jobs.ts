import { atMost, oneOf } from '../database.ts'
import type { Collection, Stored, Where } from '../database.ts'
import { refreshGoods } from '../catalog/refreshGoods.ts'
import { forgetGuests } from '../dining/forgetGuests.ts'
import { lookAfterSitting } from '../dining/lookAfterSitting.ts'
import { SEATED } from '../dining/rules.ts'
import { sittings } from '../dining/sittings.ts'
import { forgetLimits } from '../door/limits.ts'
import { forgetFootprints } from '../favourite/keptGoods.ts'
import { forgetSessions } from '../member/members.ts'
import { closeOrder, finishClosing } from '../order/closeOrder.ts'
import { releaseHolds, returnCoupon, useUpHolds } from '../order/followUp.ts'
import { orders } from '../order/orders.ts'
import { reject } from '../order/placeOrder.ts'
import { forgetEffects } from '../outbox/forgetEffects.ts'
import { workOutbox } from '../outbox/workOutbox.ts'
import { attempts } from '../payment/attempts.ts'
import { checkAttempt } from '../payment/checkAttempt.ts'
import type { World } from '../ports.ts'
import { coupons } from '../promotion/coupon/coupons.ts'
import { lookAfterCoupon, settleClaims } from '../promotion/coupon/leftovers.ts'
import { planReconciliations, reconciliations } from '../reconciliation/reconciliations.ts'
import { reconcile } from '../reconciliation/reconcile.ts'
import { payOut } from '../refund/payOut.ts'
import { refunds } from '../refund/refunds.ts'
import { UNDER_WAY } from '../refund/rules.ts'
import { checkReceipt } from '../shipping/receipt.ts'
import { ON_ITS_WAY } from '../shipping/rules.ts'
import { shipments } from '../shipping/shipments.ts'
import { forgetDays, releaseLeftovers } from '../stock/leftovers.ts'

/** Work that asks WeChat, a second or more each, and work that only writes to the database. */
const ASKING = 20
const WRITING = 50
/** Each of these reads a whole bill. */
const BILLS = 2
/** A document that was taken up is left alone for this long: by a run beside this one, and when its work fails. */
const LEAVE_ALONE_MS = 60_000
/** After this long a run takes up nothing new: the function lives for 60 s. */
const STOP_AFTER_MS = 40_000

interface Job<D extends Stored> {
  name: string
  collection: (world: World) => Collection<D>
  where: Where
  /** At most so many documents a run; the rest is found by the next one, a minute later. */
  atOnce: number
  /** The field that says when a document is due. Taking it up moves this time on. */
  due: keyof D & string
  /** Safe to repeat. */
  run: (world: World, document: D) => Promise<void>
}

/** Runs one kind of work; answers how many documents were taken up. */
type Runner = { name: string, run: (world: World, endAtMs: number) => Promise<number> }

function job<D extends Stored>({ name, collection, where, due, atOnce, run }: Job<D>): Runner {
  const find = (world: World) =>
    collection(world).find({ where: { ...where, [due]: atMost(world.clock.nowMs()) }, sort: [due, 'asc'], limit: atOnce })

  const takeUp = (world: World, document: D) => {
    const seenAt = document[due] as number
    return collection(world).changeIf(document._id, { [due]: seenAt }, { set: { [due]: world.clock.nowMs() + LEAVE_ALONE_MS } })
  }

  return {
    name,
    run: async (world, endAtMs) => {
      let count = 0
      for (const document of await find(world)) {
        if (world.clock.nowMs() > endAtMs) break
        if (!await takeUp(world, document)) continue
        count += 1
        await run(world, document).catch((error: unknown) => world.log.error(`The timer could not ${name}`, error, { id: document._id }))
      }
      return count
    },
  }
}

/** Every job finds its work by a query, so a lost run loses nothing. */
const jobs: Runner[] = [
  job({
    name: 'ask WeChat about payments that nobody reported',
    collection: attempts, where: { state: oneOf(['Prepaid', 'Closed']) }, atOnce: ASKING, due: 'checkAtMs', run: checkAttempt,
  }),
  job({
    name: 'close orders that nobody paid',
    collection: orders, where: { state: 'Unpaid' }, atOnce: ASKING, due: 'dueAtMs', run: (world, order) => closeOrder(world, order, 'Expired'),
  }),
  job({
    name: 'finish closing',
    collection: orders, where: { state: 'Closing' }, atOnce: ASKING, due: 'dueAtMs', run: (world, order) => finishClosing(world, order._id),
  }),
  job({ name: 'give up abandoned reservations', collection: orders, where: { state: 'Reserving' }, atOnce: WRITING, due: 'dueAtMs', run: reject }),
  job({
    name: 'finish what follows a payment, a closing or a refund',
    collection: orders, where: { followUp: oneOf(['SellStock', 'ReleaseStock', 'ReturnCoupon']) }, atOnce: WRITING, due: 'dueAtMs',
    run: async (world, order) => {
      await useUpHolds(world, order)
      await releaseHolds(world, order)
      await returnCoupon(world, order)
    },
  }),
  job({
    name: 'pay refunds out',
    collection: refunds, where: { state: oneOf(UNDER_WAY) }, atOnce: ASKING, due: 'checkAtMs', run: async (world, refund) => { await payOut(world, refund._id) },
  }),
  job({
    name: 'find out who has what was shipped', collection: shipments, where: { state: oneOf(ON_ITS_WAY) }, atOnce: ASKING, due: 'checkAtMs', run: checkReceipt,
  }),
  job({
    name: 'look after tables whose orders are paid or closed, or where nobody sits any more',
    collection: sittings, where: { state: oneOf(SEATED) }, due: 'dueAtMs', atOnce: WRITING, run: (world, sitting) => lookAfterSitting(world, sitting._id),
  }),
  job({
    name: 'forget who sat at tables that were cleared long ago',
    collection: sittings, where: { state: 'Cleared' }, due: 'dueAtMs', atOnce: WRITING, run: forgetGuests,
  }),
  { name: 'carry out what follows from what is written', run: workOutbox },
  job({
    name: 'expire coupons, and look after locks that last too long',
    collection: coupons, where: { state: oneOf(['Taken', 'Locked']) }, atOnce: WRITING, due: 'dueAtMs', run: lookAfterCoupon,
  }),
  { name: 'settle coupons that were counted and perhaps never written', run: settleClaims },
  { name: 'plan the comparison with the bills of past days', run: planReconciliations },
  job({
    name: 'compare a day with its bill',
    collection: reconciliations, where: { state: oneOf(['Waiting', 'Comparing']) }, atOnce: BILLS, due: 'dueAtMs', run: reconcile,
  }),
  { name: 'count what was sold, and index goods for lists and searches', run: refreshGoods },
  { name: 'forget looks at goods that are long past', run: forgetFootprints },
  { name: 'forget sessions that are over', run: forgetSessions },
  { name: 'release pieces that are held for orders that are over', run: releaseLeftovers },
  { name: 'forget the portions of days long past', run: forgetDays },
  { name: 'forget counts of calls that are old', run: forgetLimits },
  { name: 'forget effects that were over long ago', run: forgetEffects },
]

/**
 * Runs every job once, side by side, so that one which waits for WeChat keeps no other from its work. What fails is logged
 * and taken up again by a later run. Answers how many documents each job took up.
 */
export async function runJobs(world: World): Promise<Record<string, number>> {
  const endAtMs = world.clock.nowMs() + STOP_AFTER_MS
  const handled = await Promise.all(jobs.map(async ({ name, run }): Promise<[string, number]> => {
    try {
      return [name, await run(world, endAtMs)]
    } catch (error) {
      world.log.error(`The timer could not look for work: ${name}`, error, {})
      return [name, 0]
    }
  }))
  return Object.fromEntries(handled)
}
