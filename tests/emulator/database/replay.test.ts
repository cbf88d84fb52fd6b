import { EJSON } from 'bson'
import { expect, test } from 'vitest'
import type { DatabaseAnswer, DatabaseRequest } from '../../../emulator/database/database.ts'
import { openDatabase } from '../../../emulator/database/open.ts'
import { HEX_ID, pairIds, recordings, renamed } from './recordings.ts'

/**
 * Needs a unique index that two documents without the field do not share. The recorded server had one; those of the
 * service count a missing field as null. `unique-index.test.ts` holds the recorded answer.
 */
const DUPLICATE_PHONE = '009-database.insertDocument'

/** A plain write to a document of an open transaction: the recorded server let it through, the service makes it wait. */
const PLAIN_WRITE = '073-database.modifyDocument'
const COMMIT = '074-database.commitTransaction'

test('the recorded requests of the SDK get the recorded answers', async () => {
  const database = await openDatabase({ file: ':memory:' })
  const ids = new Map<string, string>()
  let waiting: Promise<DatabaseAnswer> | undefined
  for (const { name, request, response } of recordings) {
    if (name === DUPLICATE_PHONE) continue
    const answering = database.answer(renamed(request.body, ids) as DatabaseRequest)
    if (name === PLAIN_WRITE) {
      waiting = answering
      continue
    }
    const answer = await answering
    if (name === COMMIT) {
      expect(answer, name).toMatchObject({ committed: 1 })
      expect(await waiting, PLAIN_WRITE).toMatchObject({ data: { updated: 1, upsert_id: null } })
      continue
    }
    expect(comparable(answer), name).toEqual(comparable(response.body))
    pairIds(response.body, answer, ids)
  }
  await database.close()
})

/** Opens the EJSON inside an answer and levels what differs between two runs: ids and the dates of the server's clock. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value === 'string') return value.startsWith('{') ? comparable(EJSON.parse(value)) : value.replace(HEX_ID, 'an id')
  if (value instanceof Date) return value.getTime() > 1e12 ? 'a server date' : value
  if (typeof value !== 'object' || value === null) return value
  const { requestId: _, ...fields } = value as Record<string, unknown>
  return Object.fromEntries(Object.entries(fields).map(([field, inner]) => [field, comparable(inner)]))
}
