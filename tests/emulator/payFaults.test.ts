import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { until } from './harness.ts'
import { openV3Shop } from './payV3Shop.ts'
import type { Json, V3Shop } from './payV3Shop.ts'

let shop: V3Shop
let noticeFolder: string
let counter = 0
const number = (offset = 0) => `N-20260103-${counter + offset}`

beforeAll(async () => {
  noticeFolder = await mkdtemp(join(tmpdir(), 'notices-'))
  await writeFile(join(noticeFolder, 'confirm'), '')
  shop = await openV3Shop({ environment: { 'pay-callback': { NOTICE_FOLDER: noticeFolder } } })
})
afterAll(async () => {
  await shop.dispose()
  await rm(noticeFolder, { recursive: true })
})
beforeEach(() => {
  counter += 10
})
afterEach(async () => {
  const left = await planned()
  await clear()
  expect(left).toEqual([])
})

const plan = (given: Json) => shop.emulator.post<Json>('/manage/pay/faults', given)
const planned = async () => (await shop.emulator.get<{ faults: Json[] }>('/manage/pay/faults')).faults
const clear = () => fetch(`${shop.emulator.url}/manage/pay/faults`, { method: 'DELETE' })

function order(outTradeNo: string): Json {
  const { appid, mchid } = shop.merchant
  return {
    appid, mchid, description: '茶', out_trade_no: outTradeNo, notify_url: shop.receiver.url, amount: { total: 100 }, payer: { openid: 'o-alice' },
  }
}

const place = (outTradeNo = number()) => shop.calls.place(order(outTradeNo))
const query = (outTradeNo = number()) => shop.calls.query(outTradeNo)
const refund = () => shop.calls.refund({
  out_trade_no: number(), out_refund_no: `R-${number()}`, amount: { refund: 40, total: 100, currency: 'CNY' }, notify_url: shop.receiver.url,
})
const complete = (outTradeNo = number()) => shop.emulator.post<Json>('/manage/pay/complete', { outTradeNo })

async function placeAndPay(outTradeNo = number()): Promise<void> {
  await place(outTradeNo)
  await complete(outTradeNo)
}

const cashier = (api: string, given: Json = {}) => (
  shop.emulator.call<Json>('cashier', { api, given: { subMchId: '1900000109', nonceStr: 'n', outTradeNo: number(), ...given } }, 'alice')
)
const placeAtCloudPay = () => cashier('unifiedOrder', {
  functionName: 'pay-callback', envId: 'local-env', body: '茶', totalFee: 100, spbillCreateIp: '127.0.0.1',
})
const refundAtCloudPay = () => cashier('refund', { functionName: 'pay-callback', envId: 'local-env', outRefundNo: `R-${number()}`, totalFee: 100, refundFee: 40 })

async function called(outTradeNo = number()): Promise<{ event: Json, context: Json }[]> {
  const text = await readFile(join(noticeFolder, 'notices.jsonl'), 'utf8').catch(() => '')
  const all = text.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as { event: Json, context: Json })
  return all.filter(({ event }) => event.outTradeNo === outTradeNo)
}

async function stateOf(subject: string): Promise<{ state: string, attempts: number } | undefined> {
  const { notices } = await shop.emulator.get<{ notices: { subject: string, state: string, attempts: number }[] }>('/manage/pay/notices')
  return notices.find(notice => notice.subject === subject)
}

