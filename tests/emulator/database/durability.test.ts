import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DatabaseDeclaration } from '../../../emulator/database/database.ts'
import { Client } from './client.ts'

const declaration: DatabaseDeclaration = {
  collections: [{ name: 'items', indexes: [{ name: 'phone', unique: true, keys: [{ field: 'phone', direction: 'asc' }] }] }],
}

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'database-'))
  file = join(folder, 'deep', 'cloud.db')
})

afterEach(() => rm(folder, { recursive: true }))

test('documents, their order and values of every type are there after closing and opening', async () => {
  const documents = [
    { _id: 'z', phone: 1, at: new Date(0), price: 9.9, big: 2 ** 40, pattern: /^a/i, nested: { list: [1, null, { deep: true }] } },
    { _id: 7, phone: 2, name: '铺子', odd: '"$kept' },
    { _id: 'a', phone: 3 },
  ]
  const before = await Client.open({ file }, declaration)
  await before.insert(documents)
  await before.update({ _id: 'z' }, { $inc: { price: 0.1 } })
  await before.insert({ _id: 'gone', phone: 4 })
  await before.remove({ _id: 'gone' })
  const expected = await before.find({})
  await before.database.close()

  const after = await Client.open({ file }, { collections: [] })
  expect(await after.find({})).toEqual(expected)
  expect(await after.find({}, { projection: { _id: 1 } })).toEqual([{ _id: 'z' }, { _id: 7 }, { _id: 'a' }])
  expect(await after.find({ at: { $lte: new Date(0) } })).toHaveLength(1)
  await after.database.close()
})

test('indexes still hold after opening, and new documents come last', async () => {
  const before = await Client.open({ file }, declaration)
  await before.insert([{ _id: 'b', phone: 1 }, { _id: 'c', phone: 2 }])
  await before.database.close()
  const after = await Client.open({ file }, { collections: [] })
  expect((await after.insert({ phone: 1 })).message).toContain('index: phone')
  await after.insert({ _id: 'a', phone: 3 })
  expect((await after.find({})).map(({ _id }) => _id)).toEqual(['b', 'c', 'a'])
  await after.database.close()
})

test('an open transaction leaves nothing behind when the database closes', async () => {
  const before = await Client.open({ file }, declaration)
  const transaction = await before.begin()
  await transaction.insert({ _id: 'a' })
  await before.database.close()
  await expect(transaction.commit()).rejects.toThrow('closed')
  const after = await Client.open({ file }, declaration)
  expect(await after.find({})).toEqual([])
  await after.database.close()
})

test('a second opener is kept out while the file is open', async () => {
  const first = await Client.open({ file }, declaration)
  await expect(Client.open({ file }, declaration)).rejects.toThrow('locked')
  await first.database.close()
})
