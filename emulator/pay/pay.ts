import type { AppIdentity } from '../emulator.ts'
import { Alarm } from './alarm.ts'
import { faultReply, PayFaults } from './faults.ts'
import { Ledger } from './ledger.ts'
import type { Trade } from './ledger.ts'
import { camelCased } from './names.ts'
import { Notices } from './notices.ts'
import type { NoticesSettings } from './notices.ts'
import { newNonce, newTransactionId } from './numbers.ts'
import { closeOrder, hasExpired, paymentFields, prepayLifeMs, providerFields, queryOrder, unifiedOrder } from './orders.ts'
import type { PayBooks } from './orders.ts'
import { malformed } from './payApi.ts'
import type { PayApi, PayReply } from './payApi.ts'
import { queryRefund, refund, refundEvent } from './refunds.ts'

/** Why a trade cannot be paid. */
export type PaymentRefusal = 'PAYER_MISMATCH' | 'CLOSED' | 'EXPIRED' | 'PAID' | 'UNKNOWN'

export interface PaySettings extends Omit<NoticesSettings, 'ledger'> {
  /** The file that holds the books. */
  file: string
  app: AppIdentity
  /** How long an accepted refund takes. */
  refundDelayMs: number
}

/** WeChat Pay: the merchant's interface, the person who pays, and the notices that follow. */
export class Pay implements PayApi {
  readonly faults = new PayFaults()
  readonly ledger: Ledger
  readonly notices: Notices
  private readonly books: PayBooks
  private readonly refundAlarm: Alarm

  constructor(private readonly settings: PaySettings) {
    this.ledger = new Ledger(settings.file)
    this.books = { app: settings.app, ledger: this.ledger, nowMs: () => settings.clock.nowMs() }
    this.notices = new Notices({ ...settings, ledger: this.ledger })
    this.refundAlarm = new Alarm({
      nextAtMs: () => this.ledger.refundsUnderWay()[0]?.doneAtMs ?? null,
      ring: async () => this.finishRefunds(),
      clock: settings.clock,
    })
  }

  /** Takes up what an earlier run left undone. */
  start(): void {
    this.refundAlarm.set()
    this.notices.start()
  }

  async answer(apiName: string, given: Record<string, unknown>, callerOpenid: string | undefined): Promise<PayReply | 'lost'> {
    const fault = this.faults.take(apiName)
    if (fault !== undefined && fault !== 'LOST_REPLY') return faultReply(fault)
    const reply = this.perform(apiName, given, callerOpenid)
    this.refundAlarm.set()
    return fault === 'LOST_REPLY' ? 'lost' : reply
  }

  /** A person pays a trade, at this moment unless another one is named. */
  pay(trade: Trade | undefined, openid: string, atMs = this.settings.clock.nowMs()): PaymentRefusal | null {
    const refusal = trade ? this.findRefusal(trade, openid, atMs) : 'UNKNOWN'
    if (refusal === null && trade) this.markPaid(trade, atMs)
    return refusal
  }

  /** Why a trade cannot be paid by this person at this moment; null when it can. */
  findRefusal(trade: Trade, openid: string, atMs: number): PaymentRefusal | null {
    if (trade.openid !== openid) return 'PAYER_MISMATCH'
    if (trade.state === 'CLOSED') return 'CLOSED'
    if (trade.state !== 'NOTPAY') return 'PAID'
    return hasExpired(trade, atMs) || atMs - trade.prepayAtMs >= prepayLifeMs ? 'EXPIRED' : null
  }

  /** Begins nothing any more: neither a refund nor a notice. */
  stop(): void {
    this.refundAlarm.stop()
    this.notices.stop()
  }

  /** Stops, and closes the books. The functions must have stopped before. */
  async close(): Promise<void> {
    this.stop()
    await this.notices.close()
    this.ledger.close()
  }

  private perform(apiName: string, given: Record<string, unknown>, callerOpenid: string | undefined): PayReply {
    if (apiName === 'unifiedOrder') return unifiedOrder(this.books, given, callerOpenid)
    if (apiName === 'queryOrder') return queryOrder(this.books, given)
    if (apiName === 'closeOrder') return closeOrder(this.books, given)
    if (apiName === 'refund') return refund(this.books, given, this.settings.refundDelayMs)
    if (apiName === 'queryRefund') return queryRefund(this.books, given)
    return malformed(`${apiName}接口在本地微信中没有`)
  }

  private markPaid(trade: Trade, paidAtMs: number): void {
    const paid: Trade = { ...trade, state: 'SUCCESS', paidAtMs, transactionId: newTransactionId(paidAtMs) }
    this.ledger.atomically(() => {
      this.ledger.changeTrade(trade.outTradeNo, { state: paid.state, paidAtMs, transactionId: paid.transactionId })
      this.notices.add(trade.outTradeNo, trade.functionName, this.paymentEvent(paid))
    })
    this.notices.send()
  }

  private paymentEvent(trade: Trade): unknown {
    const event = {
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      ...providerFields(this.settings.app),
      ...paymentFields(trade),
      out_trade_no: trade.outTradeNo,
      ...(trade.attach === null ? {} : { attach: trade.attach }),
      nonce_str: newNonce(),
    }
    return { ...camelCased(event), userInfo: { appId: this.settings.app.appid, openId: trade.openid } }
  }

  private finishRefunds(): void {
    const nowMs = this.settings.clock.nowMs()
    for (const entry of this.ledger.refundsUnderWay().filter(({ doneAtMs }) => doneAtMs <= nowMs)) {
      this.ledger.atomically(() => {
        this.ledger.changeRefund(entry.outRefundNo, { state: 'SUCCESS' })
        this.ledger.changeTrade(entry.outTradeNo, { state: 'REFUND' })
        const trade = this.ledger.trade(entry.outTradeNo)
        if (!trade || !entry.functionName) return
        this.notices.add(entry.outRefundNo, entry.functionName, camelCased(refundEvent(this.books, entry, trade)))
      })
    }
    this.notices.send()
  }
}
