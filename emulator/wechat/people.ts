import type { SqliteFile } from '../sqliteFile.ts'

/** The table behind People. */
export const peopleTables = 'CREATE TABLE IF NOT EXISTS people (openid TEXT PRIMARY KEY, seenAtMs INTEGER NOT NULL);'

/** When each person last used the mini program. */
export class People {
  constructor(private readonly tables: SqliteFile, private readonly nowMs: () => number) {}

  /** Notes that a person uses the mini program now. */
  see(openid: string): void {
    this.tables.run(
      'INSERT INTO people (openid, seenAtMs) VALUES (?, ?) ON CONFLICT (openid) DO UPDATE SET seenAtMs = excluded.seenAtMs',
      openid, this.nowMs(),
    )
  }

  /** Null for somebody who never did. */
  seenAtMs(openid: string): number | null {
    return this.tables.one<{ seenAtMs: number }>('SELECT seenAtMs FROM people WHERE openid = ?', openid)?.seenAtMs ?? null
  }
}
