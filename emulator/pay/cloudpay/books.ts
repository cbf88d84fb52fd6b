import type { AppIdentity } from '../../emulator.ts'
import type { Ledger, Refund, Trade } from '../ledger.ts'
import type { Trading } from '../trading.ts'
import { malformed } from './payApi.ts'
import type { PayReply } from './payApi.ts'

export type Given = Record<string, unknown>

/** What every call of cloudPay works with. */
export interface CloudPayBooks {
  app: AppIdentity
  ledger: Ledger
  trading: Trading
  /** Signs what `wx.requestPayment` gets; the key belongs to the service provider. */
  providerKey: string
  /** The fee in hundredths of a percent. */
  feeBasisPoints: number
  nowMs(): number
}

/** The service provider that WeChat itself is when a cloud function takes payments. */
export const provider = { appid: 'wxserviceprovider', merchantId: '1800000000' }

export function providerFields(app: AppIdentity): PayReply {
  return { appid: provider.appid, mch_id: provider.merchantId, sub_appid: app.appid, sub_mch_id: app.merchantId }
}

/** A person has another openid under the service provider. */
export function providerOpenid(openid: string): string {
  return `p-${openid}`
}

/** A refusal of every merchant number but ours. */
export function findStranger({ app }: CloudPayBooks, given: Given): PayReply | null {
  return given.sub_mch_id === app.merchantId ? null : malformed('商户号mch_id或sub_mch_id不存在')
}

/** The trade that a request names; WeChat's own number comes first when both are given. */
export function findTrade({ ledger }: Pick<CloudPayBooks, 'ledger'>, given: Given): Trade | undefined {
  if (typeof given.transaction_id === 'string' && given.transaction_id !== '') return ledger.tradeOfTransaction('cloudPay', given.transaction_id)
  return typeof given.out_trade_no === 'string' ? ledger.trade('cloudPay', given.out_trade_no) : undefined
}

/** The refund that a request names; again WeChat's own number comes first. */
export function findRefund({ ledger }: Pick<CloudPayBooks, 'ledger'>, given: Given): Refund | undefined {
  if (typeof given.refund_id === 'string' && given.refund_id !== '') return ledger.refundOfId('cloudPay', given.refund_id)
  return typeof given.out_refund_no === 'string' ? ledger.refund('cloudPay', given.out_refund_no) : undefined
}
