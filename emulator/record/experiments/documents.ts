import type { Experiment, Laboratory } from '../experiment.ts'

/** Fills the collection and asks for the ids that a query finds, in their order. */
async function idsFor({ probe }: Laboratory, documents: object[], query: object, order?: ['asc' | 'desc', string]): Promise<unknown> {
  for (const data of documents) await probe.add({ data })
  const found = order ? probe.where(query).orderBy(order[1], order[0]) : probe.where(query)
  return (await found.get()).data.map(({ _id }) => _id)
}

const mixed = [
  { _id: 'text', v: 'a' }, { _id: 'number', v: 1 }, { _id: 'nothing', v: null }, { _id: 'missing' }, { _id: 'list', v: [0, 9] },
  { _id: 'empty list', v: [] }, { _id: 'object', v: { a: 1 } }, { _id: 'yes', v: true }, { _id: 'date', v: new Date(0) },
]

/** Reading and writing single documents, and what the database refuses. */
export const documents: Experiment[] = [
  {
    name: 'types-round-trip',
    question: 'Which types come back as they were stored?',
    run: async ({ probe }) => {
      await probe.add({ data: { _id: 'a', whole: 1, part: 0.5, big: 2 ** 40, at: new Date(5), none: null, list: [1, { b: [] }], deep: { c: true }, text: '铺' } })
      return (await probe.doc('a').get()).data
    },
  },
  { name: 'add-answer', question: 'What does adding a document answer?', run: ({ probe }) => probe.add({ data: { _id: 'a' } }) },
  {
    name: 'duplicate-id',
    question: 'What does a second document of one id answer?',
    run: async ({ probe }) => {
      await probe.add({ data: { _id: 'a' } })
      return probe.add({ data: { _id: 'a' } })
    },
  },
  { name: 'collection-missing-read', question: 'What does reading a missing collection answer?', run: ({ db }) => db.collection('fidelity_none').where({ a: 1 }).get() },
  { name: 'collection-missing-write', question: 'What does writing to a missing collection answer?', run: ({ db }) => db.collection('fidelity_none').add({ data: { a: 1 } }) },
  { name: 'collection-present', question: 'What does creating a present collection answer?', run: ({ db, collectionName }) => db.createCollection(collectionName) },
  { name: 'document-missing', question: 'What does reading a missing document answer?', run: ({ probe }) => probe.doc('none').get() },
  { name: 'update-missing', question: 'What does updating a missing document answer?', run: ({ probe }) => probe.doc('none').update({ data: { a: 1 } }) },
  {
    name: 'update-same-value',
    question: 'Does an update that changes nothing count as one?',
    run: async ({ probe }) => {
      await probe.add({ data: { _id: 'a', n: 1 } })
      return probe.doc('a').update({ data: { n: 1 } })
    },
  },
  { name: 'set-new', question: 'What does setting a new document answer?', run: ({ probe }) => probe.doc('a').set({ data: { n: 1 } }) },
  {
    name: 'set-over',
    question: 'What does setting over a document answer, and does it replace the whole?',
    run: async ({ probe }) => {
      await probe.add({ data: { _id: 'a', old: 1 } })
      return [await probe.doc('a').set({ data: { n: 1 } }), (await probe.doc('a').get()).data]
    },
  },
  {
    name: 'increment-text',
    question: 'What does incrementing a text answer?',
    run: async ({ db, probe }) => {
      await probe.add({ data: { _id: 'a', n: 'x' } })
      return probe.doc('a').update({ data: { n: db.command.inc?.(1) } })
    },
  },
  {
    name: 'push-on-number',
    question: 'What does pushing on a number answer?',
    run: async ({ db, probe }) => {
      await probe.add({ data: { _id: 'a', n: 1 } })
      return probe.doc('a').update({ data: { n: db.command.push?.([1]) } })
    },
  },
  {
    name: 'field-in-number',
    question: 'What does setting a field inside a number answer?',
    run: async ({ probe }) => {
      await probe.add({ data: { _id: 'a', n: 1 } })
      return probe.doc('a').update({ data: { n: { deep: 1 } } })
    },
  },
  { name: 'order-of-types', question: 'How are values of different types ordered?', run: lab => idsFor(lab, mixed, {}, ['asc', 'v']) },
  { name: 'order-of-types-down', question: 'How are values of different types ordered when descending?', run: lab => idsFor(lab, mixed, {}, ['desc', 'v']) },
  {
    name: 'order-of-texts',
    question: 'By what are texts ordered, UTF-16 units or code points?',
    run: lab => idsFor(lab, ['a', 'B', '铺', '\uffe5', '😀'].map((v, i) => ({ _id: `t${i}`, v })), {}, ['asc', 'v']),
  },
  { name: 'null-matches-missing', question: 'Does a query for null find documents without the field?', run: lab => idsFor(lab, mixed, { v: null }) },
  { name: 'not-equal-missing', question: 'Does not-equal find documents without the field?', run: lab => idsFor(lab, mixed, { v: lab.db.command.neq?.(1) }) },
  { name: 'whole-list', question: 'Does a list in a query match the whole list?', run: lab => idsFor(lab, mixed, { v: [0, 9] }) },
  { name: 'in-with-list', question: 'Does `in` with a list among its values match the whole list?', run: lab => idsFor(lab, mixed, { v: lab.db.command.in?.([[0, 9]]) }) },
  { name: 'greater-than-across-types', question: 'Does greater-than compare across types?', run: lab => idsFor(lab, mixed, { v: lab.db.command.gt?.(0) }) },
  {
    name: 'many-at-most',
    question: 'How many documents come back when more are asked for than may?',
    run: async ({ probe }) => {
      await Promise.all(Array.from({ length: 105 }, (_, n) => probe.add({ data: { n } })))
      return [(await probe.where({}).get()).data.length, (await probe.limit(2_000).get()).data.length]
    },
  },
  {
    name: 'server-date-in-object',
    question: 'What is stored of a server date inside `_.set`?',
    run: async ({ db, probe }) => {
      await probe.add({ data: { _id: 'a' } })
      await probe.doc('a').update({ data: { o: db.command.set?.({ at: db.serverDate() }), at: db.serverDate() } })
      return (await probe.doc('a').get()).data
    },
  },
  { name: 'stage-unknown-field', question: 'What does grouping without `_id` answer?', run: ({ probe }) => (probe.aggregate().group?.({ n: { $sum: 1 } }) as unknown as { end(): Promise<unknown> }).end() },
  {
    name: 'unique-missing-field',
    question: 'Do two documents without the field collide in a unique index on `phone`?',
    needs: 'unique index',
    run: async ({ unique }) => {
      await unique.add({ data: { _id: 'a' } })
      return unique.add({ data: { _id: 'b' } })
    },
  },
  {
    name: 'unique-null-and-missing',
    question: 'Is null the same as a missing field in a unique index on `phone`?',
    needs: 'unique index',
    run: async ({ unique }) => {
      await unique.add({ data: { _id: 'a', phone: null } })
      return unique.add({ data: { _id: 'b' } })
    },
  },
  {
    name: 'near-without-index',
    question: 'What does a search by distance on a field without an index answer?',
    run: ({ db, probe }) => probe.where({ spot: db.command.geoNear?.({ geometry: new db.Geo.Point(120, 30), maxDistance: 10 }) }).get(),
  },
  {
    name: 'near-with-index',
    question: 'Is a search by distance, with an index on `place`, sorted and limited in metres?',
    needs: 'geographic index',
    run: lab => idsFor(lab, [[120.01, 30], [120, 30], [121, 30]].map(([x = 0, y = 0], n) => ({ _id: `p${n}`, place: new lab.db.Geo.Point(x, y) })), {
      place: lab.db.command.geoNear?.({ geometry: new lab.db.Geo.Point(120, 30), maxDistance: 2_000 }),
    }),
  },
]
