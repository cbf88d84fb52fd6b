import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StartError } from '../../emulator/emulator.ts'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

let folder: string
let emulator: TestEmulator | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'))
  emulator = undefined
})
afterEach(async () => {
  await emulator?.close()
  await rm(folder, { recursive: true, maxRetries: 10, retryDelay: 100 })
})

/** No functions: these tests are about what is opened before them. */
const start = (port = 0) => startTestEmulator({ functionsDir: folder, dataDir: join(folder, 'data'), databaseFile: join(folder, 'database.json'), port })

async function declareIndex(unique: boolean): Promise<void> {
  const indexes = [{ name: 'phone', unique, keys: [{ field: 'phone', direction: 'asc' }] }]
  await writeFile(join(folder, 'database.json'), JSON.stringify({ collections: [{ name: 'people', indexes }] }))
}

async function refusalOf(starting: Promise<TestEmulator>): Promise<string> {
  const outcome = await starting.catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(StartError)
  return (outcome as StartError).message
}

describe('A data folder that does not fit', () => {
  it('because an index changed is refused with what to do about it, and stays usable for who declares the old index', async () => {
    await declareIndex(true)
    const first = await start()
    await first.close()
    await declareIndex(false)
    expect(await refusalOf(start())).toMatch(/The index phone .* delete the data folder, or name another one with --data\.$/)
    await declareIndex(true)
    emulator = await start()
  })

  it('because its payments are damaged is refused, and gives back its port and its database', async () => {
    await declareIndex(true)
    const first = await start()
    await first.close()
    await writeFile(join(folder, 'data', 'pay.db'), 'this is no database, however long one looks at it')
    expect(await refusalOf(start(first.port))).toContain('delete the data folder')
    await rm(join(folder, 'data', 'pay.db'))
    emulator = await start(first.port)
    expect(emulator.port).toBe(first.port)
  })
})
