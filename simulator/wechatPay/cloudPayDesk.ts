import type { Pay } from '../../emulator/pay/pay.ts'
import { fail, succeed } from '../../emulator/pay/cloudpay/payApi.ts'
import type { PayApi, PayReply } from '../../emulator/pay/cloudpay/payApi.ts'
import type { Excuse, Question, Told } from './question.ts'
import type { UnreliablePay } from './unreliablePay.ts'

/** cloudPay, as the functions reach it through the SDK. */
export class CloudPayDesk implements PayApi {
  constructor(private readonly pay: Pay, private readonly unreliable: UnreliablePay) {}

  answer(apiName: string, given: Record<string, unknown>, callerOpenid: string | undefined): Promise<PayReply | Buffer> {
    const question: Question = {
      gateway: 'cloudPay', api: apiName, outTradeNo: String(given.out_trade_no), outRefundNo: String(given.out_refund_no),
      totalFee: Number(given.total_fee), refundFee: Number(given.refund_fee), openid: String(given.openid),
    }
    return this.unreliable.meet<PayReply | Buffer>(question, {
      carryOut: async () => await this.pay.answer(apiName, given, callerOpenid) as PayReply | Buffer,
      excuse: excuse => this.excuse(excuse, question),
      tell: reply => Buffer.isBuffer(reply) ? null : told(apiName, reply),
    })
  }

  private excuse(excuse: Excuse, { api, outTradeNo, gateway }: Question): PayReply {
    switch (excuse) {
      case 'UserPaying': return succeed({ out_trade_no: outTradeNo, trade_state: 'USERPAYING' })
      case 'NotEnough': return fail('NOTENOUGH', '基本账户余额不足，请充值后重新发起')
      case 'UnknownTrade': return fail('ORDERNOTEXIST', '订单不存在')
      case 'Busy': case 'Forged': return fail('SYSTEMERROR', '系统错误')
      case 'Closed': break
    }
    if (api === 'closeOrder') return succeed()
    if (api === 'unifiedOrder') return fail('ORDERCLOSED', '订单已关闭')
    return succeed({ out_trade_no: outTradeNo, total_fee: this.pay.ledger.trade(gateway, outTradeNo)?.totalFee, trade_state: 'CLOSED' })
  }
}

function told(api: string, { result_code: result, trade_state: state, err_code: error }: PayReply): Told {
  return {
    isOpened: api === 'unifiedOrder' && result === 'SUCCESS',
    saysClosed: api === 'closeOrder' ? result === 'SUCCESS' : state === 'CLOSED' || error === 'ORDERCLOSED',
  }
}
