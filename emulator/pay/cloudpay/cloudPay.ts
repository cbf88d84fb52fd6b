import { payApis } from '../faults.ts'
import type { ErrorFault, PayApiName, PayFaults } from '../faults.ts'
import { downloadBill } from './bills.ts'
import { findRefund, findTrade } from './books.ts'
import type { CloudPayBooks, Given } from './books.ts'
import { closeOrder, queryOrder, unifiedOrder } from './orders.ts'
import { fail, malformed } from './payApi.ts'
import type { PayApi, PayReply } from './payApi.ts'
import { queryRefund, refund } from './refunds.ts'

/** The errors of WeChat's own, in the words of version 2. */
const errorReplies: Record<ErrorFault, PayReply> = {
  SYSTEM_ERROR: fail('SYSTEMERROR', '系统错误'),
  NOT_ENOUGH: fail('NOTENOUGH', '基本账户余额不足，请充值后重新发起'),
  FREQUENCY_LIMITED: fail('FREQUENCY_LIMITED', '频率限制'),
  RULE_LIMIT: fail('RULE_LIMIT', '业务规则限制'),
  BIZERR_NEED_RETRY: fail('BIZERR_NEED_RETRY', '退款业务流程错误，需要商户触发重试来解决'),
}

type Answer = (books: CloudPayBooks, given: Given, callerOpenid: string | undefined) => PayReply | Buffer

const answers: Partial<Record<PayApiName, Answer>> = { unifiedOrder, queryOrder, closeOrder, refund, queryRefund, downloadBill }

/** The merchant's interface for cloud functions: WeChat signs, as the service provider behind it. */
export class CloudPay implements PayApi {
  constructor(private readonly books: CloudPayBooks, private readonly faults: PayFaults) {}

  async answer(apiName: string, given: Given, callerOpenid: string | undefined): Promise<PayReply | Buffer | 'lost'> {
    const api = payApis.find(name => name === apiName)
    const answer = api && answers[api]
    if (!answer) return malformed(`${apiName}接口在本地微信中没有`)
    const fault = this.faults.take({ gateway: 'cloudPay', api, ...this.numbersOf(given) })
    return this.faults.meet<PayReply | Buffer>(fault, () => answer(this.books, given, callerOpenid), error => errorReplies[error])
  }

  /** The numbers that a call is about, also where it names only WeChat's own. */
  private numbersOf(given: Given): { outTradeNo: string | undefined, outRefundNo: string | undefined } {
    const text = (value: unknown) => typeof value === 'string' && value !== '' ? value : undefined
    const known = findRefund(this.books, given)
    return {
      outTradeNo: findTrade(this.books, given)?.outTradeNo ?? text(given.out_trade_no) ?? known?.outTradeNo,
      outRefundNo: known?.outRefundNo ?? text(given.out_refund_no),
    }
  }
}
