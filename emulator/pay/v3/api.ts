import type { ErrorFault, Occasion, PayApiName } from '../faults.ts'
import { askFundFlowBill, askTradeBill, fetchBill } from './bills.ts'
import type { V3Books, V3Call, V3Reply } from './books.ts'
import { listCertificates } from './certificates.ts'
import { V3Error } from './errors.ts'
import { close, prepay, queryByNumber, queryByTransaction } from './orders.ts'
import { createRefund, queryRefund, retryAbnormal } from './refunds.ts'

/** One address of API v3. */
export interface Endpoint {
  method: 'GET' | 'POST'
  /** With a group for each variable part. */
  path: RegExp
  api: PayApiName
  /** The path's variable part, where it is a number of the merchant's or of WeChat's. */
  variable?: 'out_trade_no' | 'transaction_id' | 'out_refund_no' | 'refund_id'
  answer(books: V3Books, call: V3Call): V3Reply | Promise<V3Reply>
}

const byNumber = /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/
const byTransaction = /^\/v3\/pay\/transactions\/id\/([^/]+)$/

export const endpoints: Endpoint[] = [
  { method: 'POST', path: /^\/v3\/pay\/transactions\/jsapi$/, api: 'unifiedOrder', answer: prepay },
  { method: 'GET', path: byNumber, api: 'queryOrder', variable: 'out_trade_no', answer: queryByNumber },
  { method: 'GET', path: byTransaction, api: 'queryOrder', variable: 'transaction_id', answer: queryByTransaction },
  { method: 'POST', path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/, api: 'closeOrder', variable: 'out_trade_no', answer: close },
  { method: 'POST', path: /^\/v3\/refund\/domestic\/refunds$/, api: 'refund', answer: createRefund },
  { method: 'GET', path: /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/, api: 'queryRefund', variable: 'out_refund_no', answer: queryRefund },
  {
    method: 'POST', path: /^\/v3\/refund\/domestic\/refunds\/([^/]+)\/apply-abnormal-refund$/, api: 'abnormalRefund', variable: 'refund_id',
    answer: retryAbnormal,
  },
  { method: 'GET', path: /^\/v3\/bill\/tradebill$/, api: 'downloadBill', answer: askTradeBill },
  { method: 'GET', path: /^\/v3\/bill\/fundflowbill$/, api: 'fundFlowBill', answer: askFundFlowBill },
  { method: 'GET', path: /^\/v3\/billdownload\/file$/, api: 'billFile', answer: fetchBill },
  { method: 'GET', path: /^\/v3\/certificates$/, api: 'certificates', answer: listCertificates },
]

/** The endpoint behind an address, and the variable parts of its path. */
export function findEndpoint(method: string, pathname: string): { endpoint: Endpoint, path: string[] } {
  for (const endpoint of endpoints) {
    const match = endpoint.method === method ? endpoint.path.exec(pathname) : null
    if (match) return { endpoint, path: match.slice(1).map(decode) }
  }
  throw new V3Error(404, 'RESOURCE_NOT_EXISTS', `本地微信支付没有接口 ${method} ${pathname}`)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    throw new V3Error(400, 'PARAM_ERROR', `请求地址无法解码：${(error as Error).message}`)
  }
}

/** What a call is about, also where it names only WeChat's own numbers. */
export function occasionOf({ ledger }: Pick<V3Books, 'ledger'>, { api, variable }: Endpoint, { path, body }: V3Call): Occasion {
  const given: Record<string, unknown> = variable === undefined ? body : { ...body, [variable]: path[0] }
  const text = (value: unknown) => typeof value === 'string' ? value : ''
  const refund = ledger.refundOfId('v3', text(given.refund_id)) ?? ledger.refund('v3', text(given.out_refund_no))
  const trade = ledger.tradeOfTransaction('v3', text(given.transaction_id))
  return {
    gateway: 'v3',
    api,
    outTradeNo: trade?.outTradeNo ?? (text(given.out_trade_no) || refund?.outTradeNo),
    outRefundNo: refund?.outRefundNo ?? (text(given.out_refund_no) || undefined),
  }
}

/** The errors of WeChat's own, in the words of API v3. */
const errorReplies: Record<ErrorFault, () => V3Error> = {
  SYSTEM_ERROR: () => new V3Error(500, 'SYSTEM_ERROR', '系统异常，请稍后重试'),
  NOT_ENOUGH: () => new V3Error(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起'),
  FREQUENCY_LIMITED: () => new V3Error(429, 'FREQUENCY_LIMITED', '频率超限，请稍后重试'),
  RULE_LIMIT: () => new V3Error(403, 'RULE_LIMIT', '业务规则限制'),
  BIZERR_NEED_RETRY: () => new V3Error(500, 'SYSTEM_ERROR', '退款业务流程错误，需要商户触发重试来解决'),
}

export function refuseWith(fault: ErrorFault): never {
  throw errorReplies[fault]()
}
