import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { StartError } from './emulator.ts'
import type { EmulatorOptions } from './emulator.ts'
import { startEmulator } from './start.ts'

const usage = 'emulator --functions DIR --data DIR --port N [--host H] [--database FILE] [--static DIR] [--env FILE.json] '
  + '[--pages FILE] [--push FILE.json] [--function-rules FILE.json] [--storage-rules FILE.json] [--isolation shared|instance]'

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
  'pages': { type: 'string' },
  'push': { type: 'string' },
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
    pagesFile: values.pages,
    messagePush: values.push === undefined ? {} : await readPush(values.push),
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
  const content = await readJson(file, '{"<function or *>": {"NAME": "value"}}')
  const isTable = isObject(content) && Object.values(content).every(isTextTable)
  if (!isTable) throw unusable(file, 'every value must be a text', '{"<function or *>": {"NAME": "value"}}')
  return content as Record<string, Record<string, string>>
}

/** Functions by the type of the message they get: `{"text": "service"}`. */
async function readPush(file: string): Promise<Record<string, string>> {
  const content = await readJson(file, '{"<MsgType or Event>": "<function>"}')
  if (!isTextTable(content)) throw unusable(file, 'every value must be a text', '{"<MsgType or Event>": "<function>"}')
  return content
}

async function readJson(file: string, form: string): Promise<unknown> {
  return readFile(file, 'utf8').then(text => JSON.parse(text) as unknown).catch((error: Error) => { throw unusable(file, error.message, form) })
}

function unusable(file: string, detail: string, form: string): StartError {
  return new StartError(`${file} cannot be used (${detail}): it must hold ${form}.`)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextTable(content: unknown): content is Record<string, string> {
  return isObject(content) && Object.values(content).every(value => typeof value === 'string')
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
