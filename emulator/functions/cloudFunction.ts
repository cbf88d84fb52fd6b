import { unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import type { AppIdentity } from '../emulator.ts'
import { readFunctionConfig } from './config.ts'
import type { FunctionConfig } from './config.ts'
import { processEnvironment } from './environment.ts'
import { FunctionProcess } from './functionProcess.ts'
import type { FunctionLog } from './log.ts'

const memoryLimitMb = 256
const watchIntervalMs = 300

export interface FunctionSettings {
  app: AppIdentity
  /** Where the SDK finds its cloud. */
  adminUrl: string
  environment: Record<string, Record<string, string>>
  log: FunctionLog
}

/** One function of the folder: keeps a process for it, with a fresh one after a crash and after each build. */
export class CloudFunction {
  private current: FunctionProcess
  private readonly indexPath: string
  private isStopped = false
  private readonly leaving = new Set<FunctionProcess>()

  constructor(readonly name: string, private readonly directory: string, private readonly settings: FunctionSettings) {
    this.indexPath = join(directory, 'index.js')
    this.current = this.startProcess()
    // Polling sees a file that a build tool deletes and writes again, which a watcher of the folder may lose.
    watchFile(this.indexPath, { interval: watchIntervalMs, persistent: false }, now => this.reload(now.size))
  }

  /** The function's config.json as it is now. */
  async readConfig(): Promise<FunctionConfig> {
    try {
      return await readFunctionConfig(this.directory)
    } catch (error) {
      this.settings.log.write(this.name, null, 'error', `config.json cannot be read, the defaults hold: ${(error as Error).message}`)
      return { timeLimitMs: 3_000, triggers: [] }
    }
  }

  /** Runs the function once; resolves with the JSON text of what it returned, rejects with a FunctionFailure. */
  async call(requestId: string, event: string, environment: Record<string, string>): Promise<string> {
    const { timeLimitMs } = await this.readConfig()
    if (this.current.isGone && !this.isStopped) this.current = this.startProcess()
    const context = {
      request_id: requestId,
      function_name: this.name,
      function_version: '$LATEST',
      namespace: this.settings.app.envId,
      memory_limit_in_mb: memoryLimitMb,
      time_limit_in_ms: timeLimitMs,
    }
    return this.current.call(context, event, environment)
  }

  /** Ends the function's processes. */
  async stop(): Promise<void> {
    this.isStopped = true
    unwatchFile(this.indexPath)
    await Promise.all([this.current, ...this.leaving].map(process => process.stop()))
  }

  private startProcess(): FunctionProcess {
    const { app, adminUrl, environment, log } = this.settings
    const started: FunctionProcess = new FunctionProcess({
      indexPath: this.indexPath,
      environment: processEnvironment(adminUrl, app, { ...environment['*'], ...environment[this.name] }),
      onLog: (requestId, level, text) => log.write(this.name, requestId, level, text),
      onExit: () => this.replace(started),
    })
    return started
  }

  /**
   * A crashed process is replaced at once. One that never got as far as its function waits for the next call:
   * else it would crash for ever.
   */
  private replace(gone: FunctionProcess): void {
    this.leaving.delete(gone)
    if (this.isStopped || gone !== this.current || !gone.hasLoaded) return
    this.settings.log.write(this.name, null, 'error', 'The process of the function ended, and is started again.')
    this.current = this.startProcess()
  }

  private reload(size: number): void {
    // A size of 0 is a file that is being written; the next look finds it complete.
    if (this.isStopped || size === 0) return
    const old = this.current
    this.leaving.add(old)
    this.current = this.startProcess()
    old.retire()
  }
}
