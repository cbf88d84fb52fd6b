import fc from 'fast-check'
import { expect } from 'vitest'
import type { ProductDocument } from '../../backend/catalog/products.ts'
import { join } from '../../backend/member/members.ts'
import { orderIdOf, orders } from '../../backend/order/orders.ts'
import { placeOrder } from '../../backend/order/placeOrder.ts'
import { attempts, outTradeNoOf } from '../../backend/payment/attempts.ts'
import { receiveNotice } from '../../backend/payment/receiveNotice.ts'
import { syncPayment } from '../../backend/payment/syncPayment.ts'
import { unifiedOrder } from '../../backend/payment/unifiedOrder.ts'
import type { World } from '../../backend/ports.ts'
import { refunds } from '../../backend/refund/refunds.ts'
import { stock } from '../../backend/stock/stock.ts'
import type { StoreDocument } from '../../backend/store/stores.ts'
import { runJobs } from '../../backend/timer/jobs.ts'
import { openLocalPay } from '../support/localPay.ts'
import { openLocalWorld } from '../support/localWorld.ts'
import type { Gate } from '../support/localWorld.ts'

export const PRICE_FEN = 1000
export const ON_SHELF = 2
const plain = { zh: '', en: '' }
const MINUTE_MS = 60_000

/** The shop's use cases on the real database engine and WeChat's real books, in this process, with one tart too few for everybody. */
export async function openRace() {
  const clock = { nowMs: 1_700_000_000_000 }
  const pay = openLocalPay(clock)
  const local = await openLocalWorld(clock, pay.gatewayThrough)
  const quiet = { warn: () => undefined, error: () => undefined }
  const world: World = { ...local.world, log: quiet }
  await setUp(world)
  const actAs = actions(pay.take)
  return {
    clock,
    pay,
    world,
    ...actAs,
    /** Runs a call that dies when it has committed its first transaction. */
    dieAfterCommit: async (call: (world: World) => Promise<unknown>) => {
      const gate: Gate = async (what, operation) => {
        const result = await operation()
        if (what === 'transaction commit change') throw new Died()
        return result
      }
      await call({ ...local.worldThrough(gate), log: quiet }).catch((error: unknown) => { if (!(error instanceof Died)) throw error })
    },
    /** Lets calls run at once, every operation of theirs in the order that the scheduler chooses. */
    atOnce: async (scheduler: fc.Scheduler, calls: Record<string, (world: World) => Promise<unknown>>) => {
      const running = Object.entries(calls).map(([name, call]) => {
        const gate: Gate = async (what, operation) => {
          await scheduler.schedule(Promise.resolve(), `${name}: ${what}`)
          return operation()
        }
        return call({ ...local.worldThrough(gate), log: quiet })
      })
      return scheduler.waitFor(Promise.all(running))
    },
    /** Two hours in which nothing happens but the timer, and WeChat finishing what it has begun. */
    heal: async () => {
      for (let round = 0; round < 8; round += 1) {
        clock.nowMs += 15 * MINUTE_MS + 1
        pay.wake()
        await runJobs(world)
      }
    },
    close: async () => {
      await pay.close()
      await local.close()
      // Nothing above waits for anything but promises: without a pause the test's own runner would never get a word in.
      await new Promise(resolve => setImmediate(resolve))
    },
  }
}

/** Whoever waits for this call waits in vain. */
class Died extends Error {}

export type Race = Awaited<ReturnType<typeof openRace>>

async function setUp(world: World): Promise<void> {
  const store: StoreDocument = {
    _id: 'main', name: plain, address: plain, phone: '', hours: { from: '00:00', until: '24:00' }, notice: plain, latitude: 0, longitude: 0,
    picture: '', banners: [],
  }
  const tart: ProductDocument = {
    _id: 'tart', categoryId: 'tea', kind: 'Menu', name: plain, summary: plain, picture: '', priceFen: PRICE_FEN, soldCount: 0, optionGroups: [],
    sort: 1, onSale: true, recommended: false, counted: true,
  }
  await world.database.collection<StoreDocument>('stores').add(store)
  await world.database.collection<ProductDocument>('products').add(tart)
  await stock(world.database).add({ _id: 'tart', available: ON_SHELF, supplied: ON_SHELF, sold: 0, holds: [] })
  for (const openid of ['o-ann', 'o-ben']) await join(world, openid)
}

