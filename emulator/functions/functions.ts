import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CloudFunction } from './cloudFunction.ts'
import type { FunctionSettings } from './cloudFunction.ts'
import { callEnvironment } from './environment.ts'
import type { Caller } from './environment.ts'
import { FunctionFailure } from './failure.ts'
import type { Invocation, Invocations } from './invocations.ts'

/** What a call gave: the JSON text that the function returned, or why there is none. */
export type CallOutcome =
  | { requestId: string, result: string }
  | { requestId: string, failure: FunctionFailure }

export interface FunctionsSettings extends FunctionSettings {
  functionsDir: string
  invocations: Invocations
}

/** All functions of the folder, each in its own process. */
export class Functions {
  private readonly byName = new Map<string, CloudFunction>()
  private isClosed = false

  constructor(private readonly settings: FunctionsSettings) {}

  /** Starts every function that the folder holds, in parallel. */
  async start(): Promise<void> {
    const names = readdirSync(this.settings.functionsDir).filter(name => this.exists(name))
    await Promise.all(names.map(name => this.find(name)?.readConfig()))
  }

  names(): string[] {
    return [...this.byName.keys()]
  }

  /** The function of a name; one that was added to the folder since the start is found too. */
  find(name: string): CloudFunction | undefined {
    if (!this.byName.has(name) && !this.isClosed && this.exists(name)) {
      this.byName.set(name, new CloudFunction(name, join(this.settings.functionsDir, name), this.settings))
    }
    return this.byName.get(name)
  }

  /** Calls a function in the caller's name. Never rejects: what goes wrong is part of the outcome. */
  async call(name: string, event: unknown, caller: Caller): Promise<CallOutcome> {
    const invocation = this.settings.invocations.begin(name, event, caller)
    const { requestId } = invocation.record
    try {
      const result = await this.run(name, event, invocation)
      this.settings.invocations.end(invocation, null)
      return { requestId, result }
    } catch (error) {
      const failure = error instanceof FunctionFailure ? error : FunctionFailure.crashed((error as Error).message)
      invocation.isCutOff = failure.code === 'FUNCTIONS_TIME_LIMIT_EXCEEDED'
      this.settings.invocations.end(invocation, failure.code)
      this.settings.log.write(name, requestId, 'failure', `${failure.code} ${readable(failure)}`)
      return { requestId, failure }
    }
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all([...this.byName.values()].map(cloudFunction => cloudFunction.stop()))
  }

  private async run(name: string, event: unknown, { caller, apiToken, record }: Invocation): Promise<string> {
    const cloudFunction = this.find(name)
    if (!cloudFunction) throw FunctionFailure.notFound(name)
    const { app } = this.settings
    const eventText = JSON.stringify(withUserInfo(event, caller, app.appid))
    return cloudFunction.call(record.requestId, eventText, callEnvironment(caller, apiToken, record.requestId, app))
  }

  private exists(name: string): boolean {
    return /^[A-Za-z][\w-]*$/.test(name) && existsSync(join(this.settings.functionsDir, name, 'index.js'))
  }
}

/** A mini program's call carries `userInfo`, and overrides what the client itself put there. */
function withUserInfo(event: unknown, caller: Caller, appId: string): unknown {
  if (caller.source !== 'wx_client' || caller.openid === undefined) return event
  return { ...(event as object), userInfo: { openId: caller.openid, appId } }
}

function readable(failure: FunctionFailure): string {
  if (failure.code !== 'FUNCTIONS_EXECUTE_FAIL') return failure.message
  const { errorMessage, stackTrace } = JSON.parse(failure.message) as { errorMessage: string, stackTrace: string }
  return `${errorMessage}: ${stackTrace}`
}
