import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FunctionProcess } from '../../emulator/functions/functionProcess.ts'

const slowToLoad = `
  const endMs = Date.now() + 500
  while (Date.now() < endMs);
  exports.main = async event => event.n
`

let folder: string
let running: FunctionProcess[]
let logged: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'process-'))
  running = []
  logged = []
})
afterEach(async () => {
  await Promise.all(running.map(one => one.stop()))
  await rm(folder, { recursive: true, maxRetries: 10, retryDelay: 100 })
})

async function start(source: string, loadLimitMs?: number): Promise<FunctionProcess> {
  const indexPath = join(folder, 'index.js')
  await writeFile(indexPath, source)
  const started = new FunctionProcess({
    indexPath, environment: {}, onLog: (_, level, text) => logged.push(`${level} ${text}`), onExit: () => undefined,
    ...(loadLimitMs === undefined ? {} : { loadLimitMs }),
  })
  running.push(started)
  return started
}

function call(target: FunctionProcess, limitMs = 3_000): Promise<string> {
  const context = {
    request_id: 'r-1', function_name: 'f', function_version: '$LATEST', namespace: 'local-env', memory_limit_in_mb: 256, time_limit_in_ms: limitMs,
  }
  return target.call(context, '{"n":7}', {})
}

describe('A process that is still loading', () => {
  it('answers the calls that wait for it, even when a newer build takes its place meanwhile', async () => {
    const old = await start(slowToLoad)
    const waiting = call(old)
    old.retire()
    expect(await waiting).toBe('7')
    await vi.waitFor(() => expect(old.isGone).toBe(true), 5_000)
  })

  it('costs its calls nothing of their own time limit', async () => {
    expect(await call(await start(slowToLoad), 400)).toBe('7')
  })

  it('is ended when that takes too long, with a failure that says so', async () => {
    const stuck = await start('while (true);', 300)
    await expect(call(stuck)).rejects.toThrow('could not be loaded within 0.3 seconds')
    await vi.waitFor(() => expect(stuck.isGone).toBe(true), 5_000)
    expect(logged).toEqual(['error the function could not be loaded within 0.3 seconds'])
  })
})

describe('A process that cannot even be started', () => {
  it('fails its calls instead of leaving them to wait', async () => {
    const node = process.execPath
    process.execPath = join(folder, 'no-such-program')
    const stillborn = await start('').finally(() => { process.execPath = node })
    await expect(call(stillborn)).rejects.toThrow('process exited')
  })
})
