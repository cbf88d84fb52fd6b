import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RefundWish } from '../../contracts/afterSale.ts'
import type { RefundDocument } from '../../backend/refund/refunds.ts'
import { localApp } from '../../scripts/steps/localShop.ts'
import { openTestShop, until } from '../support/localShop.ts'
import type { Caller } from '../support/localShop.ts'
import { openPayV3Shop } from '../support/payV3.ts'
import type { PayV3Shop } from '../support/payV3.ts'
import { EGG_TART, leftOf, member, newRequestId, orderOf, paidOrder, place, refundsAtWeChat, startPaying } from './support.ts'

describe.each(['publicKey', 'certificate'] as const)('API v3 with a %s', (mode) => {
  let shop: PayV3Shop
  let alice: Caller
  let owner: Caller

  beforeAll(async () => {
    shop = await openPayV3Shop(mode)
    alice = await member(shop, 'o-alice')
    owner = await member(shop, 'o-owner')
    await shop.admin.change('stock', 'egg-tart', { available: 500 })
  })
  afterAll(() => shop.close())

  const stateOf = async (orderId: string) => (await orderOf(alice, orderId)).state
  const readRefund = async (id: string) => (await shop.admin.read<RefundDocument>('refunds', id))!
  const notices = (callbacks: 'hold' | 'lose' | 'deliver', subject: object) => shop.manage('pay/callbacks', { callbacks, ...subject })
  const fault = (api: string, name: string, subject: object = {}) => shop.manage('pay/faults', { api, fault: name, gateway: 'v3', ...subject })
  const runTimer = () => shop.manage('timers/timer')

  /** An order that WeChat has the money for, and of which nobody here has heard. */
  async function paidUnheard() {
    const { id: orderId } = await place(alice)
    const { outTradeNo } = await startPaying(alice, orderId)
    await notices('hold', { outTradeNo })
    expect(await shop.manage('pay/complete', { outTradeNo })).toEqual({ ok: true })
    return { orderId, outTradeNo }
  }

  async function refund(orderId: string, wish: RefundWish = { kind: 'Whole' }) {
    const quoted = await owner.merchant('refundQuote', { orderId, wish })
    const expectedFen = quoted.ok ? quoted.value.amountFen : 1
    return owner.merchant('refundOrder', { requestId: newRequestId(), orderId, wish, goodsReturned: [], expectedFen, note: '打翻了' })
  }

  const stands = (refundId: string, state: string) => until(`${refundId} to be ${state}`, async () => (await readRefund(refundId)).state === state)

  async function timerFor(refundId: string): Promise<void> {
    await shop.admin.change('refunds', refundId, { checkAtMs: 0 })
    await runTimer()
  }

  describe('a payment', () => {
    it('is settled by the notice that comes over HTTP', async () => {
      const order = await place(alice)
      const { outTradeNo } = await startPaying(alice, order.id)
      await shop.manage('pay/complete', { outTradeNo })
      await until('the notice to settle the order', async () => await stateOf(order.id) === 'Paid')
      expect(await shop.admin.read('orders', order.id)).toMatchObject({ gateway: 'wechat-v3', paidBy: outTradeNo })
      // As the phone hears it: the parameters bear the merchant's own signature.
      expect(await shop.admin.read('attempts', outTradeNo)).toMatchObject({ gateway: 'wechat-v3', payment: { signType: 'RSA' } })
    })

    it('is settled by the timer\'s question when the notice is lost', async () => {
      const { orderId, outTradeNo } = await paidUnheard()
      await shop.admin.change('attempts', outTradeNo, { checkAtMs: 0 })
      await runTimer()
      expect(await stateOf(orderId)).toBe('Paid')
    })

    it('is settled by the returning customer, and a notice after that is confirmed and changes nothing', async () => {
      const { orderId, outTradeNo } = await paidUnheard()
      expect(await alice.shop('syncPayment', { orderId })).toMatchObject({ ok: true, value: { state: 'Paid' } })
      const before = await shop.admin.read('orders', orderId)
      expect(await shop.manage('pay/deliver', { outTradeNo })).toMatchObject({ isConfirmed: true, returned: { status: 204 } })
      expect(await shop.admin.read('orders', orderId)).toEqual(before)
    })

    it('of which the query says nothing clear is not confirmed, and comes again', async () => {
      const { orderId, outTradeNo } = await paidUnheard()
      await fault('queryOrder', 'SYSTEM_ERROR', { outTradeNo })
      expect(await shop.manage('pay/deliver', { outTradeNo })).toMatchObject({ isConfirmed: false, returned: { status: 500 } })
      expect(await stateOf(orderId)).toBe('Unpaid')
      expect(await shop.manage('pay/deliver', { outTradeNo })).toMatchObject({ isConfirmed: true })
      expect(await stateOf(orderId)).toBe('Paid')
    })

    it('keeps its number when the reply to the order was lost', async () => {
      const order = await place(alice)
      await fault('unifiedOrder', 'LOST_REPLY')
      expect(await alice.shop('unifiedOrder', { orderId: order.id })).toMatchObject({ code: 'PaymentUnavailable' })
      const { outTradeNo } = await startPaying(alice, order.id)
      expect(outTradeNo).toBe(`${order.id}_1`)
      await alice.shop('cancelOrder', { orderId: order.id })
    })
  })

  describe('a notice that is not WeChat Pay\'s', () => {
    let orderId: string
    let outTradeNo: string
    beforeAll(async () => { ({ orderId, outTradeNo } = await paidUnheard()) })
    const told = () => ({ mchid: localApp.merchantId, out_trade_no: outTradeNo, trade_state: 'SUCCESS' })
    const genuine = () => shop.notice('TRANSACTION.SUCCESS', told())

    it('is refused when a stranger signed it, and when WeChat probes with a wrong signature', async () => {
      for (const sender of ['forged', 'signtest']) {
        expect(await shop.manage('pay/deliver', { outTradeNo, sender })).toMatchObject({ isConfirmed: false, returned: { status: 401 } })
      }
    })

    it('is refused when it was sent more than five minutes ago, or will be', async () => {
      for (const atMs of [Date.now() - 6 * 60_000, Date.now() + 6 * 60_000]) {
        expect(await shop.notify(shop.notice('TRANSACTION.SUCCESS', told(), { atMs }))).toBe(401)
      }
    })

    it('is refused when time, body, nonce or key were changed after signing', async () => {
      const { body, headers } = genuine()
      const changed: Record<string, string>[] = [
        { 'Wechatpay-Timestamp': String(Number(headers['Wechatpay-Timestamp']) + 1) },
        { 'Wechatpay-Nonce': 'another' },
        { 'Wechatpay-Serial': 'PUB_KEY_ID_0000000000000000000000000000' },
        { 'Wechatpay-Signature': '' },
      ]
      for (const change of changed) expect(await shop.notify({ body, headers: { ...headers, ...change } })).toBe(401)
      expect(await shop.notify({ body: body.replace('TRANSACTION.SUCCESS', 'TRANSACTION.success'), headers })).toBe(401)
      expect(await shop.notify({ body: `${body} `, headers })).toBe(401)
    })

    it('is refused when its ciphertext was changed or made with another key, even under a right signature', async () => {
      const parsed = JSON.parse(genuine().body) as { resource: { ciphertext: string, associated_data: string } }
      const bytes = Buffer.from(parsed.resource.ciphertext, 'base64')
      bytes[0]! ^= 1
      const resources = [
        { ...parsed.resource, ciphertext: bytes.toString('base64') },
        { ...parsed.resource, ciphertext: 'AAAA' },
        { ...parsed.resource, associated_data: 'refund' },
      ]
      for (const resource of resources) {
        const body = JSON.stringify({ ...parsed, resource })
        expect(await shop.notify({ body, headers: shop.signed(body) })).toBe(401)
      }
      expect(await shop.notify(shop.notice('TRANSACTION.SUCCESS', told(), { apiV3Key: 'x'.repeat(32) }))).toBe(401)
    })

    it('is refused when it is about another merchant, of an unknown kind, too long, or no POST', async () => {
      expect(await shop.notify(shop.notice('TRANSACTION.SUCCESS', { ...told(), mchid: '1900009999' }))).toBe(401)
      expect(await shop.notify(shop.notice('PAYSCORE.USER_PAID', told()))).toBe(401)
      const long = 'x'.repeat(70_000)
      expect(await shop.notify({ body: long, headers: shop.signed(long) })).toBe(413)
      expect((await fetch(`${shop.url}/http/pay-notify`)).status).toBe(405)
      expect(await shop.as('o-mallory').invoke('pay-notify', { httpMethod: 'POST', ...genuine() })).toMatchObject({ result: { statusCode: 405 } })
    })

    it('has moved nothing, while the very same one, untouched, settles', async () => {
      expect(await stateOf(orderId)).toBe('Unpaid')
      expect(await shop.notify(genuine())).toBe(204)
      expect(await stateOf(orderId)).toBe('Paid')
    })

    it('is refused when it tells of a payment that was never made', async () => {
      const order = await place(alice)
      const attempt = await startPaying(alice, order.id)
      expect(await shop.notify(shop.notice('TRANSACTION.SUCCESS', { ...told(), out_trade_no: attempt.outTradeNo }))).toBe(500)
      expect(await stateOf(order.id)).toBe('Unpaid')
      await alice.shop('cancelOrder', { orderId: order.id })
    })
  })

  describe('closing', () => {
    it('closes at WeChat, so that nobody can pay, and gives the stock back', async () => {
      const before = await leftOf(shop, 'egg-tart')
      const order = await place(alice)
      const { outTradeNo } = await startPaying(alice, order.id)
      expect(await alice.shop('cancelOrder', { orderId: order.id })).toMatchObject({ ok: true, value: { state: 'Closed' } })
      expect(await shop.manage('pay/complete', { outTradeNo })).toMatchObject({ ok: false })
      expect(await leftOf(shop, 'egg-tart')).toBe(before)
    })

    it('finds that the customer was quicker', async () => {
      const { orderId } = await paidUnheard()
      expect(await alice.shop('cancelOrder', { orderId })).toMatchObject({ ok: true, value: { state: 'Paid' } })
    })

    it('sends money back that comes after all', async () => {
      const { orderId, outTradeNo } = await paidUnheard()
      // As if WeChat had said Closed and then taken the money: the order is over, its attempt too.
      await shop.admin.change('orders', orderId, { state: 'Closed', followUp: 'ReleaseStock' })
      await shop.admin.change('attempts', outTradeNo, { state: 'Closed' })
      expect(await shop.manage('pay/deliver', { outTradeNo })).toMatchObject({ isConfirmed: true })
      await stands(`R${outTradeNo}_1`, 'Succeeded')
      expect(await refundsAtWeChat(shop, outTradeNo)).toMatchObject([{ refundFee: 1200, state: 'SUCCESS' }])
      expect(await stateOf(orderId)).toBe('Closed')
    })
  })

  describe('a refund', () => {
    it('of the whole order is told by its notice', async () => {
      const { orderId, outTradeNo } = await paidOrder(shop, alice)
      expect(await refund(orderId)).toMatchObject({ ok: true, value: { state: 'Refunded' } })
      await stands(`R${outTradeNo}_1`, 'Succeeded')
      expect(await orderOf(alice, orderId)).toMatchObject({ refunds: [{ state: 'Succeeded', refundFen: 1200 }] })
    })

    it('of some pieces is known by the query alone when every notice is lost', async () => {
      const { orderId, outTradeNo } = await paidOrder(shop, alice, [{ ...EGG_TART, quantity: 3 }])
      const ids = [1, 2].map(number => `R${outTradeNo}_${number}`)
      for (const outRefundNo of ids) {
        await notices('lose', { outRefundNo })
        expect(await refund(orderId, { kind: 'Lines', lines: [{ line: 0, quantity: 1 }] })).toMatchObject({ ok: true })
      }
      await until('WeChat to have paid', async () => (await refundsAtWeChat(shop, outTradeNo)).every(one => one.state === 'SUCCESS'))
      for (const id of ids) await timerFor(id)
      for (const id of ids) expect(await readRefund(id)).toMatchObject({ state: 'Succeeded', refundFen: 1200 })
    })

    it('that the customer\'s account does not take waits for a person', async () => {
      const { orderId, outTradeNo } = await paidOrder(shop, alice)
      const outRefundNo = `R${outTradeNo}_1`
      await shop.manage('pay/refunds', { outRefundNo, gateway: 'v3', state: 'ABNORMAL' })
      await refund(orderId)
      await stands(outRefundNo, 'Abnormal')
      const troubled = await owner.merchant('refundsInTrouble', {})
      expect(troubled.ok && troubled.value.items).toContainEqual(expect.objectContaining({ id: outRefundNo, state: 'Abnormal' }))
      await shop.manage('pay/refunds', { outRefundNo, gateway: 'v3', state: 'SUCCESS' })
      await stands(outRefundNo, 'Succeeded')
    })

    it('that the account is too short for is made when there is money', async () => {
      const { orderId, outTradeNo } = await paidOrder(shop, alice)
      await fault('refund', 'NOT_ENOUGH', { outTradeNo })
      await refund(orderId)
      expect(await readRefund(`R${outTradeNo}_1`)).toMatchObject({ state: 'NotEnough' })
      await timerFor(`R${outTradeNo}_1`)
      await stands(`R${outTradeNo}_1`, 'Succeeded')
    })

    it('whose reply was lost is asked for under the same number, and paid once', async () => {
      const { orderId, outTradeNo } = await paidOrder(shop, alice)
      const outRefundNo = `R${outTradeNo}_1`
      await notices('lose', { outRefundNo })
      await fault('refund', 'LOST_REPLY', { outTradeNo })
      await refund(orderId)
      expect(await readRefund(outRefundNo)).toMatchObject({ state: 'Requested', tries: 1 })
      await until('WeChat to have paid', async () => (await refundsAtWeChat(shop, outTradeNo))[0]?.state === 'SUCCESS')
      await timerFor(outRefundNo)
      await timerFor(outRefundNo)
      expect((await readRefund(outRefundNo)).state).toBe('Succeeded')
      expect(await refundsAtWeChat(shop, outTradeNo)).toMatchObject([{ outRefundNo, refundFee: 1200 }])
    })

    it('is not believed to have arrived because a notice says so', async () => {
      const { orderId, outTradeNo } = await paidOrder(shop, alice)
      const outRefundNo = `R${outTradeNo}_1`
      await shop.manage('pay/refunds', { outRefundNo, gateway: 'v3', state: 'CLOSED' })
      await notices('hold', { outRefundNo })
      await refund(orderId)
      await until('WeChat to have closed it', async () => (await refundsAtWeChat(shop, outTradeNo))[0]?.state === 'CLOSED')
      await shop.manage('pay/deliver', { outRefundNo, alter: { refund_status: 'SUCCESS' } })
      expect((await readRefund(outRefundNo)).state).toBe('Closed')
    })
  })
})

