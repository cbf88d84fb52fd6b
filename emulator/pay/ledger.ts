import Database from 'libsql'

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

type Value = string | number | null

/** How long to wait for a process that is just closing the file. */
const lockTimeoutMs = 1_000

/**
 * The books of WeChat Pay: what they hold survives a restart, and a kill. The lock is exclusive, because a second emulator
 * would send the same notices.
 */
export class Ledger {
  private readonly database: Database.Database
  /** One statement a text: each keeps the file open until it is collected as garbage. */
  private readonly statements = new Map<string, Database.Statement>()

  constructor(file: string) {
    this.database = new Database(file, { timeout: lockTimeoutMs })
    this.database.exec('PRAGMA locking_mode = EXCLUSIVE')
    this.database.exec('PRAGMA journal_mode = WAL')
    this.database.exec(schema)
  }

  /** Runs changes that belong together: all of them are kept, or none. */
  atomically<T>(change: () => T): T {
    return this.database.transaction(change)()
  }

  trade(outTradeNo: string): Trade | undefined {
    return this.one<Trade>('SELECT * FROM trades WHERE outTradeNo = ?', outTradeNo)
  }

  tradeOfPrepay(prepayId: string): Trade | undefined {
    return this.one<Trade>('SELECT * FROM trades WHERE prepayId = ?', prepayId)
  }

  tradeOfTransaction(transactionId: string): Trade | undefined {
    return this.one<Trade>('SELECT * FROM trades WHERE transactionId = ?', transactionId)
  }

  trades(): Trade[] {
    return this.all<Trade>('SELECT * FROM trades ORDER BY createdAtMs, outTradeNo')
  }

  addTrade(trade: Trade): void {
    this.insert('trades', { ...trade })
  }

  changeTrade(outTradeNo: string, changes: Partial<Trade>): void {
    this.update('trades', 'outTradeNo', outTradeNo, changes)
  }

  refund(outRefundNo: string): Refund | undefined {
    return this.one<Refund>('SELECT * FROM refunds WHERE outRefundNo = ?', outRefundNo)
  }

  refundsOf(outTradeNo: string): Refund[] {
    return this.all<Refund>('SELECT * FROM refunds WHERE outTradeNo = ? ORDER BY acceptedAtMs, outRefundNo', outTradeNo)
  }

  refunds(): Refund[] {
    return this.all<Refund>('SELECT * FROM refunds ORDER BY acceptedAtMs, outRefundNo')
  }

  /** Accepted refunds, the one that is done first at the head. */
  refundsUnderWay(): Refund[] {
    return this.all<Refund>('SELECT * FROM refunds WHERE state = \'PROCESSING\' ORDER BY doneAtMs')
  }

  addRefund(refund: Refund): void {
    this.insert('refunds', { ...refund })
  }

  changeRefund(outRefundNo: string, changes: Partial<Refund>): void {
    this.update('refunds', 'outRefundNo', outRefundNo, changes)
  }

  notices(): Notice[] {
    return this.all<Notice>('SELECT * FROM notices ORDER BY id')
  }

  noticesOf(subject: string): Notice[] {
    return this.all<Notice>('SELECT * FROM notices WHERE subject = ? ORDER BY id', subject)
  }

  /** Notices that still have to arrive, the next one at the head. */
  waitingNotices(): Notice[] {
    return this.all<Notice>('SELECT * FROM notices WHERE state = \'waiting\' ORDER BY nextAtMs, id')
  }

  addNotice(notice: Omit<Notice, 'id'>): void {
    this.insert('notices', { ...notice })
  }

  changeNotice(id: number, changes: Partial<Notice>): void {
    this.update('notices', 'id', id, changes)
  }

  close(): void {
    // The lock is given back by hand, as in the log of the database: the connection outlives its closing.
    this.database.exec('PRAGMA journal_mode = DELETE')
    this.database.exec('PRAGMA locking_mode = NORMAL')
    this.trades()
    this.statements.clear()
    this.database.close()
  }

  private prepare(sql: string): Database.Statement {
    const known = this.statements.get(sql)
    if (known) return known
    const statement = this.database.prepare(sql)
    this.statements.set(sql, statement)
    return statement
  }

  private one<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.prepare(sql).get(...values) as Row | undefined
  }

  private all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.prepare(sql).all(...values) as Row[]
  }

  private insert(table: string, row: Record<string, Value>): void {
    const names = Object.keys(row)
    this.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(row))
  }

  private update(table: string, key: string, value: Value, changes: Record<string, Value | undefined>): void {
    const names = Object.keys(changes)
    const values = Object.values(changes) as Value[]
    this.prepare(`UPDATE ${table} SET ${names.map(name => `${name} = ?`).join(', ')} WHERE ${key} = ?`).run(...values, value)
  }
}
