import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beijingStamp } from '../../emulator/wechat/beijingTime.ts'
import { startTestEmulator, until } from './harness.ts'
import type { TestEmulator } from './harness.ts'

type Reply = Record<string, unknown>

interface Received {
  event: Reply
  context: Reply
}

let emulator: TestEmulator
let noticeFolder: string
let counter = 0

beforeAll(async () => {
  noticeFolder = await mkdtemp(join(tmpdir(), 'notices-'))
  emulator = await startTestEmulator(options())
})
afterAll(async () => {
  await emulator.dispose()
  await rm(noticeFolder, { recursive: true })
})
beforeEach(async () => {
  counter += 1
  await writeFile(join(noticeFolder, 'confirm'), '')
  await writeFile(join(noticeFolder, 'notices.jsonl'), '')
})

function options() {
  return { environment: { 'pay-callback': { NOTICE_FOLDER: noticeFolder } }, noticeDelaysMs: Array<number>(200).fill(300), refundDelayMs: 300 }
}

const number = () => `N-${counter}`

function order(changes: Reply = {}): Reply {
  return {
    functionName: 'pay-callback', envId: 'local-env', subMchId: '1900000109', body: '小店-茶', outTradeNo: number(), totalFee: 1234,
    spbillCreateIp: '127.0.0.1', nonceStr: String(Math.random()), attach: 'a1', ...changes,
  }
}

const cashier = (api: string, given: Reply, person = 'alice') => emulator.call<Reply>('cashier', { api, given }, person)
const query = () => cashier('queryOrder', { subMchId: '1900000109', outTradeNo: number(), nonceStr: 'n' })
const close = () => cashier('closeOrder', { subMchId: '1900000109', outTradeNo: number(), nonceStr: 'n' })
const complete = (changes: Reply = {}) => emulator.post<Reply>('/manage/pay/complete', { outTradeNo: number(), ...changes })

async function received(): Promise<Received[]> {
  const text = await readFile(join(noticeFolder, 'notices.jsonl'), 'utf8')
  const all = text.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Received)
  return all.filter(({ event }) => event.outTradeNo === number())
}

async function noticeState(): Promise<unknown> {
  const { notices } = await emulator.get<{ notices: { subject: string, state: string }[] }>('/manage/pay/notices')
  return notices.find(({ subject }) => subject === number())?.state
}

function paySheet(prepayId: unknown, password: string, person = 'alice'): Promise<Reply> {
  return emulator.post('/wechat/pay', { prepayId, person, password })
}

