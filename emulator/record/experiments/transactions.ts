import type { Experiment } from '../experiment.ts'
import { attempt } from '../observe.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** What happens when transactions meet one another, and plain writes. */
export const transactions: Experiment[] = [
  {
    name: 'transaction-document',
    question: 'What do reads and writes inside a transaction answer?',
    run: async ({ db, collectionName }) => {
      const transaction = await db.startTransaction()
      const inside = transaction.collection(collectionName)
      const answers = [
        await attempt(() => inside.add({ data: { _id: 'a', n: 1 } })),
        await attempt(() => inside.doc('a').get()),
        await attempt(() => inside.doc('a').update({ data: { n: 2 } })),
        await attempt(() => inside.doc('none').get()),
        await attempt(() => inside.doc('none').update({ data: { n: 2 } })),
        await attempt(() => inside.doc('a').remove()),
      ]
      return [...answers, await attempt(() => transaction.rollback())]
    },
  },
  {
    name: 'conflict-at-once',
    question: 'When two transactions write one document, does the second fail at once, and how?',
    run: async ({ db, probe, collectionName }) => {
      await probe.add({ data: { _id: 'a', n: 0 } })
      const [first, second] = [await db.startTransaction(), await db.startTransaction()]
      await first.collection(collectionName).doc('a').update({ data: { n: 1 } })
      const conflict = await attempt(() => second.collection(collectionName).doc('a').update({ data: { n: 2 } }))
      const commit = await attempt(() => first.commit())
      return { conflict, commit, late: await attempt(() => second.commit()), after: (await probe.doc('a').get()).data }
    },
  },
  {
    name: 'plain-write-meets-transaction',
    question: 'Does a plain write to a document that an open transaction wrote wait for its end?',
    run: async ({ db, probe, collectionName }) => {
      await probe.add({ data: { _id: 'a', n: 0 } })
      const transaction = await db.startTransaction()
      await transaction.collection(collectionName).doc('a').update({ data: { n: 1 } })
      const order: string[] = []
      const plain = attempt(() => probe.doc('a').update({ data: { n: db.command.inc?.(10) } })).finally(() => order.push('plain write'))
      await pause(1_500)
      const commit = await attempt(() => transaction.commit()).finally(() => order.push('commit'))
      return { plain: await plain, commit, order, after: (await probe.doc('a').get()).data }
    },
  },
  {
    name: 'snapshot-begins',
    question: 'Is the snapshot that of the start of the transaction, or of its first operation?',
    run: async ({ db, probe, collectionName }) => {
      await probe.add({ data: { _id: 'a', n: 0 } })
      const transaction = await db.startTransaction()
      await probe.doc('a').update({ data: { n: 1 } })
      const first = (await transaction.collection(collectionName).doc('a').get()).data
      await probe.doc('a').update({ data: { n: 2 } })
      const second = (await transaction.collection(collectionName).doc('a').get()).data
      await transaction.rollback()
      return { first, second }
    },
  },
  {
    name: 'write-over-newer',
    question: 'What does a write over something newer than the snapshot answer?',
    run: async ({ db, probe, collectionName }) => {
      await probe.add({ data: { _id: 'a', n: 0 } })
      const transaction = await db.startTransaction()
      await transaction.collection(collectionName).doc('a').get()
      await probe.doc('a').update({ data: { n: 1 } })
      const write = await attempt(() => transaction.collection(collectionName).doc('a').update({ data: { n: 5 } }))
      return { write, commit: await attempt(() => transaction.commit()), after: (await probe.doc('a').get()).data }
    },
  },
  {
    name: 'write-skew',
    question: 'May two transactions that read both documents write one each?',
    run: async ({ db, probe, collectionName }) => {
      for (const _id of ['a', 'b']) await probe.add({ data: { _id, onDuty: true } })
      const doctors = [await db.startTransaction(), await db.startTransaction()]
      for (const doctor of doctors) for (const id of ['a', 'b']) await doctor.collection(collectionName).doc(id).get()
      const writes = [
        await attempt(() => doctors[0]!.collection(collectionName).doc('a').update({ data: { onDuty: false } })),
        await attempt(() => doctors[1]!.collection(collectionName).doc('b').update({ data: { onDuty: false } })),
      ]
      return { writes, commits: [await attempt(() => doctors[0]!.commit()), await attempt(() => doctors[1]!.commit())] }
    },
  },
  {
    name: 'failed-operation',
    question: 'Does a failed operation end its transaction?',
    run: async ({ db, probe, collectionName }) => {
      await probe.add({ data: { _id: 'a' } })
      const transaction = await db.startTransaction()
      const inside = transaction.collection(collectionName)
      return [
        await attempt(() => inside.add({ data: { _id: 'a' } })),
        await attempt(() => inside.doc('a').get()),
        await attempt(() => inside.add({ data: { _id: 'b' } })),
        await attempt(() => transaction.commit()),
        (await probe.doc('b').get()).data,
      ]
    },
  },
  {
    name: 'after-the-end',
    question: 'What does an operation in a transaction that has ended answer?',
    run: async ({ db, collectionName }) => {
      const transaction = await db.startTransaction()
      await transaction.rollback()
      return [
        await attempt(() => transaction.collection(collectionName).doc('a').get()),
        await attempt(() => transaction.commit()),
        await attempt(() => transaction.rollback()),
      ]
    },
  },
  {
    name: 'retries',
    question: 'How often does runTransaction run its callback when a document operation meets a conflict each time?',
    run: async ({ db, probe, collectionName }) => {
      await probe.add({ data: { _id: 'a', n: 0 } })
      const holder = await db.startTransaction()
      await holder.collection(collectionName).doc('a').update({ data: { n: 1 } })
      let runs = 0
      const outcome = await attempt(() => db.runTransaction(async (transaction) => {
        runs += 1
        await transaction.collection(collectionName).doc('a').update({ data: { n: 2 } })
      }))
      await holder.rollback()
      return { runs, outcome }
    },
  },
]
