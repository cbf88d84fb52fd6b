import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MovableClock } from '../../emulator/clock.ts'
import { billDay } from '../../emulator/pay/bills/billDay.ts'
import { feeOf, feeReturned } from '../../emulator/pay/bills/fees.ts'
import { fundFlowBill } from '../../emulator/pay/bills/fundFlowBill.ts'
import { tradeBill } from '../../emulator/pay/bills/tradeBill.ts'
import { CloudPay } from '../../emulator/pay/cloudpay/cloudPay.ts'
import { functionChannel } from '../../emulator/pay/cloudpay/functionChannel.ts'
import { cloudPayWording } from '../../emulator/pay/cloudpay/wording.ts'
import { PayFaults } from '../../emulator/pay/faults.ts'
import { Ledger } from '../../emulator/pay/ledger.ts'
import type { Gateway, Trade } from '../../emulator/pay/ledger.ts'
import { refundedFee } from '../../emulator/pay/moneyRules.ts'
import { Notices } from '../../emulator/pay/notices.ts'
import { Trading } from '../../emulator/pay/trading.ts'
import { findEndpoint } from '../../emulator/pay/v3/api.ts'
import { BillFiles } from '../../emulator/pay/v3/billFiles.ts'
import { V3Error } from '../../emulator/pay/v3/errors.ts'
import { v3Wording } from '../../emulator/pay/v3/wording.ts'
import { beijingStamp } from '../../emulator/wechat/beijingTime.ts'
import { identityOf } from '../../emulator/wechat/identity.ts'

type Json = Record<string, unknown>

const app = identityOf()
const feeBasisPoints = 60
const hourMs = 3600_000

/** What a merchant can do through either gateway; each answers whether it was done. */
interface Merchant {
  place(no: string, totalFee: number): Promise<boolean>
  close(no: string): Promise<boolean>
  refund(no: string, refundNo: string, refundFee: number, totalFee: number): Promise<boolean>
  stateOf(no: string): Promise<unknown>
}

/** WeChat Pay in this process: real books, rules and gateways, and a merchant who confirms every notice. */
function openPay() {
  const clock = new MovableClock()
  const nowMs = () => clock.nowMs()
  const ledger = new Ledger(':memory:')
  const faults = new PayFaults(clock)
  const channel = functionChannel(async () => ({ errcode: 0 }))
  const notices = new Notices({ ledger, delaysMs: [], channels: { cloudPay: channel, v3: channel }, faults, signTestEvery: 0, clock })
  const wording = { cloudPay: cloudPayWording(app), v3: v3Wording(app, nowMs) }
  const trading = new Trading({ ledger, notices, clock, refundDelayMs: 1_000, wording })
  const books = { app, ledger, trading, feeBasisPoints, nowMs }
  const cloudPay = new CloudPay({ ...books, providerKey: 'key' }, faults)
  const v3Books = { ...books, billFiles: new BillFiles(clock), credentials: () => Promise.reject(new Error('No keys are needed.')) }
  const askV3 = async (method: string, path: string, body: Json = {}): Promise<Json | null> => {
    const { endpoint, path: parts } = findEndpoint(method, path)
    const call = { path: parts, query: new URLSearchParams({ mchid: app.merchantId }), body, origin: '', platformSerial: '' }
    try {
      return (await endpoint.answer(v3Books, call)).body as Json ?? {}
    } catch (error) {
      if (error instanceof V3Error) return null
      throw error
    }
  }
  const askCloudPay = async (api: string, given: Json) => {
    const reply = await cloudPay.answer(api, { sub_mch_id: app.merchantId, ...given }, 'o-alice') as Json
    return reply.result_code === 'SUCCESS' ? reply : null
  }
  return {
    ledger,
    trading,
    merchants: { v3: merchantOfV3(askV3), cloudPay: merchantOfCloudPay(askCloudPay) },
    close: async () => {
      trading.stop()
      await notices.close()
      ledger.close()
    },
  }
}