/** Two shops in turn on the same data: the second has the other setting. */
describe('an order keeps to the gateway that it began with', () => {
  it('also when the setting changes before it is paid, queried, closed or refunded', async () => {
    const before = await openPayV3Shop('publicKey')
    const alice = await member(before, 'o-alice')
    const [toPay, toClose] = [await place(alice), await place(alice)]
    const { outTradeNo } = await startPaying(alice, toPay.id)
    await startPaying(alice, toClose.id)
    const { environment } = before
    await before.stop()

    const after = await openTestShop({ dataDir: before.dataDir, variables: { ...environment, PAY_GATEWAY: 'cloudpay' } })
    const [sameAlice, owner] = [after.as('o-alice'), await member(after, 'o-owner')]
    await after.manage('pay/callbacks', { callbacks: 'lose', outTradeNo })
    expect(await after.manage('pay/complete', { outTradeNo })).toEqual({ ok: true })
    expect(await sameAlice.shop('syncPayment', { orderId: toPay.id })).toMatchObject({ ok: true, value: { state: 'Paid' } })
    expect(await sameAlice.shop('cancelOrder', { orderId: toClose.id })).toMatchObject({ ok: true, value: { state: 'Closed' } })
    const ask = { requestId: newRequestId(), orderId: toPay.id, wish: { kind: 'Whole' as const }, goodsReturned: [], expectedFen: 1200, note: '打翻了' }
    expect(await owner.merchant('refundOrder', ask)).toMatchObject({ ok: true })
    expect(await refundsAtWeChat(after, outTradeNo)).toMatchObject([{ gateway: 'v3', refundFee: 1200 }])
    const fresh = await place(sameAlice)
    const attempt = await startPaying(sameAlice, fresh.id)
    expect(await after.admin.read('attempts', attempt.outTradeNo)).toMatchObject({ gateway: 'cloudpay' })
    await after.close()
  }, 60_000)
})
