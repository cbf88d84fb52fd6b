/**
 * The process of one cloud function: `node host.mjs <index.js>`. Plain JavaScript, so that it holds nothing but the
 * function and its packages, as in the cloud.
 *
 * The SDK reads the caller's identity from `process.env`, which all calls of a process share. Each call therefore
 * gets its own layer over the environment, found by the asynchronous context it runs in.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'

/** @typedef {import('./messages.ts').ToHost} ToHost */
/** @typedef {import('./messages.ts').FromHost} FromHost */
/** @typedef {Extract<ToHost, { kind: 'call' }>} Call */

/** @type {AsyncLocalStorage<Call>} */
const calls = new AsyncLocalStorage()

/** @param {FromHost} message */
function tell(message) {
  if (process.connected) process.send?.(message)
}

function layerEnvironment() {
  const base = process.env
  const layer = () => calls.getStore()?.environment
  const proxy = new Proxy(base, {
    get: (_, name) => (hasOwn(layer(), name) ? layer()[name] : base[name]),
    has: (_, name) => hasOwn(layer(), name) || name in base,
    ownKeys: () => [...new Set([...Reflect.ownKeys(base), ...Object.keys(layer() ?? {})])],
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(hasOwn(layer(), name) ? layer() : base, name),
  })
  Object.defineProperty(process, 'env', { value: proxy, enumerable: true, configurable: true, writable: true })
}

function hasOwn(object, name) {
  return object !== undefined && Object.prototype.hasOwnProperty.call(object, name)
}

function forwardConsole() {
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    console[level] = (...values) => tell({ kind: 'log', callId: calls.getStore()?.callId ?? null, level, text: format(...values) })
  }
}

async function loadFunction(path) {
  const loaded = existsSync(join(dirname(path), 'package.json')) ? await import(pathToFileURL(path).href) : loadWithoutPackage(path)
  const main = loaded.main ?? loaded.default?.main
  if (typeof main !== 'function') throw new Error(`${path} must export a function named main.`)
  return main
}

/**
 * Only the function's own folder is uploaded, so one without a package.json is CommonJS in the cloud, whatever the
 * package.json of the project around it says.
 */
function loadWithoutPackage(path) {
  const own = realpathSync(dirname(path)) + sep
  const asUsual = Module._extensions['.js']
  Module._extensions['.js'] = (module, file) => {
    const isOwn = file.startsWith(own) && !file.slice(own.length).includes(`node_modules${sep}`)
    if (isOwn) module._compile(readFileSync(file, 'utf8'), file)
    else asUsual(module, file)
  }
  return createRequire(path)(path)
}

/** @param {Call} call */
async function run(call, loading) {
  try {
    const main = await loading
    const result = await main(JSON.parse(call.event), call.context)
    tell({ kind: 'returned', callId: call.callId, result: JSON.stringify(result) ?? 'null' })
  } catch (error) {
    tell({ kind: 'threw', callId: call.callId, stack: stackOf(error) })
  }
}

function stackOf(error) {
  return error instanceof Error ? error.stack ?? error.message : format(error)
}

layerEnvironment()
forwardConsole()
const loading = loadFunction(process.argv[2])
loading.then(
  () => tell({ kind: 'loaded', failure: null }),
  error => tell({ kind: 'loaded', failure: stackOf(error) }),
)
process.on('message', (/** @type {ToHost} */ message) => {
  if (message.kind === 'ping') tell({ kind: 'pong' })
  else calls.run(message, () => run(message, loading))
})
process.on('disconnect', () => process.exit())
