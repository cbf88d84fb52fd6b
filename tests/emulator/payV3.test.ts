import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import { until } from './harness.ts'
import { callsOf, closeServer, openV3Shop } from './payV3Shop.ts'
import type { Json, V3Shop } from './payV3Shop.ts'

/** A key that WeChat Pay has never seen. */
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

let shop: V3Shop
let counter = 0
const number = () => `N-20260101-${counter}`
const refundNumber = () => `R-${number()}`

beforeEach(() => {
  counter += 1
})

function order(changes: Json = {}): Json {
  const { appid, mchid } = shop.merchant
  return {
    appid, mchid, description: '小店-茶', out_trade_no: number(), attach: 'a1', notify_url: shop.receiver.url,
    amount: { total: 1234, currency: 'CNY' }, payer: { openid: 'o-alice' }, ...changes,
  }
}

const place = (changes: Json = {}) => shop.calls.place(order(changes))
const query = (outTradeNo = number()) => shop.calls.query(outTradeNo)
const close = (outTradeNo = number()) => shop.calls.close(outTradeNo)
const queryRefund = (outRefundNo = refundNumber()) => shop.calls.queryRefund(outRefundNo)
const refund = (changes: Json = {}) => shop.calls.refund({
  out_trade_no: number(), out_refund_no: refundNumber(), reason: '缺货', notify_url: shop.receiver.url,
  amount: { refund: 234, total: 1234, currency: 'CNY' }, ...changes,
})
const complete = (changes: Json = {}) => shop.emulator.post<Json>('/manage/pay/complete', { outTradeNo: number(), ...changes })
const amount = (refundFen: number, total = 1234) => ({ amount: { refund: refundFen, total, currency: 'CNY' } })

async function placeAndPay(changes: Json = {}): Promise<void> {
  await place(changes)
  expect(await complete()).toEqual({ ok: true })
}

