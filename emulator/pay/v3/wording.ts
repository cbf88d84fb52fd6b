import { randomUUID } from 'node:crypto'
import type { AppIdentity } from '../../emulator.ts'
import { beijingRfc3339 } from '../beijing.ts'
import type { Refund, Trade } from '../ledger.ts'
import type { Wording } from '../trading.ts'
import { paidTransaction } from './orders.ts'

/** A notice before it is encrypted. */
export interface V3Notice {
  id: string
  createTime: string
  eventType: string
  summary: string
  /** `transaction` or `refund`: the kind of resource, which also goes into the encryption. */
  originalType: 'transaction' | 'refund'
  resource: object
}

const refundSummaries: Record<Exclude<Refund['state'], 'PROCESSING'>, string> = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' }

/** The notices of API v3. Source: PAYSK 回调通知处理. */
export function v3Wording(app: AppIdentity, nowMs: () => number): Wording {
  const envelope = () => ({ id: randomUUID(), createTime: beijingRfc3339(nowMs()) })
  return {
    payment: (trade): V3Notice => (
      { ...envelope(), eventType: 'TRANSACTION.SUCCESS', summary: '支付成功', originalType: 'transaction', resource: paidTransaction(app, trade) }
    ),
    refund: (refund, trade): V3Notice => ({
      ...envelope(),
      eventType: `REFUND.${refund.state}`,
      summary: refund.state === 'PROCESSING' ? '' : refundSummaries[refund.state],
      originalType: 'refund',
      resource: refundResource(app, refund, trade),
    }),
  }
}

function refundResource(app: AppIdentity, refund: Refund, trade: Trade): object {
  return {
    mchid: app.merchantId,
    out_trade_no: trade.outTradeNo,
    transaction_id: trade.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: refund.state,
    ...(refund.state === 'SUCCESS' ? { success_time: beijingRfc3339(refund.doneAtMs) } : {}),
    user_received_account: '支付用户零钱',
    amount: { total: trade.totalFee, refund: refund.refundFee, payer_total: trade.totalFee, payer_refund: refund.refundFee },
  }
}
