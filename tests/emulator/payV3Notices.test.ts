import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Formatter, Rsa } from 'wechatpay-axios-plugin'
import { wechatNoticeDelaysMs } from '../../emulator/pay/notices.ts'
import { openCredentials } from '../../emulator/pay/v3/credentials.ts'
import { HttpChannel } from '../../emulator/pay/v3/httpChannel.ts'
import { until } from './harness.ts'
import { closeServer, newDataFolder, openV3Shop } from './payV3Shop.ts'
import type { Json, V3Shop } from './payV3Shop.ts'

interface Listed {
  gateway: string
  subject: string
  state: string
  attempts: number
  nextAtMs: number
}

let shop: V3Shop
let counter = 0
const number = () => `N-20260102-${counter}`

beforeEach(() => {
  counter += 1
})

function order(): Json {
  const { appid, mchid } = shop.merchant
  return {
    appid, mchid, description: '茶', out_trade_no: number(), notify_url: shop.receiver.url, amount: { total: 100 }, payer: { openid: 'o-alice' },
  }
}

const place = () => shop.calls.place(order())
const query = () => shop.calls.query(number())
const complete = (changes: Json = {}) => shop.emulator.post<Json>('/manage/pay/complete', { outTradeNo: number(), ...changes })

async function placeAndPay(): Promise<void> {
  await place()
  await complete()
}

async function listed(): Promise<Listed> {
  const { notices } = await shop.emulator.get<{ notices: Listed[] }>('/manage/pay/notices')
  return notices.find(({ subject }) => subject === number())!
}

describe('A notice of API v3', () => {
  beforeAll(async () => {
    shop = await openV3Shop({ signTestEvery: 0 })
  })
  afterAll(() => shop.dispose())
  afterEach(() => {
    shop.receiver.status = 204
  })

  it('bears the headers of WeChat Pay', async () => {
    await placeAndPay()
    await until(() => shop.receiver.about(number()).length === 1)
    expect(shop.receiver.about(number())[0]?.headers).toMatchObject({
      'wechatpay-serial': shop.merchant.publicKeyId, 'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048', 'user-agent': 'Mozilla/4.0',
      'content-type': 'application/json; charset=utf-8', 'wechatpay-nonce': expect.any(String) as string, 'request-id': expect.any(String) as string,
    })
  })

  it.each([200, 204])('is received with %i', async (status) => {
    shop.receiver.status = status
    await placeAndPay()
    await until(async () => (await listed()).state === 'delivered')
    expect(shop.receiver.about(number())).toHaveLength(1)
  })

  it('comes again by WeChat\'s clock, fifteen times, always the same one, and then no more', async () => {
    shop.receiver.status = 500
    await placeAndPay()
    for (const [index, delayMs] of wechatNoticeDelaysMs.entries()) {
      await until(async () => (await listed()).attempts === index + 1)
      await shop.emulator.post('/manage/clock', { advanceMs: delayMs })
    }
    await until(async () => (await listed()).state === 'abandoned')
    const told = shop.receiver.about(number())
    expect(told).toHaveLength(16)
    expect(new Set(told.map(({ notice }) => notice.id)).size).toBe(1)
    expect(new Set(told.map(({ headers }) => headers['wechatpay-nonce'])).size).toBe(16)
    expect((await query()).data.trade_state).toBe('SUCCESS')
  })

  it('can be held and let go, delivered once more, and delivered with another amount under a right signature', async () => {
    await shop.emulator.post('/manage/pay/callbacks', { callbacks: 'hold', outTradeNo: number() })
    await placeAndPay()
    await until(async () => (await listed()).state === 'held')
    await shop.emulator.post('/manage/pay/callbacks', { callbacks: 'deliver', outTradeNo: number() })
    await until(() => shop.receiver.about(number()).length === 1)
    const again = await shop.emulator.post('/manage/pay/deliver', { outTradeNo: number(), alter: { amount: { total: 1 } } })
    expect(again).toMatchObject({ isConfirmed: true, returned: { status: 204 } })
    const amounts = shop.receiver.about(number()).map(({ resource }) => resource.amount)
    expect(amounts).toMatchObject([{ total: 100, payer_total: 100 }, { total: 1, payer_total: 100 }])
  })

  it('with a signature that is wrong on purpose is refused by a careful receiver', async () => {
    await placeAndPay()
    await until(async () => (await listed()).state === 'delivered')
    for (const sender of ['signtest', 'forged']) {
      const answer = await shop.emulator.post('/manage/pay/deliver', { outTradeNo: number(), sender })
      expect(answer).toMatchObject({ isConfirmed: false, returned: { status: 401 } })
    }
    const refused = shop.receiver.received.filter(({ isSigned }) => !isSigned)
    expect(refused.map(({ headers }) => String(headers['wechatpay-signature']).startsWith('WECHATPAY/SIGNTEST/'))).toEqual([true, false])
    const { provocations } = await shop.emulator.get<{ provocations: Json }>('/manage/pay/notices')
    expect(provocations).toEqual({ sent: 2, accepted: 0 })
  })
})

describe('A receiver', () => {
  it('that does not answer in time has not received it', async () => {
    const silent = createServer()
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const folder = `${await newDataFolder()}/wechatpay`
    const channel = new HttpChannel({ credentials: () => openCredentials(folder, '1900000109', Date.now()), mode: 'publicKey', patienceMs: 50 })
    const event = { id: 'x', createTime: '', eventType: '', summary: '', originalType: 'transaction', resource: {} }
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
    expect(await channel.deliver(address, event, 'genuine')).toEqual({ isConfirmed: false, returned: null })
    await closeServer(silent)
    expect(await channel.deliver(address, event, 'genuine')).toEqual({ isConfirmed: false, returned: null })
  })
})

