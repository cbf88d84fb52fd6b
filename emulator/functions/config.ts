import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const defaultLimitMs = 3_000
const longestLimitMs = 60_000

/** What a function's config.json may say here; the rest of the file is the cloud's business. */
export interface FunctionConfig {
  timeLimitMs: number
  triggers: TimerTrigger[]
  /** The interfaces of `cloud.openapi` that the function may call, such as `wxacode.getUnlimited`. */
  openApis: ReadonlySet<string>
}

export interface TimerTrigger {
  name: string
  /** Seven fields: second minute hour day month week year. */
  cron: string
  /** Passed on to the function as `Message`. */
  message?: string
}

/** Reads a function's config.json; `tell` gets one sentence for each part that cannot be used, and its default holds. */
export function readFunctionConfig(directory: string, tell: (mistake: string) => void): FunctionConfig {
  const raw = readRaw(join(directory, 'config.json'), tell)
  return { timeLimitMs: timeLimitOf(raw, tell), triggers: triggersOf(raw, tell), openApis: openApisOf(raw, tell) }
}

type Raw = Record<string, unknown>

function readRaw(file: string, tell: (mistake: string) => void): Raw {
  try {
    const content = JSON.parse(readFileSync(file, 'utf8')) as unknown
    if (isObject(content)) return content
    tell('config.json must hold a JSON object: mend it; until then the defaults hold.')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') tell(`config.json cannot be read (${message}): mend it; until then the defaults hold.`)
  }
  return {}
}

function timeLimitOf({ timeout }: Raw, tell: (mistake: string) => void): number {
  if (timeout === undefined) return defaultLimitMs
  if (typeof timeout !== 'number' || !(timeout > 0)) {
    tell(`config.json: timeout must be a number of seconds from 1 to 60, not ${JSON.stringify(timeout)}; the default of 3 holds.`)
    return defaultLimitMs
  }
  if (timeout * 1000 > longestLimitMs) tell(`config.json: timeout may be 60 seconds at most, not ${timeout}; 60 holds.`)
  return Math.min(timeout * 1000, longestLimitMs)
}

function triggersOf({ triggers = [] }: Raw, tell: (mistake: string) => void): TimerTrigger[] {
  if (!Array.isArray(triggers)) {
    tell('config.json: triggers must be a list; none is set.')
    return []
  }
  const timers = (triggers as unknown[]).flatMap((trigger) => {
    if (isTimer(trigger)) return [timerOf(trigger)]
    tell(`config.json: a trigger must be {"name": "…", "type": "timer", "config": "…"}, so ${JSON.stringify(trigger)} is not set.`)
    return []
  })
  if (timers.length > 1) tell(`config.json names ${timers.length} timers, which all fire here; the WeChat tools take one timer a function.`)
  return timers
}

interface RawTimer { name: string, type: 'timer', config: string, message?: unknown }

function isTimer(trigger: unknown): trigger is RawTimer {
  return isObject(trigger) && trigger.type === 'timer' && typeof trigger.name === 'string' && typeof trigger.config === 'string'
}

function timerOf({ name, config, message }: RawTimer): TimerTrigger {
  return { name, cron: config, ...(typeof message === 'string' ? { message } : {}) }
}

function openApisOf({ permissions = {} }: Raw, tell: (mistake: string) => void): ReadonlySet<string> {
  const names = isObject(permissions) ? permissions.openapi ?? [] : null
  if (Array.isArray(names) && names.every(name => typeof name === 'string')) return new Set(names)
  tell('config.json: permissions must be {"openapi": ["wxacode.getUnlimited", …]}; no interface is permitted.')
  return new Set()
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
