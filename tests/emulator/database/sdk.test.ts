import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CloudDatabase, SdkCloud } from './sdkCloud.ts'
import { SDKS, startSdkCloud } from './sdkCloud.ts'

describe.each(SDKS)('a function with %s', (sdk) => {
  let cloud: SdkCloud
  let db: CloudDatabase

  beforeAll(async () => {
    cloud = await startSdkCloud(sdk)
    db = cloud.db
    await db.createCollection('goods')
  })

  afterAll(() => cloud.stop())

  test('gets documents back with the types they had', async () => {
    const document = { _id: 'types', at: new Date(5), price: 9.9, list: [1, { a: null }], deep: { ok: true }, big: 2 ** 40 }
    await db.collection('goods').add({ data: document })
    const { data } = await db.collection('goods').doc('types').get()
    expect(data).toEqual(document)
  })

  test('decrements atomically under a condition: 50 buyers of 20 pieces leave none and no debt', async () => {
    const _ = db.command
    await db.collection('goods').add({ data: { _id: 'stock', available: 20 } })
    const buy = () => db.collection('goods').where({ _id: 'stock', available: _.gte(1) }).update({ data: { available: _.inc(-1) } })
    const results = await Promise.all(Array.from({ length: 50 }, buy))
    expect(results.filter(result => result.stats.updated === 1)).toHaveLength(20)
    expect((await db.collection('goods').doc('stock').get()).data).toMatchObject({ available: 0 })
  })

  test('commits what the callback of runTransaction wrote, and rolls back what it threw over', async () => {
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

  test('counts in each of many transactions on one counter, or sees the conflict', async () => {
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

  test('knows a duplicate and a missing collection by their numbers', async () => {
    await db.collection('goods').add({ data: { _id: 'once' } })
    await expect(db.collection('goods').add({ data: { _id: 'once' } })).rejects.toMatchObject({ errCode: -502001 })
    await expect(db.collection('nope').where({}).get()).rejects.toMatchObject({ errCode: -502005 })
  })
})