function merchantOfV3(ask: (method: string, path: string, body?: Json) => Promise<Json | null>): Merchant {
  const base = '/v3/pay/transactions'
  return {
    place: async (no, total) => await ask('POST', `${base}/jsapi`, {
      appid: app.appid, mchid: app.merchantId, description: '茶', out_trade_no: no, notify_url: 'https://shop.example/n',
      amount: { total }, payer: { openid: 'o-alice' },
    }) !== null,
    close: async no => await ask('POST', `${base}/out-trade-no/${no}/close`, { mchid: app.merchantId }) !== null,
    refund: async (no, refundNo, refund, total) => await ask('POST', '/v3/refund/domestic/refunds', {
      out_trade_no: no, out_refund_no: refundNo, notify_url: 'https://shop.example/n', amount: { refund, total, currency: 'CNY' },
    }) !== null,
    stateOf: async no => (await ask('GET', `${base}/out-trade-no/${no}`))?.trade_state,
  }
}

function merchantOfCloudPay(ask: (api: string, given: Json) => Promise<Json | null>): Merchant {
  const receiver = { function_name: 'pay', env_id: 'env' }
  return {
    place: async (no, total) => await ask('unifiedOrder', { ...receiver, body: '茶', out_trade_no: no, total_fee: total, spbill_create_ip: '127.0.0.1' }) !== null,
    close: async no => await ask('closeOrder', { out_trade_no: no }) !== null,
    refund: async (no, refundNo, refund, total) => (
      await ask('refund', { ...receiver, out_trade_no: no, out_refund_no: refundNo, refund_fee: refund, total_fee: total }) !== null
    ),
    stateOf: async no => (await ask('queryOrder', { out_trade_no: no }))?.trade_state,
  }
}

const numbers = fc.constantFrom('ORDER-1', 'ORDER-2')
const refundNumbers = fc.constantFrom('BACK-1', 'BACK-2', 'BACK-3')
const amounts = fc.constantFrom(1, 100, 12_345, 1_000_000_000)
const refundAmounts = fc.integer({ min: 1, max: 13_000 })
/** Every run takes the same ways, so that what they reach can be asserted. */
const seed = 20_260_301
const kind = <Kind extends string>(name: Kind) => fc.constant(name)
const steps = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: kind('place'), no: numbers, fen: amounts }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('pay'), no: numbers }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('buy'), no: numbers, fen: amounts }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('close'), no: numbers }) },
  { weight: 6, arbitrary: fc.record({ kind: kind('refund'), no: numbers, refundNo: refundNumbers, fen: refundAmounts }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('end'), refundNo: refundNumbers, outcome: fc.constantFrom('SUCCESS', 'ABNORMAL', 'CLOSED') }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('wait'), ms: fc.constantFrom(1_000, hourMs, 20 * hourMs) }) },
)

type Step = typeof steps extends fc.Arbitrary<infer Kind> ? Kind : never
type Pay = ReturnType<typeof openPay>

async function perform(pay: Pay, gateway: Gateway, step: Step): Promise<void> {
  const merchant = pay.merchants[gateway]
  if (step.kind === 'place' || step.kind === 'buy') await merchant.place(step.no, step.fen)
  if (step.kind === 'pay' || step.kind === 'buy') payTrade(pay, gateway, step.no)
  if (step.kind === 'close') await merchant.close(step.no)
  if (step.kind === 'wait') await vi.advanceTimersByTimeAsync(step.ms)
  if (step.kind === 'end') pay.trading.decideRefund(gateway, step.refundNo, step.outcome as 'SUCCESS')
  if (step.kind === 'refund') await merchant.refund(step.no, step.refundNo, step.fen, pay.ledger.trade(gateway, step.no)?.totalFee ?? 1)
}

function payTrade({ ledger, trading }: Pay, gateway: Gateway, no: string): void {
  const trade = ledger.trade(gateway, no)
  if (trade) trading.pay(trade, trade.openid, Date.now(), trade.prepayAtMs)
}

const allowed: Record<Trade['state'], Trade['state'][]> = {
  NOTPAY: ['NOTPAY', 'SUCCESS', 'CLOSED'], SUCCESS: ['SUCCESS', 'REFUND'], REFUND: ['REFUND'], CLOSED: ['CLOSED'],
}

