import type { Branch } from '../coverage.ts'
import { Books } from './books.ts'
import type { BooksSettings, Change, Row } from './books.ts'
import { checkCoupons } from './coupons.ts'
import { Customers } from './customers.ts'
import { arrow, lives } from './lives.ts'
import { checkMoney } from './money.ts'
import { checkOrder } from './orders.ts'
import { PayCalls } from './payCalls.ts'
import { checkPoints } from './points.ts'
import { checkRefund } from './refunds.ts'
import type { Violation } from './promises.ts'
import { checkStock } from './stock.ts'
import { checkAuthor } from './strangers.ts'
import type { Author } from './strangers.ts'
import { Transactions } from './transactions.ts'

export interface AuditorSettings extends BooksSettings {
  happened(branch: Branch): void
  /** What the shop makes orders for at this moment. */
  gatewayNow(): string
  /** When a fault last struck that may make a call fail. */
  disturbedAtMs(): number
}

/** What is looked at in every document that a commit changes. */
const checks = [checkStock, checkOrder, checkMoney, checkRefund, checkCoupons, checkPoints]

/** After this long nothing is left of a fault: no transaction that it left open, no request that it held up. */
const quietAfterMs = 45_000

/**
 * Judges what the shop does by its documents, by WeChat's books and by what people were told, and by nothing else. It
 * shares no code with the shop: its tables are its own, so that a mistake in the shop's cannot excuse itself.
 */
export class Auditor {
  readonly violations: Violation[] = []
  /** How often each arrow of each life was taken. */
  readonly transitions = new Map<string, number>()
  readonly books: Books
  readonly customers: Customers
  private readonly payCalls: PayCalls
  private readonly transactions: Transactions

  constructor(private readonly settings: AuditorSettings) {
    const { happened } = settings
    this.books = new Books(settings)
    this.customers = new Customers(this.books, violation => this.accuse([violation]))
    this.payCalls = new PayCalls(this.books, happened)
    this.transactions = new Transactions(settings.nowMs, happened)
  }

  /** Looks at one commit, all of its documents together. Without an author the shop was being set up. */
  sawCommit(changes: readonly Change[], author: Author | undefined): void {
    for (const change of changes) this.books.keep(change)
    for (const change of changes) {
      this.followLife(change)
      if (!author) continue
      for (const check of checks) this.accuse(check(change, this.books))
      this.accuse(checkAuthor(change, author))
      this.notice(change)
    }
  }

  sawPayCall(...call: Parameters<PayCalls['judge']>): void {
    this.accuse(this.payCalls.judge(...call))
  }

  sawAcknowledgement(...notice: Parameters<PayCalls['judgeAcknowledgement']>): void {
    this.accuse(this.payCalls.judgeAcknowledgement(...notice))
  }

  sawDatabase(...call: Parameters<Transactions['judge']>): void {
    this.accuse(this.transactions.judge(...call))
  }

  /** A call ended badly: it threw, ran out of time or said that it is broken. */
  sawFailure(functionName: string, how: string): void {
    if (this.settings.nowMs() - this.settings.disturbedAtMs() < quietAfterMs) return
    this.accuse([{ promise: 13, what: `${functionName} ${how}, and nothing had gone wrong` }])
  }

  /** Whatever went wrong before: a failure that nobody takes kills the instance, and every other call on it. */
  sawUnhandled(error: unknown): void {
    this.accuse([{ promise: 13, what: `a failure was left to nobody, of which an instance dies: ${String(error)}` }])
  }

  accuse(violations: readonly Violation[]): void {
    this.violations.push(...violations)
  }

  private followLife({ collection, before, after }: Change): void {
    const table = lives[collection]
    if (!table || !after || before?.state === after.state) return
    const [from, to] = [before ? String(before.state) : 'new', String(after.state)]
    const taken = arrow(collection, from, to)
    this.transitions.set(taken, (this.transitions.get(taken) ?? 0) + 1)
    if (!table[from]?.includes(to)) this.accuse([{ promise: 4, what: `${String(after._id)} went along ${taken}, which is no arrow` }])
  }

  /** Counts the branches that a document tells of. */
  private notice({ collection, before, after }: Change): void {
    const { happened } = this.settings
    if (collection === 'stock' && before && after && this.isLeftOver(before, after)) happened('leftoverReleased')
    if (collection === 'orders' && after?.state === 'Paid' && before?.state !== 'Paid') this.noticePaid(after)
    if (collection === 'stock' && after?.day !== undefined && after.available === 0) happened('portionsGone')
    if (collection === 'orders' && after?.state === 'OnTheWay') happened('setOut')
    if (before || !after) return
    if (collection === 'orders') this.noticeOrder(after)
    if (collection === 'attempts' && !String(after._id).endsWith('_1')) happened('secondAttempt')
    if (collection === 'refunds') this.noticeRefund(after)
    const incidents = { AmountDiffers: 'amountIncident', PayerDiffers: 'payerIncident', RefundedElsewhere: 'refundIncident', RefundTakenBack: 'takenBackIncident' } as const
    if (collection === 'incidents' && String(after.kind) in incidents) happened(incidents[after.kind as keyof typeof incidents])
  }

  private noticeOrder({ couponId, fees, fulfilment, lines }: Row): void {
    const { happened } = this.settings
    const { kind } = fulfilment as { kind: string }
    if (couponId !== null) happened('orderedWithCoupon')
    for (const { amountFen } of fees as { amountFen: number }[]) happened(amountFen > 0 ? 'orderedWithFees' : 'feeWaived')
    if (kind === 'DineIn') happened('orderedAtTable')
    if (kind === 'Delivery') happened('orderedToAddress')
    if ((lines as { skuId?: string }[]).some(({ skuId }) => skuId !== undefined)) happened('orderedInSizes')
  }

  private noticePaid({ gateway }: Row): void {
    if (gateway === 'wechat-v3') this.settings.happened('paidByV3')
    if (gateway !== this.settings.gatewayNow()) this.settings.happened('gatewaySwitched')
  }

  private noticeRefund({ because, gateway, pieces, outTradeNo, totalFen, refundFen }: Row): void {
    const { happened } = this.settings
    if (gateway === 'wechat-v3') happened('refundedByV3')
    const causes = { OrderClosed: 'lateMoneyGivenBack', PaidTwice: 'secondMoneyGivenBack', ByStaff: 'staffRefund', AfterSale: 'afterSaleRefund' } as const
    happened(causes[because as keyof typeof causes])
    if (refundFen !== totalFen) happened('partialRefund')
    if ((pieces as unknown[]).length > 0) happened('goodsCameBack')
    if (this.books.refundsOf(outTradeNo).some(({ state }) => state === 'Replaced')) happened('refundReplaced')
  }

  /** Pieces went back from an order that had none to give back any more. */
  private isLeftOver(before: Row, after: Row): boolean {
    if (Number(after.available) <= Number(before.available)) return false
    const holders = ({ holds }: Row) => (holds as { orderId: string }[]).map(({ orderId }) => orderId)
    const [old, now] = [holders(before), holders(after)]
    return old.some(orderId => !now.includes(orderId) && this.books.row('orders', orderId)?.followUp === 'None')
  }
}
