import type { Gateway, Trade } from '../../emulator/pay/ledger.ts'
import type { Pay } from '../../emulator/pay/pay.ts'
import type { Simulation } from '../engine/simulation.ts'
import type { LateClosings } from './lateClosings.ts'
import { notifyUrl } from './keys.ts'
import type { Question } from './question.ts'
import { numbered, take } from './till.ts'

const quarterMs = 15 * 60_000
/** Whom each gateway tells of a payment. */
const notifyTo: Record<Gateway, string> = { cloudPay: 'pay-callback', v3: notifyUrl }

/** What the merchant and the other tills do to the shop's trades without asking the shop. */
export class MerchantDesk {
  constructor(private readonly simulation: Simulation, private readonly pay: Pay, private readonly closings: LateClosings) {}

  /** Another till opens and is paid a trade under the number that the shop is about to use. */
  takeNumber({ gateway, outTradeNo, openid, totalFee: askedFee }: Question): void {
    const { agenda: { nowMs }, chance, trace } = this.simulation
    if (this.pay.ledger.trade(gateway, outTradeNo)) return
    // Now and then it even is the same person and the same amount, which nobody can tell from a payment of the order.
    const own = { payer: openid, totalFee: askedFee }
    const { payer, totalFee } = chance.pick([own, { ...own, payer: 'o-passer-by' }, { ...own, totalFee: 1 }])
    const placed = this.pay.trading.place({
      gateway, outTradeNo, totalFee, openid: payer, body: 'another till', attach: null, terms: 'another till', notifyTo: notifyTo[gateway], expiresAtMs: nowMs + quarterMs,
    })
    const refusal = typeof placed === 'string' ? placed : take(this.pay, placed, payer, nowMs)
    trace.note(`another till is paid ${outTradeNo} with ${totalFee} fen by ${payer}: ${refusal ?? 'paid'}`)
  }

  /** Some time after the shop has opened a trade, somebody closes it on WeChat Pay's own pages. */
  closeSoon(gateway: Gateway, outTradeNo: string): void {
    const { agenda, chance } = this.simulation
    agenda.add(chance.whole(2_000, 90_000), 'somebody at the merchant\'s desk', () => {
      const trade = this.pay.ledger.trade(gateway, outTradeNo)
      if (trade?.state === 'NOTPAY') this.closings.begin(trade)
    })
  }

  /** A payment is sent back before the shop has seen it. */
  refundAtOnce({ gateway, outTradeNo }: Trade): void {
    const trade = numbered(this.pay, outTradeNo)
    if (trade?.state !== 'SUCCESS') return
    const [fee, number] = [trade.totalFee, `desk-${outTradeNo}`]
    this.pay.trading.refund(trade, { outRefundNo: number, totalFee: fee, refundFee: fee, reason: null, fundsAccount: null, notifyTo: null })
    this.pay.trading.decideRefund(gateway, number, 'SUCCESS')
  }

  /** How a refund will end: most arrive; an account is dead, and it arrives another way or not; or WeChat gives it up. */
  decideRefund(gateway: Gateway, outRefundNo: string): void {
    const { agenda, chance, faults } = this.simulation
    const decide = (outcome: 'SUCCESS' | 'ABNORMAL' | 'CLOSED') => this.pay.trading.decideRefund(gateway, outRefundNo, outcome)
    if (faults.strikes('refundGivenUp')) decide('CLOSED')
    if (!faults.strikes('refundAbnormal')) return
    decide('ABNORMAL')
    if (!chance.percent(50)) return
    agenda.add(chance.whole(60_000, 3_600_000), `${outRefundNo} arrives another way, or is given up`, () => {
      if (this.pay.ledger.refund(gateway, outRefundNo)?.state === 'ABNORMAL') decide(this.simulation.beside.percent(75) ? 'SUCCESS' : 'CLOSED')
    })
  }
}
