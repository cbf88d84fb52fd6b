import type { Clock } from '../clock.ts'
import { Alarm } from './alarm.ts'
import { idOf } from './ledger.ts'
import type { Gateway, Ledger, Refund, RefundState, Trade } from './ledger.ts'
import { findOrderObstacle, findPaymentRefusal, findRefundObstacle, isPaid, isSameRefund, prepayLifeMs } from './moneyRules.ts'
import type { OrderObstacle, PaymentRefusal, RefundObstacle, RefundTerms } from './moneyRules.ts'
import type { Notices } from './notices.ts'
import { newPrepayId, newRefundId, newTransactionId } from './numbers.ts'

/** What a merchant orders, read and checked by its gateway. */
export interface Order {
  gateway: Gateway
  outTradeNo: string
  totalFee: number
  body: string
  attach: string | null
  notifyTo: string
  openid: string
  expiresAtMs: number | null
  terms: string
}

/** What a merchant wants to refund, read and checked by its gateway. */
export interface RefundWish extends RefundTerms {
  outRefundNo: string
  reason: string | null
  fundsAccount: string | null
  notifyTo: string | null
}

/** How a gateway words what it tells the merchant. */
export interface Wording {
  payment(trade: Trade): object
  refund(refund: Refund, trade: Trade): object
}

export interface TradingSettings {
  ledger: Ledger
  notices: Notices
  clock: Clock
  /** How long an accepted refund takes. */
  refundDelayMs: number
  wording: Record<Gateway, Wording>
}

/** Orders, payments and refunds: what happens to the money, whichever gateway asks. */
export class Trading {
  private readonly refundAlarm: Alarm
  /** How refunds that are still to come will end, by their keys. */
  private readonly outcomes = new Map<string, Refund['outcome']>()

  constructor(private readonly settings: TradingSettings) {
    this.refundAlarm = new Alarm({
      nextAtMs: () => settings.ledger.refundsUnderWay()[0]?.doneAtMs ?? null,
      ring: async () => this.finishRefunds(),
      clock: settings.clock,
    })
  }

  /** Takes up what an earlier run left undone. */
  start(): void {
    this.refundAlarm.set()
  }

  stop(): void {
    this.refundAlarm.stop()
  }

  /** Opens a trade, or finds the open one of the same number and gives it a prepay id that can be paid. */
  place(order: Order): Trade | OrderObstacle {
    const { ledger, clock } = this.settings
    const nowMs = clock.nowMs()
    const known = ledger.trade(order.gateway, order.outTradeNo)
    if (known) return findOrderObstacle(known, order.terms, nowMs) ?? this.withPrepay(known, nowMs)
    const trade: Trade = {
      ...order, id: idOf(order.gateway, order.outTradeNo), prepayId: newPrepayId(nowMs), prepayAtMs: nowMs, state: 'NOTPAY',
      createdAtMs: nowMs, paidAtMs: null, transactionId: null,
    }
    ledger.addTrade(trade)
    return trade
  }

  /** Ends a trade that nobody has paid, for good. Closing twice is no mistake. */
  close(trade: Trade): 'PAID' | null {
    if (isPaid(trade)) return 'PAID'
    this.settings.ledger.changeTrade(trade.id, { state: 'CLOSED' })
    return null
  }

  /** A person pays with a prepay id that was made at `prepaidAtMs`, at any moment of the past or the future. */
  pay(trade: Trade, openid: string, atMs: number, prepaidAtMs: number): PaymentRefusal | null {
    const refusal = findPaymentRefusal(trade, openid, atMs, prepaidAtMs)
    if (refusal === null) this.markPaid(trade, atMs)
    return refusal
  }

  /** Accepts a refund, which is done a little later. The same number is the same refund. */
  refund(trade: Trade, wish: RefundWish): Refund | RefundObstacle {
    const { ledger, clock } = this.settings
    const known = ledger.refund(trade.gateway, wish.outRefundNo)
    if (known) return isSameRefund(known, trade.id, wish) ? known : 'OTHER_AMOUNT'
    const obstacle = findRefundObstacle(trade, ledger.refundsOf(trade.id), wish, clock.nowMs())
    return obstacle ?? this.acceptRefund(trade, wish)
  }