describe('A call', () => {
  it.each([
    ['SYSTEM_ERROR', 500, '系统错误'], ['NOT_ENOUGH', 403, '基本账户余额不足，请充值后重新发起'],
    ['FREQUENCY_LIMITED', 429, '频率限制'], ['RULE_LIMIT', 403, '业务规则限制'],
  ])('meets %s as often as planned, without effect, in the words of its gateway', async (fault, status, words) => {
    await placeAndPay()
    await plan({ api: 'refund', fault, times: 2 })
    expect(await refund()).toMatchObject({ status, data: { code: fault } })
    counter += 1
    await placeAtCloudPay()
    await complete()
    expect(await refundAtCloudPay()).toMatchObject({ resultCode: 'FAIL', errCodeDes: words })
    expect(await refundAtCloudPay()).toMatchObject({ resultCode: 'SUCCESS' })
  })

  it('whose reply is lost took effect', async () => {
    await plan({ api: 'unifiedOrder', fault: 'LOST_REPLY' })
    await expect(place()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await query()).status).toBe(200)
  })

  it('that is lost took none, at either gateway', async () => {
    await plan({ api: 'unifiedOrder', fault: 'LOST_REQUEST', times: 2 })
    await expect(place()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await query()).status).toBe(404)
    await expect(placeAtCloudPay()).rejects.toThrow()
    expect(await cashier('queryOrder')).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
  })

  it('that is slow takes effect only when its time has come', async () => {
    await plan({ api: 'unifiedOrder', fault: 'SLOW', ms: 3600_000 })
    const placing = place()
    await until(async () => (await planned()).length === 0)
    expect((await query()).status).toBe(404)
    await shop.emulator.post('/manage/clock', { advanceMs: 3600_000 })
    expect((await placing).status).toBe(200)
    expect((await query()).status).toBe(200)
  })

  it('about one order meets what is planned for that one only, by whichever number it names it', async () => {
    await place()
    await placeAndPay(number(1))
    await plan({ api: 'queryOrder', fault: 'SYSTEM_ERROR', outTradeNo: number(1) })
    expect((await query()).status).toBe(200)
    const { trades } = await shop.emulator.get<{ trades: Json[] }>('/manage/pay/trades')
    const id = trades.find(({ outTradeNo }) => outTradeNo === number(1))?.transactionId
    expect((await shop.calls.queryById(id)).status).toBe(500)
    expect((await query(number(1))).status).toBe(200)
  })

  it('about one refund meets what is planned for that one only', async () => {
    await placeAndPay()
    await plan({ api: 'refund', fault: 'NOT_ENOUGH', outRefundNo: 'R-another' })
    expect((await refund()).status).toBe(200)
    await clear()
  })

  it('at one gateway does not meet what is planned for the other', async () => {
    await plan({ api: 'unifiedOrder', fault: 'SYSTEM_ERROR', gateway: 'cloudPay' })
    expect((await place()).status).toBe(200)
    expect(await placeAtCloudPay()).toMatchObject({ resultCode: 'FAIL' })
  })

  it('meets its faults in the order in which they were planned', async () => {
    await plan({ api: 'unifiedOrder', fault: 'RULE_LIMIT' })
    await plan({ api: 'unifiedOrder', fault: 'SYSTEM_ERROR' })
    expect([(await place()).status, (await place()).status, (await place()).status]).toEqual([403, 500, 200])
  })
})

