import type { Change, Collection, Condition, Database, Stored, Transaction, Where } from '../database.ts'
import { cloudDatabase } from './cloud.ts'
import type { CloudDatabase, CloudTransaction, Commands } from './cloud.ts'

/**
 * Rounds of a transaction before giving up: one that lost a document, or the race to be the first to add it, starts again,
 * and then finds what the winner wrote. And the pause after a lost round, which grows and is never the same for two.
 */
const MAX_ROUNDS = 8
const PAUSE_MS = 20

/** The database port on wx-server-sdk. */
export function openCloudDatabase(): Database {
  const database = cloudDatabase()
  return {
    collection: <D extends Stored>(name: string) => collectionOf<D>(database, name),
    transact: work => transact(database, work),
  }
}

function collectionOf<D extends Stored>(database: CloudDatabase, name: string): Collection<D> {
  const { command } = database
  const where = (condition: Where) => database.collection(name).where(wireWhere(command, condition))
  return {
    read: async id => (await database.collection(name).doc(id).get()).data as D | null,
    add: async (document) => {
      try {
        await database.collection(name).add({ data: document })
        return 'Added'
      } catch (error) {
        if (isDuplicate(error)) return 'Exists'
        throw error
      }
    },
    find: async ({ where: condition, sort, limit }) => {
      const query = Object.keys(condition).length > 0 ? where(condition) : database.collection(name)
      return (await (sort ? query.orderBy(...sort) : query).limit(limit).get()).data as D[]
    },
    remove: async (id) => { await database.collection(name).doc(id).remove() },
    count: async condition => (await where(condition).count()).total,
    changeIf: async (id, condition, change) => {
      const { stats } = await where({ ...condition, _id: id }).update({ data: wireChange(command, change) })
      return stats.updated === 1
    },
  }
}

async function transact<T>(database: CloudDatabase, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    const transaction = await database.startTransaction()
    try {
      const result = await work(transactionOf(database.command, transaction))
      await transaction.commit()
      return result
    } catch (error) {
      await rollBack(transaction)
      if (!(isConflict(error) || isDuplicate(error)) || round === MAX_ROUNDS) throw error
      await new Promise(resolve => setTimeout(resolve, Math.random() * PAUSE_MS * 2 ** round))
    }
  }
}

/** A transaction that lost a conflict may be over already; then there is nothing to roll back, and the first error counts. */
async function rollBack(transaction: CloudTransaction): Promise<void> {
  await transaction.rollback().catch((error: unknown) => console.warn('A transaction could not be rolled back:', String(error)))
}

function transactionOf(command: Commands, transaction: CloudTransaction): Transaction {
  return {
    read: async <D extends Stored>(collection: string, id: string) =>
      (await transaction.collection(collection).doc(id).get()).data as D | null,
    add: async (collection, document) => { await transaction.collection(collection).add({ data: document }) },
    change: async (collection, id, change) => {
      const { stats } = await transaction.collection(collection).doc(id).update({ data: wireChange(command, change) })
      if (stats.updated !== 1) throw new Error(`No document ${id} in ${collection} to change.`)
    },
  }
}

function wireWhere(command: Commands, where: Where): Record<string, unknown> {
  return Object.fromEntries(Object.entries(where).map(([field, wanted]) => [field, wireCondition(command, wanted)]))
}

function wireCondition(command: Commands, wanted: Where[string]): unknown {
  if (wanted === null || typeof wanted !== 'object') return command.eq(wanted)
  const condition: Condition = wanted
  return condition.op === 'in' ? command.in(condition.values) : command[condition.op](condition.value)
}

/** Objects are wrapped in `_.set`: the SDK would otherwise merge them field by field into what is there. */
function wireChange(command: Commands, { set = {}, inc = {}, push = {}, pushLast = {}, pull = {} }: Change): Record<string, unknown> {
  const known = Object.entries(set).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(known.map(([field, value]) => [field, command.set(value)])),
    ...Object.fromEntries(Object.entries(inc).map(([field, by]) => [field, command.inc(by)])),
    ...Object.fromEntries(Object.entries(push).map(([field, value]) => [field, command.push([value])])),
    ...Object.fromEntries(Object.entries(pushLast).map(([field, { value, keep }]) =>
      [field, command.push({ each: [value], slice: -keep })])),
    ...Object.fromEntries(Object.entries(pull).map(([field, value]) => [field, command.pull(value)])),
  }
}

/** A unique index or an `_id` refused the document. Source: the recorded answer of the service, E11000. */
const isDuplicate = (error: unknown): boolean => /duplicate key/i.test(textOf(error))

/**
 * Another writer was quicker. The SDK itself repeats only conflicts at commit, which carry a code; those of a document
 * operation lose it and are known by their text alone.
 */
const isConflict = (error: unknown): boolean => /TransactionConflict|DATABASE_TRANSACTION_CONFLICT/.test(textOf(error))

function textOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown, message?: unknown }
  return `${String(code)} ${String(message ?? error)}`
}
