import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Emulator, EmulatorOptions, FunctionRules } from '../../emulator/emulator.ts'
import { startEmulator } from '../../emulator/start.ts'

export const functionsDir = fileURLToPath(new URL('functions', import.meta.url))

/** An emulator with a data folder of its own, and the few requests that tests make of it. */
export interface TestEmulator extends Emulator {
  dataDir: string
  /** Calls a function as a person in the mini program; null has no identity. */
  call<Result>(name: string, event: object, person?: string | null): Promise<Result>
  post<Reply>(path: string, body: object): Promise<Reply>
  get<Reply>(path: string): Promise<Reply>
  /** Stops it and removes its data. */
  dispose(): Promise<void>
}

export async function startTestEmulator(options: Partial<EmulatorOptions> = {}): Promise<TestEmulator> {
  const dataDir = options.dataDir ?? await mkdtemp(join(tmpdir(), 'emulator-'))
  // Tests that are not about the rules call functions without an identity.
  const functionRules: FunctionRules = { '*': { invoke: true } }
  const emulator = await startEmulator({ functionsDir, port: 0, timers: false, functionRules, ...options, dataDir })
  const request = async (path: string, body?: object, headers: Record<string, string> = {}) => {
    const method = body === undefined ? 'GET' : 'POST'
    const response = await fetch(emulator.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return await response.json() as Record<string, unknown>
  }
  return {
    ...emulator,
    dataDir,
    call: async <Result>(name: string, event: object, person: string | null = null) => {
      const reply = await request(`/functions/${name}`, event, person === null ? {} : { 'x-wx-openid': `o-${person}` })
      if (!('result' in reply)) throw new Error(JSON.stringify(reply))
      return reply.result as Result
    },
    post: async <Reply>(path: string, body: object) => await request(path, body) as Reply,
    get: async <Reply>(path: string) => await request(path) as Reply,
    dispose: async () => {
      await emulator.close()
      // Windows lets go of a database only a moment after it was closed.
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

/** Waits until a condition holds, and fails after a few seconds. */
export async function until(condition: () => Promise<boolean> | boolean, limitMs = 8_000): Promise<void> {
  const endMs = Date.now() + limitMs
  while (!await condition()) {
    if (Date.now() > endMs) throw new Error('What was waited for did not happen.')
    await new Promise(resolve => setTimeout(resolve, 30))
  }
}
