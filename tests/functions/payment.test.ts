import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localApp } from '../../scripts/steps/localShop.ts'
import { openTestShop, postJson, until } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { leftOf, member, orderOf, place, startPaying } from './support.ts'

/** The number of EXCEED_AUTHORITY: `cloudfunctions/rules.json` forbids the call. */
const forbiddenByRule = -501023

let shop: TestShop
let alice: Caller
beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
})
afterAll(() => shop.close())

const complete = (outTradeNo: string) => shop.manage('pay/complete', { outTradeNo })
const callbacks = (mode: 'deliver' | 'hold' | 'lose', outTradeNo?: string) => shop.manage('pay/callbacks', { callbacks: mode, outTradeNo })
const stateOf = async (orderId: string) => (await orderOf(alice, orderId)).state
const runTimer = () => shop.manage('timers/timer')

type MerchantPlatform = Record<'refund' | 'queryOrder', (input: object) => Promise<object>>

/** As on WeChat's merchant platform: past the shop. */
async function refundByHand(outTradeNo: string): Promise<void> {
  const { cloudPay } = (await import('wx-server-sdk')).default as unknown as { cloudPay: MerchantPlatform }
  const common = { subMchId: localApp.merchantId, nonceStr: 'by-hand', outTradeNo }
  const notice = { envId: localApp.envId, functionName: 'nobody' }
  expect(await cloudPay.refund({ ...common, ...notice, outRefundNo: `HAND${outTradeNo}`, totalFee: 1200, refundFee: 1200 })).toMatchObject({ resultCode: 'SUCCESS' })
  await until('the refund to arrive', async () => (await cloudPay.queryOrder(common) as { tradeState: string }).tradeState === 'REFUND')
}

