import { randomBytes } from 'node:crypto'
import { SqliteFile } from '../sqliteFile.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS owners (path TEXT PRIMARY KEY, openid TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS link_keys (key TEXT NOT NULL);
`

/** What the storage remembers beside the files: who uploaded each from a client, and the key that signs its links. */
export class Owners {
  /** Signs the links to private files; each data folder has a key of its own. */
  readonly linkKey: string
  private readonly file: SqliteFile

  /** Opens the file; throws when it is no database, or another process uses it. */
  constructor(path: string) {
    this.file = new SqliteFile(path, schema)
    this.linkKey = this.file.one<{ key: string }>('SELECT key FROM link_keys')?.key ?? this.createKey()
  }

  /** The openid of the client that uploaded a file; null for one that a function wrote. */
  find(path: string): string | null {
    return this.file.one<{ openid: string }>('SELECT openid FROM owners WHERE path = ?', path)?.openid ?? null
  }

  /** Notes who wrote a file; null stands for functions, and for a file that is gone. */
  note(path: string, openid: string | null): void {
    if (openid === null) this.file.run('DELETE FROM owners WHERE path = ?', path)
    else this.file.run('INSERT OR REPLACE INTO owners (path, openid) VALUES (?, ?)', path, openid)
  }

  close(): void {
    this.file.close()
  }

  private createKey(): string {
    const key = randomBytes(32).toString('hex')
    this.file.insert('link_keys', { key })
    return key
  }
}
