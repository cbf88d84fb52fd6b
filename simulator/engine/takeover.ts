import crypto from 'node:crypto'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

/** What stands behind the clock, the chance and the network of this process while a simulation runs. */
export interface Surroundings {
  /** Milliseconds since 1970 for whoever asks: instances of functions have clocks of their own. */
  nowMs(): number
  /** Wakes after simulated time; the result calls it off. */
  wakeAfter(delayMs: number, wake: () => void): () => void
  fraction(): number
  bytes(count: number): Buffer
  uuid(): string
  /** Answers a request of the SDK. */
  openRequest(url: string, options: http.RequestOptions, onResponse: (response: http.IncomingMessage) => void): http.ClientRequest
  fetch: typeof fetch
  /** Some code left a failure to nobody: in the cloud its instance dies of that. */
  unhandled(error: unknown): void
}

let current: Surroundings | null = null

/** Who stands behind this process from now on; null gives it back to itself. */
export function surroundWith(surroundings: Surroundings | null): void {
  current = surroundings
}

const real = {
  Date: globalThis.Date,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  fetch: globalThis.fetch,
  random: Math.random,
  randomBytes: crypto.randomBytes,
  randomUUID: crypto.randomUUID,
  randomInt: crypto.randomInt,
  request: http.request,
}

/** A timer of simulated time. Code may unref it, compare it or hand it to clearTimeout. */
class SimulatedTimeout {
  constructor(readonly callOff: () => void) {}
  ref(): this { return this }
  unref(): this { return this }
  hasRef(): boolean { return true }
  refresh(): this { return this }
  close(): this { this.callOff(); return this }
}

/**
 * Replaces the clock, the timers, chance and the network of this process, once and for good: each piece asks the current
 * simulation, and is itself again where there is none. Everything that would make two runs of one seed differ goes through here.
 */
export function takeOver(): void {
  takeOverTime()
  takeOverChance()
  Object.assign(http, {
    request: (url: string, options: http.RequestOptions, onResponse: (response: http.IncomingMessage) => void) =>
      current ? current.openRequest(String(url), options, onResponse) : real.request(url, options, onResponse),
  })
  process.on('unhandledRejection', (error) => {
    if (!current) throw error
    current.unhandled(error)
  })
  globalThis.fetch = (...given: Parameters<typeof fetch>) => current ? current.fetch(...given) : real.fetch(...given)
  syncBuiltinESMExports()
}

function takeOverTime(): void {
  globalThis.Date = class extends real.Date {
    constructor(...given: unknown[]) {
      if (given.length === 0 && current) super(current.nowMs())
      else super(...given as [number])
    }

    static override now(): number {
      return current ? current.nowMs() : real.Date.now()
    }
  } as DateConstructor

  const later = (wake: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]) => {
    if (!current) return real.setTimeout(wake, delayMs, ...values)
    return new SimulatedTimeout(current.wakeAfter(Number(delayMs) || 0, () => wake(...values)))
  }
  const forget = (timeout: unknown) =>
    timeout instanceof SimulatedTimeout ? timeout.callOff() : real.clearTimeout(timeout as NodeJS.Timeout)
  const again = (wake: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]) => {
    if (!current) return real.setInterval(wake, delayMs, ...values)
    const timeout = new SimulatedTimeout(() => callOff())
    let callOff = () => undefined as void
    const round = () => {
      callOff = (current as Surroundings).wakeAfter(Math.max(1, delayMs), () => { round(); wake(...values) })
    }
    round()
    return timeout
  }
  Object.assign(globalThis, { setTimeout: later, clearTimeout: forget, setInterval: again, clearInterval: forget })
}

function takeOverChance(): void {
  Math.random = () => current ? current.fraction() : real.random()
  const randomBytes = (count: number, onBytes?: (error: Error | null, bytes: Buffer) => void) => {
    if (!current) return onBytes ? real.randomBytes(count, onBytes) : real.randomBytes(count)
    const bytes = current.bytes(count)
    if (!onBytes) return bytes
    process.nextTick(onBytes, null, bytes)
    return undefined
  }
  const randomInt = (...given: unknown[]) => {
    if (!current) return (real.randomInt as (...values: unknown[]) => unknown)(...given)
    const [least, below] = given.length > 1 && typeof given[1] === 'number' ? [Number(given[0]), given[1]] : [0, Number(given[0])]
    return least + Math.floor(current.fraction() * (below - least))
  }
  const randomUUID = () => current ? current.uuid() : real.randomUUID()
  Object.assign(crypto, { randomBytes, randomInt, randomUUID })
}
