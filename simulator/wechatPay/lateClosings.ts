import type { Trade } from '../../emulator/pay/ledger.ts'
import type { Pay } from '../../emulator/pay/pay.ts'
import type { Simulation } from '../engine/simulation.ts'
import { numbered, take } from './till.ts'

const longestMs = 120_000
/** In so many of a hundred such trades a password really was on its way. */
const passwordPercent = 60
/** And in so many of these the customer is told that the trade is closed, and may begin again, before it arrives. */
const unawarePercent = 35
/** So long it is on its way then, at most: longer than it takes the shop to find that the trade is closed, and to open another. */
const unawareMs = 330_000

/**
 * Trades that WeChat Pay calls closed and that can be paid for another while: a customer whose password was on its way is
 * let through. Once paid, such a trade is paid for everybody to see.
 */
export class LateClosings {
  private readonly underWay = new Set<string>()
  private readonly refusing = new Set<string>()

  constructor(private readonly simulation: Simulation, private readonly pay: Pay) {}

  begin({ id, outTradeNo }: Trade): void {
    const { agenda, beside, chance, trace } = this.simulation
    if (this.underWay.has(id)) return
    this.underWay.add(id)
    trace.note(`${outTradeNo} is called closed and is not yet`)
    let lastsMs = chance.whole(1_000, longestMs)
    const isOnItsWay = chance.percent(passwordPercent)
    if (isOnItsWay && beside.percent(unawarePercent)) {
      this.refusing.add(id)
      lastsMs = beside.whole(longestMs, unawareMs)
    }
    if (isOnItsWay) agenda.add(chance.whole(this.refusing.has(id) ? lastsMs - 30_000 : 1, lastsMs), `a password for ${outTradeNo} arrives`, () => this.pass(outTradeNo))
    agenda.add(lastsMs, `${outTradeNo} closes`, () => {
      this.underWay.delete(id)
      this.refusing.delete(id)
      const trade = numbered(this.pay, outTradeNo)
      if (trade) this.pay.trading.close(trade)
    })
  }

  /** True while the shop hears that a trade is closed although it is not. */
  isUnderWay({ id, state }: Trade): boolean {
    return this.underWay.has(id) && state === 'NOTPAY'
  }

  /** True when the customer, too, is told that it is closed. */
  refuses(trade: Trade): boolean {
    return this.isUnderWay(trade) && this.refusing.has(trade.id)
  }

  /** Counts what was paid a second time. */
  notePaid({ outTradeNo }: Trade): void {
    const [orderId = ''] = outTradeNo.split('_')
    const paid = this.pay.ledger.trades().filter(trade => trade.outTradeNo.startsWith(orderId) && trade.paidAtMs !== null)
    if (paid.length > 1) this.simulation.happened('moneyTwice')
  }

  /** The customer typed it before the trade ran out of time. */
  private pass(outTradeNo: string): void {
    const trade = numbered(this.pay, outTradeNo)
    if (trade?.state !== 'NOTPAY') return
    const refusal = take(this.pay, trade, trade.openid, Math.min(this.simulation.agenda.nowMs, (trade.expiresAtMs ?? Infinity) - 1))
    if (refusal !== null) return
    this.simulation.happened('paidAfterClosing')
    this.notePaid(trade)
  }
}
