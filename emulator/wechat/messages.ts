import type { SqliteFile } from '../sqliteFile.ts'

/** `subscribe`: a subscription message; `customer`: customer service; `service`: a notice of WeChat itself, such as "shipped". */
export type MessageKind = 'subscribe' | 'customer' | 'service'

/** One message between the mini program and a person. */
export interface Message {
  id: number
  openid: string
  kind: MessageKind
  direction: 'toPerson' | 'fromPerson'
  atMs: number
  content: unknown
  /** True for what a person wrote and the staff has to answer, because no function did. */
  isForStaff: boolean
}

type Row = Omit<Message, 'content' | 'isForStaff'> & { content: string, isForStaff: number }

/** The table behind Messages. */
export const messageTables = `
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, openid TEXT NOT NULL, kind TEXT NOT NULL, direction TEXT NOT NULL, atMs INTEGER NOT NULL,
    content TEXT NOT NULL, isForStaff INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS messagesOfPerson ON messages (openid, id);
`

/** Everything that people got from the mini program, and wrote to it. */
export class Messages {
  constructor(private readonly tables: SqliteFile, private readonly nowMs: () => number) {}

  /** Delivers a message to a person. */
  deliver(openid: string, kind: MessageKind, content: unknown): void {
    this.add({ openid, kind, direction: 'toPerson', content, isForStaff: false })
  }

  /** Keeps what a person wrote. */
  receive(openid: string, content: unknown, isForStaff: boolean): void {
    this.add({ openid, kind: 'customer', direction: 'fromPerson', content, isForStaff })
  }

  /** Messages of a person, or of everybody, oldest first. */
  list(openid?: string): Message[] {
    const rows = openid === undefined
      ? this.tables.all<Row>('SELECT * FROM messages ORDER BY id')
      : this.tables.all<Row>('SELECT * FROM messages WHERE openid = ? ORDER BY id', openid)
    return rows.map(row => ({ ...row, content: JSON.parse(row.content) as unknown, isForStaff: row.isForStaff === 1 }))
  }

  private add({ content, isForStaff, ...message }: Omit<Message, 'id' | 'atMs'>): void {
    this.tables.insert('messages', { ...message, atMs: this.nowMs(), content: JSON.stringify(content), isForStaff: isForStaff ? 1 : 0 })
  }
}
