import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { StartError } from './emulator.ts'
import type { EmulatorOptions } from './emulator.ts'
import { startEmulator } from './start.ts'

const usage = 'emulator --functions DIR --data DIR --port N [--host H] [--database FILE] [--static DIR] [--env FILE.json] '
  + '[--function-rules FILE.json] [--storage-rules FILE.json] [--isolation shared|instance]'

const flags = {
  'functions': { type: 'string' },
  'data': { type: 'string' },
  'port': { type: 'string' },
  'host': { type: 'string' },
  'database': { type: 'string' },
  'static': { type: 'string' },
  'env': { type: 'string' },
  'function-rules': { type: 'string' },
  'storage-rules': { type: 'string' },
  'isolation': { type: 'string' },
} as const

async function readOptions(): Promise<EmulatorOptions> {
  const values = parseFlags()
  if (values.functions === undefined || values.data === undefined || values.port === undefined) {
    throw new StartError(`--functions, --data and --port must be given: ${usage}`)
  }
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new StartError(`--port ${values.port} is no port: give a number from 0 to 65535.`)
  const { isolation } = values
  if (isolation !== undefined && isolation !== 'shared' && isolation !== 'instance') {
    throw new StartError(`--isolation ${isolation} is unknown: give shared or instance.`)
  }
  return {
    functionsDir: values.functions,
    dataDir: values.data,
    port,
    host: values.host,
    databaseFile: values.database,
    staticDir: values.static,
    environment: values.env === undefined ? {} : await readEnvironment(values.env),
    functionRulesFile: values['function-rules'],
    storageRulesFile: values['storage-rules'],
    isolation,
  }
}

function parseFlags() {
  try {
    return parseArgs({ options: flags }).values
  } catch (error) {
    throw new StartError(`${(error as Error).message.split('. ')[0]}: ${usage}`)
  }
}

/** Environment variables by function name, `*` for all: `{"*": {"NAME": "value"}}`. */
async function readEnvironment(file: string): Promise<Record<string, Record<string, string>>> {
  const mistake = (detail: string) => new StartError(`${file} cannot be used (${detail}): it must hold {"<function or *>": {"NAME": "value"}}.`)
  const content = await readFile(file, 'utf8').then(text => JSON.parse(text) as unknown).catch((error: Error) => { throw mistake(error.message) })
  if (!isTextTable(content)) throw mistake('every value must be a text')
  return content
}

function isTextTable(content: unknown): content is Record<string, Record<string, string>> {
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject(content) && Object.values(content).every(own => isObject(own) && Object.values(own).every(value => typeof value === 'string'))
}

async function run(): Promise<void> {
  const emulator = await startEmulator(await readOptions())
  const stop = () => {
    emulator.close().then(() => process.exit(0), fail)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  console.log(`ready ${emulator.url}/`)
}

function fail(error: unknown): void {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
}

run().catch(fail)