describe('A notice', () => {
  it('that is lost comes again by the schedule', async () => {
    await plan({ api: 'notice', fault: 'lose', times: 2, outTradeNo: number() })
    await placeAndPay()
    await until(async () => (await stateOf(number()))?.attempts === 1)
    expect(shop.receiver.about(number())).toHaveLength(0)
    await shop.emulator.post('/manage/clock', { advanceMs: 15_000 })
    await until(async () => (await stateOf(number()))?.attempts === 2)
    await shop.emulator.post('/manage/clock', { advanceMs: 15_000 })
    await until(() => shop.receiver.about(number()).length === 1)
    expect(await stateOf(number())).toMatchObject({ state: 'delivered', attempts: 3 })
  })

  it('that is delayed comes later, and it costs no attempt', async () => {
    await plan({ api: 'notice', fault: 'delay', ms: 3600_000, outTradeNo: number() })
    await placeAndPay()
    await until(async () => (await planned()).length === 0)
    expect(await stateOf(number())).toMatchObject({ state: 'waiting', attempts: 0 })
    await shop.emulator.post('/manage/clock', { advanceMs: 3600_000 })
    await until(() => shop.receiver.about(number()).length === 1)
    await until(async () => (await stateOf(number()))?.state === 'delivered')
    expect(await stateOf(number())).toMatchObject({ attempts: 1 })
  })

  it('that is repeated comes so often more, at either gateway', async () => {
    await plan({ api: 'notice', fault: 'repeat', count: 3, outTradeNo: number() })
    await placeAndPay()
    await until(() => shop.receiver.about(number()).length === 4)
    expect(new Set(shop.receiver.about(number()).map(({ notice }) => notice.id)).size).toBe(1)
    counter += 1
    await plan({ api: 'notice', fault: 'repeat', count: 2, outTradeNo: number() })
    await placeAtCloudPay()
    await complete()
    await until(async () => (await called()).length === 3)
    await until(async () => (await stateOf(number()))?.state === 'delivered')
  })

  it('that steps aside comes after the next one', async () => {
    await plan({ api: 'notice', fault: 'reorder', outTradeNo: number() })
    await placeAndPay()
    await until(async () => (await stateOf(number()))?.state === 'held')
    await placeAndPay(number(1))
    await until(() => shop.receiver.about(number()).length === 1)
    const order = shop.receiver.received.map(({ resource }) => resource.out_trade_no)
    expect(order.indexOf(number(1))).toBeLessThan(order.indexOf(number()))
  })

  it('that is forged comes before the true one, is refused, and costs no attempt', async () => {
    const before = shop.receiver.received.length
    await plan({ api: 'notice', fault: 'forge', outTradeNo: number() })
    await placeAndPay()
    await until(() => shop.receiver.about(number()).length === 1)
    expect(shop.receiver.received.slice(before).map(({ isSigned }) => isSigned)).toEqual([false, true])
    await until(async () => (await stateOf(number()))?.state === 'delivered')
    expect(await stateOf(number())).toMatchObject({ attempts: 1 })
  })

  it('that is forged for a function is a call by an ordinary client, and who accepts it is told', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    await plan({ api: 'notice', fault: 'forge', outTradeNo: number() })
    await placeAtCloudPay()
    await complete()
    await until(async () => (await called()).length === 2)
    expect((await called()).map(({ context }) => context.SOURCE)).toEqual(['wx_client', 'wx_paycallback'])
    await until(async () => (await stateOf(number()))?.state === 'delivered')
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('must refuse what WeChat Pay has not signed'))
    warn.mockRestore()
  })

  it('that is altered tells something else under a right signature', async () => {
    await plan({ api: 'notice', fault: 'alter', changes: { amount: { total: 1 } }, outTradeNo: number() })
    await placeAndPay()
    await until(() => shop.receiver.about(number()).length === 1)
    expect(shop.receiver.about(number())[0]?.resource).toMatchObject({ amount: { total: 1, payer_total: 100 }, out_trade_no: number() })
  })

  it('by which WeChat Pay tests its receivers comes before the true one', async () => {
    const before = shop.receiver.received.length
    await plan({ api: 'notice', fault: 'signtest', outTradeNo: number() })
    await placeAndPay()
    await until(() => shop.receiver.about(number()).length === 1)
    const [test] = shop.receiver.received.slice(before)
    expect(test?.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//)
    expect(test?.isSigned).toBe(false)
  })

  it('of a refund meets what is planned for that refund, not its payment\'s', async () => {
    await plan({ api: 'notice', fault: 'repeat', count: 1, outRefundNo: `R-${number()}` })
    await placeAndPay()
    await until(() => shop.receiver.about(number()).length === 1)
    await refund()
    await until(() => shop.receiver.about(`R-${number()}`).length === 2)
    expect(shop.receiver.about(number())).toHaveLength(1)
  })

  it('of another order is left alone', async () => {
    await plan({ api: 'notice', fault: 'lose', outTradeNo: number(1) })
    await placeAndPay()
    await until(() => shop.receiver.about(number()).length === 1)
    expect(await planned()).toHaveLength(1)
    await clear()
  })
})

describe('A refund by cloudPay', () => {
  it.each([['CHANGE', 'CHANGE'], ['REFUNDCLOSE', 'REFUNDCLOSE']])('that ends with %s is told so', async (state, told) => {
    await placeAtCloudPay()
    await complete()
    await shop.emulator.post('/manage/pay/refunds', { outRefundNo: `R-${number()}`, gateway: 'cloudPay', state })
    expect(await refundAtCloudPay()).toMatchObject({ resultCode: 'SUCCESS' })
    await until(async () => (await called()).some(({ event }) => event.refundStatus === told))
    expect(await cashier('queryOrder')).toMatchObject({ tradeState: 'SUCCESS' })
  })

  it('is impossible a year after the payment', async () => {
    await placeAtCloudPay()
    await complete()
    await shop.emulator.post('/manage/clock', { advanceMs: 365 * 24 * 3600_000 + 60_000 })
    expect(await refundAtCloudPay()).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单已经超过退款期限' })
  })
})

