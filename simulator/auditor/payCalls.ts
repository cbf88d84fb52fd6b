import type { Branch } from '../coverage.ts'
import type { Books } from './books.ts'
import { orderIdIn } from './books.ts'
import { differences } from './money.ts'
import type { Violation } from './promises.ts'

type Fields = Record<string, unknown>

/** What the shop asks of WeChat Pay, and what it tells it: money is asked for once, and given back as it is written down. */
export class PayCalls {
  constructor(private readonly books: Books, private readonly happened: (branch: Branch) => void) {}

  /** One question and its answer. */
  judge(apiName: string, given: Fields, reply: Fields): Violation[] {
    const outTradeNo = String(given.out_trade_no)
    this.books.sawTrade(outTradeNo)
    if (saysClosed(apiName, reply)) this.books.calledClosed.add(outTradeNo)
    if (apiName === 'refund') return this.judgeRefund(outTradeNo, given)
    return apiName === 'unifiedOrder' && reply.result_code === 'SUCCESS' ? this.judgeTrade(outTradeNo) : []
  }

  /** WeChat Pay was told that it need not repeat a notice: what it told must be on the shop's books. */
  judgeAcknowledgement(event: Fields): Violation[] {
    const trade = this.books.ledger.trade('cloudPay', String(event.outTradeNo))
    if (event.outRefundNo !== undefined) return this.judgeRefundNotice(String(event.outRefundNo))
    if (!trade || trade.paidAtMs === null) return []
    const isKept = this.books.row('attempts', trade.outTradeNo)?.state === 'Paid'
      || this.books.rows('incidents').some(incident => incident.outTradeNo === trade.outTradeNo)
    return isKept ? [] : [{ promise: 10, what: `the notice of ${trade.outTradeNo} was acknowledged, and its money is nowhere in the shop` }]
  }

  private judgeRefundNotice(outRefundNo: string): Violation[] {
    const refund = this.books.row('refunds', outRefundNo)
    const isKnown = refund !== undefined && !['Requested', 'NotEnough', 'Accepted'].includes(String(refund.state))
    return isKnown ? [] : [{ promise: 10, what: `the notice of ${outRefundNo} was acknowledged, and the shop has it as ${String(refund?.state)}` }]
  }

  private judgeTrade(outTradeNo: string): Violation[] {
    const orderId = orderIdIn(outTradeNo)
    const [order, trade] = [this.books.row('orders', orderId), this.books.ledger.trade('cloudPay', outTradeNo)]
    if (!order || !trade) return [{ promise: 2, what: `${outTradeNo} is opened for an order that does not exist` }]
    if (order.state === 'Closing') this.happened('prepayDuringClosing')
    const violations: Violation[] = differences(trade, order).map(difference => ({ promise: 2, what: `${outTradeNo} is opened: ${difference}` }))
    if (order.state === 'Closed' || order.state === 'Rejected') violations.push({ promise: 10, what: `${outTradeNo} is opened for an order that is ${order.state}` })
    const payable = this.books.tradesOf(orderId).filter(one => this.books.isPayable(one))
    if (payable.length > 1) violations.push({ promise: 2, what: `${orderId} can be paid under ${payable.map(one => one.outTradeNo).join(' and ')}` })
    return violations
  }

  /** A refund is asked for under the number and with the amount that the shop has written down. */
  private judgeRefund(outTradeNo: string, given: Fields): Violation[] {
    const number = String(given.out_refund_no)
    const refund = this.books.row('refunds', number)
    if (!refund || refund.outTradeNo !== outTradeNo) return [{ promise: 4, what: `${number} is asked for, and the shop has not written it down` }]
    return refund.refundFen === Number(given.refund_fee) ? [] : [{ promise: 4, what: `${number} is asked for with ${String(given.refund_fee)} fen` }]
  }
}

function saysClosed(apiName: string, { result_code: result, trade_state: state, err_code: error }: Fields): boolean {
  if (apiName === 'closeOrder') return result === 'SUCCESS'
  return state === 'CLOSED' || error === 'ORDERCLOSED'
}