describe('A payment', () => {
  it('goes from unifiedOrder over the sheet and the callback to a query', async () => {
    const prepaid = await cashier('unifiedOrder', order())
    expect(prepaid).toMatchObject({ returnCode: 'SUCCESS', resultCode: 'SUCCESS', tradeType: 'JSAPI', errCode: 0, errMsg: 'cloudPay.unifiedOrder:ok' })
    expect(prepaid.payment).toMatchObject({ appId: 'wxlocal0000000001', package: `prepay_id=${String(prepaid.prepayId)}`, signType: 'MD5' })
    expect(await query()).toMatchObject({ tradeState: 'NOTPAY', totalFee: 1234, attach: 'a1' })
    expect(await paySheet(prepaid.prepayId, '123456')).toEqual({ ok: true })
    await until(async () => (await received()).length === 1)
    const [notice] = await received()
    expect(notice?.context).toEqual({ APPID: 'wxlocal0000000001', SOURCE: 'wx_paycallback', ENV: 'local-env' })
    expect(notice?.event).toMatchObject({
      returnCode: 'SUCCESS', resultCode: 'SUCCESS', subAppid: 'wxlocal0000000001', subMchId: '1900000109', subOpenid: 'o-alice', tradeType: 'JSAPI',
      feeType: 'CNY', totalFee: 1234, cashFee: 1234, outTradeNo: number(), attach: 'a1', userInfo: { appId: 'wxlocal0000000001', openId: 'o-alice' },
    })
    const paid = await query()
    expect(paid).toMatchObject({ tradeState: 'SUCCESS', totalFee: 1234, cashFee: 1234, subMchId: '1900000109', subOpenid: 'o-alice', outTradeNo: number() })
    expect(paid.transactionId).toBe(notice?.event.transactionId)
    expect(paid.transactionId).toMatch(/^4200\d{24}$/)
    expect(paid.timeEnd).toMatch(/^\d{14}$/)
  })

  it('needs the password, and the person who ordered', async () => {
    const { prepayId } = await cashier('unifiedOrder', order())
    expect(await paySheet(prepayId, '000000')).toEqual({ ok: false, code: 'PASSWORD_WRONG', message: '支付密码错误，请重试' })
    expect(await paySheet(prepayId, '123456', 'bob')).toMatchObject({ code: 'PAYER_MISMATCH' })
    expect(await paySheet('wx-nothing', '123456')).toMatchObject({ code: 'UNKNOWN' })
    expect(await query()).toMatchObject({ tradeState: 'NOTPAY' })
  })

  it('happens once', async () => {
    const { prepayId } = await cashier('unifiedOrder', order())
    const answers = await Promise.all([1, 2, 3].map(() => paySheet(prepayId, '123456')))
    expect(answers.map(answer => answer.ok).sort()).toEqual([false, false, true])
    expect(answers.filter(answer => !answer.ok).every(answer => answer.code === 'PAID')).toBe(true)
  })

  it('is possible until the very moment that time_expire names', async () => {
    const expiresAtMs = Math.ceil(Date.now() / 1000 + 120) * 1000
    await cashier('unifiedOrder', order({ timeExpire: beijingStamp(expiresAtMs) }))
    expect(await complete({ atMs: expiresAtMs })).toEqual({ ok: false, code: 'EXPIRED' })
    expect(await complete({ atMs: expiresAtMs - 1 })).toEqual({ ok: true })
  })

  it('is impossible two hours after the prepay id was made', async () => {
    await cashier('unifiedOrder', order())
    expect(await complete({ atMs: Date.now() + 2 * 3600_000 })).toEqual({ ok: false, code: 'EXPIRED' })
  })
})

describe('The payment sheet', () => {
  it('is a page, and shows the trade to its payer only', async () => {
    const { prepayId } = await cashier('unifiedOrder', order())
    const page = await fetch(`${emulator.url}/wechat/pay?prepay_id=${String(prepayId)}&person=alice`)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await emulator.get(`/wechat/pay/trade?prepay_id=${String(prepayId)}&person=alice`)).toEqual({ ok: true, payee: '小店-茶', totalFee: 1234 })
    expect(await emulator.get(`/wechat/pay/trade?prepay_id=${String(prepayId)}&person=bob`)).toMatchObject({ ok: false, code: 'PAYER_MISMATCH' })
  })
})