describe.each(['publicKey', 'certificate'] as const)('An independent client, verifying by %s', (paySigning) => {
  beforeAll(async () => {
    shop = await openV3Shop({ paySigning })
  })
  afterAll(() => shop.dispose())

  it('places an order, learns of its payment from a notice and by asking, and takes it back', async () => {
    expect(await place()).toMatchObject({ status: 200, data: { prepay_id: expect.stringMatching(/^wx\d{14}[0-9a-f]{20}$/) as string } })
    expect(await query()).toMatchObject({ status: 200, data: { trade_state: 'NOTPAY', out_trade_no: number(), amount: { total: 1234 } } })
    await complete()
    await until(() => shop.receiver.about(number()).length === 1)
    const [told] = shop.receiver.about(number())
    expect(told?.notice).toMatchObject({ event_type: 'TRANSACTION.SUCCESS', resource_type: 'encrypt-resource', summary: '支付成功' })
    const paid = {
      appid: shop.merchant.appid, mchid: shop.merchant.mchid, out_trade_no: number(), transaction_id: expect.stringMatching(/^4200\d{24}$/) as string,
      trade_type: 'JSAPI', trade_state: 'SUCCESS', attach: 'a1', success_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/) as string,
      payer: { openid: 'o-alice' }, amount: { total: 1234, payer_total: 1234, currency: 'CNY', payer_currency: 'CNY' },
    }
    expect(told?.resource).toMatchObject(paid)
    expect((await query()).data).toMatchObject(paid)
    expect((await shop.calls.queryById(told?.resource.transaction_id)).data).toMatchObject(paid)
    expect((await refund()).data).toMatchObject({
      status: 'PROCESSING', out_refund_no: refundNumber(), out_trade_no: number(), transaction_id: told?.resource.transaction_id,
      amount: { total: 1234, refund: 234, payer_total: 1234, payer_refund: 234, currency: 'CNY' },
    })
    await until(() => shop.receiver.about(refundNumber()).length === 1)
    const [back] = shop.receiver.about(refundNumber())
    expect(back?.notice).toMatchObject({ event_type: 'REFUND.SUCCESS', summary: '退款成功' })
    expect(back?.resource).toMatchObject({ refund_status: 'SUCCESS', out_trade_no: number(), amount: { total: 1234, refund: 234, payer_refund: 234 } })
    expect((await queryRefund()).data).toMatchObject({ status: 'SUCCESS', refund_id: back?.resource.refund_id, success_time: back?.resource.success_time })
    expect((await query()).data.trade_state).toBe('REFUND')
  })

  it('closes an order that nobody has paid, as often as it likes', async () => {
    await place()
    expect(await close()).toMatchObject({ status: 204 })
    expect(await close()).toMatchObject({ status: 204 })
    expect((await query()).data.trade_state).toBe('CLOSED')
    expect(await complete()).toEqual({ ok: false, code: 'CLOSED' })
    expect(await place()).toMatchObject({ status: 400, data: { code: 'ORDER_CLOSED' } })
  })

  it('rejects a reply that was changed on its way', async () => {
    const liar = createServer((request, response) => {
      const { authorization = '', accept = '', 'user-agent': agent = '' } = request.headers
      void fetch(shop.emulator.url + request.url, { headers: { authorization, accept, 'user-agent': agent } }).then(async (genuine) => {
        const text = (await genuine.text()).replace('1234', '1235')
        response.writeHead(genuine.status, Object.fromEntries([...genuine.headers].filter(([name]) => name.startsWith('wechatpay')))).end(text)
      })
    })
    await new Promise<void>(resolve => liar.listen(0, '127.0.0.1', resolve))
    await place()
    const client = shop.clientAt(`http://127.0.0.1:${(liar.address() as AddressInfo).port}`)
    await expect(callsOf(client, shop.merchant).query(number())).rejects.toMatchObject({ code: 'EV3_RES_HEADER_SIGNATURE_DIGEST' })
    await closeServer(liar)
  })

  it('fetches the certificates of WeChat Pay, which only the merchant can decrypt', async () => {
    const { platformSerial, platformCertificateFile, apiV3Key } = shop.merchant
    const client = shop.clientAt(shop.emulator.url, { 'Wechatpay-Serial': paySigning === 'publicKey' ? shop.merchant.publicKeyId : platformSerial })
    const { data } = await callsOf(client, shop.merchant).certificates()
    const [one] = data.data as { serial_no: string, effective_time: string, encrypt_certificate: Record<string, string> }[]
    const { ciphertext = '', nonce = '', associated_data: aad } = one!.encrypt_certificate
    expect(one?.serial_no).toBe(platformSerial)
    expect(Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, aad)).toBe(await readFile(platformCertificateFile, 'utf8'))
  })
})

describe('The merchant\'s keys', () => {
  beforeAll(async () => {
    shop = await openV3Shop()
  })
  afterAll(() => shop.dispose())

  it('are kept in the data folder, and private ones are for their owner only', async () => {
    const { merchantPrivateKeyFile, publicKeyFile, apiV3Key, publicKeyId } = shop.merchant
    expect(merchantPrivateKeyFile).toContain(shop.emulator.dataDir)
    expect((await stat(merchantPrivateKeyFile)).mode & 0o777).toBe(0o600)
    expect(await readFile(publicKeyFile, 'utf8')).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(Buffer.byteLength(apiV3Key)).toBe(32)
    expect(publicKeyId).toMatch(/^PUB_KEY_ID_\d{28,}$/)
  })

  it('come with certificates that node and OpenSSL read', async () => {
    const pem = await readFile(shop.merchant.platformCertificateFile, 'utf8')
    const certificate = new X509Certificate(pem)
    expect(certificate.serialNumber).toBe(shop.merchant.platformSerial)
    expect(certificate.serialNumber).toHaveLength(40)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBe(5 * 365 * 24 * 3600_000)
    const printed = execFileSync('openssl', ['x509', '-noout', '-serial', '-subject', '-in', shop.merchant.platformCertificateFile], { encoding: 'utf8' })
    expect(printed).toContain(shop.merchant.platformSerial)
    expect(printed).toContain('Tenpay.com sign')
  })

  it('sign a reply with the one that the request asks for', async () => {
    const { publicKeyId, platformSerial } = shop.merchant
    for (const serial of [publicKeyId, platformSerial]) {
      const response = await send('GET', `/v3/pay/transactions/id/none?mchid=${shop.merchant.mchid}`, { headers: { 'wechatpay-serial': serial } })
      expect(response.headers.get('wechatpay-serial')).toBe(serial)
      expect(response.headers.get('request-id')).not.toBeNull()
    }
    const other = await send('GET', '/v3/certificates', { headers: { 'wechatpay-serial': 'PUB_KEY_ID_0' } })
    expect(other.status).toBe(400)
    expect(await other.json()).toEqual({ code: 'PARAM_ERROR', message: '平台证书序列号Wechatpay-Serial错误' })
  })
})

