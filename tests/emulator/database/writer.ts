import { writeSync } from 'node:fs'
import { Client } from './client.ts'

/** Inserts pairs of documents in transactions until it is killed, and prints each id once its commit is acknowledged. */
const [file, prefix] = process.argv.slice(2)
const client = await Client.open({ file })
for (let number = 0; ; number++) {
  const id = `${prefix}-${number}`
  const transaction = await client.begin()
  await transaction.insert({ _id: id, phone: id })
  await transaction.insert({ _id: `${id}-pair`, phone: `${id}-pair` })
  const { code } = await transaction.commit()
  if (code) throw new Error(code)
  writeSync(1, `${id}\n`)
}