describe('unifiedOrder', () => {
  it('names the parameter that is missing or wrong', async () => {
    const cases: [Reply, string][] = [
      [{ body: undefined }, '缺少参数body'],
      [{ functionName: undefined }, '缺少参数function_name'],
      [{ totalFee: 0 }, '参数total_fee格式错误'],
      [{ totalFee: 1.5 }, '参数total_fee格式错误'],
      [{ outTradeNo: 'a b' }, '参数out_trade_no格式错误'],
      [{ outTradeNo: 'x'.repeat(33) }, '参数out_trade_no格式错误'],
      [{ body: '茶'.repeat(43) }, '参数body格式错误'],
      [{ subMchId: '1' }, '商户号mch_id或sub_mch_id不存在'],
      [{ timeExpire: beijingStamp(Date.now() + 50_000) }, 'time_expire时间过短，至少在1分钟之后'],
    ]
    for (const [change, message] of cases) expect(await cashier('unifiedOrder', order(change))).toMatchObject({ returnCode: 'FAIL', returnMsg: message })
  })

  it('gives the same prepay id for the same order, and refuses the number for another one', async () => {
    const { prepayId } = await cashier('unifiedOrder', order())
    expect((await cashier('unifiedOrder', order())).prepayId).toBe(prepayId)
    expect(await cashier('unifiedOrder', order({ totalFee: 1 }))).toMatchObject({ resultCode: 'FAIL', errCodeDes: '商户订单号重复' })
    expect(await cashier('unifiedOrder', order(), 'bob')).toMatchObject({ resultCode: 'FAIL', errCodeDes: '商户订单号重复' })
  })

  it('knows paid and closed numbers', async () => {
    await cashier('unifiedOrder', order())
    await complete()
    expect(await cashier('unifiedOrder', order())).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单已支付' })
    counter += 1
    await cashier('unifiedOrder', order())
    await close()
    expect(await cashier('unifiedOrder', order())).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单已关闭' })
  })

  it('takes effect even when its reply is lost', async () => {
    await emulator.post('/manage/pay/faults', { api: 'unifiedOrder', fault: 'LOST_REPLY', times: 1 })
    await expect(cashier('unifiedOrder', order())).rejects.toThrow()
    expect(await query()).toMatchObject({ tradeState: 'NOTPAY' })
  })

  it('fails as often as it was told to', async () => {
    await emulator.post('/manage/pay/faults', { api: 'unifiedOrder', fault: 'SYSTEMERROR', times: 2 })
    expect(await cashier('unifiedOrder', order())).toMatchObject({ resultCode: 'FAIL', errCodeDes: '系统错误' })
    expect(await cashier('unifiedOrder', order())).toMatchObject({ resultCode: 'FAIL' })
    expect(await cashier('unifiedOrder', order())).toMatchObject({ resultCode: 'SUCCESS' })
  })
})

describe('closeOrder', () => {
  it('ends a trade for good, may be repeated, and refuses a paid one', async () => {
    expect(await close()).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
    const { prepayId } = await cashier('unifiedOrder', order())
    expect(await close()).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await close()).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await paySheet(prepayId, '123456')).toMatchObject({ code: 'CLOSED' })
    counter += 1
    await cashier('unifiedOrder', order())
    await complete()
    expect(await close()).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单已支付' })
  })
})

describe('A callback', () => {
  async function paidTrade(): Promise<void> {
    await cashier('unifiedOrder', order())
    await complete()
  }

  it('is repeated until the function confirms it, and then no more', async () => {
    await rm(join(noticeFolder, 'confirm'))
    await paidTrade()
    await until(async () => (await received()).length >= 2)
    await writeFile(join(noticeFolder, 'confirm'), '')
    const before = (await received()).length
    await until(async () => (await received()).length > before)
    await new Promise(resolve => setTimeout(resolve, 800))
    const notices = await received()
    expect(notices.length - before).toBeLessThanOrEqual(2)
    expect(new Set(notices.map(({ event }) => event.transactionId)).size).toBe(1)
  })

  it('survives a restart', async () => {
    await rm(join(noticeFolder, 'confirm'))
    await paidTrade()
    await until(async () => (await received()).length >= 1)
    const { dataDir } = emulator
    await emulator.close()
    await writeFile(join(noticeFolder, 'confirm'), '')
    const before = (await received()).length
    emulator = await startTestEmulator({ ...options(), dataDir })
    await until(async () => (await received()).length > before)
    expect(await query()).toMatchObject({ tradeState: 'SUCCESS' })
  })

  it('can be held and let go, delivered twice, and delivered with another amount', async () => {
    await emulator.post('/manage/pay/callbacks', { callbacks: 'hold', outTradeNo: number() })
    await paidTrade()
    await until(async () => await noticeState() === 'held')
    expect(await received()).toHaveLength(0)
    await emulator.post('/manage/pay/callbacks', { callbacks: 'deliver', outTradeNo: number() })
    await until(async () => (await received()).length === 1)
    await emulator.post('/manage/pay/deliver', { outTradeNo: number() })
    expect(await emulator.post('/manage/pay/deliver', { outTradeNo: number(), alter: { totalFee: 1 } })).toMatchObject({ isConfirmed: true })
    expect((await received()).map(({ event }) => event.totalFee)).toEqual([1234, 1234, 1])
  })

  it('can be lost', async () => {
    await emulator.post('/manage/pay/callbacks', { callbacks: 'lose' })
    await paidTrade()
    await until(async () => await noticeState() === 'lost')
    await emulator.post('/manage/pay/callbacks', { callbacks: 'deliver' })
    expect(await received()).toHaveLength(0)
    expect(await query()).toMatchObject({ tradeState: 'SUCCESS' })
  })
})