interface Deviations {
  body?: string
  signedBody?: string
  signedPath?: string
  timestamp?: number
  nonce?: string
  serial?: string
  mchid?: string
  privateKey?: string
  authorization?: string | null
  headers?: Record<string, string>
}

/** A request signed by hand, so that each part of the signature can be wrong. */
function send(method: string, path: string, given: Deviations = {}): Promise<Response> {
  const { body = '', timestamp = Formatter.timestamp(), nonce = Formatter.nonce(), serial = shop.merchant.merchantSerial } = given
  const message = Formatter.request(method, given.signedPath ?? path, timestamp, nonce, given.signedBody ?? body)
  const signature = Rsa.sign(message, given.privateKey ?? shop.privateKey)
  const authorization = given.authorization === undefined
    ? Formatter.authorization(given.mchid ?? shop.merchant.mchid, nonce, signature, timestamp, serial)
    : given.authorization
  return fetch(shop.emulator.url + path, {
    method,
    headers: { 'accept': 'application/json', 'user-agent': 'test', ...(authorization === null ? {} : { authorization }), ...given.headers },
    ...(body === '' ? {} : { body }),
  })
}

describe('A signature', () => {
  const path = () => `/v3/pay/transactions/out-trade-no/${number()}?mchid=${shop.merchant.mchid}`

  beforeAll(async () => {
    shop = await openV3Shop()
  })
  afterAll(() => shop.dispose())

  it('that is right is accepted', async () => {
    await place()
    expect((await send('GET', path())).status).toBe(200)
  })

  it.each<[string, () => Deviations, string]>([
    ['another key', () => ({ privateKey: other }), '错误的签名，验签失败'],
    ['another address', () => ({ signedPath: '/v3/certificates' }), '错误的签名，验签失败'],
    ['a body that was not sent', () => ({ signedBody: '{}' }), '错误的签名，验签失败'],
    ['an unknown certificate', () => ({ serial: '7'.repeat(40) }), '商户证书序列号有误。请使用签名私钥匹配的证书序列号'],
    ['another merchant', () => ({ mchid: '1900000110' }), '商户证书序列号有误。请使用签名私钥匹配的证书序列号'],
    ['a time more than five minutes ago', () => ({ timestamp: Formatter.timestamp() - 302 }), 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟'],
    ['a time more than five minutes ahead', () => ({ timestamp: Formatter.timestamp() + 302 }), 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟'],
    ['no header', () => ({ authorization: null }), 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》'],
    ['half a header', () => ({ authorization: 'WECHATPAY2-SHA256-RSA2048 mchid="1900000109"' }), 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》'],
    ['another scheme', () => ({ authorization: 'Bearer abc' }), 'Http头Authorization认证类型不正确'],
  ])('with %s is refused', async (_, deviation, message) => {
    await place()
    const response = await send('GET', path(), deviation())
    expect(response.status).toBe(401)
    expect(response.headers.get('wechatpay-signature')).toBeNull()
    expect(await response.json()).toMatchObject({ code: 'SIGN_ERROR', message, detail: { location: 'authorization' } })
  })

  it('that does not match is explained with what WeChat Pay took for the message', async () => {
    const body = JSON.stringify(order())
    const response = await send('POST', '/v3/pay/transactions/jsapi', { body, signedBody: `${body} `, timestamp: Formatter.timestamp(), nonce: 'n'.repeat(32) })
    expect(await response.json()).toMatchObject({
      detail: {
        detail: { issue: 'sign not match' },
        field: 'signature',
        sign_information: {
          method: 'POST', url: '/v3/pay/transactions/jsapi',
          truncated_sign_message: expect.stringMatching(/^POST\n\/v3\/pay\/transactions\/jsapi\n\d{10}\nn{32}\n\{"appid"\n$/) as string,
        },
      },
    })
    expect(await query()).toMatchObject({ status: 404 })
  })

  it('is good for one request', async () => {
    await place()
    const nonce = Formatter.nonce()
    expect((await send('GET', path(), { nonce })).status).toBe(200)
    expect((await send('GET', path(), { nonce })).status).toBe(401)
  })

  it('by a machine\'s clock stays good when WeChat\'s clock has been moved, and one by WeChat\'s clock too', async () => {
    const { nowMs } = await shop.emulator.post<{ nowMs: number }>('/manage/clock', { advanceMs: 24 * 3600_000 })
    await place()
    expect((await query()).status).toBe(200)
    const response = await send('GET', path(), { timestamp: Math.floor(nowMs / 1000) })
    expect(response.status).toBe(200)
    expect(Math.abs(Number(response.headers.get('wechatpay-timestamp')) - nowMs / 1000)).toBeLessThan(300)
    expect((await send('GET', path(), { timestamp: Math.floor(nowMs / 1000) - 12 * 3600 })).status).toBe(401)
  })

  it('is worth nothing without the headers Accept and User-Agent', async () => {
    const response = await send('GET', path(), { headers: { 'user-agent': '' } })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ code: 'INVALID_REQUEST', message: 'Http头缺少Accept或User-Agent' })
  })

  it('does not help against a body that is no JSON, or an address that does not exist', async () => {
    expect(await (await send('POST', '/v3/pay/transactions/jsapi', { body: '{' })).json()).toMatchObject({ code: 'PARAM_ERROR' })
    expect((await send('GET', '/v3/pay/transactions/native')).status).toBe(404)
  })
})

describe('An order', () => {
  beforeAll(async () => {
    shop = await openV3Shop()
  })
  afterAll(() => shop.dispose())

  it.each<[string, () => Json, string]>([
    ['no description', () => ({ description: undefined }), '/body/description'],
    ['a description of 128 characters', () => ({ description: '茶'.repeat(128) }), '/body/description'],
    ['a number of five characters', () => ({ out_trade_no: 'N-123' }), '/body/out_trade_no'],
    ['a number of 33 characters', () => ({ out_trade_no: 'N'.repeat(33) }), '/body/out_trade_no'],
    ['a number with a space', () => ({ out_trade_no: 'N 123456' }), '/body/out_trade_no'],
    ['an attach of 129 characters', () => ({ attach: 'a'.repeat(129) }), '/body/attach'],
    ['a total of nothing', () => ({ amount: { total: 0, currency: 'CNY' } }), '/body/amount/total'],
    ['a total with a fraction', () => ({ amount: { total: 1.5, currency: 'CNY' } }), '/body/amount/total'],
    ['a total as text', () => ({ amount: { total: '1234', currency: 'CNY' } }), '/body/amount/total'],
    ['another currency', () => ({ amount: { total: 1234, currency: 'USD' } }), '/body/amount/currency'],
    ['no payer', () => ({ payer: undefined }), '/body/payer/openid'],
    ['a payer of another app', () => ({ payer: { openid: 'p-o-alice' } }), '/body/payer/openid'],
    ['a deadline within a minute', () => ({ time_expire: new Date(Date.now() + 50_000).toISOString() }), '/body/time_expire'],
    ['a deadline without a zone', () => ({ time_expire: '2099-01-01T00:00:00' }), '/body/time_expire'],
    ['notices over plain http', () => ({ notify_url: 'http://shop.example/notices' }), '/body/notify_url'],
    ['notices to an address with a query', () => ({ notify_url: 'https://shop.example/notices?a=1' }), '/body/notify_url'],
  ])('with %s is refused', async (_, change, field) => {
    expect(await place(change())).toMatchObject({ status: 400, data: { code: 'PARAM_ERROR', detail: { field, location: 'body' } } })
  })

  it('may be as large as ten million yuan, described in 127 characters and numbered with any that are allowed', async () => {
    const outTradeNo = `N_|*-${number()}`
    expect(await place({ description: '茶'.repeat(127), out_trade_no: outTradeNo, amount: { total: 1_000_000_000 }, notify_url: 'https://shop.example/n' }))
      .toMatchObject({ status: 200 })
    expect(await query(encodeURIComponent(outTradeNo))).toMatchObject({ data: { amount: { total: 1_000_000_000 } } })
  })

  it('of another app or another merchant is refused', async () => {
    expect(await place({ appid: 'wx0000000000000000' })).toMatchObject({ status: 400, data: { code: 'APPID_MCHID_NOT_MATCH' } })
    expect(await place({ mchid: '1900000110' })).toMatchObject({ status: 400, data: { code: 'MCH_NOT_EXISTS' } })
  })

  it('placed again gets one more prepay id, and each can be paid', async () => {
    const first = await place()
    const again = await place({ time_expire: new Date(Date.now() + 3600_000).toISOString() })
    expect(again.data.prepay_id).not.toBe(first.data.prepay_id)
    expect(await payWith(first.data.prepay_id)).toEqual({ ok: true })
    expect(await payWith(again.data.prepay_id)).toMatchObject({ code: 'PAID' })
    expect(await place()).toMatchObject({ status: 400, data: { code: 'ORDER_PAID' } })
    expect(await close()).toMatchObject({ status: 400, data: { code: 'ORDER_PAID' } })
  })

  it('placed again with anything else is refused', async () => {
    await place()
    for (const change of [{ description: '另一个' }, { attach: 'b' }, { amount: { total: 1235, currency: 'CNY' } }, { payer: { openid: 'o-bob' } }]) {
      expect(await place(change)).toMatchObject({ status: 400, data: { code: 'INVALID_REQUEST', message: '请求重入时，参数与首次请求时不一致' } })
    }
  })

  it('cannot be paid past its deadline or with a prepay id of two hours, and stays NOTPAY', async () => {
    const expiresAtMs = Math.ceil(Date.now() / 1000 + 120) * 1000
    await place({ time_expire: new Date(expiresAtMs).toISOString() })
    expect(await complete({ atMs: expiresAtMs })).toEqual({ ok: false, code: 'EXPIRED' })
    expect((await query()).data.trade_state).toBe('NOTPAY')
    expect(await complete({ atMs: expiresAtMs - 1 })).toEqual({ ok: true })
    counter += 1
    await place()
    expect(await complete({ atMs: Date.now() + 2 * 3600_000 })).toEqual({ ok: false, code: 'EXPIRED' })
  })

  it('is unknown before it was placed', async () => {
    const unknown = { status: 404, data: { code: 'ORDER_NOT_EXIST', message: '订单不存在' } }
    expect(await query()).toMatchObject(unknown)
    expect(await shop.calls.queryById('4200000000000000000000000000')).toMatchObject(unknown)
    expect(await close()).toMatchObject(unknown)
  })
})

/** Presses the password into the sheet, with whatever signature the page has. */
function payWith(prepayId: unknown, changes: Json = {}, person = 'alice'): Promise<Json> {
  return shop.emulator.post('/wechat/pay', { prepayId, person, password: '123456', ...sign(String(prepayId)), ...changes })
}

function sign(prepayId: string, { appid = shop.merchant.appid, privateKey = shop.privateKey } = {}): Json {
  const [timeStamp, nonceStr] = [String(Formatter.timestamp()), Formatter.nonce()]
  const paySign = Rsa.sign(Formatter.joinedByLineFeed(appid, timeStamp, nonceStr, `prepay_id=${prepayId}`), privateKey)
  return { timeStamp, nonceStr, signType: 'RSA', paySign }
}

describe('The payment sheet', () => {
  beforeAll(async () => {
    shop = await openV3Shop()
  })
  afterAll(() => shop.dispose())

  it('opens for what the merchant has signed, and for nothing else', async () => {
    const prepayId = String((await place()).data.prepay_id)
    const wrong = { ok: false, code: 'SIGNATURE_WRONG', message: '支付验证签名失败' }
    expect(await payWith(prepayId, { paySign: '' })).toEqual(wrong)
    expect(await payWith(prepayId, { signType: 'MD5' })).toEqual(wrong)
    expect(await payWith(prepayId, { timeStamp: '1' })).toEqual(wrong)
    expect(await payWith(prepayId, { nonceStr: 'another' })).toEqual(wrong)
    expect(await payWith(prepayId, sign(prepayId, { appid: 'wx0000000000000000' }))).toEqual(wrong)
    expect(await payWith(prepayId, sign(prepayId, { privateKey: other }))).toEqual(wrong)
    const shown = (fields: Json) => shop.emulator.get(`/wechat/pay/trade?${new URLSearchParams({ prepay_id: prepayId, person: 'alice', ...fields })}`)
    expect(await shown({})).toEqual(wrong)
    expect(await shown(sign(prepayId))).toEqual({ ok: true, payee: '小店-茶', totalFee: 1234 })
    expect(await payWith(prepayId, {}, 'bob')).toMatchObject({ code: 'PAYER_MISMATCH' })
    expect(await payWith(prepayId)).toEqual({ ok: true })
  })
})

describe('A refund', () => {
  beforeAll(async () => {
    shop = await openV3Shop()
  })
  afterAll(() => shop.dispose())

  it('of one number is one refund, and refuses other terms', async () => {
    await placeAndPay()
    const first = await refund()
    expect((await refund()).data.refund_id).toBe(first.data.refund_id)
    expect(await refund(amount(235))).toMatchObject({ status: 400, data: { code: 'INVALID_REQUEST', message: '订单金额或退款金额与之前请求不一致，请核实后再试' } })
  })

  it('needs a paid order with that total', async () => {
    await place()
    expect(await refund()).toMatchObject({ status: 400, data: { code: 'INVALID_REQUEST', message: '订单状态错误：订单未支付，不能退款' } })
    await complete()
    expect(await refund(amount(1, 1235))).toMatchObject({ status: 400, data: { code: 'INVALID_REQUEST' } })
    expect(await refund({ out_trade_no: 'nothing-here' })).toMatchObject({ status: 404, data: { code: 'RESOURCE_NOT_EXISTS', message: '订单不存在' } })
    expect(await queryRefund()).toMatchObject({ status: 404, data: { code: 'RESOURCE_NOT_EXISTS' } })
  })

  it('may name the order by WeChat\'s number, which comes first', async () => {
    await placeAndPay()
    const { transaction_id: transactionId } = (await query()).data
    expect(await refund({ transaction_id: transactionId, out_trade_no: 'nothing-here' })).toMatchObject({ status: 200, data: { out_trade_no: number() } })
  })

  it.each<[string, () => Json, string]>([
    ['no number', () => ({ out_refund_no: undefined }), '/body/out_refund_no'],
    ['a number of 65 characters', () => ({ out_refund_no: 'R'.repeat(65) }), '/body/out_refund_no'],
    ['a reason of 81 characters', () => ({ reason: '缺'.repeat(81) }), '/body/reason'],
    ['no currency', () => ({ amount: { refund: 1, total: 1234 } }), '/body/amount/currency'],
    ['no amount', () => ({ amount: { total: 1234, currency: 'CNY' } }), '/body/amount/refund'],
    ['another account', () => ({ funds_account: 'UNSETTLED' }), '/body/funds_account'],
    ['notices to an address with a query', () => ({ notify_url: `${shop.receiver.url}?a=1` }), '/body/notify_url'],
  ])('with %s is refused', async (_, change, field) => {
    expect(await refund(change())).toMatchObject({ status: 400, data: { code: 'PARAM_ERROR', detail: { field } } })
  })

  it('never gives back more than came in, not even by many small ones', async () => {
    await placeAndPay({ amount: { total: 1_000_000_000, currency: 'CNY' } })
    expect(await refund(amount(999_999_999, 1_000_000_000))).toMatchObject({ status: 200 })
    expect(await refund({ out_refund_no: 'another', ...amount(2, 1_000_000_000) }))
      .toMatchObject({ status: 400, data: { code: 'INVALID_REQUEST', message: '申请退款金额超过订单可退金额' } })
    expect(await refund({ out_refund_no: `another-${number()}`, ...amount(1, 1_000_000_000) })).toMatchObject({ status: 200 })
  })

  it('is split into fifty parts at most', async () => {
    await placeAndPay()
    for (let part = 1; part <= 50; part += 1) expect(await refund({ out_refund_no: `${refundNumber()}-${part}`, ...amount(1) })).toMatchObject({ status: 200 })
    expect(await refund({ out_refund_no: `${refundNumber()}-51`, ...amount(1) })).toMatchObject({ status: 400, data: { message: '一笔订单最多支持50次部分退款' } })
  })

  it('that goes wrong is told, and its money can be sent another way', async () => {
    await placeAndPay()
    expect(await shop.emulator.post('/manage/pay/refunds', { outRefundNo: refundNumber(), gateway: 'v3', state: 'ABNORMAL' })).toEqual({ ok: true })
    const { refund_id: refundId } = (await refund()).data
    await until(() => shop.receiver.about(refundNumber()).length === 1)
    expect(shop.receiver.about(refundNumber())[0]?.notice.event_type).toBe('REFUND.ABNORMAL')
    expect((await queryRefund()).data.status).toBe('ABNORMAL')
    expect((await query()).data.trade_state).toBe('SUCCESS')
    const retry = (changes: Json = {}) => (
      shop.calls.retryRefund(refundId, { out_refund_no: refundNumber(), type: 'MERCHANT_BANK_CARD', ...changes })
    )
    expect(await retry({ type: 'CASH' })).toMatchObject({ status: 400, data: { code: 'PARAM_ERROR' } })
    expect(await retry({ out_refund_no: 'another' })).toMatchObject({ status: 404 })
    expect(await retry()).toMatchObject({ status: 200, data: { status: 'PROCESSING' } })
    await until(async () => (await queryRefund()).data.status === 'SUCCESS')
    await until(() => shop.receiver.about(refundNumber()).some(({ notice }) => notice.event_type === 'REFUND.SUCCESS'))
    expect(await retry()).toMatchObject({ status: 400, data: { code: 'INVALID_REQUEST' } })
  })

  it('to a bank card needs the card encrypted for the key that the request names', async () => {
    await placeAndPay()
    await shop.emulator.post('/manage/pay/refunds', { outRefundNo: refundNumber(), gateway: 'v3', state: 'ABNORMAL' })
    const { refund_id: refundId } = (await refund()).data
    await until(async () => (await queryRefund()).data.status === 'ABNORMAL')
    const { publicKeyId, publicKeyFile } = shop.merchant
    const secret = Rsa.encrypt('6222020202020202', await readFile(publicKeyFile, 'utf8'))
    const card = { out_refund_no: refundNumber(), type: 'USER_BANK_CARD', bank_type: 'ICBC_DEBIT', bank_account: secret, real_name: secret }
    const retry = (changes: Json, serial: string) => shop.calls.retryRefund(refundId, { ...card, ...changes }, { 'Wechatpay-Serial': serial })
    expect(await retry({}, shop.merchant.platformSerial)).toMatchObject({ status: 400, data: { detail: { field: '/body/bank_account' } } })
    expect(await retry({ real_name: 'Alice' }, publicKeyId)).toMatchObject({ status: 400, data: { detail: { field: '/body/real_name' } } })
    expect(await retry({}, publicKeyId)).toMatchObject({ status: 200 })
  })

  it('that is closed gives its money free for another number', async () => {
    await placeAndPay()
    await refund(amount(1234))
    await until(async () => (await queryRefund()).data.status === 'SUCCESS')
    expect(await shop.emulator.post('/manage/pay/refunds', { outRefundNo: refundNumber(), state: 'CLOSED' })).toMatchObject({ message: expect.stringContaining('has ended') as string })
    counter += 1
    await placeAndPay()
    await shop.emulator.post('/manage/pay/refunds', { outRefundNo: refundNumber(), gateway: 'v3', state: 'CLOSED' })
    await refund(amount(1234))
    await until(async () => (await queryRefund()).data.status === 'CLOSED')
    expect(await refund({ out_refund_no: `${refundNumber()}-2`, ...amount(1234) })).toMatchObject({ status: 200 })
  })

  it('is impossible a year after the payment', async () => {
    await placeAndPay()
    await shop.emulator.post('/manage/clock', { advanceMs: 365 * 24 * 3600_000 - 60_000 })
    expect(await refund(amount(1))).toMatchObject({ status: 200 })
    await shop.emulator.post('/manage/clock', { advanceMs: 120_000 })
    expect(await refund({ out_refund_no: `${refundNumber()}-2`, ...amount(1) })).toMatchObject({ status: 400, data: { message: '订单已超过可退款的最大期限' } })
  })
})
