import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openCloudDatabase } from '../backend/wechat/database.ts'
import { openAdminCloud } from '../demo/adminCloud.ts'
import { localApp, openLocalShop } from '../scripts/steps/localShop.ts'
import { addHolds, holdsBeside, holdsInside, measure } from './stockDesigns.ts'
import type { Found } from './stockDesigns.ts'

const BUYERS = Number(process.argv[3] ?? 200)
const PIECES = Number(process.argv[4] ?? 50)

const columns: [title: string, of: (found: Found) => string][] = [
  ['design', found => found.design],
  ['sold', found => String(found.sold)],
  ['short', found => String(found.short)],
  ['conflicts', found => String(found.conflicts)],
  ['retries', found => String(found.retries)],
  ['requests', found => String(found.requests)],
  ['a sale', found => (found.requests / found.sold).toFixed(1)],
]

function print(table: readonly Found[]): void {
  const rows = [columns.map(([title]) => title), ...table.map(found => columns.map(([, of]) => of(found)))]
  const widths = columns.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  for (const row of rows) console.log(row.map((cell, column) => column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)).join('  '))
}

console.log(`${BUYERS} buyers want one piece each of the same item at the same moment; ${PIECES} are there. Through wx-server-sdk, on the local cloud.\n`)
const dataDir = await mkdtemp(path.join(tmpdir(), 'stock-'))
const emulator = await openLocalShop({ dataDir, port: 0, timers: false })
await openAdminCloud(emulator.url, localApp.envId)
await addHolds()
const database = openCloudDatabase()
const inside = await measure(database, PIECES, BUYERS, () => holdsInside(database))
const beside = await measure(database, PIECES, BUYERS, onRound => holdsBeside(database, onRound))
print([inside, beside])
console.log(`\nThe transaction costs ${(beside.requests / inside.requests).toFixed(1)} times the requests.`)
await emulator.close()
await rm(dataDir, { recursive: true, force: true })
process.exit(0)
