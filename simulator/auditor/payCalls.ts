import type { Branch } from '../coverage.ts'
import type { Books } from './books.ts'
import { orderIdIn } from './books.ts'
import { differences } from './money.ts'
import type { Violation } from './promises.ts'

/** What the shop asked of WeChat Pay, and what of the answer matters. */
export interface PayCall { gateway: string, api: string, outTradeNo: string, outRefundNo: string, refundFee: number }
export interface PayAnswer { isOpened: boolean, saysClosed: boolean }

/** A trade or a refund that a notice told of. */
export interface Subject { outTradeNo: string, outRefundNo?: string | undefined }

/** How an order names the gateways, and how WeChat's books do. */
const gatewayNames: Readonly<Record<string, string>> = { 'cloudpay': 'cloudPay', 'wechat-v3': 'v3' }

/** What the shop asks of WeChat Pay, and what it tells it: money is asked for once, and given back as it is written down. */
export class PayCalls {
  constructor(private readonly books: Books, private readonly happened: (branch: Branch) => void) {}

  /** One question and its answer. */
  judge(call: PayCall, { isOpened, saysClosed }: PayAnswer): Violation[] {
    const { api, outTradeNo } = call
    this.books.sawTrade(outTradeNo)
    if (saysClosed) this.books.calledClosed.add(outTradeNo)
    if (api === 'refund') return [...this.judgeRefund(call), ...this.judgeGateway(call)]
    return isOpened ? [...this.judgeTrade(outTradeNo), ...this.judgeGateway(call)] : []
  }

  /** WeChat Pay was told that it need not repeat a notice: what it told must be on the shop's books. */
  judgeAcknowledgement({ outTradeNo, outRefundNo }: Subject, isSigned: boolean): Violation[] {
    if (!isSigned) return [{ promise: 14, what: `a notice of ${outRefundNo ?? outTradeNo} was believed that WeChat Pay has not signed` }]
    const trade = this.books.trade(outTradeNo)
    if (outRefundNo !== undefined) return this.judgeRefundNotice(outRefundNo)
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
    const [order, trade] = [this.books.row('orders', orderId), this.books.trade(outTradeNo)]
    if (!order || !trade) return [{ promise: 2, what: `${outTradeNo} is opened for an order that does not exist` }]
    if (order.state === 'Closing') this.happened('prepayDuringClosing')
    const violations: Violation[] = differences(trade, order).map(difference => ({ promise: 2, what: `${outTradeNo} is opened: ${difference}` }))
    if (order.state === 'Closed' || order.state === 'Rejected') violations.push({ promise: 10, what: `${outTradeNo} is opened for an order that is ${order.state}` })
    const payable = this.books.tradesOf(orderId).filter(one => this.books.isPayable(one))
    if (payable.length > 1) violations.push({ promise: 2, what: `${orderId} can be paid under ${payable.map(one => one.outTradeNo).join(' and ')}` })
    return violations
  }

  /** A refund is asked for under the number and with the amount that the shop has written down. */
  private judgeRefund({ outTradeNo, outRefundNo: number, refundFee }: PayCall): Violation[] {
    const refund = this.books.row('refunds', number)
    if (!refund || refund.outTradeNo !== outTradeNo) return [{ promise: 4, what: `${number} is asked for, and the shop has not written it down` }]
    return refund.refundFen === refundFee ? [] : [{ promise: 4, what: `${number} is asked for with ${refundFee} fen` }]
  }

  /** An order keeps the gateway that it was made with, whatever the shop is set to since. */
  private judgeGateway({ gateway, outTradeNo }: PayCall): Violation[] {
    const own = this.books.row('orders', orderIdIn(outTradeNo))?.gateway
    if (own === undefined || gatewayNames[String(own)] === gateway) return []
    return [{ promise: 2, what: `${outTradeNo} goes through ${gateway}, and its order was made for ${String(own)}` }]
  }
}
