import type { Pay } from '../../emulator/pay/pay.ts'
import type { PayReply } from '../../emulator/pay/cloudpay/payApi.ts'
import { fail, succeed } from '../../emulator/pay/cloudpay/payApi.ts'
import type { Simulation } from '../engine/simulation.ts'
import { take } from './till.ts'

const longestMs = 120_000
/** In so many of a hundred such trades a password really was on its way. */
const passwordPercent = 60

/**
 * Trades that WeChat Pay calls closed and that can be paid for another while: a customer whose password was on its way is
 * let through. Once paid, such a trade is paid for everybody to see.
 */
export class LateClosings {
  private readonly underWay = new Set<string>()

  constructor(private readonly simulation: Simulation, private readonly pay: Pay, private readonly merchantId: string) {}

  begin(outTradeNo: string): void {
    const { agenda, chance, trace } = this.simulation
    this.underWay.add(outTradeNo)
    trace.note(`${outTradeNo} is called closed and is not yet`)
    const lastsMs = chance.whole(1_000, longestMs)
    if (chance.percent(passwordPercent)) agenda.add(chance.whole(1, lastsMs), `a password for ${outTradeNo} arrives`, () => this.pass(outTradeNo))
    agenda.add(lastsMs, `${outTradeNo} closes`, () => {
      this.underWay.delete(outTradeNo)
      void this.pay.answer('closeOrder', { out_trade_no: outTradeNo, sub_mch_id: this.merchantId }, undefined)
    })
  }

  /** The customer typed it before the trade ran out of time. */
  private pass(outTradeNo: string): void {
    const trade = this.pay.ledger.trade('cloudPay', outTradeNo)
    if (trade?.state !== 'NOTPAY') return
    const refusal = take(this.pay, outTradeNo, trade.openid, Math.min(this.simulation.agenda.nowMs, (trade.expiresAtMs ?? Infinity) - 1))
    if (refusal === null) this.simulation.happened('paidAfterClosing')
  }

  /** What the shop hears of such a trade; null for any other. */
  reply(apiName: string, outTradeNo: string): PayReply | null {
    const trade = this.pay.ledger.trade('cloudPay', outTradeNo)
    if (!this.underWay.has(outTradeNo) || trade?.state !== 'NOTPAY') return null
    if (apiName === 'closeOrder') return succeed()
    if (apiName === 'queryOrder') return succeed({ out_trade_no: outTradeNo, total_fee: trade.totalFee, trade_state: 'CLOSED' })
    return apiName === 'unifiedOrder' ? fail('ORDERCLOSED', '订单已关闭') : null
  }
}
