import { documentsOf } from './recordings.ts'
import type { CloudDatabase, CloudTransaction } from './sdkCloud.ts'

type Fields = Record<string, unknown>

/** What the calls share: the SDK, the id that Ann got, and the open transaction. */
export interface Stage {
  db: CloudDatabase
  ann: string
  transaction: CloudTransaction
}

/** The call of a function that made the SDK send one recorded request. */
export interface RecordedCall {
  call(stage: Stage): Promise<unknown>
  /** What the function sees when the service answers as it was recorded without a refusal. */
  sees(answer: Fields): unknown
}

/** The moments of the recording whose server dates are in documents. */
export const MOMENTS: Readonly<Record<string, string>> = {
  '005': '2026-11-22T20:31:10.769Z',
  '006': '2026-11-22T20:31:10.775Z',
  '023': '2026-11-22T20:31:10.885Z',
}

const data = (answer: Fields) => answer.data as Fields
const ok = (of: string, more: (answer: Fields) => Fields = () => ({})) => (answer: Fields) => ({ ...more(answer), errMsg: `${of}:ok` })

const created = ({ requestId }: Fields) => ({ errMsg: 'createCollection:ok', requestId })
const added = ok('collection.add', answer => ({ _id: (data(answer).insertedIds as string[])[0] }))
const addedAll = ok('collection.add', answer => ({ _ids: data(answer).insertedIds }))
const document = ok('document.get', answer => ({ data: documentsOf(answer)[0] ?? null }))
const documents = ok('collection.get', answer => ({ data: documentsOf(answer) }))
const count = ok('collection.count', answer => ({ total: data(answer).total }))
const updated = ok('document.update', answer => ({ stats: { updated: data(answer).updated } }))
const updatedAll = ok('collection.update', answer => ({ stats: { updated: data(answer).updated } }))
const put = (id: string, hidesCreation = false) => ok('document.set', (answer) => {
  const { updated, upsert_id } = data(answer)
  return { _id: id, stats: { updated, created: upsert_id === null || hidesCreation ? 0 : 1 } }
})
const removed = ok('document.remove', answer => ({ stats: { removed: data(answer).deleted } }))
const removedAll = ok('collection.remove', answer => ({ stats: { removed: data(answer).deleted } }))
const list = ok('collection.aggregate', answer => ({ list: documentsOf(answer) }))
/** A function gets an object to call, so there is nothing to compare. */
const started = () => undefined
const asAnswered = (answer: Fields) => answer

const users = ({ db }: Stage) => db.collection('users')
const counter = ({ db }: Stage) => db.collection('counters').doc('c')
const within = ({ transaction }: Stage, id: string) => transaction.collection('counters').doc(id)

async function start(stage: Stage): Promise<void> {
  stage.transaction = await stage.db.startTransaction()
}

const begin: RecordedCall = { call: start, sees: started }
const commit: RecordedCall = { call: ({ transaction }) => transaction.commit(), sees: asAnswered }
const rollback: RecordedCall = { call: ({ transaction }) => transaction.rollback(), sees: asAnswered }
const readWithin: RecordedCall = { call: stage => within(stage, 'c').get(), sees: document }

function setWithin(n: number): RecordedCall {
  return { call: stage => within(stage, 'c').update({ data: { n } }), sees: updated }
}

const addAnn: RecordedCall = {
  call: async (stage) => {
    const { db } = stage
    const ann = {
      name: 'Ann', age: 20, phone: '1', tags: ['a'], price: 9.9, big: 1_700_000_000_000, at: new Date(0), created: db.serverDate(),
      nested: { a: { b: 1 } }, empty: null,
    }
    const answer = await users(stage).add({ data: ann })
    stage.ann = answer._id
    return answer
  },
  sees: added,
}

