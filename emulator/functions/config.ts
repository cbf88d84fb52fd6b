import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const defaultLimitMs = 3_000
const longestLimitMs = 60_000

/** What a function's config.json may say here; the rest of the file is the cloud's business. */
export interface FunctionConfig {
  timeLimitMs: number
  triggers: TimerTrigger[]
}

export interface TimerTrigger {
  name: string
  /** Seven fields: second minute hour day month week year. */
  cron: string
  /** Passed on to the function as `Message`. */
  message?: string
}

/** Reads a function's config.json; a function without one has the defaults. */
export async function readFunctionConfig(directory: string): Promise<FunctionConfig> {
  const text = await readFile(join(directory, 'config.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  return parseFunctionConfig(JSON.parse(text) as RawConfig)
}

interface RawConfig {
  timeout?: unknown
  triggers?: { name?: unknown, type?: unknown, config?: unknown, message?: unknown }[]
}

function parseFunctionConfig(raw: RawConfig): FunctionConfig {
  const timers = (raw.triggers ?? []).filter(trigger => trigger.type === 'timer')
  return {
    timeLimitMs: typeof raw.timeout === 'number' && raw.timeout > 0 ? Math.min(raw.timeout * 1000, longestLimitMs) : defaultLimitMs,
    triggers: timers.map(timer => ({
      name: String(timer.name),
      cron: String(timer.config),
      ...(typeof timer.message === 'string' ? { message: timer.message } : {}),
    })),
  }
}
