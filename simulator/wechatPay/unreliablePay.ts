import type { Pay } from '../../emulator/pay/pay.ts'
import { fail, succeed } from '../../emulator/pay/cloudpay/payApi.ts'
import type { PayApi, PayReply } from '../../emulator/pay/cloudpay/payApi.ts'
import type { Simulation } from '../engine/simulation.ts'
import { LateClosings } from './lateClosings.ts'
import { MerchantDesk } from './merchantDesk.ts'
import { take } from './till.ts'

/** Is told what the shop asked WeChat Pay and heard from it. */
export type PayListener = (apiName: string, given: Record<string, unknown>, reply: PayReply) => void

/** WeChat Pay as the shop meets it: busy at times, late, and used by others of the same merchant. */
export class UnreliablePay implements PayApi {
  private readonly closings: LateClosings
  private readonly desk: MerchantDesk

  constructor(
    private readonly simulation: Simulation,
    private readonly pay: Pay,
    merchantId: string,
    private readonly refusesRefunds: boolean,
    private readonly onCall: PayListener,
  ) {
    this.closings = new LateClosings(simulation, pay, merchantId)
    this.desk = new MerchantDesk(simulation, pay, merchantId, this.closings)
  }

  async answer(apiName: string, given: Record<string, unknown>, callerOpenid: string | undefined): Promise<PayReply | Buffer> {
    const outTradeNo = String(given.out_trade_no)
    if (apiName === 'unifiedOrder' && this.simulation.faults.strikes('numberTaken')) await this.desk.takeNumber(given)
    if (apiName === 'refund' && this.pay.ledger.refund('cloudPay', String(given.out_refund_no))) this.simulation.happened('refundReplyLost')
    else if (apiName === 'refund') this.desk.decideRefund(String(given.out_refund_no))
    const reply = this.excuse(apiName, outTradeNo) ?? await this.pay.answer(apiName, given, callerOpenid) as PayReply | Buffer
    if (Buffer.isBuffer(reply)) return reply
    if (apiName === 'unifiedOrder' && reply.result_code === 'SUCCESS' && this.simulation.faults.strikes('closedByHand')) this.desk.closeSoon(outTradeNo)
    this.onCall(apiName, given, reply)
    return reply
  }

  /** Somebody types the password. Answers why it could not be paid, null when it was. */
  async take(outTradeNo: string, openid: string): Promise<string | null> {
    const isCalledClosed = this.closings.reply('queryOrder', outTradeNo) !== null
    const refusal = take(this.pay, outTradeNo, openid, this.simulation.agenda.nowMs)
    if (refusal === 'EXPIRED' || refusal === 'CLOSED') this.simulation.happened('paidTooLate')
    if (refusal !== null) return refusal
    if (isCalledClosed) this.simulation.happened('paidAfterClosing')
    if (this.paidTrades(outTradeNo) > 1) this.simulation.happened('moneyTwice')
    if (this.simulation.faults.strikes('refundedByHand')) await this.desk.refundAtOnce(outTradeNo)
    return null
  }

  /** How many trades of the same order have been paid. */
  private paidTrades(outTradeNo: string): number {
    const [orderId = ''] = outTradeNo.split('_')
    return this.pay.ledger.trades().filter(trade => trade.outTradeNo.startsWith(orderId) && trade.paidAtMs !== null).length
  }

  /** What WeChat Pay says instead of doing what it was asked. */
  private excuse(apiName: string, outTradeNo: string): PayReply | null {
    const { faults } = this.simulation
    const late = this.closings.reply(apiName, outTradeNo)
    if (late) return late
    if (faults.strikes('payBusy')) return fail('SYSTEMERROR', '系统错误')
    const isOpen = this.pay.ledger.trade('cloudPay', outTradeNo)?.state === 'NOTPAY'
    if (apiName === 'queryOrder' && isOpen && faults.strikes('userPaying')) return succeed({ out_trade_no: outTradeNo, trade_state: 'USERPAYING' })
    if (apiName === 'refund' && this.refusesRefunds) return fail('SYSTEMERROR', '系统错误')
    if (apiName === 'refund' && faults.strikes('notEnough')) return fail('NOTENOUGH', '基本账户余额不足，请充值后重新发起')
    if (apiName !== 'closeOrder') return null
    if (faults.strikes('closeUnknown')) return fail('ORDERNOTEXIST', '订单不存在')
    if (!isOpen || !faults.strikes('closesLate')) return null
    this.closings.begin(outTradeNo)
    return this.closings.reply(apiName, outTradeNo)
  }
}
