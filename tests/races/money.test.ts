import { expect, it } from 'vitest'
import { cancelOrder } from '../../backend/order/closeOrder.ts'
import { orders } from '../../backend/order/orders.ts'
import { PAY_WITHIN_MS } from '../../backend/order/rules.ts'
import { attempts, outTradeNoOf } from '../../backend/payment/attempts.ts'
import type { World } from '../../backend/ports.ts'
import { payOut } from '../../backend/refund/payOut.ts'
import { refundOrder } from '../../backend/refund/refundOrder.ts'
import { outRefundNoOf } from '../../backend/refund/refunds.ts'
import { changeStock } from '../../backend/stock/keepStock.ts'
import { stock } from '../../backend/stock/stock.ts'
import { annsOrder, expectBalanced, ON_SHELF, PRICE_FEN, requestIdOf, tryOrders } from './support.ts'

/**
 * Every race in which money or stock could be lost, with the real use cases, the real database engine and WeChat's real
 * books: fast-check chooses which operation of which call comes next.
 */

const LONG_MS = 120_000
const cancel = (world: World) => cancelOrder(world, 'o-ann', { orderId: annsOrder() })
const refund = (world: World, wish: number, quantity = 1, goodsReturned: number[] = []) => refundOrder(world, {
  requestId: requestIdOf(wish), orderId: annsOrder(), wish: { kind: 'Lines', lines: [{ line: 0, quantity }] }, goodsReturned,
  expectedFen: PRICE_FEN * quantity, note: 'why',
}, { openid: 'o-owner' })

it('a double tap on two devices makes one order', () => tryOrders(async (race, scheduler) => {
  const { order } = race
  await race.atOnce(scheduler, { phone: world => order(world), phoneAgain: world => order(world), tablet: world => order(world) })
  expect(await orders(race.world).count({ openid: 'o-ann' })).toBe(1)
  expect(await stock(race.world.database).read('tart')).toMatchObject({ available: ON_SHELF - 1, holds: [{ quantity: 1 }] })
  await race.heal()
  expect(await expectBalanced(race)).toMatchObject([{ state: 'Closed' }])
}), LONG_MS)

it('the last pieces go to one of two, while a third gives theirs back and staff bring more', () => tryOrders(async (race, scheduler) => {
  const { order } = race
  await order(race.world, 'o-ann', 1, 1)
  const supply = (world: World) => changeStock(world, {
    requestId: requestIdOf(9), productId: 'tart', kind: 'Supplied', change: 1, note: 'baked',
  }, { openid: 'o-owner' })
  await race.atOnce(scheduler, {
    ben: world => order(world, 'o-ben', 2, 2), ann: world => order(world, 'o-ann', 3, 2), gives: cancel, brings: supply, again: supply,
  })
  const shelf = (await stock(race.world.database).read('tart'))!
  expect(shelf.supplied).toBe(ON_SHELF + 1)
  expect(shelf.available).toBeGreaterThanOrEqual(0)
  expect(shelf.available + shelf.holds.reduce((sum, hold) => sum + hold.quantity, 0)).toBe(shelf.supplied)
  await race.heal()
  await expectBalanced(race)
}), LONG_MS)

it('a notice that comes twice, the customer who comes back and two timers credit one payment once', () => tryOrders(async (race, scheduler) => {
  await race.order(race.world)
  await race.startPaying(race.world)
  expect(await race.typePassword(race.world)).toBe(true)
  race.clock.nowMs += 60_000
  const { notice, comeBack, timer } = race
  await race.atOnce(scheduler, {
    notice: world => notice(world), again: world => notice(world), customer: world => comeBack(world), timer, timerAgain: timer,
  })
  await race.heal()
  expect(await expectBalanced(race)).toMatchObject([{ state: 'Paid', pickupNumber: 'A001' }])
}), LONG_MS)

it('money that arrives while the order expires pays it or goes back', () => tryOrders(async (race, scheduler) => {
  await race.order(race.world)
  await race.startPaying(race.world)
  race.clock.nowMs += PAY_WITHIN_MS
  const { typePassword, comeBack, timer, notice } = race
  await race.atOnce(scheduler, {
    customer: world => typePassword(world), timer, timerAgain: timer, back: world => comeBack(world), notice: world => notice(world),
  })
  await race.heal()
  await expectBalanced(race)
}), LONG_MS)

it('a payment that begins, and is paid, while the customer cancels on another device ends as one or the other', () =>
  tryOrders(async (race, scheduler) => {
    await race.order(race.world)
    const { startPaying, typePassword, timer } = race
    await race.atOnce(scheduler, {
      pays: async (world) => {
        const answer = await startPaying(world)
        if (answer.ok) await typePassword(world)
      },
      paysAgain: world => startPaying(world), cancels: cancel, cancelsAgain: cancel, timer,
    })
    await race.heal()
    await expectBalanced(race)
  }), LONG_MS)

it('a close of a payment that WeChat does not know yet lets nobody pay it unnoticed', () => tryOrders(async (race, scheduler) => {
  await race.order(race.world)
  const { startPaying, typePassword } = race
  await race.atOnce(scheduler, { begins: world => startPaying(world), expires: async (world) => { await cancel(world) } })
  await typePassword(race.world)
  await race.heal()
  await expectBalanced(race)
}), LONG_MS)

it('two owners, a timer and WeChat\'s own delay give back no piece twice', () => tryOrders(async (race, scheduler) => {
  await race.order(race.world, 'o-ann', 1, 2)
  await race.startPaying(race.world)
  await race.typePassword(race.world)
  await race.comeBack(race.world)
  const { timer } = race
  await race.atOnce(scheduler, {
    one: world => refund(world, 1, 1, [0]), oneAgain: world => refund(world, 1, 1, [0]), other: world => refund(world, 2, 2),
    third: world => refund(world, 3, 1), timer,
  })
  const attempt = (await attempts(race.world).read(outTradeNoOf(annsOrder(), 1)))!
  expect(attempt.refundedFen).toBeLessThanOrEqual(2 * PRICE_FEN)
  await race.heal()
  await expectBalanced(race)
}), LONG_MS)

it('a refund whose maker died is carried out once by two timers and a second device, with its goods', () => tryOrders(async (race, scheduler) => {
  await race.order(race.world, 'o-ann', 1, 2)
  await race.startPaying(race.world)
  await race.typePassword(race.world)
  await race.comeBack(race.world)
  await race.dieAfterCommit(world => refund(world, 1, 1, [0]))
  const outRefundNo = outRefundNoOf(outTradeNoOf(annsOrder(), 1), 1)
  const { timer } = race
  await race.atOnce(scheduler, {
    timer, timerAgain: timer, one: world => payOut(world, outRefundNo), other: world => payOut(world, outRefundNo),
  })
  await race.heal()
  await expectBalanced(race)
}), LONG_MS)

it('a refund while what follows the payment is still being done loses no piece', () => tryOrders(async (race, scheduler) => {
  await race.order(race.world)
  await race.startPaying(race.world)
  await race.typePassword(race.world)
  const { notice, timer } = race
  await race.atOnce(scheduler, { notice: world => notice(world), refunds: world => refund(world, 1, 1, [0]), timer, timerAgain: timer })
  await race.heal()
  await expectBalanced(race)
}), LONG_MS)