describe('WeChat Pay', () => {
  it('tests its receivers now and then when it is told to', async () => {
    shop = await openV3Shop({ signTestEvery: 2 })
    for (let time = 0; time < 4; time += 1) {
      counter += 1
      await placeAndPay()
      await until(() => shop.receiver.about(number()).length === 1)
    }
    const isTest = shop.receiver.received.map(({ headers }) => String(headers['wechatpay-signature']).startsWith('WECHATPAY/SIGNTEST/'))
    expect(isTest).toEqual([false, true, false, false, true, false])
    await shop.dispose()
  })

  it('forgets nothing when it is started again: keys, orders, prepay ids, notices and refunds under way', async () => {
    shop = await openV3Shop({ refundDelayMs: 3600_000 })
    const { dataDir } = shop.emulator
    const { data: { prepay_id: prepayId } } = await place()
    const unpaid = number()
    counter += 1
    shop.receiver.status = 500
    await placeAndPay()
    const refunded = await shop.calls.refund({
      out_trade_no: number(), out_refund_no: `R-${number()}`, amount: { refund: 1, total: 100, currency: 'CNY' },
    })
    await until(async () => (await listed()).attempts === 1)
    const before = shop.merchant
    const { receiver } = shop
    await shop.emulator.close()

    shop = await openV3Shop({ dataDir, refundDelayMs: 3600_000 })
    expect(shop.merchant).toEqual(before)
    receiver.status = 204
    await shop.emulator.post('/manage/clock', { advanceMs: 3600_000 })
    await until(() => receiver.about(number()).length === 2)
    await until(async () => (await query()).data.trade_state === 'REFUND')
    expect(refunded.data.status).toBe('PROCESSING')
    const [timeStamp, nonceStr] = [String(Formatter.timestamp()), Formatter.nonce()]
    const paySign = Rsa.sign(Formatter.joinedByLineFeed(before.appid, timeStamp, nonceStr, `prepay_id=${String(prepayId)}`), shop.privateKey)
    const pressed = { prepayId, person: 'alice', password: '123456', timeStamp, nonceStr, signType: 'RSA', paySign }
    expect(await shop.emulator.post('/wechat/pay', pressed)).toEqual({ ok: true })
    await until(() => receiver.about(unpaid).length === 1)
    await receiver.close()
    await shop.dispose()
  })
})

describe('The two gateways', () => {
  const cashier = (api: string, given: Json) => shop.emulator.call<Json>('cashier', { api, given: { subMchId: '1900000109', nonceStr: 'n', ...given } }, 'alice')
  const placeAtCloudPay = () => cashier('unifiedOrder', {
    functionName: 'pay-callback', envId: 'local-env', body: '茶', outTradeNo: number(), totalFee: 200, spbillCreateIp: '127.0.0.1',
  })

  beforeAll(async () => {
    shop = await openV3Shop()
  })
  afterAll(() => shop.dispose())

  it('know nothing of each other\'s orders', async () => {
    await placeAtCloudPay()
    expect(await query()).toMatchObject({ status: 404, data: { code: 'ORDER_NOT_EXIST', message: '订单不存在' } })
    await complete()
    const { transactionId } = await cashier('queryOrder', { outTradeNo: number() })
    expect((await shop.calls.queryById(transactionId)).status).toBe(404)
    expect(await shop.calls.refund({
      transaction_id: transactionId, out_refund_no: 'R-other', amount: { refund: 1, total: 200, currency: 'CNY' },
    })).toMatchObject({ status: 404, data: { message: '订单不存在' } })
    counter += 1
    await place()
    expect(await cashier('queryOrder', { outTradeNo: number() })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
    expect(await cashier('closeOrder', { outTradeNo: number() })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
  })

  it('each have numbers of their own, and a command has to say which one is meant', async () => {
    await place()
    expect(await placeAtCloudPay()).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await complete()).toMatchObject({ message: expect.stringContaining('Both gateways know') as string })
    expect(await complete({ gateway: 'v3' })).toEqual({ ok: true })
    expect((await query()).data).toMatchObject({ trade_state: 'SUCCESS', amount: { total: 100 } })
    expect(await cashier('queryOrder', { outTradeNo: number() })).toMatchObject({ tradeState: 'NOTPAY', totalFee: 200 })
  })

  it('are asked by cloudPay with a signature that a page can neither invent nor change', async () => {
    const { prepayId, payment } = await placeAtCloudPay() as { prepayId: string, payment: Json }
    const pay = (changes: Json) => {
      const { timeStamp, nonceStr, signType, paySign } = payment
      return shop.emulator.post('/wechat/pay', { prepayId, person: 'alice', password: '123456', timeStamp, nonceStr, signType, paySign, ...changes })
    }
    expect(payment.paySign).toMatch(/^[0-9A-F]{32}$/)
    expect(await pay({ timeStamp: '1' })).toMatchObject({ code: 'SIGNATURE_WRONG' })
    expect(await pay({ paySign: 'LOCAL' })).toMatchObject({ code: 'SIGNATURE_WRONG' })
    expect(await pay({})).toEqual({ ok: true })
  })
})