describe('A plan', () => {
  it.each<[Json, string]>([
    [{ api: 'transfer', fault: 'SYSTEM_ERROR' }, 'api must be one of'],
    [{ api: 'refund', fault: 'NO_AUTH' }, 'fault must be one of'],
    [{ api: 'refund', fault: 'lose' }, 'fault must be one of'],
    [{ api: 'notice', fault: 'SYSTEM_ERROR' }, 'fault must be one of'],
    [{ api: 'refund', fault: 'NOT_ENOUGH', times: 0 }, 'times must be a whole number'],
    [{ api: 'refund', fault: 'SLOW' }, 'ms must be a whole number'],
    [{ api: 'notice', fault: 'repeat' }, 'count must be a whole number'],
    [{ api: 'notice', fault: 'alter' }, 'changes must be an object'],
    [{ api: 'notice', fault: 'lose', ms: 1 }, 'ms does not belong to lose'],
    [{ api: 'refund', fault: 'NOT_ENOUGH', gateway: 'v2' }, 'gateway must be one of'],
    [{ api: 'certificates', fault: 'SYSTEM_ERROR', gateway: 'cloudPay' }, 'exists only in v3'],
    [{ api: 'notice', fault: 'signtest', gateway: 'cloudPay' }, 'exists only in v3'],
    [{ api: 'refund', fault: 'BIZERR_NEED_RETRY', gateway: 'v3' }, 'exists only in cloudPay'],
    [{ api: 'refund', fault: 'NOT_ENOUGH', outTradeNo: 5 }, 'outTradeNo must be the number'],
    [{ api: 'refund', fault: 'NOT_ENOUGH', orderNo: 'x' }, 'orderNo is unknown'],
  ])('like %j is refused with a sentence', async (given, sentence) => {
    expect(await plan(given)).toMatchObject({ message: expect.stringContaining(sentence) as string })
  })

  it('can be looked at and taken back', async () => {
    await plan({ api: 'refund', fault: 'NOTENOUGH', times: 3, outRefundNo: 'R-1' })
    expect(await planned()).toEqual([{ api: 'refund', fault: 'NOT_ENOUGH', times: 3, outRefundNo: 'R-1' }])
    expect((await clear()).status).toBe(200)
  })
})

describe('A function that the rules keep from clients', () => {
  it('gets no forged notice, only the true one', async () => {
    const functionRules = { '*': { invoke: 'auth != null' as const }, 'pay-callback': { invoke: false } }
    const guarded = await openV3Shop({ functionRules, environment: { 'pay-callback': { NOTICE_FOLDER: noticeFolder } } })
    const given = {
      subMchId: '1900000109', nonceStr: 'n', functionName: 'pay-callback', envId: 'local-env', body: '茶', outTradeNo: number(), totalFee: 100,
      spbillCreateIp: '127.0.0.1',
    }
    await guarded.emulator.call('cashier', { api: 'unifiedOrder', given }, 'alice')
    await guarded.emulator.post('/manage/pay/faults', { api: 'notice', fault: 'forge' })
    await guarded.emulator.post('/manage/pay/complete', { outTradeNo: number() })
    await until(async () => (await called()).length > 0)
    expect((await called()).map(({ context }) => context.SOURCE)).toEqual(['wx_paycallback'])
    const { provocations } = await guarded.emulator.get<{ provocations: Json }>('/manage/pay/notices')
    expect(provocations).toEqual({ sent: 1, accepted: 0 })
    await guarded.dispose()
  })
})

describe('An emulator that is closed', () => {
  it('ends the calls that wait, without an effect', async () => {
    const other = await openV3Shop()
    await other.emulator.post('/manage/pay/faults', { api: 'unifiedOrder', fault: 'SLOW', ms: 3600_000 })
    const placing = other.calls.place({ ...order(number()), notify_url: other.receiver.url }).catch((error: unknown) => error)
    await until(async () => (await other.emulator.get<{ faults: Json[] }>('/manage/pay/faults')).faults.length === 0)
    await other.emulator.close()
    expect(await placing).toMatchObject({ code: 'ECONNRESET' })
    const again = await openV3Shop({ dataDir: other.emulator.dataDir })
    expect(await again.emulator.get('/manage/pay/trades')).toEqual({ trades: [] })
    await other.receiver.close()
    await again.dispose()
  })
})
