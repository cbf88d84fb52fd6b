import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../harness.ts'
import type { CloudDatabase, CloudDocument, CloudTransaction, SdkCloud } from './sdkCloud.ts'
import { SDKS, startSdkCloud } from './sdkCloud.ts'

/** For the test that waits for the limit, but ample for the two requests that have to come before it. */
const LIMIT_MS = 1_000
const CONFLICT = '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others.'
const GONE = '[ResourceUnavailable.TransactionNotExist] Transaction does not exist. Please check your request, '
  + 'but if the problem persists, contact us.'

/** Lets nobody pass before all have come. */
class Barrier {
  #missing: number
  #open: () => void = () => {}
  readonly #opened = new Promise<void>((resolve) => { this.#open = resolve })

  constructor(count: number) {
    this.#missing = count
  }

  pass(): Promise<void> {
    if (--this.#missing === 0) this.#open()
    return this.#opened
  }
}

describe.each(SDKS)('the transactions of %s', (sdk) => {
  let cloud: SdkCloud
  let db: CloudDatabase

  const inside = (transaction: CloudTransaction, id: string): CloudDocument => transaction.collection('doctors').doc(id)
  const numberIn = async (document: CloudDocument): Promise<number> => Number((await document.get()).data.n)
  const now = (id: string): Promise<number> => numberIn(db.collection('doctors').doc(id))
  const requests = (): string[] => cloud.exchanges.map(({ body }) => body.action.slice('database.'.length))

  async function start(options: { transactionLimitMs?: number } = {}): Promise<void> {
    cloud = await startSdkCloud(sdk, options, { collections: [{ name: 'doctors' }] })
    db = cloud.db
    await db.collection('doctors').add({ data: [{ _id: 'a', n: 1 }, { _id: 'b', n: 1 }, { _id: 'c', n: 1 }] })
    cloud.exchanges.length = 0
  }

  beforeEach(() => start())

  afterEach(() => cloud.stop())

  test('run at the same time: all have started and read before the first commits', async () => {
    const allRead = new Barrier(3)
    await Promise.all(['a', 'b', 'c'].map(id => db.runTransaction(async (transaction) => {
      const n = await numberIn(inside(transaction, id))
      await allRead.pass()
      await inside(transaction, id).update({ data: { n: n + 1 } })
    })))
    const first = requests().indexOf('commitTransaction')
    expect(requests().slice(0, first).filter(action => action === 'startTransaction')).toHaveLength(3)
    expect(requests().slice(0, first).filter(action => action === 'getDocument')).toHaveLength(3)
    expect([await now('a'), await now('b'), await now('c')]).toEqual([2, 2, 2])
  })

  test('permit write skew: two doctors on call both leave, as each has seen the other', async () => {
    const bothRead = new Barrier(2)
    await Promise.all(['a', 'b'].map(id => db.runTransaction(async (transaction) => {
      const onCall = await numberIn(inside(transaction, 'a')) + await numberIn(inside(transaction, 'b'))
      await bothRead.pass()
      if (onCall > 1) await inside(transaction, id).update({ data: { n: 0 } })
    })))
    expect([await now('a'), await now('b')]).toEqual([0, 0])
  })

  test('see what was there when they started, and their own writes', async () => {
    const transaction = await db.startTransaction()
    await db.collection('doctors').doc('a').update({ data: { n: 5 } })
    await inside(transaction, 'b').update({ data: { n: 7 } })
    expect([await numberIn(inside(transaction, 'a')), await numberIn(inside(transaction, 'b'))]).toEqual([1, 7])
    expect([await now('a'), await now('b')]).toEqual([5, 1])
    await transaction.commit()
    expect([await now('a'), await now('b')]).toEqual([5, 7])
  })

  test('of two that write one document the second fails at once, in the words that functions look for', async () => {
    const [first, second] = [await db.startTransaction(), await db.startTransaction()]
    await inside(first, 'a').update({ data: { n: 2 } })
    await expect(inside(second, 'a').update({ data: { n: 3 } })).rejects.toMatchObject({
      errCode: -501001, message: `document.update:fail -501001 resource system error. ${CONFLICT}`,
    })
    await second.rollback()
    await first.commit()
    expect(await now('a')).toBe(2)
  })

  test('are run again by runTransaction when only the commit reports the conflict', async () => {
    let runs = 0
    await db.runTransaction(async (transaction) => {
      const n = await numberIn(inside(transaction, 'a'))
      if (++runs === 1) await db.collection('doctors').doc('a').update({ data: { n: 10 } })
      await inside(transaction, 'a').update({ data: { n: n + 1 } }).catch((failure: unknown) => {
        expect(String(failure)).toContain(CONFLICT)
      })
    })
    expect(runs).toBe(2)
    expect(await now('a')).toBe(11)
  })

  test('report the conflict of a commit by the code that runTransaction compares', async () => {
    const transaction = await db.startTransaction()
    await db.collection('doctors').doc('a').update({ data: { n: 10 } })
    await expect(inside(transaction, 'a').update({ data: { n: 2 } })).rejects.toThrow(CONFLICT)
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_CONFLICT', message: CONFLICT })
  })

  test('keep a plain write waiting until they end', async () => {
    const transaction = await db.startTransaction()
    await inside(transaction, 'a').update({ data: { n: 5 } })
    const plain = db.collection('doctors').doc('a').update({ data: { n: db.command.inc(1) } })
    await until(() => requests().length === 3)
    expect(await now('b')).toBe(1)
    expect(cloud.exchanges[2]).not.toHaveProperty('answer')
    await transaction.commit()
    await plain
    expect(await now('a')).toBe(6)
  })

  test('are gone after the time limit, so that who waited for them goes on', async () => {
    await cloud.stop()
    await start({ transactionLimitMs: LIMIT_MS })
    const transaction = await db.startTransaction()
    await inside(transaction, 'a').update({ data: { n: 5 } })
    await db.collection('doctors').doc('a').update({ data: { n: db.command.inc(1) } })
    expect(await now('a')).toBe(2)
    const refusal = { errCode: -501001, message: expect.stringContaining(GONE) }
    await expect(inside(transaction, 'b').get()).rejects.toMatchObject(refusal)
    await expect(inside(transaction, 'b').update({ data: { n: 5 } })).rejects.toMatchObject(refusal)
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL', message: GONE })
    expect(await now('b')).toBe(1)
  })
})
