import { afterAll, beforeAll, expect, it } from 'vitest'
import { orderOf, member, place, startPaying } from '../functions/support.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'

let shop: TestShop
let alice: Caller

const past = () => Date.now() - 1_000

/** The timer comes by when the second look at a closed number is due. */
async function lookAgain(outTradeNo: string): Promise<void> {
  await shop.admin.change('attempts', outTradeNo, { checkAtMs: past() })
  await shop.manage('timers/timer')
}

/** An order that is closed in the shop, whose trade WeChat still takes money for, and of which no notice will ever come. */
async function closedUnheard(): Promise<{ orderId: string, outTradeNo: string }> {
  const { id: orderId } = await place(alice)
  const { outTradeNo } = await startPaying(alice, orderId)
  await shop.manage('pay/callbacks', { callbacks: 'lose', outTradeNo })
  await shop.admin.change('attempts', outTradeNo, { state: 'Closed' })
  await alice.shop('cancelOrder', { orderId })
  expect((await orderOf(alice, orderId)).state).toBe('Closed')
  return { orderId, outTradeNo }
}

beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
})
afterAll(() => shop.close())

it('money that came after closing goes back although no notice ever told of it', async () => {
  const { orderId, outTradeNo } = await closedUnheard()
  await shop.manage('pay/complete', { outTradeNo })
  await lookAgain(outTradeNo)
  expect(await orderOf(alice, orderId)).toMatchObject({ state: 'Closed', refunds: [{ refundFen: 1200 }] })
})

it('a trade that WeChat opened too late is closed, and then left alone', async () => {
  const { outTradeNo } = await closedUnheard()
  await lookAgain(outTradeNo)
  expect(await shop.manage('pay/complete', { outTradeNo })).toMatchObject({ ok: false, code: 'CLOSED' })
  await lookAgain(outTradeNo)
  expect(await shop.admin.read('attempts', outTradeNo)).toMatchObject({ state: 'Closed', checkAtMs: null })
})
