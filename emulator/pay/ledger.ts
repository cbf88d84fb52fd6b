import { SqliteFile } from '../sqliteFile.ts'

/** The two ways to WeChat Pay. An order belongs to the one that it was made through, and the other knows nothing of it. */
export type Gateway = 'cloudPay' | 'v3'

export const gateways: readonly Gateway[] = ['cloudPay', 'v3']

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'

/** One order of the merchant. Amounts are fen. */
export interface Trade {
  /** The gateway and the merchant's number: each gateway has numbers of its own. */
  id: string
  gateway: Gateway
  outTradeNo: string
  /** The latest prepay id; earlier ones can be paid too, each for two hours. */
  prepayId: string
  prepayAtMs: number
  /** Everything that must be the same when the merchant orders the same number again, as JSON. */
  terms: string
  body: string
  attach: string | null
  totalFee: number
  openid: string
  /** Who is told of the payment: a function's name, or an address for API v3. */
  notifyTo: string
  state: TradeState
  createdAtMs: number
  expiresAtMs: number | null
  paidAtMs: number | null
  transactionId: string | null
}

/** CHANGE and REFUNDCLOSE are the names of version 2 for ABNORMAL and CLOSED. */
export type RefundState = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED'

/** One refund of a trade. */
export interface Refund {
  /** The gateway and the merchant's number. */
  id: string
  gateway: Gateway
  outRefundNo: string
  refundId: string
  tradeId: string
  outTradeNo: string
  totalFee: number
  refundFee: number
  reason: string | null
  fundsAccount: string | null
  /** Who is told of the end; nobody when the merchant named no receiver. */
  notifyTo: string | null
  state: RefundState
  /** How it ends when its time has come. */
  outcome: Exclude<RefundState, 'PROCESSING'>
  acceptedAtMs: number
  /** When it ends, or ended. */
  doneAtMs: number
}

/** A message for the merchant that has to arrive. */
export interface Notice {
  id: number
  /** Also tells the channel: cloudPay calls a function, v3 an address. */
  gateway: Gateway
  /** The out_trade_no of a payment, or the out_refund_no of a refund. */
  subject: string
  outTradeNo: string
  /** Null for the notice of a payment. */
  outRefundNo: string | null
  /** A function's name or an address. */
  notifyTo: string
  /** What it tells, as JSON, before anything is encrypted. */
  event: string
  attempts: number
  nextAtMs: number
  state: 'waiting' | 'held' | 'lost' | 'delivered' | 'abandoned'
}

const schema = `
  CREATE TABLE IF NOT EXISTS trades (
    id TEXT PRIMARY KEY, gateway TEXT NOT NULL, outTradeNo TEXT NOT NULL, prepayId TEXT NOT NULL, prepayAtMs INTEGER NOT NULL,
    terms TEXT NOT NULL, body TEXT NOT NULL, attach TEXT, totalFee INTEGER NOT NULL CHECK (totalFee > 0), openid TEXT NOT NULL,
    notifyTo TEXT NOT NULL, state TEXT NOT NULL, createdAtMs INTEGER NOT NULL, expiresAtMs INTEGER, paidAtMs INTEGER, transactionId TEXT UNIQUE
  );
  CREATE TABLE IF NOT EXISTS prepays (prepayId TEXT PRIMARY KEY, tradeId TEXT NOT NULL REFERENCES trades, atMs INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS refunds (
    id TEXT PRIMARY KEY, gateway TEXT NOT NULL, outRefundNo TEXT NOT NULL, refundId TEXT NOT NULL UNIQUE, tradeId TEXT NOT NULL REFERENCES trades,
    outTradeNo TEXT NOT NULL, totalFee INTEGER NOT NULL, refundFee INTEGER NOT NULL CHECK (refundFee > 0), reason TEXT, fundsAccount TEXT,
    notifyTo TEXT, state TEXT NOT NULL, outcome TEXT NOT NULL, acceptedAtMs INTEGER NOT NULL, doneAtMs INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS notices (
    id INTEGER PRIMARY KEY, gateway TEXT NOT NULL, subject TEXT NOT NULL, outTradeNo TEXT NOT NULL, outRefundNo TEXT, notifyTo TEXT NOT NULL,
    event TEXT NOT NULL, attempts INTEGER NOT NULL, nextAtMs INTEGER NOT NULL, state TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS tradesByNumber ON trades (outTradeNo);
  CREATE INDEX IF NOT EXISTS paidTrades ON trades (gateway, paidAtMs);
  CREATE INDEX IF NOT EXISTS refundsOfTrade ON refunds (tradeId);
  CREATE INDEX IF NOT EXISTS acceptedRefunds ON refunds (gateway, acceptedAtMs);
  CREATE INDEX IF NOT EXISTS waitingNotices ON notices (state, nextAtMs);
`

/** The key of a trade or a refund in the books. */
export function idOf(gateway: Gateway, number: string): string {
  return `${gateway}/${number}`
}

/** The books of WeChat Pay, for both gateways. */
export class Ledger {
  private readonly tables: SqliteFile

  constructor(file: string) {
    this.tables = new SqliteFile(file, schema)
  }

