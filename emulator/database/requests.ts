import { aggregate } from './aggregate/pipeline.ts'
import type { DatabaseRequest } from './database.ts'
import type { Document } from './document.ts'
import { isPlainObject } from './document.ts'
import { decode, decodeObject, encode } from './ejson.ts'
import { invalidRequest, refused, RequestFailure } from './failures.ts'
import type { SortOrder } from './order.ts'
import { insertion, modification, removal } from './proposals.ts'
import { compileProjection } from './query/projection.ts'
import { mentionsNear } from './geo/near.ts'
import type { Explanation } from './select.ts'
import { select, selectExplained, sortOrderOf } from './select.ts'
import type { Store } from './store.ts'
import type { Transaction } from './transactions.ts'

/** What the requests need beside the store: time and chance come in through the door. */
export interface Surroundings {
  store: Store
  nowMs: () => number
  newId: () => string
}

type Fields = Record<string, unknown>
type InTransaction = Transaction | null
type Handler = (body: DatabaseRequest, surroundings: Surroundings, transaction: InTransaction) => object | Promise<object>

const LIMIT_DEFAULT = 100
const LIMIT_MAX = 1_000

/** Every action of the wire, by its name. */
const handlers: Readonly<Record<string, Handler>> = {
  'database.addCollection': addCollection,
  'database.insertDocument': insertDocument,
  'database.getDocument': getDocument,
  'database.calculateDocument': calculateDocument,
  'database.modifyDocument': modifyDocument,
  'database.removeDocument': removeDocument,
  'database.aggregateDocuments': aggregateDocuments,
  'database.explain': explain,
}

/** Carries one request out and returns the fields of its answer. Throws a RequestFailure where the service would refuse. */
export async function respond(body: DatabaseRequest, surroundings: Surroundings): Promise<object> {
  const { store, newId } = surroundings
  switch (body.action) {
    case 'database.startTransaction': return startTransaction(store, newId())
    case 'database.commitTransaction': return commitTransaction(store, text(body, 'transactionId'))
    case 'database.abortTransaction': return abortTransaction(store, text(body, 'transactionId'))
  }
  const handler = handlers[body.action]
  if (!handler) throw invalidRequest(`unknown action: ${body.action}`)
  if (!body.transactionId) return handler(body, surroundings, null)
  const transaction = store.transactions.usable(text(body, 'transactionId'))
  try {
    return await handler(body, surroundings, transaction)
  } catch (error) {
    if (error instanceof RequestFailure) store.transactions.fail(transaction, error)
    throw error
  }
}

function startTransaction(store: Store, transactionId: string): Fields {
  store.transactions.start(transactionId, store.commits)
  return { transactionId }
}

function commitTransaction(store: Store, id: string): Fields {
  store.commit(store.transactions.find(id))
  return { committed: 1 }
}

function abortTransaction(store: Store, id: string): Fields {
  store.transactions.end(store.transactions.find(id))
  return { aborted: 1 }
}

function addCollection(body: DatabaseRequest, { store }: Surroundings): Fields {
  store.addCollection(text(body, 'collectionName'))
  return {}
}

async function insertDocument(body: DatabaseRequest, { store, nowMs, newId }: Surroundings, transaction: InTransaction): Promise<Fields> {
  const collection = store.collection(text(body, 'collectionName'))
  if (!Array.isArray(body.data)) throw invalidRequest('data must be a list')
  const documents = body.data.map((item: unknown) => {
    if (typeof item !== 'string') throw invalidRequest('data must hold strings')
    const document = decodeObject(item, nowMs())
    const { _id = newId(), ...fields } = document
    return { _id, ...fields }
  })
  await store.write(insertion(collection, documents), transaction)
  return { data: { insertedIds: documents.map(({ _id }) => _id) } }
}

function getDocument(body: DatabaseRequest, { store, nowMs }: Surroundings, transaction: InTransaction): Fields {
  const collection = store.collection(text(body, 'collectionName'))
  const { query, order, offset, limit } = selectionOf(body, nowMs())
  const projection = object(body, 'projection', nowMs())
  const project = projection ? compileProjection(projection, query) : (document: Document) => document
  const found = select(store.reader(transaction), collection, { query, order, offset, limit })
  return { data: { list: found.map(({ document }) => encode(project(document))), offset, limit } }
}

