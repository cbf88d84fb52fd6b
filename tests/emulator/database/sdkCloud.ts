import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Database, DatabaseDeclaration, DatabaseRequest } from '../../../emulator/database/database.ts'
import type { DatabaseOptions } from '../../../emulator/database/open.ts'
import { openDatabase } from '../../../emulator/database/open.ts'

/** The SDKs that functions use, unmodified: 4.0.2, and 3.0.4 under an alias. */
export const SDKS = ['wx-server-sdk', 'wx-server-sdk-3'] as const

type Operands<Names extends string> = Record<Names, (...operands: unknown[]) => Expression>

export interface Expression {
  and(other: Expression): Expression
}

/** An aggregation under way; every stage gives the next. */
export interface Pipeline extends Record<
  'match' | 'group' | 'sort' | 'limit' | 'lookup' | 'project' | 'addFields' | 'unwind' | 'replaceRoot' | 'count', (argument: unknown) => Pipeline
> {
  end(): Promise<{ list: unknown[] }>
  done(): unknown
}

type Aggregation = Operands<'sum' | 'avg' | 'push' | 'eq' | 'dateToString' | 'add' | 'mergeObjects'> & { pipeline(): Pipeline }

export type Command = Operands<
  'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'neq' | 'or' | 'exists' | 'size' | 'expr'
  | 'inc' | 'mul' | 'push' | 'pull' | 'unshift' | 'addToSet' | 'remove' | 'max' | 'set'
> & { aggregate: Aggregation }

interface Written {
  stats: { updated: number, removed: number, created: number }
}

export interface CloudQuery {
  get(): Promise<{ data: Record<string, unknown>[] }>
  count(): Promise<{ total: number }>
  orderBy(field: string, direction: 'asc' | 'desc'): CloudQuery
  skip(count: number): CloudQuery
  limit(count: number): CloudQuery
  field(projection: object): CloudQuery
  update(options: { data: object, multi?: false }): Promise<Written>
  remove(): Promise<Written>
}

export interface CloudDocument {
  field(projection: object): CloudDocument
  get(): Promise<{ data: Record<string, unknown> }>
  set(options: { data: object }): Promise<Written>
  update(options: { data: object }): Promise<Written>
  remove(): Promise<Written>
}

export interface CloudCollection extends CloudQuery {
  add(options: { data: object }): Promise<{ _id: string }>
  doc(id: string): CloudDocument
  where(query: unknown): CloudQuery
  aggregate(): Pipeline
}

export interface CloudTransaction {
  collection(name: string): CloudCollection
  commit(): Promise<unknown>
  rollback(reason?: unknown): Promise<unknown>
}

/** What these tests use of the SDK, whose own types lack some options and most results. */
export interface CloudDatabase {
  command: Command
  serverDate(options?: { offset: number }): unknown
  RegExp(options: { regexp: string, options: string }): unknown
  createCollection(name: string): Promise<unknown>
  collection(name: string): CloudCollection
  startTransaction(): Promise<CloudTransaction>
  runTransaction<Result>(callback: (transaction: CloudTransaction) => Promise<Result>, times?: number): Promise<Result>
}

interface Cloud {
  init(options: { env: string }): void
  database(options: { throwOnNotFound: boolean }): CloudDatabase
}

/** One request as it came in over HTTP, with its answer once there is one. */
export interface Exchange {
  method: string | undefined
  url: string | undefined
  contentType: string | undefined
  body: DatabaseRequest
  answer?: object
}

export interface SdkCloud {
  db: CloudDatabase
  database: Database
  /** All requests that the SDK has sent, in the order in which they came in. */
  exchanges: Exchange[]
  stop(): Promise<void>
}

/** Starts the least server that an SDK accepts, and loads the SDK with the environment of a cloud function. */
export async function startSdkCloud(
  sdk: typeof SDKS[number], options: Partial<DatabaseOptions> = {}, declaration: DatabaseDeclaration = { collections: [] },
): Promise<SdkCloud> {
  const database = await openDatabase({ file: ':memory:', ...options })
  await database.declare(declaration)
  const exchanges: Exchange[] = []
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request
    const exchange: Exchange = { method, url, contentType: headers['content-type'], body: await bodyOf(request) }
    exchanges.push(exchange)
    exchange.answer = await database.answer(exchange.body)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(exchange.answer))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const stop = async () => {
    server.close()
    server.closeAllConnections()
    await database.close()
  }
  return { db: loadSdk(sdk, (server.address() as AddressInfo).port), database, exchanges, stop }
}

async function bodyOf(request: IncomingMessage): Promise<DatabaseRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString()) as DatabaseRequest
}

function loadSdk(sdk: string, port: number): CloudDatabase {
  Object.assign(process.env, {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `http://127.0.0.1:${port}/admin` }),
    TENCENTCLOUD_RUNENV: 'SCF', TENCENTCLOUD_REGION: 'ap-shanghai', SCF_NAMESPACE: 'local-env', TCB_ENV: 'local-env',
    TENCENTCLOUD_SECRETID: 'local', TENCENTCLOUD_SECRETKEY: 'local', TENCENTCLOUD_SESSIONTOKEN: 'local',
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE,TCB_SEQID', TCB_SOURCE: 'wx_client', TCB_SEQID: 'test', WX_CONTEXT_KEYS: '',
  })
  const cloud = createRequire(import.meta.url)(sdk) as Cloud
  cloud.init({ env: 'local-env' })
  return cloud.database({ throwOnNotFound: false })
}
