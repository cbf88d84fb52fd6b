import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Database, DatabaseDeclaration, DatabaseRequest } from '../../../emulator/database/database.ts'
import { openDatabase } from '../../../emulator/database/open.ts'

/** The versions of the SDK that are tested, by the names they are installed under. */
export const SDKS = ['wx-server-sdk', 'wx-server-sdk-3'] as const

/** All functions of `db.command` that make conditions. */
export const QUERY_COMMANDS = [
  'eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in', 'nin', 'all', 'elemMatch', 'exists', 'size', 'mod', 'geoNear', 'geoWithin', 'geoIntersects',
  'and', 'nor', 'or', 'not', 'expr', 'jsonSchema', 'text',
] as const

/** All functions of `db.command` that change fields. */
export const UPDATE_COMMANDS = [
  'set', 'remove', 'inc', 'mul', 'push', 'pull', 'pullAll', 'pop', 'shift', 'unshift', 'addToSet', 'rename', 'bit', 'max', 'min',
] as const

/** All functions of `db.command.aggregate`, but for `pipeline`. */
export const EXPRESSIONS = [
  'abs', 'add', 'ceil', 'divide', 'exp', 'floor', 'ln', 'log', 'log10', 'mod', 'multiply', 'pow', 'sqrt', 'subtract', 'trunc', 'arrayElemAt',
  'arrayToObject', 'concatArrays', 'filter', 'in', 'indexOfArray', 'isArray', 'map', 'range', 'reduce', 'reverseArray', 'size', 'slice', 'zip',
  'and', 'not', 'or', 'cmp', 'eq', 'gt', 'gte', 'lt', 'lte', 'neq', 'cond', 'ifNull', 'switch', 'dateFromParts', 'dateFromString', 'dayOfMonth',
  'dayOfWeek', 'dayOfYear', 'isoDayOfWeek', 'isoWeek', 'isoWeekYear', 'millisecond', 'minute', 'month', 'second', 'hour', 'week', 'year',
  'literal', 'mergeObjects', 'objectToArray', 'allElementsTrue', 'anyElementTrue', 'setDifference', 'setEquals', 'setIntersection',
  'setIsSubset', 'setUnion', 'concat', 'dateToString', 'indexOfBytes', 'indexOfCP', 'split', 'strLenBytes', 'strLenCP', 'strcasecmp',
  'substr', 'substrBytes', 'substrCP', 'toLower', 'toUpper', 'meta', 'addToSet', 'avg', 'first', 'last', 'max', 'min', 'push', 'stdDevPop',
  'stdDevSamp', 'sum', 'let',
] as const

/** The stages that `aggregate()` can send. */
export const STAGES = [
  'addFields', 'bucket', 'bucketAuto', 'count', 'geoNear', 'group', 'limit', 'lookup', 'match', 'project', 'replaceRoot', 'sample', 'skip',
  'sort', 'sortByCount', 'unwind',
] as const

/** The shapes of `db.Geo`. */
export const SHAPES = ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'] as const

export type Fields = Record<string, unknown>
type Make<T> = (...values: unknown[]) => T

/** A condition, which can be continued with more of them. */
export type Condition = { [name in 'and' | 'or' | 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'nin']: Make<Condition> }

type Conditions = Record<typeof QUERY_COMMANDS[number], Make<Condition>>
type Changes = Record<typeof UPDATE_COMMANDS[number], Make<object>>

export interface Command extends Conditions, Changes {
  aggregate: Record<typeof EXPRESSIONS[number], Make<object>> & { pipeline: () => PipelineBuilder }
  project: Record<'slice' | 'elemMatch', Make<object>>
}

export type PipelineBuilder = Record<typeof STAGES[number], (value: unknown) => PipelineBuilder> & { done(): object[] }
export type Aggregate = Record<typeof STAGES[number], (value: unknown) => Aggregate> & { end(): Promise<{ list: Fields[] }> }

export interface Query {
  where(query: object): Query
  field(projection: object): Query
  orderBy(field: string, direction: 'asc' | 'desc'): Query
  limit(count: number): Query
  skip(count: number): Query
  get(): Promise<{ data: Fields[] }>
  count(): Promise<{ total: number }>
  update(options: { data: object, multi?: boolean }): Promise<{ stats: { updated: number } }>
  remove(): Promise<{ stats: { removed: number } }>
}

export interface Collection extends Query {
  add(options: { data: object }): Promise<{ _id: string }>
  doc(id: string | number): DocumentReference
  aggregate(): Aggregate
}

export interface DocumentReference {
  get(): Promise<{ data: Fields }>
  field(projection: object): DocumentReference
  set(options: { data: object }): Promise<unknown>
  update(options: { data: object }): Promise<{ stats: { updated: number } }>
}

export interface CloudDatabase {
  command: Command
  Geo: Record<typeof SHAPES[number], Make<object>>
  RegExp(options: { regexp: string, options?: string }): object
  serverDate(options?: { offset: number }): object
  createCollection(name: string): Promise<unknown>
  collection(name: string): Collection
  runTransaction<T>(callback: (transaction: Pick<CloudDatabase, 'collection'>) => Promise<T>): Promise<T>
}

/** A database with a server before it, and one version of the SDK that speaks to it. */
export interface Cloud {
  db: CloudDatabase
  database: Database
  close(): Promise<void>
}

interface Sdk {
  init(options: { env: string }): void
  database(options: { throwOnNotFound: boolean }): CloudDatabase
}

/**
 * Opens an empty database and points a version of the SDK at it. Both versions read the same environment, so that only the one
 * opened last can be used.
 */
export async function openCloud(sdk: typeof SDKS[number], declaration: DatabaseDeclaration, nowMs?: () => number): Promise<Cloud> {
  const database = await openDatabase({ file: ':memory:', ...(nowMs && { nowMs }) })
  await database.declare(declaration)
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const answer = await database.answer(JSON.parse(Buffer.concat(chunks).toString()) as DatabaseRequest)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  Object.assign(process.env, environment(server))
  const cloud = createRequire(import.meta.url)(sdk) as Sdk
  cloud.init({ env: 'local-env' })
  const close = async () => {
    await new Promise(resolve => server.close(resolve).closeAllConnections())
    await database.close()
  }
  return { db: cloud.database({ throwOnNotFound: false }), database, close }
}

/** The environment of a cloud function whose cloud is a server of this process. */
function environment(server: Server): Record<string, string> {
  const { port } = server.address() as AddressInfo
  return {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `http://127.0.0.1:${port}/admin` }),
    TENCENTCLOUD_RUNENV: 'SCF', TENCENTCLOUD_REGION: 'ap-shanghai', SCF_NAMESPACE: 'local-env', TCB_ENV: 'local-env',
    TENCENTCLOUD_SECRETID: 'local', TENCENTCLOUD_SECRETKEY: 'local', TENCENTCLOUD_SESSIONTOKEN: 'local',
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE,TCB_SEQID', TCB_SOURCE: 'wx_client', TCB_SEQID: 'test', WX_CONTEXT_KEYS: '',
  }
}
