import { readFileSync } from 'node:fs'
import { Client } from '../emulator/database/client.ts'
import type { Answer } from '../emulator/database/client.ts'
import type { DatabaseDeclaration } from '../../emulator/database/database.ts'
import type { Change, Collection, Condition, Database, Stored, Transaction, Where } from '../../backend/database.ts'
import type { Payments, World } from '../../backend/ports.ts'

const declaration = JSON.parse(readFileSync(new URL('../../backend/schema.json', import.meta.url), 'utf8')) as DatabaseDeclaration

/** Called around each database operation: may wait, and may throw to let its caller die there. */
export type Gate = <T>(what: string, operation: () => Promise<T>) => Promise<T>

/**
 * The use cases' world in this process: the local cloud's own database engine, a clock that is turned by hand, and a gate
 * at each operation, so that a test decides who comes first and who dies. No login; payments only where `gatewayThrough`
 * brings them.
 */
export async function openLocalWorld(clock = { nowMs: 1_700_000_000_000 }, gatewayThrough?: (gate: Gate) => Payments) {
  const client = await Client.open({}, declaration)
  let drawn = 0
  const worldThrough = (gate: Gate): World => ({
    clock: { nowMs: () => clock.nowMs },
    random: { hex: bytes => (++drawn).toString(16).padStart(bytes * 2, '0') },
    database: databaseOf(client, gate),
    gateways: gatewayThrough ? { 'cloudpay': gatewayThrough(gate), 'wechat-v3': unused('wechat-v3') } : unused('gateways'),
    codeToSession: unused('codeToSession'),
    openInterfaces: unused('openInterfaces'),
    contentCheck: unused('contentCheck'),
    files: unused('files'),
    log: { warn: () => undefined, error: (what, error) => { throw new Error(what, { cause: error }) } },
    settings: { storeId: 'main', mainStoreId: 'main', gateway: 'cloudpay', gatewayText: 'cloudpay', envId: 'local', isTradeManaged: false, templates: {} },
  })
  return {
    clock,
    worldThrough,
    /** A world that waits for nothing. */
    world: worldThrough((_what, operation) => operation()),
    close: () => client.database.close(),
  }
}

function unused<T extends object>(name: string): T {
  return new Proxy({} as T, { get: () => { throw new Error(`This world has no ${name}.`) } })
}

function databaseOf(client: Client, gate: Gate): Database {
  return {
    collection: <D extends Stored>(name: string) => collectionOf<D>(client, name, gate),
    transact: work => transact(client, gate, work),
  }
}

/** As `backend/wechat/database.ts` does it, but for the pause after a lost round: here nobody wins by being faster. */
async function transact<T>(client: Client, gate: Gate, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    const open = await gate('transaction begin', () => client.begin())
    try {
      const result = await work(transactionOf(open, gate))
      await gate('transaction commit change', async () => must(await open.commit()))
      return result
    } catch (error) {
      await open.abort()
      if (round === MAX_ROUNDS || !/CONFLICT|Conflict|duplicate key/.test(String(error))) throw error
    }
  }
}

/** More than the shop's own: the scheduler may prefer one writer for long. */
const MAX_ROUNDS = 100

function transactionOf(open: Client, gate: Gate): Transaction {
  const send = (action: string, collectionName: string, fields: Record<string, unknown>) => open.send(action, { collectionName, ...fields })
  return {
    read: <D extends Stored>(name: string, id: string) => gate(`${name} read`, async () => {
      const { data } = must(await send('getDocument', name, { query: JSON.stringify({ _id: { $eq: id } }), limit: 1 }))
      return data.list.length === 0 ? null : JSON.parse(String(data.list[0])) as D
    }),
    add: (name, document) => gate(`${name} transaction write`, async () => {
      must(await send('insertDocument', name, { data: [JSON.stringify(document)] }))
    }),
    change: (name, id, change) => gate(`${name} transaction write`, async () => {
      const query = JSON.stringify({ _id: { $eq: id } })
      const fields = { query, data: JSON.stringify(updateOf(change)), multi: false, merge: true, upsert: false }
      if (must(await send('modifyDocument', name, fields)).data.updated !== 1) throw new Error(`No document ${id} in ${name} to change.`)
    }),
  }
}

function collectionOf<D extends Stored>(client: Client, collectionName: string, gate: Gate): Collection<D> {
  const send = (action: string, fields: Record<string, unknown>) => client.send(action, { collectionName, ...fields })
  const find = async (where: Where, rest: Record<string, unknown>) => {
    const { data } = must(await send('getDocument', { query: JSON.stringify(queryOf(where)), ...rest }))
    return data.list.map(item => JSON.parse(String(item)) as D)
  }
  return {
    read: id => gate(`${collectionName} read`, async () => (await find({ _id: id }, { limit: 1 }))[0] ?? null),
    find: ({ where, sort, limit }) => gate(`${collectionName} find`, () =>
      find(where, { limit, ...(sort ? { order: JSON.stringify({ [sort[0]]: sort[1] === 'asc' ? 1 : -1 }) } : {}) })),
    add: document => gate(`${collectionName} add`, async () => {
      const answer = await send('insertDocument', { data: [JSON.stringify(document)] })
      if (/duplicate key/i.test(answer.message ?? '')) return 'Exists'
      must(answer)
      return 'Added'
    }),
    count: where => gate(`${collectionName} count`, async () =>
      must(await send('calculateDocument', { query: JSON.stringify(queryOf(where)) })).data.total),
    remove: id => gate(`${collectionName} remove`, async () => { must(await send('removeDocument', { query: JSON.stringify({ _id: id }), multi: false })) }),
    changeIf: (id, where, change) => gate(`${collectionName} change`, async () => {
      const query = JSON.stringify({ ...queryOf(where), _id: id })
      const answer = await send('modifyDocument', { query, data: JSON.stringify(updateOf(change)), multi: false, merge: true, upsert: false })
      return must(answer).data.updated === 1
    }),
  }
}

function must(answer: Answer): Answer {
  if (answer.code) throw new Error(`${answer.code}: ${answer.message}`)
  return answer
}

const operators: Record<Condition['op'], string> = { eq: '$eq', neq: '$ne', lt: '$lt', lte: '$lte', gt: '$gt', gte: '$gte', in: '$in' }

function queryOf(where: Where): Record<string, unknown> {
  return Object.fromEntries(Object.entries(where).map(([field, wanted]) => {
    if (wanted === null || typeof wanted !== 'object') return [field, { $eq: wanted }]
    return [field, { [operators[wanted.op]]: wanted.op === 'in' ? wanted.values : wanted.value }]
  }))
}

function updateOf({ set, inc, push, pushLast, pull }: Change): Record<string, unknown> {
  const lasts = Object.entries(pushLast ?? {}).map(([field, { value, keep }]) => [field, { $each: [value], $slice: -keep }])
  const known = set && Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined))
  const pushes = lasts.length > 0 ? { ...push, ...Object.fromEntries(lasts) as object } : push
  const parts = { $set: known, $inc: inc, $push: pushes, $pull: pull }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined))
}
