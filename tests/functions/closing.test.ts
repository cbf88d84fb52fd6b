import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestShop, until } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import type { StockDocument } from '../../backend/stock/stock.ts'
import { leftOf, member, newRequestId, orderOf, place, startPaying } from './support.ts'

let shop: TestShop
let alice: Caller
beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
})
afterAll(() => shop.close())

const complete = (outTradeNo: string) => shop.manage('pay/complete', { outTradeNo })
const stateOf = async (orderId: string) => (await orderOf(alice, orderId)).state
const runTimer = () => shop.manage('timers/timer')
const past = () => Date.now() - 1
/** Sixty seconds after an order stopped to be payable, nobody can still be on the way to WeChat with it. */
const longAgo = () => Date.now() - 61_000

async function expire(orderId: string): Promise<void> {
  await shop.admin.change('orders', orderId, { expiresAtMs: past(), dueAtMs: past() })
  await runTimer()
}

describe('an unpaid order', () => {
  it('that is cancelled gives its stock back', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const order = await place(alice)
    expect(await leftOf(shop, 'egg-tart')).toBe(before! - 1)
    expect(await alice.shop('cancelOrder', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Closed', closedBecause: 'Cancelled' } })
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })

  it('cancelled twice at once gives its stock back once', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const order = await place(alice)
    await Promise.all([1, 2, 3].map(() => alice.shop('cancelOrder', { orderId: order.id })))
    await runTimer()
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })

  it('is closed at WeChat first, so that nobody can pay it any more', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await alice.shop('cancelOrder', { orderId: order.id })
    expect(await stateOf(order.id)).toBe('Closed')
    expect(await complete(outTradeNo)).toMatchObject({ ok: false, code: 'CLOSED' })
  })

  it('expires by the timer, with its stock', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const order = await place(alice)
    await startPaying(alice, order.id)
    await expire(order.id)
    expect(await orderOf(alice, order.id)).toMatchObject({ state: 'Closed', closedBecause: 'Expired' })
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })

  it('cannot be paid after its time, even before the timer comes', async () => {
    const order = await place(alice)
    await shop.admin.change('orders', order.id, { expiresAtMs: past() })
    expect(await alice.shop('unifiedOrder', { orderId: order.id })).toMatchObject({ code: 'OrderNotUnpaid' })
    await alice.shop('cancelOrder', { orderId: order.id })
  })

  it('keeps its stock while WeChat gives no clear answer, and is closed when it does', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const order = await place(alice)
    await startPaying(alice, order.id)
    await shop.manage('pay/faults', { api: 'queryOrder', fault: 'SYSTEMERROR', times: 1 })
    expect(await alice.shop('cancelOrder', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Closing' } })
    expect(await leftOf(shop, 'egg-tart')).toBe(before! - 1)
    await shop.admin.change('orders', order.id, { dueAtMs: past() })
    await runTimer()
    expect(await stateOf(order.id)).toBe('Closed')
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })

  it('waits for an attempt that may still reach WeChat, for a minute', async () => {
    const order = await place(alice)
    await shop.manage('pay/faults', { api: 'unifiedOrder', fault: 'SYSTEMERROR', times: 1 })
    await alice.shop('unifiedOrder', { orderId: order.id })
    await alice.shop('cancelOrder', { orderId: order.id })
    expect(await stateOf(order.id)).toBe('Closing')
    await shop.admin.change('orders', order.id, { dueAtMs: past(), updatedAtMs: longAgo() })
    await runTimer()
    expect(await stateOf(order.id)).toBe('Closed')
  })
})

