import type { Trade } from '../../emulator/pay/ledger.ts'
import type { Pay } from '../../emulator/pay/pay.ts'
import type { Simulation } from '../engine/simulation.ts'
import { LateClosings } from './lateClosings.ts'
import { MerchantDesk } from './merchantDesk.ts'
import type { Excuse, Question, Told } from './question.ts'
import { numbered, take } from './till.ts'

/** Is told what the shop asked WeChat Pay and heard from it. */
export type PayListener = (question: Question, told: Told) => void

/** How a gateway does what it is asked, and how it words what keeps it from doing so. */
export interface Wording<Reply> {
  carryOut(): Promise<Reply>
  excuse(excuse: Excuse): Reply
  /** Null for what is no business of those who watch. */
  tell(reply: Reply): Told | null
}

/** WeChat Pay as the shop meets it, by either gateway: busy at times, late, and used by others of the same merchant. */
export class UnreliablePay {
  private readonly closings: LateClosings
  private readonly desk: MerchantDesk

  constructor(
    private readonly simulation: Simulation,
    private readonly pay: Pay,
    private readonly refusesRefunds: () => boolean,
    private readonly onCall: PayListener,
  ) {
    this.closings = new LateClosings(simulation, pay)
    this.desk = new MerchantDesk(simulation, pay, this.closings)
  }

  /** One question of the shop. */
  async meet<Reply>(question: Question, { carryOut, excuse, tell }: Wording<Reply>): Promise<Reply> {
    const { gateway, api, outTradeNo, outRefundNo } = question
    const { faults } = this.simulation
    if (api === 'unifiedOrder' && faults.strikes('numberTaken')) this.desk.takeNumber(question)
    if (api === 'refund' && this.pay.ledger.refund(gateway, outRefundNo)) this.simulation.happened('refundReplyLost')
    else if (api === 'refund') this.desk.decideRefund(gateway, outRefundNo)
    const why = this.excuseFor(question)
    const reply = why === null ? await carryOut() : excuse(why)
    const told = tell(reply)
    if (told === null) return reply
    if (told.isOpened && faults.strikes('closedByHand')) this.desk.closeSoon(gateway, outTradeNo)
    if (why !== 'Forged') this.onCall(question, told)
    return reply
  }

  /** Somebody types the password. Answers why it could not be paid, null when it was. */
  take(outTradeNo: string, openid: string): string | null {
    const trade = numbered(this.pay, outTradeNo)
    if (!trade) return 'UNKNOWN'
    if (this.closings.refuses(trade)) return 'CLOSED'
    const isCalledClosed = this.closings.isUnderWay(trade)
    const refusal = take(this.pay, trade, openid, this.simulation.agenda.nowMs)
    if (refusal === 'EXPIRED' || refusal === 'CLOSED') this.simulation.happened('paidTooLate')
    if (refusal !== null) return refusal
    if (isCalledClosed) this.simulation.happened('paidAfterClosing')
    this.closings.notePaid(trade)
    if (this.simulation.faults.strikes('refundedByHand')) this.desk.refundAtOnce(trade)
    return null
  }

  /** What WeChat Pay says instead of doing what it was asked. */
  private excuseFor({ gateway, api, outTradeNo }: Question): Excuse | null {
    const { faults } = this.simulation
    const trade = this.pay.ledger.trade(gateway, outTradeNo)
    const isAboutTrade = api === 'closeOrder' || api === 'queryOrder' || api === 'unifiedOrder'
    if (isAboutTrade && trade && this.closings.isUnderWay(trade)) return 'Closed'
    if (faults.strikes('payBusy')) return 'Busy'
    const isOpen = trade?.state === 'NOTPAY'
    if (api === 'queryOrder' && isOpen && faults.strikes('userPaying')) return 'UserPaying'
    if (gateway === 'v3' && api === 'queryOrder' && isOpen && faults.strikes('answerForged')) return 'Forged'
    if (api === 'refund' && this.refusesRefunds()) return 'Busy'
    if (api === 'refund' && faults.strikes('notEnough')) return 'NotEnough'
    return api === 'closeOrder' ? this.excuseToClose(trade) : null
  }

  private excuseToClose(trade: Trade | undefined): Excuse | null {
    const { faults } = this.simulation
    if (faults.strikes('closeUnknown')) return 'UnknownTrade'
    if (trade?.state !== 'NOTPAY' || !faults.strikes('closesLate')) return null
    this.closings.begin(trade)
    return 'Closed'
  }
}
