import { expect, test } from 'vitest'
import type { IndexDeclaration } from '../../../emulator/database/database.ts'
import { Client } from './client.ts'
import recordings from './recorded.json'

const phone: IndexDeclaration = { name: 'phone', unique: true, keys: [{ field: 'phone', direction: 'asc' }] }
const slot: IndexDeclaration = { name: 'slot', unique: true, keys: [{ field: 'day', direction: 'desc' }, { field: 'hour', direction: 'asc' }] }

function open(...indexes: IndexDeclaration[]): Promise<Client> {
  return Client.open({}, { collections: [{ name: 'items', indexes }, { name: 'users', indexes }] })
}

test('a second document with the same key is refused in the recorded words', async () => {
  const client = await open(phone)
  const recorded = recordings.find(({ name }) => name === '009-database.insertDocument')
  await client.send('insertDocument', { collectionName: 'users', data: ['{"phone":"1"}'] })
  const answer = await client.send('insertDocument', { collectionName: 'users', data: ['{"phone":"1"}'] })
  expect(answer).toMatchObject({ code: recorded?.response.body.code, message: recorded?.response.body.message })
})

test('a missing field counts as null, so two documents without it collide', async () => {
  const client = await open(phone)
  await client.insert({ _id: 'a' })
  expect((await client.insert({ _id: 'b' })).message).toContain('dup key: { : null }')
  expect((await client.insert({ _id: 'c', phone: null })).message).toContain('E11000')
})

test('a compound key collides only as a whole', async () => {
  const client = await open(slot)
  await client.insert([{ _id: 'a', day: 1, hour: 9 }, { _id: 'b', day: 1, hour: 10 }, { _id: 'c', day: 2, hour: 9 }])
  expect((await client.insert({ _id: 'd', day: 2, hour: 9 })).message).toContain('index: slot dup key: { : 2, : 9 }')
  expect((await client.update({ _id: 'a' }, { $inc: { hour: 1 } })).message).toContain('E11000')
  expect(await client.get('a')).toMatchObject({ hour: 9 })
})

test('an element of an array collides with the same element elsewhere, not within its own document', async () => {
  const client = await open(phone)
  await client.insert({ _id: 'a', phone: ['1', '1', '2'] })
  expect((await client.insert({ _id: 'b', phone: '2' })).message).toContain('E11000')
})

test('a key is free again after an update, a removal and a replacement', async () => {
  const client = await open(phone)
  await client.insert([{ _id: 'a', phone: 1 }, { _id: 'b', phone: 2 }, { _id: 'c', phone: 3 }])
  await client.update({ _id: 'a' }, { $set: { phone: 10 } })
  await client.remove({ _id: 'b' })
  await client.set('c', { phone: 30 })
  expect(await client.insert([{ _id: 'd', phone: 1 }, { _id: 'e', phone: 2 }, { _id: 'f', phone: 3 }])).not.toHaveProperty('code')
})

test('of several documents the ones before the duplicate stay', async () => {
  const client = await open(phone)
  expect((await client.insert([{ _id: 'a', phone: 1 }, { _id: 'b', phone: 1 }, { _id: 'c', phone: 2 }])).message).toContain('E11000')
  expect(await client.find({})).toMatchObject([{ _id: 'a' }])
})

test('an index over documents that already collide is not built', async () => {
  const client = await open()
  await client.insert([{ _id: 'a', phone: 1 }, { _id: 'b', phone: 1 }])
  await expect(client.database.declare({ collections: [{ name: 'items', indexes: [phone] }] })).rejects.toThrow('E11000')
  expect(await client.insert({ _id: 'c', phone: 1 })).not.toHaveProperty('code')
})

test('an index waits for open transactions before it is built', async () => {
  const client = await open()
  const transaction = await client.begin()
  await transaction.insert([{ _id: 'a', phone: 1 }, { _id: 'b', phone: 1 }])
  const declaring = client.database.declare({ collections: [{ name: 'items', indexes: [phone] }] })
  await transaction.commit()
  await expect(declaring).rejects.toThrow('E11000')
})

test('declaring the same again changes nothing, and another index under the same name is refused', async () => {
  const client = await open(phone)
  await client.database.declare({ collections: [{ name: 'items', indexes: [phone] }] })
  await expect(client.database.declare({ collections: [{ name: 'items', indexes: [{ ...phone, unique: false }] }] })).rejects.toThrow('phone')
})