  /** Decides how a refund ends: at once when it is under way or abnormal, else once it is accepted. False when it has ended. */
  decideRefund(gateway: Gateway, outRefundNo: string, outcome: Refund['outcome']): boolean {
    const known = this.settings.ledger.refund(gateway, outRefundNo)
    if (!known) this.outcomes.set(idOf(gateway, outRefundNo), outcome)
    else if (known.state === 'PROCESSING' || known.state === 'ABNORMAL') this.finishRefund(known, outcome)
    else return false
    this.settings.notices.send()
    return true
  }

  /** Sends the money of an abnormal refund another way, which succeeds a little later. */
  retryAbnormalRefund(refund: Refund): Refund {
    const changes = { state: 'PROCESSING', outcome: 'SUCCESS', doneAtMs: this.settings.clock.nowMs() + this.settings.refundDelayMs } as const
    this.settings.ledger.changeRefund(refund.id, changes)
    this.refundAlarm.set()
    return { ...refund, ...changes }
  }

  /** Version 2 gives one prepay id again while it lives, API v3 a new one each time. Source: PAYSK for v3. */
  private withPrepay(trade: Trade, nowMs: number): Trade {
    if (trade.gateway === 'cloudPay' && nowMs - trade.prepayAtMs < prepayLifeMs) return trade
    const renewed = { prepayId: newPrepayId(nowMs), prepayAtMs: nowMs }
    this.settings.ledger.addPrepay(trade.id, renewed.prepayId, renewed.prepayAtMs)
    return { ...trade, ...renewed }
  }

  private markPaid(trade: Trade, paidAtMs: number): void {
    const { ledger, notices, wording } = this.settings
    const paid: Trade = { ...trade, state: 'SUCCESS', paidAtMs, transactionId: newTransactionId(paidAtMs) }
    const { gateway, outTradeNo, notifyTo } = trade
    ledger.atomically(() => {
      ledger.changeTrade(trade.id, { state: paid.state, paidAtMs, transactionId: paid.transactionId })
      notices.add({ gateway, outTradeNo, outRefundNo: null, notifyTo }, wording[gateway].payment(paid))
    })
    notices.send()
  }

  private acceptRefund(trade: Trade, wish: RefundWish): Refund {
    const acceptedAtMs = this.settings.clock.nowMs()
    const id = idOf(trade.gateway, wish.outRefundNo)
    const refund: Refund = {
      ...wish, id, gateway: trade.gateway, refundId: newRefundId(acceptedAtMs), tradeId: trade.id, outTradeNo: trade.outTradeNo,
      state: 'PROCESSING', outcome: this.outcomes.get(id) ?? 'SUCCESS', acceptedAtMs, doneAtMs: acceptedAtMs + this.settings.refundDelayMs,
    }
    this.settings.ledger.addRefund(refund)
    this.outcomes.delete(id)
    this.refundAlarm.set()
    return refund
  }

  private finishRefunds(): void {
    const nowMs = this.settings.clock.nowMs()
    for (const refund of this.settings.ledger.refundsUnderWay().filter(({ doneAtMs }) => doneAtMs <= nowMs)) {
      this.finishRefund(refund, refund.outcome)
    }
    this.settings.notices.send()
  }

  /** The trade turns REFUND with its first refund that is done. */
  private finishRefund(refund: Refund, state: Exclude<RefundState, 'PROCESSING'>): void {
    const { ledger, notices, wording, clock } = this.settings
    const ended: Refund = { ...refund, state, outcome: state, doneAtMs: clock.nowMs() }
    ledger.atomically(() => {
      ledger.changeRefund(refund.id, { state, outcome: state, doneAtMs: ended.doneAtMs })
      if (state === 'SUCCESS') ledger.changeTrade(refund.tradeId, { state: 'REFUND' })
      const trade = ledger.trade(refund.gateway, refund.outTradeNo)
      if (!trade || !refund.notifyTo) return
      const { gateway, outTradeNo, outRefundNo, notifyTo } = refund
      notices.add({ gateway, outTradeNo, outRefundNo, notifyTo }, wording[gateway].refund(ended, trade))
    })
  }
}
