import { AsyncLocalStorage } from 'node:async_hooks'
import type { Caller } from '../../emulator/functions/environment.ts'

/** One call of a cloud function under way. */
export interface Invocation {
  id: number
  functionName: string
  caller: Caller
  /** The environment that only this call sees. */
  environment: Environment
  /** How far the clock of its instance is off. */
  skewMs: number
  /** True once its instance was killed: nothing that it still sends arrives, and nothing reaches it any more. */
  isDead: boolean
}

type Environment = Record<string, string | undefined>

/** Finds the call that a piece of code works for. */
export const invocations = new AsyncLocalStorage<Invocation>()

/** What all calls of this process share. A plain object: reading the real environment goes through the operating system. */
const base: Environment = { ...process.env }

/** The variables of one call on top of those of its process. */
export function layered(own: Record<string, string>): Environment {
  return Object.assign(Object.create(base) as Environment, own)
}

/** Lets every call see its own variables in `process.env`, as its own instance would. Once for a process. */
export function layerEnvironment(shared: Record<string, string>): void {
  Object.assign(base, shared)
  const seen = () => invocations.getStore()?.environment ?? base
  const proxy = new Proxy(base, {
    get: (_, name) => seen()[name as string],
    has: (_, name) => name in seen(),
    ownKeys: () => [...new Set([...Reflect.ownKeys(base), ...Reflect.ownKeys(seen())])],
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(seen(), name) ?? Reflect.getOwnPropertyDescriptor(base, name),
  })
  Object.defineProperty(process, 'env', { value: proxy, enumerable: true, configurable: true, writable: true })
}

/** Runs code in the name of a call, or of nobody. */
export function inNameOf<T>(invocation: Invocation | undefined, work: () => T): T {
  return invocation ? invocations.run(invocation, work) : invocations.exit(work)
}
