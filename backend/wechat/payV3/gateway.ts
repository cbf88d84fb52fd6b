import type { CloseAnswer, Payments, PaidTrade, RefundAnswer, RefundFact, TradeFact, UnifiedOrderAnswer } from '../../ports.ts'
import { findNotifyProblem } from './account.ts'
import type { PayV3Account } from './account.ts'
import { fetchBill } from './bill.ts'
import { callPayV3 } from './client.ts'
import type { Chance, PayCall, PayReply } from './client.ts'
import { signPayment } from './signature.ts'

/** Codes by what they mean to us; both spellings that WeChat uses. Everything else is unclear. Source: API v3 错误码. */
const means = {
  paid: (code: string) => code === 'ORDER_PAID' || code === 'ORDERPAID',
  closed: (code: string) => code === 'ORDER_CLOSED' || code === 'ORDERCLOSED',
  /** A number that is used up by other parameters is dead for us, like a closed one: the next attempt takes another. */
  usedUp: (code: string) => code === 'OUT_TRADE_NO_USED',
  unknown: (code: string) => code === 'ORDER_NOT_EXIST' || code === 'ORDERNOTEXIST',
  unknownRefund: (code: string) => code === 'RESOURCE_NOT_EXISTS' || code === 'REFUND_NOT_EXIST' || code === 'REFUNDNOTEXIST',
  notEnough: (code: string) => code === 'NOT_ENOUGH' || code === 'NOTENOUGH',
}

/** WeChat Pay by API v3, signed with the merchant's own key. Source: pay.weixin.qq.com/doc/v3, JSAPI 支付. */
export function openPayV3(account: PayV3Account | string, random: Chance): Payments {
  const call = typeof account === 'string'
    ? () => Promise.resolve<PayReply>({ ok: false, code: 'NotConfigured', because: account })
    : (method: PayCall['method'], path: string, given?: object) => callPayV3(account, random, { method, path, given })
  const { merchantId = '', appId = '', notifyUrl = '' } = typeof account === 'string' ? {} : account
  const tradePath = (outTradeNo: string) => `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}`
  return {
    merchantId,
    problem: typeof account === 'string' ? account : findNotifyProblem(account.notifyUrl),
    unifiedOrder: async (wish) => {
      const reply = await call('POST', '/v3/pay/transactions/jsapi', {
        appid: appId,
        mchid: merchantId,
        description: cutTo(wish.title, 127),
        out_trade_no: wish.outTradeNo,
        time_expire: beijingRfc3339(wish.expiresAtMs),
        notify_url: notifyUrl,
        amount: { total: wish.totalFen, currency: 'CNY' },
        payer: { openid: wish.openid },
        scene_info: { payer_client_ip: wish.clientIp },
      })
      return readPrepay(reply, prepayId => signPayment(account as PayV3Account, prepayId, { nonce: random.hex(16), nowMs: Date.now() }))
    },
    query: async outTradeNo => readTrade(await call('GET', `${tradePath(outTradeNo)}?mchid=${merchantId}`)),
    close: async outTradeNo => readClose(await call('POST', `${tradePath(outTradeNo)}/close`, { mchid: merchantId })),
    refund: async (wish) => {
      return readRefund(await call('POST', '/v3/refund/domestic/refunds', {
        out_trade_no: wish.outTradeNo,
        out_refund_no: wish.outRefundNo,
        reason: cutTo(wish.reason, 80),
        notify_url: notifyUrl,
        amount: { refund: wish.refundFen, total: wish.totalFen, currency: 'CNY' },
      }))
    },
    queryRefund: async outRefundNo => readRefundFact(await call('GET', `/v3/refund/domestic/refunds/${encodeURIComponent(outRefundNo)}`), outRefundNo),
    bill: async day => typeof account === 'string' ? { kind: 'Unclear', because: account } : fetchBill(account, random, day),
  }
}

function readPrepay(reply: PayReply, signed: (prepayId: string) => Extract<UnifiedOrderAnswer, { kind: 'Prepaid' }>['payment']): UnifiedOrderAnswer {
  if (reply.ok) {
    const { prepay_id: prepayId } = reply.body
    return typeof prepayId === 'string' ? { kind: 'Prepaid', payment: signed(prepayId) } : { kind: 'Unclear', because: 'no prepay_id' }
  }
  if (means.paid(reply.code)) return { kind: 'AlreadyPaid' }
  if (means.closed(reply.code) || means.usedUp(reply.code)) return { kind: 'Closed' }
  return unclear(reply)
}

function readTrade(reply: PayReply): TradeFact {
  if (!reply.ok) return means.unknown(reply.code) ? { kind: 'UnknownTrade' } : unclear(reply)
  switch (reply.body.trade_state) {
    case 'SUCCESS': return { kind: 'Paid', trade: readPaidTrade(reply.body) }
    case 'REFUND': return { kind: 'Refunded', trade: readPaidTrade(reply.body) }
    case 'CLOSED':
    case 'REVOKED': return { kind: 'Closed' }
    case 'NOTPAY':
    case 'PAYERROR': return { kind: 'NotPaid' }
    // USERPAYING among them: the customer is typing the password.
    default: return { kind: 'Unclear', because: `trade state ${String(reply.body.trade_state)}` }
  }
}

/** What was paid is `amount.total`: `payer_total` is less when WeChat's own coupons helped. No number becomes NaN, equal to none. */
function readPaidTrade(body: Record<string, unknown>): PaidTrade {
  const { amount, payer } = body as { amount?: { total?: unknown }, payer?: { openid?: unknown } }
  return {
    transactionId: String(body.transaction_id),
    totalFen: typeof amount?.total === 'number' ? amount.total : Number.NaN,
    merchantId: String(body.mchid),
    openid: String(payer?.openid),
    paidAtMs: Date.parse(String(body.success_time)) || 0,
  }
}

function readClose(reply: PayReply): CloseAnswer {
  if (reply.ok || means.closed(reply.code)) return { kind: 'Closed' }
  if (means.paid(reply.code)) return { kind: 'AlreadyPaid' }
  return means.unknown(reply.code) ? { kind: 'UnknownTrade' } : unclear(reply)
}

function readRefund(reply: PayReply): RefundAnswer {
  if (reply.ok) return { kind: 'Accepted' }
  return means.notEnough(reply.code) ? { kind: 'NotEnough' } : unclear(reply)
}

const refundStates: Record<string, Exclude<RefundFact['kind'], 'Unclear'>> = {
  SUCCESS: 'Succeeded', PROCESSING: 'Processing', ABNORMAL: 'Abnormal', CLOSED: 'Closed',
}

function readRefundFact(reply: PayReply, outRefundNo: string): RefundFact {
  if (!reply.ok) return means.unknownRefund(reply.code) ? { kind: 'Unknown' } : unclear(reply)
  const kind = refundStates[String(reply.body.status)]
  if (reply.body.out_refund_no !== outRefundNo || !kind) return { kind: 'Unclear', because: `refund status ${String(reply.body.status)}` }
  return { kind }
}

const unclear = ({ code, because }: Extract<PayReply, { ok: false }>) => ({ kind: 'Unclear' as const, because: `${code}: ${because}` })

/** `2026-01-02T15:04:05+08:00`. */
export function beijingRfc3339(atMs: number): string {
  return `${new Date(atMs + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`
}

const cutTo = (text: string, characters: number): string => [...text].slice(0, characters).join('')
