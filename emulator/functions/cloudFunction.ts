import { join } from 'node:path'
import type { AppIdentity } from '../emulator.ts'
import { readFunctionConfig } from './config.ts'
import type { FunctionConfig } from './config.ts'
import { processEnvironment } from './environment.ts'
import { FunctionProcess } from './functionProcess.ts'
import type { FunctionLog } from './log.ts'
import { ProcessPool } from './processPool.ts'
import type { Isolation } from './processPool.ts'

/** What the cloud gives a function unless it is told otherwise. Source: SCF. */
const memoryLimitMb = 256

export interface FunctionSettings {
  app: AppIdentity
  /** Where the SDK finds its cloud. */
  adminUrl: string
  environment: Record<string, Record<string, string>>
  isolation: Isolation
  log: FunctionLog
}

/** One function of the folder: its config.json, and the processes that run it. */
export class CloudFunction {
  private currentConfig: FunctionConfig
  private readonly pool: ProcessPool

  constructor(readonly name: string, private readonly directory: string, private readonly settings: FunctionSettings) {
    this.currentConfig = this.readConfig()
    this.pool = new ProcessPool({
      isolation: settings.isolation,
      start: onExit => this.startProcess(onExit),
      onCrash: () => settings.log.write(name, null, 'error', 'The process of the function ended, and is started again.'),
    })
  }

  /** What the function's config.json says. */
  get config(): FunctionConfig {
    return this.currentConfig
  }

  /** Runs the function once; resolves with the JSON text of what it returned, rejects with a FunctionFailure. */
  async call(requestId: string, event: string, environment: Record<string, string>): Promise<string> {
    const context = {
      request_id: requestId,
      function_name: this.name,
      function_version: '$LATEST',
      namespace: this.settings.app.envId,
      memory_limit_in_mb: memoryLimitMb,
      time_limit_in_ms: this.config.timeLimitMs,
    }
    return this.pool.call(context, event, environment)
  }

  /** Takes over the files as they are now; calls under way end with the old ones. */
  reload(): void {
    this.settings.log.write(this.name, null, 'info', 'The files of the function changed, and are used from now on.')
    this.currentConfig = this.readConfig()
    this.pool.renew()
  }

  /** Takes no new calls, and lets those under way end. */
  retire(): void {
    this.pool.retire()
  }

  /** Ends the function's processes. */
  async stop(): Promise<void> {
    await this.pool.stop()
  }

  private readConfig(): FunctionConfig {
    return readFunctionConfig(this.directory, mistake => this.settings.log.write(this.name, null, 'warn', mistake))
  }

  private startProcess(onExit: (gone: FunctionProcess) => void): FunctionProcess {
    const { app, adminUrl, environment, isolation, log } = this.settings
    const started: FunctionProcess = new FunctionProcess({
      indexPath: join(this.directory, 'index.js'),
      environment: processEnvironment(adminUrl, app, { ...environment['*'], ...environment[this.name] }),
      memoryLimitMb,
      // Other calls that share the process must not die with one that is late.
      endsWhenLate: isolation === 'instance',
      onLog: (requestId, level, text) => log.write(this.name, requestId, level, text),
      onExit: () => onExit(started),
    })
    return started
  }
}