describe('a payment', () => {
  it('is settled by WeChat\'s notice alone, with a pickup number', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await complete(outTradeNo)
    await until('the notice to settle the order', async () => await stateOf(order.id) === 'Paid')
    expect((await orderOf(alice, order.id)).pickupNumber).toMatch(/^A\d{3}$/)
  })

  it('is settled by the returning customer when the notice is lost', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await callbacks('lose', outTradeNo)
    await complete(outTradeNo)
    expect(await stateOf(order.id)).toBe('Unpaid')
    expect(await alice.shop('syncPayment', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Paid' } })
  })

  it('is settled by the timer when the notice is lost and the customer never comes back', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await callbacks('lose', outTradeNo)
    await complete(outTradeNo)
    await shop.admin.change('attempts', outTradeNo, { checkAtMs: Date.now() - 1 })
    await runTimer()
    expect(await stateOf(order.id)).toBe('Paid')
  })

  it('is credited once when notice, customer and timer come together', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await callbacks('hold', outTradeNo)
    await complete(outTradeNo)
    const deliver = () => shop.manage('pay/deliver', { outTradeNo })
    const sync = () => alice.shop('syncPayment', { orderId: order.id })
    await shop.admin.change('attempts', outTradeNo, { checkAtMs: 0 })
    await Promise.all([deliver(), sync(), runTimer(), deliver(), sync(), runTimer(), deliver()])
    const paid = await orderOf(alice, order.id)
    expect(paid.steps.filter(step => step.state === 'Paid')).toHaveLength(1)
    const stock = await shop.admin.read<{ available: number, holds: { orderId: string }[] }>('stock', 'egg-tart')
    expect(stock?.holds.filter(hold => hold.orderId === order.id)).toEqual([])
    expect(stock?.available).toBe(before! - 1)
  })

  it('answers a duplicate notice with errcode 0 and changes nothing', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await complete(outTradeNo)
    await until('the first notice', async () => await stateOf(order.id) === 'Paid')
    const before = await orderOf(alice, order.id)
    expect(await shop.manage('pay/deliver', { outTradeNo })).toMatchObject({ ok: true, returned: { errcode: 0 } })
    expect(await orderOf(alice, order.id)).toEqual(before)
  })

  it('gets the same attempt on a second tap', async () => {
    const order = await place(alice)
    const attempts = await Promise.all([1, 2, 3].map(() => startPaying(alice, order.id)))
    expect(new Set(attempts.map(attempt => attempt.outTradeNo)).size).toBe(1)
    await alice.shop('cancelOrder', { orderId: order.id })
  })

  it('can be tried again after WeChat was out of order', async () => {
    const order = await place(alice)
    await shop.manage('pay/faults', { api: 'unifiedOrder', fault: 'SYSTEMERROR', times: 1 })
    expect(await alice.shop('unifiedOrder', { orderId: order.id })).toMatchObject({ kind: 'refused', code: 'PaymentUnavailable' })
    const { outTradeNo } = await startPaying(alice, order.id)
    await complete(outTradeNo)
    await until('the order to be paid', async () => await stateOf(order.id) === 'Paid')
  })

  it('survives a reply that was lost after WeChat had taken the request', async () => {
    const order = await place(alice)
    await shop.manage('pay/faults', { api: 'unifiedOrder', fault: 'LOST_REPLY', times: 1 })
    await alice.shop('unifiedOrder', { orderId: order.id })
    const { outTradeNo } = await startPaying(alice, order.id)
    expect(outTradeNo).toMatch(/_1$/)
    await alice.shop('cancelOrder', { orderId: order.id })
  })

  it('numbers the orders of a day without gaps, also when many are paid at once', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, (_, index) => member(shop, `o-crowd-${index}`)))
    const orders = await Promise.all(people.map(async (person) => {
      const order = await place(person, [{ productId: 'earl-grey-cookies', choiceIds: [], quantity: 1 }])
      return { person, order, attempt: await startPaying(person, order.id) }
    }))
    await Promise.all(orders.map(({ attempt }) => complete(attempt.outTradeNo)))
    await Promise.all(orders.map(({ person, order }) => until('all to be paid', async () => (await orderOf(person, order.id)).state === 'Paid')))
    const paid = await Promise.all(orders.map(({ person, order }) => orderOf(person, order.id)))
    const numbers = paid.map(order => Number(order.pickupNumber!.slice(1)))
    numbers.sort((one, other) => one - other)
    expect(numbers.at(-1)! - numbers[0]!).toBe(numbers.length - 1)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('a forged notice', () => {
  it('from an ordinary client moves nothing', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    const forged = { returnCode: 'SUCCESS', resultCode: 'SUCCESS', outTradeNo, totalFee: 1200, transactionId: '4200', subOpenid: 'o-alice' }
    expect(await shop.as('o-mallory').invoke('pay-callback', forged)).toMatchObject({ errCode: forbiddenByRule })
    // The rules do not govern HTTP access, so the function must look for itself at who calls.
    expect(await postJson(`${shop.url}/http/pay-callback`, forged)).toMatchObject({ errcode: 1 })
    expect(await stateOf(order.id)).toBe('Unpaid')
    await alice.shop('cancelOrder', { orderId: order.id })
  })

  it('with a true origin but a lie inside is only a hint to ask', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await callbacks('hold', outTradeNo)
    await complete(outTradeNo)
    await shop.manage('pay/deliver', { outTradeNo, alter: { totalFee: 1, transactionId: 'invented' } })
    expect(await stateOf(order.id)).toBe('Paid')
    const { transactionId } = (await shop.admin.read<{ transactionId: string }>('orders', order.id))!
    expect(transactionId).not.toBe('invented')
  })

  it('about a payment we never asked for is acknowledged and moves nothing', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await callbacks('hold', outTradeNo)
    await complete(outTradeNo)
    const delivered = await shop.manage('pay/deliver', { outTradeNo, alter: { outTradeNo: 'NEVER_1' } })
    expect(delivered).toMatchObject({ returned: { errcode: 0 } })
    expect(await stateOf(order.id)).toBe('Unpaid')
    await alice.shop('syncPayment', { orderId: order.id })
  })
})

describe('money that is not what was asked for', () => {
  it('pays nothing and is kept as an incident', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await shop.admin.change('attempts', outTradeNo, { totalFen: 999_999 })
    await complete(outTradeNo)
    expect(await alice.shop('syncPayment', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Unpaid' } })
    expect(await shop.admin.read('incidents', `${outTradeNo}_AmountDiffers`)).toMatchObject({
      kind: 'AmountDiffers', state: 'Open', amountFen: 1200, expectedFen: 999_999, facts: { totalFen: 1200 },
    })
    // The order is free to be closed, with its stock: nobody can pay that number again.
    expect(await alice.shop('cancelOrder', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Closed' } })
  })

  it('pays nothing when the merchant has sent it back by hand before the shop ever saw it', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    await callbacks('lose', outTradeNo)
    await complete(outTradeNo)
    await refundByHand(outTradeNo)
    expect(await alice.shop('syncPayment', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Unpaid' } })
    expect(await shop.admin.read('incidents', `${outTradeNo}_RefundedElsewhere`)).not.toBeNull()
  })
})

it('the timer is run by WeChat, and cannot be run by a client', async () => {
  expect(await shop.as('o-mallory').invoke('timer', {})).toMatchObject({ errCode: forbiddenByRule })
  expect(await postJson(`${shop.url}/http/timer`, {})).toEqual({ done: false, because: 'not allowed' })
  expect(await runTimer()).toMatchObject({ result: { done: true } })
})
