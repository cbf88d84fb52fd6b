import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Formatter, Rsa } from 'wechatpay-axios-plugin'
import { feeOf, feeReturned } from '../../emulator/pay/bills/fees.ts'
import { yuan } from '../../emulator/pay/bills/yuan.ts'
import type { Refund } from '../../emulator/pay/ledger.ts'
import { beijingStamp } from '../../emulator/wechat/beijingTime.ts'
import { until } from './harness.ts'
import { openV3Shop } from './payV3Shop.ts'
import type { Json, V3Shop } from './payV3Shop.ts'

const hourMs = 3600_000
const dayMs = 24 * hourMs

describe('An amount in a bill', () => {
  it.each([[0, '0.00'], [1, '0.01'], [10, '0.10'], [100, '1.00'], [1_000_000_000, '10000000.00'], [-7, '-0.07'], [-12_345, '-123.45']])(
    'of %i fen is %s', (fen, text) => {
      expect(yuan(fen)).toBe(text)
    })
})

describe('A fee', () => {
  it.each([[1, 0], [83, 0], [84, 1], [1_234, 7], [250, 2], [1_000_000_000, 6_000_000]])('of 0.6 percent on %i fen is %i', (amountFen, feeFen) => {
    expect(feeOf(amountFen, 60)).toBe(feeFen)
  })

  it('comes back to the fen when all of a payment is refunded, in whatever parts', () => {
    const somePartsFen = fc.array(fc.integer({ min: 1, max: 20_000_000 }), { minLength: 1, maxLength: 50 })
    fc.assert(fc.property(somePartsFen, fc.integer({ min: 0, max: 200 }), (parts, rate) => {
      const refunds = parts.map((refundFee, index) => ({ id: String(index), refundFee, acceptedAtMs: index, state: 'SUCCESS' }) as Refund)
      const returned = refunds.map(refund => feeReturned(refund, refunds, rate))
      expect(returned.every(fen => fen >= 0)).toBe(true)
      expect(returned.reduce((sum, fen) => sum + fen)).toBe(feeOf(parts.reduce((sum, fen) => sum + fen), rate))
    }))
  })
})

let shop: V3Shop
/** The first day of the bills: the day after the emulator was started, in Beijing. */
let dayStartMs: number
let counter = 0
const number = () => `N-20260104-${counter}`

beforeAll(async () => {
  shop = await openV3Shop()
  const { nowMs } = await shop.emulator.get<{ nowMs: number }>('/manage/clock')
  dayStartMs = Math.ceil((nowMs + 8 * hourMs) / dayMs) * dayMs - 8 * hourMs
})
afterAll(() => shop.dispose())
beforeEach(() => {
  counter += 1
})

/** Moves WeChat's clock to an hour of a day of the bills; 0 is the first. */
async function goTo(day: number, hours: number): Promise<void> {
  const { nowMs } = await shop.emulator.get<{ nowMs: number }>('/manage/clock')
  await shop.emulator.post('/manage/clock', { advanceMs: dayStartMs + day * dayMs + hours * hourMs - nowMs })
}

const dateOf = (day: number) => beijingStamp(dayStartMs + day * dayMs).slice(0, 8)
const dashed = (date: string) => date.replace(/(....)(..)(..)/, '$1-$2-$3')
const ask = (day: number, params: Json = {}, kind: 'tradebill' | 'fundflowbill' = 'tradebill') => (
  shop.calls.askBill(kind, { bill_date: dashed(dateOf(day)), ...params })
)

/** Fetches a bill as its merchant does, and checks it against its hash. */
async function fetchBill(day: number, params: Json = {}, kind: 'tradebill' | 'fundflowbill' = 'tradebill'): Promise<string> {
  const { status, data } = await ask(day, params, kind)
  expect(status).toBe(200)
  const file = (await shop.calls.download(String(data.download_url))).data
  const bill = params.tar_type === 'GZIP' ? gunzipSync(file) : file
  expect(data).toMatchObject({ hash_type: 'SHA1', hash_value: createHash('sha1').update(bill).digest('hex') })
  return bill.toString('utf8')
}