/** One call for every recorded request, by the number of the recording. */
export function recordedCalls({ command: _, ...db }: Pick<CloudDatabase, 'command' | 'serverDate' | 'RegExp'>): Record<string, RecordedCall> {
  const { aggregate: $ } = _
  return {
    '001': { call: ({ db }) => db.createCollection('users'), sees: created },
    '002': { call: ({ db }) => db.createCollection('users'), sees: created },
    '003': { call: ({ db }) => db.createCollection('orders'), sees: created },
    '004': { call: ({ db }) => db.createCollection('counters'), sees: created },
    '005': addAnn,
    '006': {
      call: stage => users(stage).add({
        data: { _id: 'bob', name: 'Bob', age: 30, phone: '2', tags: [], created: db.serverDate({ offset: 60_000 }) },
      }),
      sees: added,
    },
    '007': { call: stage => users(stage).add({ data: [{ _id: 'c1', name: 'Cyd', age: 40 }, { _id: 'c2', name: 'Dan', age: 50 }] }), sees: addedAll },
    '008': { call: stage => users(stage).add({ data: { _id: 'bob', name: 'x' } }), sees: added },
    '009': { call: stage => users(stage).add({ data: { phone: '1' } }), sees: added },
    '010': { call: ({ db }) => db.collection('nope').add({ data: { a: 1 } }), sees: added },
    '011': { call: stage => users(stage).doc(stage.ann).get(), sees: document },
    '012': { call: stage => users(stage).doc('zzz').get(), sees: document },
    '013': { call: stage => users(stage).doc('bob').field({ name: true, _id: false }).get(), sees: document },
    '014': {
      call: stage => users(stage).where({ age: _.gt(25) }).orderBy('age', 'desc').skip(1).limit(2).field({ name: true }).get(),
      sees: documents,
    },
    '015': { call: stage => users(stage).where({ name: _.in(['Ann', 'Bob']) }).get(), sees: documents },
    '016': { call: stage => users(stage).where(_.or([{ age: _.gte(40).and(_.lt(50)) }, { name: 'Ann' }])).get(), sees: documents },
    '017': { call: stage => users(stage).where({ name: /^a/i }).get(), sees: documents },
    '018': { call: stage => users(stage).where({ name: db.RegExp({ regexp: '^b', options: 'i' }) }).get(), sees: documents },
    '019': { call: stage => users(stage).where({ tags: 'a', nested: { a: { b: 1 } } }).count(), sees: count },
    '020': { call: stage => users(stage).where({ at: _.lte(new Date(1_795_379_470_866)) }).count(), sees: count },
    '021': { call: stage => users(stage).where({ phone: _.exists(true), tags: _.size(1) }).count(), sees: count },
    '022': { call: stage => users(stage).get(), sees: documents },
    '023': {
      call: stage => users(stage).doc(stage.ann).update({
        data: { age: _.inc(5), tags: _.push(['b', 'c']), updated: db.serverDate(), name: 'Anna', nested: { a: { c: 2 } } },
      }),
      sees: updated,
    },
    '024': { call: stage => users(stage).doc(stage.ann).get(), sees: document },
    '025': {
      call: stage => users(stage).doc(stage.ann).update({
        data: { age: _.mul(2), tags: _.pull('b'), phone: _.remove(), price: _.max(10), nested: _.set({ z: 1 }) },
      }),
      sees: updated,
    },
    '026': { call: stage => users(stage).doc(stage.ann).update({ data: { tags: _.addToSet('q') } }), sees: updated },
    '027': { call: stage => users(stage).doc(stage.ann).update({ data: { tags: _.unshift('first') } }), sees: updated },
    '028': {
      call: stage => users(stage).doc(stage.ann).update({ data: { tags: _.push({ each: ['x', 'y'], position: 0, slice: 3 }) } }),
      sees: updated,
    },
    '029': { call: stage => users(stage).doc(stage.ann).get(), sees: document },
    '030': { call: stage => users(stage).doc('zzz').update({ data: { a: 1 } }), sees: updated },
    '031': { call: stage => users(stage).where({ age: _.gte(40) }).update({ data: { vip: true } }), sees: updatedAll },
    '032': { call: stage => users(stage).where({ age: _.gte(40) }).update({ data: { vip: false }, multi: false }), sees: updatedAll },
    '033': { call: stage => users(stage).where({ _id: 'bob', age: _.gte(1_000) }).update({ data: { age: _.inc(-1_000) } }), sees: updatedAll },
    '034': { call: stage => users(stage).doc('eve').set({ data: { name: 'Eve', age: 1 } }), sees: put('eve') },
    '035': { call: stage => users(stage).doc('eve').set({ data: { name: 'Eve2' } }), sees: put('eve') },
    '036': { call: stage => users(stage).count(), sees: count },
    '037': { call: stage => users(stage).doc('eve').remove(), sees: removed },
    '038': { call: stage => users(stage).where({ name: 'Dan' }).remove(), sees: removedAll },
    '039': {
      call: stage => users(stage).aggregate().match({ age: _.gt(1) })
        .group({ _id: '$vip', n: $.sum(1), avg: $.avg('$age'), names: $.push('$name') }).sort({ n: -1 }).limit(10).end(),
      sees: list,
    },
    '040': { call: ({ db }) => db.collection('orders').add({ data: { uid: 'bob', total: 5, at: new Date(86_400_000) } }), sees: added },
    '041': {
      call: stage => users(stage).aggregate().lookup({ from: 'orders', localField: '_id', foreignField: 'uid', as: 'orders' })
        .match({ _id: 'bob' }).project({ name: 1, orders: 1 }).end(),
      sees: list,
    },
    '042': {
      call: stage => users(stage).aggregate().lookup({
        from: 'orders',
        let: { u: '$_id' },
        pipeline: $.pipeline().match(_.expr($.eq(['$uid', '$$u']))).project({ total: 1, _id: 0 }).done(),
        as: 'os',
      }).match({ os: _.neq([]) }).project({ os: 1 }).end(),
      sees: list,
    },
    '043': {
      call: ({ db }) => db.collection('orders').aggregate()
        .project({ _id: 0, day: $.dateToString({ date: '$at', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' }) }).end(),
      sees: list,
    },
    '044': {
      call: stage => users(stage).aggregate().addFields({ k: $.add(['$age', 1]) }).unwind({ path: '$tags', preserveNullAndEmptyArrays: true })
        .replaceRoot({ newRoot: $.mergeObjects(['$$ROOT', { z: 1 }]) }).count('n').end(),
      sees: list,
    },
    '045': { call: stage => counter(stage).set({ data: { n: 1 } }), sees: put('c') },

    '046': begin,
    '047': readWithin,
    '048': { call: stage => within(stage, 'c').update({ data: { n: _.inc(1) } }), sees: updated },
    '049': { call: ({ transaction }) => transaction.collection('orders').add({ data: { t: 1 } }), sees: added },
    '050': readWithin,
    '051': commit,

    '052': begin,
    // The SDK tells of no creation inside a transaction.
    '053': { call: stage => within(stage, 'd').set({ data: { n: 1 } }), sees: put('d', true) },
    '054': { call: stage => within(stage, 'd').update({ data: { n: 2 } }), sees: updated },
    '055': { call: stage => within(stage, 'd').remove(), sees: removed },
    '056': commit,

    '057': begin,
    '058': { call: stage => within(stage, 'nope').get(), sees: document },
    '059': rollback,

    '060': begin,
    '061': setWithin(100),
    '062': rollback,

    '063': begin,
    '064': setWithin(100),
    '065': rollback,
    '066': { call: stage => counter(stage).get(), sees: document },

    '067': begin,
    '068': { call: stage => within(stage, 'c').update({ data: { n: _.inc(1) } }), sees: updated },
    '069': commit,

    '070': begin,
    '071': readWithin,
    '072': setWithin(4),
    '073': { call: stage => counter(stage).update({ data: { n: 50 } }), sees: updated },
    '074': commit,

    '075': begin,
    '076': readWithin,
    '077': setWithin(51),
    '078': commit,

    '079': begin,
    '080': readWithin,
    '081': { call: stage => counter(stage).update({ data: { n: _.inc(50) } }), sees: updated },
    '082': setWithin(52),
    '083': rollback,

    '084': begin,
    '085': { call: ({ transaction }) => transaction.collection('counters').where({ n: _.gt(0) }).get(), sees: documents },
    '086': commit,
  }
}