function selectionOf(body: DatabaseRequest, nowMs: number): { query: Document, order: SortOrder, offset: number, limit: number } {
  return {
    query: object(body, 'query', nowMs) ?? {},
    order: sortOrderOf(object(body, 'order', nowMs) ?? {}),
    offset: count(body, 'offset') ?? 0,
    limit: Math.min(count(body, 'limit') || LIMIT_DEFAULT, LIMIT_MAX),
  }
}

function calculateDocument(body: DatabaseRequest, { store, nowMs }: Surroundings, transaction: InTransaction): Fields {
  const collection = store.collection(text(body, 'collectionName'))
  const query = object(body, 'query', nowMs()) ?? {}
  if (mentionsNear(query)) throw refused('(BadValue) $geoNear, $near, and $nearSphere are not allowed in this context')
  return { data: { total: select(store.reader(transaction), collection, { query }).length } }
}

async function modifyDocument(body: DatabaseRequest, { store, nowMs, newId }: Surroundings, transaction: InTransaction): Promise<Fields> {
  const collection = store.collection(text(body, 'collectionName'))
  const query = object(body, 'query', nowMs()) ?? {}
  const data = object(body, 'data', nowMs())
  if (!data) throw invalidRequest('data is missing')
  const upsertId = body.upsert === true ? idIn(query) ?? newId() : null
  const changes = await store.write(
    modification(collection, { query, data, merge: body.merge === true, multi: body.multi === true, upsertId, nowMs: nowMs() }),
    transaction,
  )
  const updated = changes.filter(({ before }) => before !== undefined).length
  return { data: { updated, upsert_id: changes.length > updated ? upsertId : null } }
}

async function removeDocument(body: DatabaseRequest, { store, nowMs }: Surroundings, transaction: InTransaction): Promise<Fields> {
  const collection = store.collection(text(body, 'collectionName'))
  const query = object(body, 'query', nowMs()) ?? {}
  const changes = await store.write(removal(collection, query, body.multi === true), transaction)
  return { data: { deleted: changes.length } }
}

function aggregateDocuments(body: DatabaseRequest, surroundings: Surroundings): Fields {
  return { data: { list: runPipeline(body, surroundings).list.map(encode) } }
}

function runPipeline(body: DatabaseRequest, { store, nowMs }: Surroundings): ReturnType<typeof aggregate> {
  const collection = store.collection(text(body, 'collectionName'))
  if (!Array.isArray(body.stages)) throw invalidRequest('stages must be a list')
  const pipeline = body.stages.map((stage: unknown) => {
    if (!isPlainObject(stage)) throw invalidRequest('a stage must be an object')
    return { [text(stage, 'stageKey')]: decode(text(stage, 'stageValue'), nowMs()) }
  })
  return aggregate(collection, pipeline, name => store.hasCollection(name) ? store.collection(name) : undefined)
}

/** Carries a query or an aggregation out, and tells how instead of what it found. No request of the SDK. */
function explain(body: DatabaseRequest, surroundings: Surroundings, transaction: InTransaction): { data: Explanation } {
  if (body.stages !== undefined) return { data: runPipeline(body, surroundings).explanation }
  const { store, nowMs } = surroundings
  const collection = store.collection(text(body, 'collectionName'))
  return { data: selectExplained(store.reader(transaction), collection, selectionOf(body, nowMs())).explanation }
}

function text(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string' || value === '') throw invalidRequest(`${name} must be a string`)
  return value
}

function object(fields: Fields, name: string, nowMs: number): Document | undefined {
  return fields[name] === undefined ? undefined : decodeObject(text(fields, name), nowMs)
}

function count(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw invalidRequest(`${name} must be a whole number`)
  return value
}

/** The id that a query names, when it names one. */
function idIn(query: Document): unknown {
  return isPlainObject(query._id) ? undefined : query._id
}
