import { randomUUID } from 'node:crypto'
import type { InvocationRecord } from '../emulator.ts'
import type { Caller } from './environment.ts'

const keptRecords = 1_000
/** Longer events are kept without their body, or not at all: a thousand of them would fill the memory. */
const longestKeptBytes = 100 * 1024

/** A call under way, or one that ended a while ago. */
export interface Invocation {
  record: InvocationRecord
  caller: Caller
  /** Sent back by every SDK request of this call. Unlike the request id it is known to nobody else. */
  apiToken: string
  /** True when it ran out of time. The cloud kills such an instance, so nothing more of it may take effect. */
  isCutOff: boolean
}

/** The latest calls of all functions, and which of them an SDK request belongs to. */
export class Invocations {
  private readonly byToken = new Map<string, Invocation>()

  constructor(private readonly nowMs: () => number) {}

  /** Notes that a call begins. */
  begin(functionName: string, event: unknown, caller: Caller): Invocation {
    const invocation: Invocation = {
      record: {
        requestId: randomUUID(),
        functionName,
        source: caller.source,
        event: shortened(event),
        operations: [],
        startedAtMs: this.nowMs(),
        endedAtMs: null,
        failure: null,
      },
      caller,
      apiToken: randomUUID(),
      isCutOff: false,
    }
    this.byToken.set(invocation.apiToken, invocation)
    this.forgetOldest()
    return invocation
  }

  /** Notes that a call ended, and with what failure. */
  end(invocation: Invocation, failure: string | null): void {
    invocation.record.endedAtMs = this.nowMs()
    invocation.record.failure = failure
  }

  /** The call that an SDK request belongs to. Tools outside of any function send no token. */
  find(apiToken: unknown): Invocation | undefined {
    return typeof apiToken === 'string' ? this.byToken.get(apiToken) : undefined
  }

  /**
   * False for an SDK request of a call that ran out of time, whose instance would be dead, and of one so old that it was
   * forgotten: what they still send must have no effect.
   */
  accepts(apiToken: unknown): boolean {
    const isTool = apiToken === undefined || apiToken === ''
    return isTool || this.find(apiToken)?.isCutOff === false
  }

  /** Copies of the latest records, oldest first. */
  list(functionName?: string): InvocationRecord[] {
    const records = [...this.byToken.values()].map(invocation => invocation.record)
    const wanted = functionName === undefined ? records : records.filter(record => record.functionName === functionName)
    return wanted.map(record => ({ ...record, operations: [...record.operations] }))
  }

  private forgetOldest(): void {
    for (const [token, invocation] of this.byToken) {
      if (this.byToken.size <= keptRecords) return
      if (invocation.record.endedAtMs !== null) this.byToken.delete(token)
    }
  }
}

/** The event, with its size in the place of what is too long: calls over HTTP and nested calls may carry several megabytes. */
function shortened(event: unknown): unknown {
  const body = (event as { body?: unknown } | null)?.body
  const lean = typeof body === 'string' ? { ...event as object, body: orItsSize(body) } : event
  // A client's event may have 100 KB by itself, and one with a body of that size has its headers besides.
  return bytesOf(lean) > 2 * longestKeptBytes ? sizeText(bytesOf(lean)) : lean
}

function orItsSize(text: string): string {
  const bytes = Buffer.byteLength(text)
  return bytes > longestKeptBytes ? sizeText(bytes) : text
}

function bytesOf(event: unknown): number {
  return Buffer.byteLength(JSON.stringify(event) ?? '')
}

function sizeText(bytes: number): string {
  return `(${bytes} bytes)`
}