/** The lines of a bill without its mark, with what differs from run to run taken out. */
function linesOf(bill: string): string[] {
  expect(bill.startsWith('\uFEFF')).toBe(true)
  expect(bill.endsWith('\r\n')).toBe(true)
  const steady = bill.slice(1, -2).replace(/`\d{4}-\d\d-\d\d (\d\d:\d\d):\d\d/g, '`DAY $1').replace(/`4200\d{24}/g, '`PAYMENT').replace(/`50300\d{24}/g, '`REFUND')
  return steady.replaceAll(/`19000001092\d{17}/g, '`FLOW').split('\r\n')
}

async function pay(totalFee: number, changes: Json = {}): Promise<void> {
  const { appid, mchid } = shop.merchant
  await shop.calls.place({
    appid, mchid, description: '小店-茶', out_trade_no: number(), notify_url: shop.receiver.url, amount: { total: totalFee }, payer: { openid: 'o-alice' }, ...changes,
  })
  expect(await shop.emulator.post('/manage/pay/complete', { outTradeNo: number(), gateway: 'v3' })).toEqual({ ok: true })
}

const refund = (refundFee: number, total: number, outRefundNo = `R-${number()}`) => (
  shop.calls.refund({ out_trade_no: number(), out_refund_no: outRefundNo, amount: { refund: refundFee, total, currency: 'CNY' } })
)
const refundState = async (outRefundNo = `R-${number()}`) => (await shop.calls.queryRefund(outRefundNo)).data.status

describe('Bills of API v3', () => {
  const header = '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额'
  const totals = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
  let first: string
  let second: string

  beforeAll(async () => {
    await goTo(0, 12)
    counter += 1
    first = number()
    await pay(100_00, { attach: 'a,1\n2' })
    await refund(33_33, 100_00)
    await until(async () => await refundState() === 'SUCCESS')
    counter += 1
    second = number()
    await goTo(0, 23)
    await pay(1)
    counter += 1
    await shop.calls.place({
      appid: shop.merchant.appid, mchid: shop.merchant.mchid, description: '没有付款', out_trade_no: number(), notify_url: shop.receiver.url,
      amount: { total: 5 }, payer: { openid: 'o-bob' },
    })
  })

  it('are being made until ten on the next day', async () => {
    const creating = { status: 400, data: { code: 'STATEMENT_CREATING', message: '账单生成中' } }
    expect(await ask(0)).toMatchObject(creating)
    await goTo(1, 9.5)
    expect(await ask(0)).toMatchObject(creating)
    await goTo(1, 10.1)
    expect((await ask(0)).status).toBe(200)
  })

  it('list payments and refunds, with fees and totals to the fen', async () => {
    const { appid, mchid } = shop.merchant
    const common = (outTradeNo: string) => `\`${appid},\`${mchid},\`0,\`,\`PAYMENT,\`${outTradeNo},\`o-alice,\`JSAPI`
    expect(linesOf(await fetchBill(0))).toEqual([
      `${header},微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注`,
      `\`DAY 12:00,${common(first)},\`SUCCESS,\`OTHERS,\`CNY,\`100.00,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`小店-茶,\`a,1\\n2,\`0.60000,\`0.60%,\`100.00,\`0.00,\``,
      `\`DAY 12:00,${common(first)},\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00,\`REFUND,\`R-${first},\`33.33,\`0.00,\`ORIGINAL,\`SUCCESS,\`小店-茶,\`a,1\\n2,\`-0.20000,\`0.60%,\`0.00,\`33.33,\``,
      `\`DAY 23:00,${common(second)},\`SUCCESS,\`OTHERS,\`CNY,\`0.01,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`小店-茶,\`,\`0.00000,\`0.60%,\`0.01,\`0.00,\``,
      totals,
      '`3,`100.01,`33.33,`0.00,`0.40000,`100.01,`33.33',
    ])
  })

  it('list one kind only when they are asked to, in columns of that kind', async () => {
    const payments = linesOf(await fetchBill(0, { bill_type: 'SUCCESS' }))
    expect(payments[0]).toBe(`${header},商品名称,商户数据包,手续费,费率,订单金额,费率备注`)
    expect(payments.slice(-2)).toEqual(['总交易单数,应结订单总金额,手续费总金额,订单总金额', '`2,`100.01,`0.60000,`100.01'])
    const refunds = linesOf(await fetchBill(0, { bill_type: 'REFUND' }))
    expect(refunds[0]).toBe(`${header},退款申请时间,退款成功时间,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注`)
    expect(refunds[1]).toContain('`CNY,`0.00,`0.00,`DAY 12:00,`DAY 12:00,`REFUND,')
    expect(refunds.slice(-2)).toEqual([totals, '`1,`0.00,`33.33,`0.00,`-0.20000,`0.00,`33.33'])
    for (const lines of [payments, refunds]) expect(lines[1]?.split(',`')).toHaveLength(lines[0]?.split(',').length ?? 0)
  })

  it('are read by the independent client', async () => {
    const { rows, summary } = Formatter.castCsvBill(await fetchBill(0, { tar_type: 'GZIP' })) as { rows: Json[], summary: Json }
    expect(rows.map(row => [row['商户订单号'], row['订单金额'], row['申请退款金额']])).toEqual([[first, '100.00', '0.00'], [first, '0.00', '33.33'], [second, '0.01', '0.00']])
    expect(summary).toMatchObject({ 总交易单数: '3', 订单总金额: '100.01', 申请退款总金额: '33.33' })
  })

  it('show what moved in the account, and what was left', async () => {
    const { mchid } = shop.merchant
    const lines = linesOf(await fetchBill(0, { tar_type: 'GZIP' }, 'fundflowbill'))
    expect(lines).toEqual([
      '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号',
      `\`DAY 12:00,\`PAYMENT,\`FLOW,\`交易,\`交易,\`收入,\`100.00,\`100.00,\`system,\`结算总金额100.00元;含手续费0.60元,\`${first}`,
      `\`DAY 12:00,\`PAYMENT,\`FLOW,\`交易,\`扣除交易手续费,\`支出,\`0.60,\`99.40,\`system,\`结算总金额100.00元;含手续费0.60元,\`${first}`,
      `\`DAY 12:00,\`REFUND,\`FLOW,\`退款,\`退款,\`支出,\`33.13,\`66.27,\`${mchid}API,\`退款总金额33.33元;含手续费0.20元,\`R-${first}`,
      `\`DAY 23:00,\`PAYMENT,\`FLOW,\`交易,\`交易,\`收入,\`0.01,\`66.28,\`system,\`结算总金额0.01元;含手续费0.00元,\`${second}`,
      '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
      '`4,`2,`100.01,`2,`33.73',
    ])
    expect(await ask(0, { account_type: 'FEES' }, 'fundflowbill')).toMatchObject({ status: 400, data: { code: 'NO_STATEMENT_EXIST' } })
  })

  it('do not exist for a day without payments, a day to come, a day long gone, or what is no day', async () => {
    await goTo(2, 10.1)
    expect(await ask(1)).toMatchObject({ status: 400, data: { code: 'NO_STATEMENT_EXIST', message: '请求的账单文件不存在' } })
    expect(await ask(3)).toMatchObject({ status: 400, data: { code: 'INVALID_REQUEST' } })
    expect(await ask(-100)).toMatchObject({ status: 400, data: { code: 'INVALID_REQUEST' } })
    for (const params of [{ bill_date: '20260101' }, { bill_date: '2026-02-30' }, { bill_type: 'RECHARGE' }, { tar_type: 'ZIP' }]) {
      expect(await ask(0, params)).toMatchObject({ status: 400, data: { code: 'PARAM_ERROR', detail: { location: 'query' } } })
    }
  })

  it('are fetched with a signature over an address that lives for five minutes, and come without one', async () => {
    const { data: { download_url: address } } = await ask(0)
    const { pathname, search } = new URL(String(address))
    const get = (signedPath: string) => {
      const [timestamp, nonce] = [Formatter.timestamp(), Formatter.nonce()]
      const signature = Rsa.sign(Formatter.request('GET', signedPath, timestamp, nonce), shop.privateKey)
      const authorization = Formatter.authorization(shop.merchant.mchid, nonce, signature, timestamp, shop.merchant.merchantSerial)
      return fetch(String(address), { headers: { authorization, 'accept': '*/*', 'user-agent': 'test' } })
    }
    expect((await get('/v3/billdownload/file')).status).toBe(401)
    const fetched = await get(pathname + search)
    expect(fetched.status).toBe(200)
    expect(fetched.headers.get('wechatpay-signature')).toBeNull()
    await shop.emulator.post('/manage/clock', { advanceMs: 5 * 60_000 })
    const late = await get(pathname + search)
    expect(late.status).toBe(400)
    expect(await late.json()).toMatchObject({ code: 'INVALID_REQUEST' })
  })

  it('keep the state that a refund had when they were made, and show a closed one as money that came back', async () => {
    await goTo(4, 12)
    await pay(100_00)
    await shop.emulator.post('/manage/pay/refunds', { outRefundNo: `R-${number()}`, gateway: 'v3', state: 'ABNORMAL' })
    await refund(50_00, 100_00)
    await until(async () => await refundState() === 'ABNORMAL')
    await goTo(5, 12)
    await shop.emulator.post('/manage/pay/refunds', { outRefundNo: `R-${number()}`, state: 'CLOSED' })
    const trades = linesOf(await fetchBill(4))
    expect(trades[2]).toContain('`ORIGINAL,`PROCESSING,')
    await goTo(6, 12)
    const flows = linesOf(await fetchBill(5, {}, 'fundflowbill'))
    expect(flows[1]).toContain('`退款,`退款关闭,`收入,`49.70,`165.68,`system')
  })
})

describe('Bills of cloudPay', () => {
  const cashier = (api: string, given: Json) => shop.emulator.call<Json>('cashier', { api, given: { subMchId: '1900000109', nonceStr: 'n', ...given } }, 'alice')
  const download = (day: number, changes: Json = {}) => cashier('downloadBill', { billDate: dateOf(day), ...changes })

  beforeAll(async () => {
    await goTo(8, 12)
    counter += 1
    await cashier('unifiedOrder', {
      functionName: 'pay-callback', envId: 'local-env', body: '茶', outTradeNo: number(), totalFee: 250, spbillCreateIp: '127.0.0.1',
    })
    await shop.emulator.post('/manage/pay/complete', { outTradeNo: number(), gateway: 'cloudPay' })
    await cashier('refund', { outTradeNo: number(), outRefundNo: `R-${number()}`, totalFee: 250, refundFee: 250 })
  })

  it('are being made until ten on the next day, and do not exist for a day without payments', async () => {
    expect(await download(8)).toMatchObject({ returnCode: 'FAIL', returnMsg: 'Bill Creating' })
    await goTo(9, 10.1)
    expect(await download(7)).toMatchObject({ returnCode: 'FAIL', returnMsg: 'No Bill Exist', errorCode: '20002' })
    expect(await download(8, { billDate: '2026-01-01' })).toMatchObject({ returnCode: 'FAIL', returnMsg: 'data format error' })
    expect(await download(8, { billType: 'RECHARGE' })).toMatchObject({ returnCode: 'FAIL', returnMsg: 'invalid bill_type' })
    expect(await download(8, { subMchId: '1' })).toMatchObject({ returnCode: 'FAIL' })
  })

  it('reach the function as text, with the service provider before the merchant', async () => {
    const { data, errMsg } = await download(8, { billType: 'ALL' })
    const lines = linesOf(String(data))
    expect(errMsg).toBe('cloudPay.downloadBill:ok')
    expect(lines[1]).toContain('`wxserviceprovider,`1800000000,`1900000109,`,`PAYMENT,')
    expect(lines[1]).toContain('`p-o-alice,`JSAPI,`SUCCESS,`OTHERS,`CNY,`2.50,')
    expect(lines.at(-1)).toBe('`2,`2.50,`2.50,`0.00,`0.00000,`2.50,`2.50')
    expect(lines).toHaveLength(5)
  })

  it('reach it packed when they are asked to', async () => {
    const plain = await download(8)
    const { data } = await download(8, { tarType: 'GZIP' })
    expect(gunzipSync(Buffer.from((data as { data: number[] }).data)).toString('utf8')).toBe(plain.data)
  })
})