/** What must hold of a trade, whatever it was a step before. */
function checkTrade(pay: Pay, now: Trade, before: Trade | undefined): void {
  if (before) expect(allowed[before.state]).toContain(now.state)
  const { paidAtMs, transactionId, totalFee } = before ?? now
  if (paidAtMs !== null) expect(now).toMatchObject({ paidAtMs, transactionId, totalFee })
  const refunds = pay.ledger.refundsOf(now.id)
  if (refunds.length > 0) expect(now.paidAtMs).not.toBeNull()
  expect(refundedFee(refunds)).toBeLessThanOrEqual(now.totalFee)
  expect(now.state === 'REFUND').toBe(refunds.some(({ state }) => state === 'SUCCESS'))
}

/** The columns of a bill's details, as fen; '' for a day without one. */
function fenOf(bill: string | null, column: string): number[] {
  const [header = '', ...lines] = (bill ?? '').slice(1).split('\r\n')
  const index = header.split(',').indexOf(column)
  return lines.slice(0, -3).map(line => Math.round(Number((line.slice(1).split(',`')[index] ?? '0')) * 100))
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** Adds up the bills of all days and compares them with the books. */
function checkBills({ ledger }: Pay, gateway: Gateway, startMs: number): void {
  const owner = { gateway, appid: 'a', merchantId: '1900000109', subMerchantId: '0', openidOf: ({ openid }: Trade) => openid, feeBasisPoints }
  const days = Array.from({ length: Math.ceil((Date.now() - startMs) / (24 * hourMs)) + 1 }, (_, day) => (
    billDay(beijingStamp(startMs + day * 24 * hourMs).slice(0, 8))!
  ))
  const bills = days.map(day => tradeBill(ledger, owner, day, 'ALL'))
  const paid = ledger.trades().filter(({ paidAtMs }) => paidAtMs !== null)
  const refunds = ledger.refunds()
  expect(bills.flatMap(bill => fenOf(bill, '订单金额')).filter(fen => fen > 0).sort()).toEqual(paid.map(({ totalFee }) => totalFee).sort())
  expect(bills.flatMap(bill => fenOf(bill, '申请退款金额')).filter(fen => fen > 0).sort()).toEqual(refunds.map(({ refundFee }) => refundFee).sort())
  const fees = sum(bills.flatMap(bill => fenOf(bill, '手续费')))
  const balance = days.flatMap(day => fenOf(fundFlowBill(ledger, owner, day), '账户结余(元)')).at(-1) ?? 0
  const closed = refunds.filter(({ state }) => state === 'CLOSED')
  const cameBack = closed.map(refund => refund.refundFee - feeReturned(refund, ledger.refundsOf(refund.tradeId), feeBasisPoints))
  expect(balance).toBe(sum(paid.map(({ totalFee }) => totalFee)) - sum(refunds.map(({ refundFee }) => refundFee)) - fees + sum(cameBack))
  expect(fees).toBeGreaterThanOrEqual(0)
  expect(fees).toBeLessThanOrEqual(sum(paid.map(({ totalFee }) => feeOf(totalFee, feeBasisPoints))))
}

describe('Whatever a merchant does, in whatever order', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-03-01T12:00:00+08:00') })
  })
  afterEach(() => vi.useRealTimers())

  it.each(['v3', 'cloudPay'] as const)('money is neither lost nor made through %s, and no order changes its mind', async (gateway) => {
    const reached = new Set<string>()
    await fc.assert(fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 40, size: 'max' }), async (plan) => {
      const pay = openPay()
      const startMs = Date.now()
      const before = new Map<string, Trade>()
      for (const step of plan) {
        await perform(pay, gateway, step)
        for (const trade of pay.ledger.trades()) {
          checkTrade(pay, trade, before.get(trade.id))
          expect(await pay.merchants[gateway].stateOf(trade.outTradeNo)).toBe(trade.state)
          before.set(trade.id, trade)
          reached.add(trade.state)
        }
        for (const { state } of pay.ledger.refunds()) reached.add(`refund ${state}`)
      }
      await vi.advanceTimersByTimeAsync(24 * hourMs)
      checkBills(pay, gateway, startMs)
      await pay.close()
    }), { numRuns: 25, seed })
    expect([...reached].sort()).toEqual([
      'CLOSED', 'NOTPAY', 'REFUND', 'SUCCESS', 'refund ABNORMAL', 'refund CLOSED', 'refund PROCESSING', 'refund SUCCESS',
    ])
  })
})