describe('money and closing at the same time', () => {
  it('leave the order paid when the money was quicker', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await shop.manage('pay/callbacks', { callbacks: 'lose', outTradeNo })
    await complete(outTradeNo)
    expect(await alice.shop('cancelOrder', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Paid' } })
  })

  it('send money that arrives after closing back by itself', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    // Closed here while WeChat still takes the payment: what a lost close looks like.
    await shop.admin.change('attempts', outTradeNo, { state: 'Closed' })
    await alice.shop('cancelOrder', { orderId: order.id })
    expect(await stateOf(order.id)).toBe('Closed')
    await complete(outTradeNo)
    await until('the refund to be asked for', async () => (await orderOf(alice, order.id)).refunds.length === 1)
    await until('the money to be back', async () => {
      await shop.admin.change('refunds', `R${outTradeNo}_1`, { checkAtMs: past() })
      await runTimer()
      return (await orderOf(alice, order.id)).refunds[0]?.state === 'Succeeded'
    })
    expect(await orderOf(alice, order.id)).toMatchObject({ state: 'Closed', refunds: [{ refundFen: 1200 }] })
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })

  it('ask for the refund again with the same number until WeChat has the money for it', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await shop.admin.change('attempts', outTradeNo, { state: 'Closed' })
    await alice.shop('cancelOrder', { orderId: order.id })
    await shop.manage('pay/faults', { api: 'refund', fault: 'NOTENOUGH', times: 1 })
    await complete(outTradeNo)
    await until('the first try', async () => (await shop.admin.read<{ tries: number }>('refunds', `R${outTradeNo}_1`))?.tries === 1)
    await until('the refund to succeed', async () => {
      await shop.admin.change('refunds', `R${outTradeNo}_1`, { checkAtMs: past() })
      await runTimer()
      return (await orderOf(alice, order.id)).refunds[0]?.state === 'Succeeded'
    })
    const { refunds } = await (await fetch(`${shop.url}/manage/pay/refunds`)).json() as { refunds: { outTradeNo: string }[] }
    expect(refunds.filter(refund => refund.outTradeNo === outTradeNo)).toHaveLength(1)
  })
})

describe('a function that dies half-way', () => {
  const crashed = (orderId: string, fields: Record<string, string | number>) => shop.admin.change('orders', orderId, { ...fields, dueAtMs: past() })

  it('before a reservation is complete leaves nothing taken', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const order = await place(alice, undefined, newRequestId())
    await crashed(order.id, { state: 'Reserving' })
    await runTimer()
    expect(await alice.shop('order', { orderId: order.id })).toMatchObject({ code: 'OrderUnknown' })
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })

  it.each(['Closed', 'Rejected'])('after an order became %s leaves its stock to the timer', async (state) => {
    const before = await leftOf(shop, 'egg-tart')
    const order = await place(alice)
    await crashed(order.id, { state, followUp: 'ReleaseStock' })
    await runTimer()
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })
})

it('pieces that a slow call took for an order which was over by then go back after a while', async () => {
  const before = await leftOf(shop, 'egg-tart')
  const order = await place(alice)
  await shop.admin.change('orders', order.id, { state: 'Closed', followUp: 'None' })
  await runTimer()
  expect(await leftOf(shop, 'egg-tart')).toBe(before! - 1)
  const stock = (await shop.admin.read<StockDocument>('stock', 'egg-tart'))!
  const holds = stock.holds.map(hold => hold.orderId === order.id ? { ...hold, atMs: hold.atMs - 21 * 60_000 } : hold)
  await shop.admin.set('stock', 'egg-tart', { available: stock.available, supplied: stock.supplied, sold: stock.sold, holds })
  await runTimer()
  expect(await leftOf(shop, 'egg-tart')).toBe(before)
})

it('a timer run whose every question to WeChat fails still does everything else', async () => {
  const [paying, expired] = [await place(alice), await place(alice)]
  const { outTradeNo } = await startPaying(alice, paying.id)
  await shop.admin.change('attempts', outTradeNo, { checkAtMs: past() })
  await shop.manage('pay/faults', { api: 'queryOrder', fault: 'SYSTEMERROR', times: 1 })
  await expire(expired.id)
  expect(await stateOf(expired.id)).toBe('Closed')
  await alice.shop('cancelOrder', { orderId: paying.id })
})
