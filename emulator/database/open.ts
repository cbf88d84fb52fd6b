import { randomBytes } from 'node:crypto'
import type { CollectionDeclaration, Database, DatabaseAnswer, DatabaseDeclaration, DatabaseRequest, IndexDeclaration } from './database.ts'
import { RequestFailure } from './failures.ts'
import { Log } from './log.ts'
import type { Surroundings } from './requests.ts'
import { respond } from './requests.ts'
import { Store } from './store.ts'
import type { CommitListener } from './store.ts'

export interface DatabaseOptions {
  /** Created when it is missing, with its folder. `:memory:` keeps nothing. */
  file: string
  /** The clock of `serverDate`; the machine's unless told. */
  nowMs?: () => number
  /** How long a transaction may stay open; 30 seconds unless told. */
  transactionLimitMs?: number
  /** Is told of every commit: for whoever watches, such as a checker. */
  onCommit?: CommitListener
}

const TRANSACTION_LIMIT_MS = 30_000

/** Opens the database in a file and loads all of it. Fails when another process has the file open. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { file, nowMs = Date.now, transactionLimitMs = TRANSACTION_LIMIT_MS, onCommit } = options
  const store = new Store(new Log(file), transactionLimitMs, onCommit)
  const surroundings = { store, nowMs, newId }
  return {
    answer: body => answer(body, surroundings),
    declare: declaration => declare(declaration, store),
    close: async () => store.close(),
  }
}

/** 32 hexadecimal digits, as the service makes them. */
function newId(): string {
  return randomBytes(16).toString('hex')
}

async function answer(body: DatabaseRequest, surroundings: Surroundings): Promise<DatabaseAnswer> {
  surroundings.store.assertOpen()
  const requestId = surroundings.newId()
  try {
    return { requestId, ...await respond(body, surroundings) }
  } catch (error) {
    if (error instanceof RequestFailure) return { requestId, code: error.code, message: error.message }
    throw error
  }
}

async function declare({ collections }: DatabaseDeclaration, store: Store): Promise<void> {
  store.assertOpen()
  for (const collection of collections) await declareCollection(collection, store)
}

async function declareCollection({ name, indexes = [] }: CollectionDeclaration, store: Store): Promise<void> {
  if (!store.hasCollection(name)) store.addCollection(name)
  const collection = store.collection(name)
  for (const declaration of indexes) {
    const present = collection.declarations.find(other => other.name === declaration.name)
    if (!present) {
      await store.addIndex(collection, declaration)
    } else if (!sameIndex(present, declaration)) {
      throw new Error(`The index ${declaration.name} of ${name} already exists with another definition.`)
    }
  }
}

function sameIndex(left: IndexDeclaration, right: IndexDeclaration): boolean {
  return shapeOf(left) === shapeOf(right)
}

function shapeOf({ unique = false, keys }: IndexDeclaration): string {
  return JSON.stringify([unique, keys.map(({ field, direction }) => [field, direction])])
}
