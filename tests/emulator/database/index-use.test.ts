import { expect, test } from 'vitest'
import { chooseAccessPath } from '../../../emulator/database/query/accessPath.ts'
import { Collection } from '../../../emulator/database/collection.ts'
import type { IndexDeclaration } from '../../../emulator/database/database.ts'
import type { Document } from '../../../emulator/database/document.ts'
import { keyOf } from '../../../emulator/database/document.ts'
import type { SortOrder } from '../../../emulator/database/order.ts'

const byMember: IndexDeclaration = { name: 'member', keys: [{ field: 'member', direction: 'asc' }, { field: 'at', direction: 'desc' }] }
const byTag: IndexDeclaration = { name: 'tag', keys: [{ field: 'tags', direction: 'asc' }] }
const DOCUMENTS = 2_000
const MEMBERS = 100

/** Orders of 100 members, each with 20, the newest last. */
function orders(): Collection {
  const collection = new Collection('orders')
  for (const index of [byMember, byTag]) collection.adoptIndex(index, collection.buildIndex(index))
  collection.load(Array.from({ length: DOCUMENTS }, (_, n) => {
    const document = { _id: `o${n}`, member: `m${n % MEMBERS}`, at: n, tags: [`t${n % 10}`, `u${n % 7}`] }
    return { key: keyOf(document._id), sequence: n, document }
  }))
  return collection
}

const collection = orders()

function looksAt(query: Document, order: SortOrder = []): { count: number, ordered: boolean, first: unknown } {
  const { keys, ordered } = chooseAccessPath(collection, query, order)
  const found = [...keys]
  return { count: found.length, ordered, first: collection.get(found[0] ?? '')?.document._id }
}

test.each<[string, Document, number]>([
  ['one document by _id', { _id: 'o5' }, 1],
  ['a few by _id', { _id: { $in: ['o5', 'o6', 'gone'] } }, 2],
  ['_id beside conditions that no index knows', { _id: 'o5', status: { $ne: 'paid' } }, 1],
  ['an equality inside $and', { $and: [{ member: 'm7' }, { at: { $gt: 1_500 } }] }, 5],
  ['one member', { member: 'm7' }, 20],
  ['a member\'s range', { member: 'm7', at: { $gte: 107, $lt: 307 } }, 2],
  ['two members', { member: { $in: ['m1', 'm2'] } }, 40],
  ['an element of an array', { tags: 't3' }, 200],
  ['nothing, as nothing is asked for', { member: { $in: [] } }, 0],
  ['everything, when no index helps', { at: 5 }, DOCUMENTS],
  ['everything under $or', { $or: [{ member: 'm1' }, { at: 5 }] }, DOCUMENTS],
])('a query looks at %s', (_, query, count) => {
  expect(looksAt(query).count).toBe(count)
})

test('a member\'s newest orders come in order from the index, and so do the oldest', () => {
  expect(looksAt({ member: 'm7' }, [['at', -1]])).toEqual({ count: 20, ordered: true, first: 'o1907' })
  expect(looksAt({ member: 'm7' }, [['at', 1]])).toEqual({ count: 20, ordered: true, first: 'o7' })
})

test('an order alone is read from an index that has it, a page at a time', () => {
  expect(looksAt({}, [['_id', -1]])).toMatchObject({ ordered: true, first: 'o999' })
  expect(looksAt({ _id: { $gt: 'o998' } }, [['_id', 1]])).toEqual({ count: 1, ordered: true, first: 'o999' })
  expect(looksAt({}, [['member', 1], ['at', -1]])).toMatchObject({ ordered: true, first: 'o1900' })
})

test('an order that no index has must be sorted', () => {
  expect(looksAt({ member: 'm7' }, [['status', 1]]).ordered).toBe(false)
  expect(looksAt({}, [['member', 1], ['at', 1]]).ordered).toBe(false)
  expect(looksAt({}, [['tags', 1]]).ordered).toBe(false)
  expect(looksAt({ member: { $in: ['m1', 'm2'] } }, [['at', -1]]).ordered).toBe(false)
})
