import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database, DatabaseRequest } from '../../../emulator/database/database.ts'
import { openDatabase } from '../../../emulator/database/open.ts'

/** What these tests use of the SDK, whose own types lack some options and most results. */
interface Cloud {
  init(options: { env: string }): void
  database(options: { throwOnNotFound: boolean }): CloudDatabase
}

interface CloudDatabase {
  command: Record<'gte' | 'inc', (value: number) => unknown> & { in(values: unknown[]): unknown }
  createCollection(name: string): Promise<unknown>
  collection(name: string): CloudCollection
  runTransaction(callback: (transaction: Pick<CloudDatabase, 'collection'>) => Promise<void>): Promise<unknown>
}

interface CloudCollection extends CloudQuery {
  add(options: { data: object }): Promise<unknown>
  doc(id: string): CloudDocument
  where(query: object): CloudQuery
}

interface CloudDocument {
  get(): Promise<{ data: Record<string, unknown> }>
  set(options: { data: object }): Promise<unknown>
  update(options: { data: object }): Promise<unknown>
}

interface CloudQuery {
  get(): Promise<{ data: unknown[] }>
  orderBy(field: string, direction: 'asc' | 'desc'): CloudQuery
  update(options: { data: object }): Promise<{ stats: { updated: number } }>
}

let database: Database
let server: Server
let db: CloudDatabase

/** Starts the least server that the SDK accepts, and loads the SDK with the environment of a cloud function. */
beforeAll(async () => {
  database = await openDatabase({ file: ':memory:' })
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const answer = await database.answer(JSON.parse(Buffer.concat(chunks).toString()) as DatabaseRequest)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  Object.assign(process.env, {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `http://127.0.0.1:${port}/admin` }),
    TENCENTCLOUD_RUNENV: 'SCF', TENCENTCLOUD_REGION: 'ap-shanghai', SCF_NAMESPACE: 'local-env', TCB_ENV: 'local-env',
    TENCENTCLOUD_SECRETID: 'local', TENCENTCLOUD_SECRETKEY: 'local', TENCENTCLOUD_SESSIONTOKEN: 'local',
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE,TCB_SEQID', TCB_SOURCE: 'wx_client', TCB_SEQID: 'test', WX_CONTEXT_KEYS: '',
  })
  const cloud = createRequire(import.meta.url)('wx-server-sdk') as Cloud
  cloud.init({ env: 'local-env' })
  db = cloud.database({ throwOnNotFound: false })
  await db.createCollection('goods')
})

afterAll(async () => {
  server.close()
  await database.close()
})

test('documents come back with the types they had', async () => {
  const document = { _id: 'types', at: new Date(5), price: 9.9, list: [1, { a: null }], deep: { ok: true }, big: 2 ** 40 }
  await db.collection('goods').add({ data: document })
  const { data } = await db.collection('goods').doc('types').get()
  expect(data).toEqual(document)
})

test('a conditional decrement is atomic: 50 buyers of 20 pieces leave none and no debt', async () => {
  const _ = db.command
  await db.collection('goods').add({ data: { _id: 'stock', available: 20 } })
  const buy = () => db.collection('goods').where({ _id: 'stock', available: _.gte(1) }).update({ data: { available: _.inc(-1) } })
  const results = await Promise.all(Array.from({ length: 50 }, buy))
  expect(results.filter(result => result.stats.updated === 1)).toHaveLength(20)
  expect((await db.collection('goods').doc('stock').get()).data).toMatchObject({ available: 0 })
})

test('runTransaction commits what its callback wrote, and rolls back what it threw over', async () => {
  await db.runTransaction(async (transaction) => {
    await transaction.collection('goods').doc('t1').set({ data: { n: 1 } })
    await transaction.collection('goods').add({ data: { _id: 't2', n: 2 } })
  })
  await expect(db.runTransaction(async (transaction) => {
    await transaction.collection('goods').doc('t1').update({ data: { n: 9 } })
    throw new Error('changed my mind')
  })).rejects.toThrow('changed my mind')
  const { data } = await db.collection('goods').where({ _id: db.command.in(['t1', 't2']) }).orderBy('_id', 'asc').get()
  expect(data).toEqual([{ _id: 't1', n: 1 }, { _id: 't2', n: 2 }])
})

test('of many transactions on one counter each either counts or sees the conflict', async () => {
  await db.collection('goods').add({ data: { _id: 'counter', n: 0 } })
  const count = () => db.runTransaction(async (transaction) => {
    const counter = transaction.collection('goods').doc('counter')
    const { data } = await counter.get()
    await counter.update({ data: { n: Number(data.n) + 1 } })
  })
  const results = await Promise.allSettled(Array.from({ length: 10 }, count))
  const counted = results.filter(({ status }) => status === 'fulfilled').length
  const reasons = results.flatMap(result => result.status === 'rejected' ? [String(result.reason)] : [])
  expect(counted).toBeGreaterThan(0)
  for (const reason of reasons) expect(reason).toContain('TransactionConflict')
  expect((await db.collection('goods').doc('counter').get()).data).toMatchObject({ n: counted })
})

test('a duplicate and a missing collection reach the function as the codes it knows', async () => {
  await db.collection('goods').add({ data: { _id: 'once' } })
  await expect(db.collection('goods').add({ data: { _id: 'once' } })).rejects.toMatchObject({ errCode: -502001 })
  await expect(db.collection('nope').where({}).get()).rejects.toMatchObject({ errCode: -502005 })
})
