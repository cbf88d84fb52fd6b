import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'
import type { IndexDeclaration } from './database.ts'
import type { StoredDocument } from './document.ts'
import { decodeStored, encode } from './ejson.ts'

/** One document as a commit leaves it; without `stored` it is gone. */
export interface LoggedChange {
  collection: string
  key: string
  stored: StoredDocument | undefined
}

interface DocumentRow {
  collection: string
  key: string
  sequence: number
  body: string
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS indexes (
    collection TEXT NOT NULL, name TEXT NOT NULL, declaration TEXT NOT NULL, PRIMARY KEY (collection, name)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, key TEXT NOT NULL, sequence INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (collection, key)
  ) WITHOUT ROWID;
`

/** How long to wait for a process that is just closing the file. */
const LOCK_TIMEOUT_MS = 1_000

/**
 * The file behind the documents in memory: one SQLite transaction a commit.
 *
 * It is read once, when the database opens. `synchronous = NORMAL` in WAL mode keeps every acknowledged commit when the
 * process is killed; only a power cut may lose the latest. The lock is exclusive, because a second process would not see
 * what the first keeps in memory.
 */
export class Log {
  readonly #sqlite: Libsql.Database
  readonly #replace: Libsql.Statement
  readonly #delete: Libsql.Statement

  constructor(file: string) {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    this.#sqlite = new Libsql(file, { timeout: LOCK_TIMEOUT_MS })
    this.#sqlite.exec('PRAGMA locking_mode = EXCLUSIVE')
    this.#sqlite.exec('PRAGMA journal_mode = WAL')
    this.#sqlite.exec('PRAGMA synchronous = NORMAL')
    this.#sqlite.exec(SCHEMA)
    this.#replace = this.#sqlite.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)')
    this.#delete = this.#sqlite.prepare('DELETE FROM documents WHERE collection = ? AND key = ?')
  }

  collections(): string[] {
    const rows = this.#sqlite.prepare('SELECT name FROM collections').all() as { name: string }[]
    return rows.map(({ name }) => name)
  }

  indexes(collection: string): IndexDeclaration[] {
    const rows = this.#sqlite.prepare('SELECT declaration FROM indexes WHERE collection = ?').all(collection) as { declaration: string }[]
    return rows.map(({ declaration }) => JSON.parse(declaration) as IndexDeclaration)
  }

  /** All documents of a collection, oldest first. */
  documents(collection: string): StoredDocument[] {
    const rows = this.#sqlite.prepare('SELECT * FROM documents WHERE collection = ? ORDER BY sequence').iterate(collection)
    // One row after the other: all the texts at once would fill the memory a second time.
    return Array.from(rows as Iterable<DocumentRow>, ({ key, sequence, body }) => ({ key, sequence, document: decodeStored(body) }))
  }

  addCollection(name: string): void {
    this.#sqlite.prepare('INSERT INTO collections VALUES (?)').run(name)
  }

  addIndex(collection: string, declaration: IndexDeclaration): void {
    this.#sqlite.prepare('INSERT INTO indexes VALUES (?, ?, ?)').run(collection, declaration.name, JSON.stringify(declaration))
  }

  /** Writes all changes or none. They are durable when this returns. */
  commit(changes: readonly LoggedChange[]): void {
    this.#sqlite.transaction(() => {
      for (const change of changes) this.#write(change)
    })()
  }

  close(): void {
    // The connection lives on until its statements are collected as garbage, so the lock is given back by hand. SQLite
    // does that on the first read after the mode has changed, and only outside WAL mode.
    this.#sqlite.exec('PRAGMA journal_mode = DELETE')
    this.#sqlite.exec('PRAGMA locking_mode = NORMAL')
    this.collections()
    this.#sqlite.close()
  }

  #write({ collection, key, stored }: LoggedChange): void {
    if (stored) {
      this.#replace.run(collection, key, stored.sequence, encode(stored.document))
    } else {
      this.#delete.run(collection, key)
    }
  }
}