  /** Runs changes that belong together: all of them are kept, or none. */
  atomically<T>(change: () => T): T {
    return this.tables.atomically(change)
  }

  trade(gateway: Gateway, outTradeNo: string): Trade | undefined {
    return this.tables.one<Trade>('SELECT * FROM trades WHERE id = ?', idOf(gateway, outTradeNo))
  }

  /** The trades of that number, one a gateway at most. */
  tradesNumbered(outTradeNo: string): Trade[] {
    return this.tables.all<Trade>('SELECT * FROM trades WHERE outTradeNo = ? ORDER BY id', outTradeNo)
  }

  /** The trade that a prepay id is for, and when that id was made. */
  prepay(prepayId: string): { trade: Trade, atMs: number } | undefined {
    const found = this.tables.one<{ tradeId: string, atMs: number }>('SELECT tradeId, atMs FROM prepays WHERE prepayId = ?', prepayId)
    const trade = found && this.tables.one<Trade>('SELECT * FROM trades WHERE id = ?', found.tradeId)
    return trade && { trade, atMs: found.atMs }
  }

  tradeOfTransaction(gateway: Gateway, transactionId: string): Trade | undefined {
    return this.tables.one<Trade>('SELECT * FROM trades WHERE gateway = ? AND transactionId = ?', gateway, transactionId)
  }

  trades(): Trade[] {
    return this.tables.all<Trade>('SELECT * FROM trades ORDER BY createdAtMs, outTradeNo')
  }

  /** Trades that were paid before a moment, in the order of their payments. */
  tradesPaidBefore(gateway: Gateway, beforeMs: number): Trade[] {
    return this.tables.all<Trade>('SELECT * FROM trades WHERE gateway = ? AND paidAtMs < ? ORDER BY paidAtMs, id', gateway, beforeMs)
  }

  addTrade(trade: Trade): void {
    this.atomically(() => {
      this.tables.insert('trades', { ...trade })
      this.tables.insert('prepays', { prepayId: trade.prepayId, tradeId: trade.id, atMs: trade.prepayAtMs })
    })
  }

  /** Gives a trade one more prepay id. */
  addPrepay(id: string, prepayId: string, atMs: number): void {
    this.atomically(() => {
      this.tables.insert('prepays', { prepayId, tradeId: id, atMs })
      this.changeTrade(id, { prepayId, prepayAtMs: atMs })
    })
  }

  changeTrade(id: string, changes: Partial<Trade>): void {
    this.tables.update('trades', 'id', id, changes)
  }

  refund(gateway: Gateway, outRefundNo: string): Refund | undefined {
    return this.tables.one<Refund>('SELECT * FROM refunds WHERE id = ?', idOf(gateway, outRefundNo))
  }

  /** The refunds of that number, one a gateway at most. */
  refundsNumbered(outRefundNo: string): Refund[] {
    return this.tables.all<Refund>('SELECT * FROM refunds WHERE outRefundNo = ? ORDER BY id', outRefundNo)
  }

  refundOfId(gateway: Gateway, refundId: string): Refund | undefined {
    return this.tables.one<Refund>('SELECT * FROM refunds WHERE gateway = ? AND refundId = ?', gateway, refundId)
  }

  refundsOf(tradeId: string): Refund[] {
    return this.tables.all<Refund>('SELECT * FROM refunds WHERE tradeId = ? ORDER BY acceptedAtMs, id', tradeId)
  }

  refunds(): Refund[] {
    return this.tables.all<Refund>('SELECT * FROM refunds ORDER BY acceptedAtMs, outRefundNo')
  }

  /** Refunds that were accepted before a moment, in that order. */
  refundsAcceptedBefore(gateway: Gateway, beforeMs: number): Refund[] {
    return this.tables.all<Refund>('SELECT * FROM refunds WHERE gateway = ? AND acceptedAtMs < ? ORDER BY acceptedAtMs, id', gateway, beforeMs)
  }

  /** Accepted refunds, the one that is done first at the head. */
  refundsUnderWay(): Refund[] {
    return this.tables.all<Refund>('SELECT * FROM refunds WHERE state = \'PROCESSING\' ORDER BY doneAtMs')
  }

  addRefund(refund: Refund): void {
    this.tables.insert('refunds', { ...refund })
  }

  changeRefund(id: string, changes: Partial<Refund>): void {
    this.tables.update('refunds', 'id', id, changes)
  }

  notices(): Notice[] {
    return this.tables.all<Notice>('SELECT * FROM notices ORDER BY id')
  }

  noticesOf(subject: string): Notice[] {
    return this.tables.all<Notice>('SELECT * FROM notices WHERE subject = ? ORDER BY id', subject)
  }

  /** Notices that still have to arrive, the next one at the head. */
  waitingNotices(): Notice[] {
    return this.tables.all<Notice>('SELECT * FROM notices WHERE state = \'waiting\' ORDER BY nextAtMs, id')
  }

  addNotice(notice: Omit<Notice, 'id'>): void {
    this.tables.insert('notices', { ...notice })
  }

  changeNotice(id: number, changes: Partial<Notice>): void {
    this.tables.update('notices', 'id', id, changes)
  }

  close(): void {
    this.tables.close()
  }
}
