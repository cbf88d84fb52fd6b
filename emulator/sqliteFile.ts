import Database from 'libsql'

export type SqlValue = string | number | null

/** How long to wait for a process that is just closing the file. */
const lockTimeoutMs = 1_000

/**
 * Tables in one file: what they hold survives a restart, and a kill. The lock is exclusive, because a second emulator
 * would do the same work twice.
 */
export class SqliteFile {
  private readonly database: Database.Database
  /** One statement a text: each keeps the file open until it is collected as garbage. */
  private readonly statements = new Map<string, Database.Statement>()

  /** Opens the file, `:memory:` for none, and creates the tables that are missing. */
  constructor(file: string, schema: string) {
    this.database = new Database(file, { timeout: lockTimeoutMs })
    this.database.exec('PRAGMA locking_mode = EXCLUSIVE')
    this.database.exec('PRAGMA journal_mode = WAL')
    this.database.exec(schema)
  }

  /** Runs changes that belong together: all of them are kept, or none. */
  atomically<T>(change: () => T): T {
    return this.database.transaction(change)()
  }

  /** The first row of a query, if there is one. */
  one<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    const found = this.prepare(sql).get(...values) as Row & { _metadata?: unknown } | undefined
    // The driver adds how long it took: it would be taken for a column when the row is written again.
    if (found) delete found._metadata
    return found
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.prepare(sql).all(...values) as Row[]
  }

  insert(table: string, row: Record<string, SqlValue>): void {
    const names = Object.keys(row)
    this.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(row))
  }

  /** Changes columns of the rows whose `key` column has the value. */
  update(table: string, key: string, value: SqlValue, changes: Record<string, SqlValue | undefined>): void {
    const names = Object.keys(changes)
    const values = Object.values(changes) as SqlValue[]
    this.prepare(`UPDATE ${table} SET ${names.map(name => `${name} = ?`).join(', ')} WHERE ${key} = ?`).run(...values, value)
  }

  /** Runs any other change. */
  run(sql: string, ...values: SqlValue[]): void {
    this.prepare(sql).run(...values)
  }

  close(): void {
    // The connection lives on until its statements are collected as garbage, so the lock is given back by hand. SQLite
    // does that on the first read after the mode has changed, and only outside WAL mode.
    this.database.exec('PRAGMA journal_mode = DELETE')
    this.database.exec('PRAGMA locking_mode = NORMAL')
    this.one('SELECT count(*) FROM sqlite_master')
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
}