describe('A refund', () => {
  const refund = (changes: Reply = {}) => cashier('refund', {
    functionName: 'pay-callback', envId: 'local-env', subMchId: '1900000109', nonceStr: 'n', outTradeNo: number(), outRefundNo: `R-${number()}`,
    totalFee: 1234, refundFee: 234, ...changes,
  })

  beforeEach(async () => {
    await cashier('unifiedOrder', order())
  })

  it('is accepted, done a little later, and told to the function', async () => {
    await complete()
    expect(await refund()).toMatchObject({ resultCode: 'SUCCESS', refundFee: 234, totalFee: 1234, outRefundNo: `R-${number()}` })
    await until(async () => (await query()).tradeState === 'REFUND')
    await until(async () => (await received()).some(({ event }) => event.refundStatus === 'SUCCESS'))
    const told = (await received()).find(({ event }) => event.refundStatus !== undefined)
    expect(told?.event).toMatchObject({ outRefundNo: `R-${number()}`, refundFee: 234, settlementRefundFee: 234, totalFee: 1234 })
    expect(told?.context.SOURCE).toBe('wx_paycallback')
  })

  it('of one number is one refund, and refuses other terms', async () => {
    await complete()
    const { refundId } = await refund()
    expect((await refund()).refundId).toBe(refundId)
    expect(await refund({ refundFee: 1 })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单金额或退款金额与之前请求不一致，请核实后再试' })
    const { refunds } = await emulator.get<{ refunds: Reply[] }>('/manage/pay/refunds')
    expect(refunds.filter(entry => entry.outTradeNo === number())).toHaveLength(1)
  })

  it('can never give back more than was paid', async () => {
    await complete()
    expect(await refund({ refundFee: 1234 })).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await refund({ outRefundNo: 'another', refundFee: 1 })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '申请退款金额超过订单可退金额' })
  })

  it('needs a paid trade with the amount that was ordered', async () => {
    expect(await refund()).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单状态错误：订单未支付，不能退款' })
    await complete()
    expect(await refund({ totalFee: 1235 })).toMatchObject({ resultCode: 'FAIL' })
    expect(await refund({ outTradeNo: 'nothing' })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
  })

  it('is split into fifty parts at most', async () => {
    await complete()
    for (let part = 0; part < 50; part += 1) await refund({ outRefundNo: `${number()}-${part}`, refundFee: 1 })
    expect(await refund({ outRefundNo: 'one-more', refundFee: 1 })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '一笔订单最多支持50次部分退款' })
  })

  it('is known to queryRefund, whose lists are empty as in the cloud', async () => {
    await complete()
    await refund()
    expect(await cashier('queryRefund', { subMchId: '1900000109', outTradeNo: number() })).toMatchObject({ resultCode: 'SUCCESS', refundCount: 1, refundFeeList: [] })
  })

  it('that is under way when the emulator stops is done after the next start', async () => {
    await complete()
    await refund()
    const { dataDir } = emulator
    await emulator.close()
    emulator = await startTestEmulator({ ...options(), dataDir })
    await until(async () => (await query()).tradeState === 'REFUND')
  })
})
