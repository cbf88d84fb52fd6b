import { EJSON } from 'bson'
import type { Database, DatabaseDeclaration } from '../../../emulator/database/database.ts'
import type { DatabaseOptions } from '../../../emulator/database/open.ts'
import { openDatabase } from '../../../emulator/database/open.ts'

type Fields = Record<string, unknown>

/** What an answer carries, whichever action it answers. */
export interface Answer {
  code?: string
  message?: string
  transactionId?: string
  data: { list: Fields[], total: number, updated: number, upsert_id: unknown, deleted: number, insertedIds: unknown[] }
}

/** Speaks the wire of the SDK to a database, with plain objects in the place of EJSON strings. */
export class Client {
  constructor(readonly database: Database, readonly transactionId?: string) {}

  static async open(options: Partial<DatabaseOptions> = {}, declaration: DatabaseDeclaration = { collections: [{ name: 'items' }] }) {
    const database = await openDatabase({ file: ':memory:', ...options })
    await database.declare(declaration)
    return new Client(database)
  }

  async begin(): Promise<Client> {
    const { transactionId } = await this.send('startTransaction', {})
    return new Client(this.database, transactionId)
  }

  commit(): Promise<Answer> {
    return this.send('commitTransaction', {})
  }

  abort(): Promise<Answer> {
    return this.send('abortTransaction', {})
  }

  insert(documents: Fields | Fields[], collectionName = 'items'): Promise<Answer> {
    return this.send('insertDocument', { collectionName, data: [documents].flat().map(document => EJSON.stringify(document)) })
  }

  async find(query: Fields, options: { order?: Fields, projection?: Fields, limit?: number, offset?: number } = {}): Promise<Fields[]> {
    const { order, projection, ...rest } = options
    const answer = await this.send('getDocument', { query: text(query), order: text(order), projection: text(projection), ...rest })
    if (answer.code) throw new Error(`${answer.code}: ${answer.message}`)
    return answer.data.list.map(item => EJSON.parse(String(item)) as Fields)
  }

  async get(id: string): Promise<Fields | undefined> {
    return (await this.find({ _id: id }))[0]
  }

  update(query: Fields, data: Fields, multi = false): Promise<Answer> {
    return this.send('modifyDocument', { query: text(query), data: text(data), multi, merge: true, upsert: false })
  }

  set(id: string, data: Fields): Promise<Answer> {
    return this.send('modifyDocument', { query: text({ _id: id }), data: text(data), multi: false, merge: false, upsert: true })
  }

  remove(query: Fields, multi = false): Promise<Answer> {
    return this.send('removeDocument', { query: text(query), multi })
  }

  aggregate(...stages: Fields[]): Promise<Answer> {
    return this.send('aggregateDocuments', { stages: stages.flatMap(stage => Object.entries(stage).map(wiredStage)) })
  }

  async send(action: string, fields: Fields): Promise<Answer> {
    const { transactionId } = this
    const body = { collectionName: 'items', ...fields, action: `database.${action}`, ...(transactionId && { transactionId }) }
    return await this.database.answer(body) as unknown as Answer
  }
}

function wiredStage([stageKey, value]: [string, unknown]): { stageKey: string, stageValue: string } {
  return { stageKey, stageValue: EJSON.stringify(value) }
}

function text(value: Fields | undefined): string | undefined {
  return value && EJSON.stringify(value, { relaxed: false })
}

/** True when a promise is still open after everything that could settle it at once has run. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open')
  const later = new Promise(resolve => setTimeout(() => resolve(open), 20))
  return await Promise.race([promise, later]) === open
}