export const requestIdOf = (wish: number) => `wish-number-${String(wish).padStart(8, '0')}`
export const annsOrder = (wish = 1) => orderIdOf('o-ann', requestIdOf(wish))

/** What people and WeChat do; each takes the world that it is to happen in. */
function actions(take: (outTradeNo: string) => boolean) {
  return {
    order: (world: World, openid = 'o-ann', wish = 1, quantity = 1) => placeOrder(world, openid, {
      requestId: requestIdOf(wish), lines: [{ productId: 'tart', choiceIds: [], quantity }], fulfilment: { kind: 'TakeAway' }, remark: '',
      expectedTotalFen: PRICE_FEN * quantity,
    }),
    startPaying: (world: World, orderId = annsOrder()) => unifiedOrder(world, { openid: 'o-ann', clientIp: '127.0.0.1' }, { orderId }),
    /** At a moment that the scheduler chooses, the customer types the password for the order's latest payment. */
    typePassword: async (world: World, orderId = annsOrder()) => {
      const order = await orders(world).read(orderId)
      return take(outTradeNoOf(orderId, order?.attempts ?? 1))
    },
    comeBack: (world: World, orderId = annsOrder()) => syncPayment(world, 'o-ann', { orderId }),
    notice: (world: World, outTradeNo = outTradeNoOf(annsOrder(), 1)) => receiveNotice(world, 'wx_paycallback', { outTradeNo }, null),
    timer: (world: World) => runJobs(world),
  }
}

/**
 * After healing: every order is over or paid, WeChat's money is the shop's money, and every piece is accounted for.
 * Answers the orders.
 */
export async function expectBalanced({ world, pay }: Race) {
  const all = await orders(world).find({ where: {}, limit: 100 })
  for (const order of all) {
    expect(['Paid', 'Closed', 'Rejected', 'Refunded']).toContain(order.state)
    const { paidFen, backFen } = pay.booksOf(order._id)
    const isKept = order.state === 'Paid'
    const booked = await refunds(world).find({ where: { orderId: order._id }, limit: 50 })
    const givenBack = booked.reduce((sum, refund) => sum + refund.refundFen, 0)
    expect({ keptFen: paidFen - backFen, backFen }, `${order.state} ${order._id}`).toEqual({
      keptFen: isKept ? order.totalFen - sumBack(order) : 0, backFen: givenBack,
    })
    expect(order.followUp).toBe('None')
    const paid = await attempts(world).find({ where: { orderId: order._id, state: 'Paid' }, limit: 50 })
    expect(order.steps.filter(step => step.state === 'Paid').length).toBeLessThanOrEqual(1)
    if (isKept) expect(paid.filter(attempt => attempt._id === order.paidBy)).toHaveLength(1)
  }
  const shelf = (await stock(world.database).read('tart'))!
  const bought = all.filter(order => order.state === 'Paid' || order.state === 'Refunded')
  const returned = (await refunds(world).find({ where: {}, limit: 100 })).flatMap(refund => refund.pieces)
    .reduce((sum, { quantity }) => sum + quantity, 0)
  const sold = bought.reduce((sum, order) => sum + order.pieces.reduce((pieces, piece) => pieces + piece.quantity, 0), 0) - returned
  expect(shelf.holds).toEqual([])
  expect({ sold: shelf.sold, available: shelf.available }).toEqual({ sold, available: shelf.supplied - sold })
  return all
}

const sumBack = ({ back }: { back?: { lines: { amountFen: number }[], feesFen: number } }): number =>
  back ? back.feesFen + back.lines.reduce((sum, line) => sum + line.amountFen, 0) : 0

/** Tries one race in many orders, each from a fresh shop. */
export async function tryOrders(run: (race: Race, scheduler: fc.Scheduler) => Promise<void>, numRuns = 40): Promise<void> {
  await fc.assert(fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const race = await openRace()
    try {
      await run(race, scheduler)
    } finally {
      await race.close()
    }
  }), { numRuns })
}
