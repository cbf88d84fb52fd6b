import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { demoCatalog } from '../demo/seed.ts'
import { buildApp } from './steps/app.ts'
import { buildFunctions } from './steps/functions.ts'
import { openLocalShop } from './steps/localShop.ts'
import { root } from './steps/root.ts'

const USAGE = 'npm start -- [--port N] [--host ADDRESS] [--data DIR] [--fresh] [--no-open]'

interface Flags { port: number, host: string, data: string, fresh: boolean, open: boolean }

/** One sentence for a person, and the end. */
function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

function readFlags(): Flags {
  try {
    const { values } = parseArgs({
      options: {
        'port': { type: 'string', default: '8866' },
        'host': { type: 'string', default: '127.0.0.1' },
        'data': { type: 'string', default: path.join(root, '.local-cloud') },
        'fresh': { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) stop(`--port takes a number from 0 to 65535, not "${values.port}".`)
    return { port, host: values.host, data: path.resolve(values.data), fresh: values.fresh, open: !values['no-open'] }
  } catch (error) {
    stop(`${(error as Error).message}. Usage: ${USAGE}`)
  }
}

function openBrowser(url: string): void {
  if (!process.stdout.isTTY) return
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  // No browser, no harm: the address stands on the screen.
  spawn(opener, [url], { stdio: 'ignore', detached: true }).on('error', () => console.log(`Open ${url} in a browser.`)).unref()
}

/** Removes the data of an earlier run, and nothing that is not a local cloud's. */
function forget(dataDir: string): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return
  if (!existsSync(path.join(dataDir, 'database.db'))) {
    stop(`${dataDir} holds no data of a local cloud, so --fresh does not empty it: name another folder with --data.`)
  }
  rmSync(dataDir, { recursive: true, force: true })
}

async function start(): Promise<void> {
  const flags = readFlags()
  if (flags.fresh) forget(flags.data)
  console.log('Building the cloud functions …')
  await buildFunctions()
  // Before the long build, so that a port in use or a data folder that cannot be used is said at once.
  console.log('Starting the local WeChat …')
  const staticDir = path.join(root, 'dist/build/h5')
  mkdirSync(staticDir, { recursive: true })
  const shop = await openLocalShop({ dataDir: flags.data, port: flags.port, host: flags.host, staticDir })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      console.log('Stopping …')
      shop.close().then(() => process.exit(0), (error: unknown) => stop(`The local WeChat did not stop cleanly: ${String(error)}`))
    })
  }
  console.log('Building the mini program for the browser, about 15 seconds after a change …')
  await buildApp('h5')
  const table = demoCatalog.links.find(link => link.kind === 'Table')!
  const tableName = demoCatalog.tables.find(({ id }) => id === table.tableId)!.name
  console.log([
    '',
    `  Scan table ${tableName}   ${shop.url}/?scene=${table.id}`,
    `  Serve at the bar ${shop.url}/packages/merchant/orders/orders?person=owner`,
    `  Payment password 123456`,
    '',
    `ready ${shop.url}/`,
  ].join('\n'))
  if (flags.open) openBrowser(`${shop.url}/?scene=${table.id}`)
}

start().catch((error: unknown) => stop(error instanceof Error ? error.message : String(error)))
