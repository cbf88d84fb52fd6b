import { join } from 'node:path'
import { CloudFunction } from './cloudFunction.ts'
import type { FunctionSettings } from './cloudFunction.ts'
import { callEnvironment } from './environment.ts'
import type { Caller } from './environment.ts'
import { FunctionFailure } from './failure.ts'
import { FolderWatch } from './folderWatch.ts'
import type { FolderChange } from './folderWatch.ts'
import type { Invocation, Invocations } from './invocations.ts'

/** What a call gave: the JSON text that the function returned, or why there is none. */
export type CallOutcome =
  | { requestId: string, result: string }
  | { requestId: string, failure: FunctionFailure }

export interface FunctionsSettings extends FunctionSettings {
  functionsDir: string
  invocations: Invocations
}

/** All functions of the folder, as it is now: those that are written, changed or removed while it runs too. */
export class Functions {
  private readonly byName = new Map<string, CloudFunction>()
  /** Functions that were removed, some of them with calls to finish. */
  private readonly removed: CloudFunction[] = []
  private readonly watch: FolderWatch
  private tellChange: (name: string) => void = () => undefined
  private isClosed = false

  constructor(private readonly settings: FunctionsSettings) {
    this.watch = new FolderWatch(settings.functionsDir, (name, change) => this.follow(name, change))
  }

  /** Starts every function that the folder holds, in parallel, and watches for changes. */
  async start(): Promise<void> {
    for (const name of await this.watch.begin()) this.add(name)
    this.watch.keepLooking()
  }

  /** Calls back with the name of each function that was added, changed or removed. */
  onChange(tell: (name: string) => void): void {
    this.tellChange = tell
  }

  names(): string[] {
    return [...this.byName.keys()]
  }

  /** The function of a name. */
  find(name: string): CloudFunction | undefined {
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
    this.watch.stop()
    await Promise.all([...this.byName.values(), ...this.removed].map(cloudFunction => cloudFunction.stop()))
  }

  private follow(name: string, change: FolderChange): void {
    if (this.isClosed) return
    if (change === 'removed') this.remove(name)
    else if (this.byName.has(name)) this.byName.get(name)?.reload()
    else this.add(name)
    this.tellChange(name)
  }

  private add(name: string): void {
    this.byName.set(name, new CloudFunction(name, join(this.settings.functionsDir, name), this.settings))
  }

  private remove(name: string): void {
    const cloudFunction = this.byName.get(name)
    if (!cloudFunction) return
    this.byName.delete(name)
    this.removed.push(cloudFunction)
    cloudFunction.retire()
    this.settings.log.write(name, null, 'info', 'The function was removed.')
  }

  private async run(name: string, event: unknown, { caller, apiToken, record }: Invocation): Promise<string> {
    const cloudFunction = this.find(name)
    if (!cloudFunction) throw FunctionFailure.notFound(name)
    const { app } = this.settings
    const eventText = JSON.stringify(withUserInfo(event, caller, app.appid))
    return cloudFunction.call(record.requestId, eventText, callEnvironment(caller, apiToken, record.requestId, app))
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
