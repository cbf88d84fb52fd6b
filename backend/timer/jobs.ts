import { atMost, oneOf } from '../database.ts'
import type { Stored } from '../database.ts'
import type { World } from '../ports.ts'
import { closeOrder, finishClosing, giveStockBack } from '../order/closeOrder.ts'
import { orders } from '../order/orders.ts'
import type { OrderDocument } from '../order/orders.ts'
import { reject } from '../order/placeOrder.ts'
import { attempts } from '../payment/attempts.ts'
import type { AttemptDocument } from '../payment/attempts.ts'
import { CHECK_AFTER_MS } from '../payment/rules.ts'
import { handOverStock, settle } from '../payment/settle.ts'
import { payOut } from '../refund/payOut.ts'
import { refunds } from '../refund/refunds.ts'
import type { RefundDocument } from '../refund/refunds.ts'

/** At most so many documents a job and run; the rest is found by the next run, a minute later. */
const AT_ONCE = 20

interface Job<D extends Stored> {
  name: string
  due(world: World): Promise<D[]>
  /** Safe to run twice, also at the same time. */
  run(world: World, document: D): Promise<void>
}

const job = <D extends Stored>(spec: Job<D>): Job<Stored> => spec as unknown as Job<Stored>

const dueOrders = (state: OrderDocument['state']) => (world: World) =>
  orders(world).find({ where: { state, dueAtMs: atMost(world.clock.nowMs()) }, sort: ['dueAtMs', 'asc'], limit: AT_ONCE })

/** What the timer does each minute, in this order. Every job finds its work by a query, so a lost run loses nothing. */
export const jobs: Job<Stored>[] = [
  job<AttemptDocument>({
    name: 'ask WeChat about payments that nobody reported',
    due: world => attempts(world).find({
      where: { state: 'Prepaid', checkAtMs: atMost(world.clock.nowMs()) }, sort: ['checkAtMs', 'asc'], limit: AT_ONCE,
    }),
    run: async (world, attempt) => {
      const found = await settle(world, attempt._id)
      const gone = found === 'Closed'
      await attempts(world).changeIf(attempt._id, { state: 'Prepaid' }, {
        set: { checkAtMs: world.clock.nowMs() + CHECK_AFTER_MS * 2, ...(gone ? { state: 'Closed' } : {}) },
      })
    },
  }),
  job<OrderDocument>({ name: 'close orders that nobody paid', due: dueOrders('Unpaid'), run: (world, order) => closeOrder(world, order, 'Expired') }),
  job<OrderDocument>({ name: 'finish closing', due: dueOrders('Closing'), run: (world, order) => finishClosing(world, order._id) }),
  job<OrderDocument>({ name: 'give up abandoned reservations', due: dueOrders('Reserving'), run: reject }),
  job<OrderDocument>({
    name: 'finish what follows a payment or a closing',
    due: world => orders(world).find({ where: { followUp: oneOf(['SellStock', 'ReleaseStock']) }, limit: AT_ONCE }),
    run: async (world, order) => {
      await handOverStock(world, order)
      await giveStockBack(world, order)
    },
  }),
  job<RefundDocument>({
    name: 'pay refunds out',
    due: world => refunds(world).find({
      where: { state: oneOf(['Requested', 'Accepted']), checkAtMs: atMost(world.clock.nowMs()) }, limit: AT_ONCE,
    }),
    run: (world, refund) => payOut(world, refund._id),
  }),
]

/** Runs every job once. One document that fails stops neither its job nor the others. Answers how much was done. */
export async function runJobs(world: World): Promise<Record<string, number>> {
  const handled: Record<string, number> = {}
  for (const { name, due, run } of jobs) {
    const documents = await due(world)
    handled[name] = documents.length
    for (const document of documents) {
      await run(world, document).catch((error: unknown) => world.log.error(`The timer could not ${name}`, error, { id: document._id }))
    }
  }
  return handled
}
