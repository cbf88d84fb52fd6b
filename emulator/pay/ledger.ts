import { SqliteFile } from '../sqliteFile.ts'

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'

/** One order of the merchant. Amounts are fen. */
export interface Trade {
  outTradeNo: string
  prepayId: string
  prepayAtMs: number
  /** Everything that must be the same when the merchant orders the same number again, as JSON. */
  terms: string
  body: string
  attach: string | null
  totalFee: number
  openid: string
  functionName: string
  state: TradeState
  createdAtMs: number
  expiresAtMs: number | null
  paidAtMs: number | null
  transactionId: string | null
}

/** One refund of a trade. */
export interface Refund {
  outRefundNo: string
  refundId: string
  outTradeNo: string
  totalFee: number
  refundFee: number
  /** Who is told of the end; nobody when the merchant named no function. */
  functionName: string | null
  state: 'PROCESSING' | 'SUCCESS'
  acceptedAtMs: number
  doneAtMs: number
}

/** A message for the merchant's function that has to arrive. */
export interface Notice {
  id: number
  /** The out_trade_no of a payment, or the out_refund_no of a refund. */
  subject: string
  functionName: string
  /** The event as JSON. */
  event: string
  attempts: number
  nextAtMs: number
  state: 'waiting' | 'held' | 'lost' | 'delivered' | 'abandoned'
}

const schema = `
  CREATE TABLE IF NOT EXISTS trades (
    outTradeNo TEXT PRIMARY KEY, prepayId TEXT NOT NULL UNIQUE, prepayAtMs INTEGER NOT NULL, terms TEXT NOT NULL, body TEXT NOT NULL,
    attach TEXT, totalFee INTEGER NOT NULL CHECK (totalFee > 0), openid TEXT NOT NULL, functionName TEXT NOT NULL,
    state TEXT NOT NULL, createdAtMs INTEGER NOT NULL, expiresAtMs INTEGER, paidAtMs INTEGER, transactionId TEXT UNIQUE
  );
  CREATE TABLE IF NOT EXISTS refunds (
    outRefundNo TEXT PRIMARY KEY, refundId TEXT NOT NULL UNIQUE, outTradeNo TEXT NOT NULL REFERENCES trades, totalFee INTEGER NOT NULL,
    refundFee INTEGER NOT NULL CHECK (refundFee > 0), functionName TEXT, state TEXT NOT NULL, acceptedAtMs INTEGER NOT NULL, doneAtMs INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS notices (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL, functionName TEXT NOT NULL, event TEXT NOT NULL,
    attempts INTEGER NOT NULL, nextAtMs INTEGER NOT NULL, state TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS refundsOfTrade ON refunds (outTradeNo);
  CREATE INDEX IF NOT EXISTS waitingNotices ON notices (state, nextAtMs);
`

/** The books of WeChat Pay. */
export class Ledger {
  private readonly tables: SqliteFile

  constructor(file: string) {
    this.tables = new SqliteFile(file, schema)
  }

  /** Runs changes that belong together: all of them are kept, or none. */
  atomically<T>(change: () => T): T {
    return this.tables.atomically(change)
  }

  trade(outTradeNo: string): Trade | undefined {
    return this.tables.one<Trade>('SELECT * FROM trades WHERE outTradeNo = ?', outTradeNo)
  }

  tradeOfPrepay(prepayId: string): Trade | undefined {
    return this.tables.one<Trade>('SELECT * FROM trades WHERE prepayId = ?', prepayId)
  }

  tradeOfTransaction(transactionId: string): Trade | undefined {
    return this.tables.one<Trade>('SELECT * FROM trades WHERE transactionId = ?', transactionId)
  }

  trades(): Trade[] {
    return this.tables.all<Trade>('SELECT * FROM trades ORDER BY createdAtMs, outTradeNo')
  }

  addTrade(trade: Trade): void {
    this.tables.insert('trades', { ...trade })
  }

  changeTrade(outTradeNo: string, changes: Partial<Trade>): void {
    this.tables.update('trades', 'outTradeNo', outTradeNo, changes)
  }

  refund(outRefundNo: string): Refund | undefined {
    return this.tables.one<Refund>('SELECT * FROM refunds WHERE outRefundNo = ?', outRefundNo)
  }

  refundsOf(outTradeNo: string): Refund[] {
    return this.tables.all<Refund>('SELECT * FROM refunds WHERE outTradeNo = ? ORDER BY acceptedAtMs, outRefundNo', outTradeNo)
  }

  refunds(): Refund[] {
    return this.tables.all<Refund>('SELECT * FROM refunds ORDER BY acceptedAtMs, outRefundNo')
  }

  /** Accepted refunds, the one that is done first at the head. */
  refundsUnderWay(): Refund[] {
    return this.tables.all<Refund>('SELECT * FROM refunds WHERE state = \'PROCESSING\' ORDER BY doneAtMs')
  }

  addRefund(refund: Refund): void {
    this.tables.insert('refunds', { ...refund })
  }

  changeRefund(outRefundNo: string, changes: Partial<Refund>): void {
    this.tables.update('refunds', 'outRefundNo', outRefundNo, changes)
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
