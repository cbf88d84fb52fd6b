import type { Pay } from '../../emulator/pay/pay.ts'
import type { Simulation } from '../engine/simulation.ts'
import type { LateClosings } from './lateClosings.ts'
import { take } from './till.ts'

/** What the merchant and the other tills do to the shop's trades without asking the shop. */
export class MerchantDesk {
  constructor(
    private readonly simulation: Simulation,
    private readonly pay: Pay,
    private readonly merchantId: string,
    private readonly closings: LateClosings,
  ) {}

  /** Another till opens and is paid a trade under the number that the shop is about to use. */
  async takeNumber(given: Record<string, unknown>): Promise<void> {
    const { chance, trace } = this.simulation
    const outTradeNo = String(given.out_trade_no)
    if (this.pay.ledger.trade('cloudPay', outTradeNo)) return
    // Now and then it even is the same person and the same amount, which nobody can tell from a payment of the order.
    const own = { payer: String(given.openid), totalFee: Number(given.total_fee) }
    const { payer, totalFee } = chance.pick([own, { ...own, payer: 'o-passer-by' }, { ...own, totalFee: 1 }])
    await this.pay.answer('unifiedOrder', { ...given, openid: payer, sub_openid: payer, total_fee: totalFee, body: 'another till' }, payer)
    trace.note(`another till is paid ${outTradeNo} with ${totalFee} fen by ${payer}: ${take(this.pay, outTradeNo, payer, this.simulation.agenda.nowMs) ?? 'paid'}`)
  }

  /** Some time after the shop has opened a trade, somebody closes it on WeChat Pay's own pages. */
  closeSoon(outTradeNo: string): void {
    const { agenda, chance } = this.simulation
    agenda.add(chance.whole(2_000, 90_000), 'somebody at the merchant\'s desk', () => {
      if (this.pay.ledger.trade('cloudPay', outTradeNo)?.state === 'NOTPAY') this.closings.begin(outTradeNo)
    })
  }

  /** A payment is sent back before the shop has seen it. */
  async refundAtOnce(outTradeNo: string): Promise<void> {
    const { ledger } = this.pay
    const trade = ledger.trade('cloudPay', outTradeNo)
    if (trade?.state !== 'SUCCESS') return
    const [fee, number] = [trade.totalFee, `desk-${outTradeNo}`]
    await this.pay.answer('refund', { out_trade_no: outTradeNo, out_refund_no: number, total_fee: fee, refund_fee: fee, sub_mch_id: this.merchantId }, undefined)
    this.pay.trading.decideRefund('cloudPay', number, 'SUCCESS')
  }

  /** How a refund will end: most arrive; an account is dead, and it arrives another way or not; or WeChat gives it up. */
  decideRefund(outRefundNo: string): void {
    const { agenda, chance, faults } = this.simulation
    const decide = (outcome: 'SUCCESS' | 'ABNORMAL' | 'CLOSED') => this.pay.trading.decideRefund('cloudPay', outRefundNo, outcome)
    if (faults.strikes('refundGivenUp')) decide('CLOSED')
    if (!faults.strikes('refundAbnormal')) return
    decide('ABNORMAL')
    if (!chance.percent(50)) return
    agenda.add(chance.whole(60_000, 3_600_000), `${outRefundNo} arrives another way`, () => {
      if (this.pay.ledger.refund('cloudPay', outRefundNo)?.state === 'ABNORMAL') decide('SUCCESS')
    })
  }
}
