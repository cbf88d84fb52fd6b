import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DatabaseDeclaration } from '../database/database.ts'
import { startEmulator } from '../start.ts'
import { collectionName, uniqueCollectionName } from './experiment.ts'

const functionsDir = fileURLToPath(new URL('.', import.meta.url))

const declaration: DatabaseDeclaration = {
  collections: [
    { name: collectionName, indexes: [{ name: 'place', keys: [{ field: 'place', direction: '2dsphere' }] }] },
    { name: uniqueCollectionName, indexes: [{ name: 'phone', unique: true, keys: [{ field: 'phone', direction: 'asc' }] }] },
  ],
}

/** The variables that lead the SDK of this process to a cloud. */
export interface CloudVariables {
  TCB_CONTEXT_CNFG: string
  TENCENTCLOUD_SECRETID: string
  TENCENTCLOUD_SECRETKEY: string
}

/** Starts an emulator that has everything the experiments need. */
export async function startLocalCloud(): Promise<{ variables: CloudVariables, merchantId: string, close(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fidelity-'))
  const databaseFile = join(dataDir, 'declaration.json')
  await writeFile(databaseFile, JSON.stringify(declaration))
  const merchantId = '1900000109'
  const emulator = await startEmulator({ functionsDir, dataDir, databaseFile, port: 0, timers: false, app: { merchantId } })
  return {
    variables: { TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${emulator.url}/admin` }), TENCENTCLOUD_SECRETID: 'local', TENCENTCLOUD_SECRETKEY: 'local' },
    merchantId,
    close: async () => {
      await emulator.close()
      // Windows lets go of a database only a moment after it was closed.
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
