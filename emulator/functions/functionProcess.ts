import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { FunctionFailure } from './failure.ts'
import type { CallContext, FromHost, ToHost } from './messages.ts'

const hostPath = fileURLToPath(new URL('host.mjs', import.meta.url))
const pongLimitMs = 1_000
const defaultLoadLimitMs = 20_000
/** What a synchronous call may return. Source: SCF. */
const longestResultBytes = 6 * 1024 * 1024

interface PendingCall {
  resolve(result: string): void
  reject(failure: FunctionFailure): void
}

export interface ProcessSettings {
  indexPath: string
  environment: Record<string, string>
  /** How long the function's file may take to run; 20 seconds unless told. A file that takes longer is stuck in a loop. */
  loadLimitMs?: number
  /** What the function's own objects may take; Node.js's default unless told. Buffers are not counted. */
  memoryLimitMb?: number
  /** Whether a call that runs out of time ends the process, as in the cloud. */
  endsWhenLate?: boolean
  onLog(callId: string | null, level: string, text: string): void
  /** The process is gone, whatever the reason. */
  onExit(): void
}

/** One running process of one function: calls go in concurrently, each with its own environment. */
export class FunctionProcess {
  /** Settles when the function's file was run; never rejects, because a failure answers the calls instead. */
  readonly loaded: Promise<void>
  /** False for a process that ended before it could run its file. */
  hasLoaded = false
  isGone = false
  /** Set while it is unclear whether the process is stuck; settles when it has answered, or was given up. */
  check: Promise<void> | null = null
  private readonly child: ChildProcess
  private readonly pending = new Map<string, PendingCall>()
  private isGivenUp = false
  private isRetired = false
  private endCheck: () => void = () => undefined

  constructor(private readonly settings: ProcessSettings) {
    const execArgv = settings.memoryLimitMb === undefined ? [] : [`--max-old-space-size=${settings.memoryLimitMb}`]
    this.child = fork(hostPath, [settings.indexPath], { env: settings.environment, execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    this.child.stdout?.on('data', (text: Buffer) => settings.onLog(null, 'log', text.toString()))
    this.child.stderr?.on('data', (text: Buffer) => settings.onLog(null, 'error', text.toString()))
    this.loaded = new Promise((resolve) => {
      this.child.on('message', (message: FromHost) => this.receive(message, resolve))
      this.child.once('exit', (code, signal) => this.end(signal ?? `exit code ${code}`, resolve))
      this.child.on('error', error => this.end(error.message, resolve))
    })
    const overdue = setTimeout(() => this.giveUpLoading(), this.loadLimitMs)
    void this.loaded.then(() => clearTimeout(overdue))
  }

  /** False for a process that is gone or about to be: what is sent to it would be lost. */
  get isUsable(): boolean {
    return !this.isGone && !this.isGivenUp
  }

  /** Calls that have no answer yet. */
  get callsUnderWay(): number {
    return this.pending.size
  }

  private get loadLimitMs(): number {
    return this.settings.loadLimitMs ?? defaultLoadLimitMs
  }

  /**
   * Runs the function once; resolves with the JSON text of what it returned. A call that waits for the file to be run is
   * in flight already, so that a newer build does not cut it off; its time limit begins afterwards.
   */
  async call(context: CallContext, event: string, environment: Record<string, string>): Promise<string> {
    const callId = context.request_id
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined
      const settled = <T>(next: (value: T) => void) => (value: T) => {
        clearTimeout(timer)
        this.pending.delete(callId)
        next(value)
        if (this.isRetired) this.retire()
      }
      this.pending.set(callId, { resolve: settled(resolve), reject: settled(reject) })
      void this.loaded.then(() => {
        if (!this.pending.has(callId)) return
        if (this.isGone) return this.end('the process had ended before the call')
        timer = setTimeout(() => this.giveUp(callId, context.time_limit_in_ms), context.time_limit_in_ms)
        this.send({ kind: 'call', callId, event, context, environment })
      })
    })
  }

  /** Takes no new calls, and ends when those in flight have their answers. */
  retire(): void {
    this.isRetired = true
    if (this.pending.size === 0) this.child.kill()
  }

  /** Ends at once; resolves when the process is gone. */
  async stop(): Promise<void> {
    if (this.isGone) return
    await new Promise<void>((resolve) => {
      this.child.once('exit', () => resolve())
      this.child.kill('SIGKILL')
    })
  }

  private receive(message: FromHost, markLoaded: () => void): void {
    if (message.kind === 'returned') this.answer(message.callId, message.result)
    else if (message.kind === 'threw') this.pending.get(message.callId)?.reject(FunctionFailure.threw(message.stack))
    else if (message.kind === 'log') this.settings.onLog(message.callId, message.level, message.text)
    else if (message.kind === 'pong') this.endCheck()
    else {
      this.hasLoaded = true
      if (message.failure !== null) this.settings.onLog(null, 'error', `The function could not be loaded: ${message.failure}`)
      markLoaded()
    }
  }

  private answer(callId: string, result: string): void {
    const bytes = Buffer.byteLength(result)
    if (bytes > longestResultBytes) this.pending.get(callId)?.reject(FunctionFailure.tooLargeResult(bytes))
    else this.pending.get(callId)?.resolve(result)
  }

  private giveUp(callId: string, limitMs: number): void {
    this.pending.get(callId)?.reject(FunctionFailure.tooSlow(limitMs))
    if (this.settings.endsWhenLate) this.kill()
    else if (this.isUsable && !this.check) this.askWhetherStuck()
  }

  /** A process that is too busy to answer a ping is stuck in a loop: only its end frees the other calls. */
  private askWhetherStuck(): void {
    const overdue = setTimeout(() => this.kill(), pongLimitMs)
    this.check = new Promise<void>((resolve) => { this.endCheck = resolve }).then(() => {
      clearTimeout(overdue)
      this.check = null
    })
    this.send({ kind: 'ping' })
  }

  private giveUpLoading(): void {
    const reason = `the function could not be loaded within ${this.loadLimitMs / 1000} seconds`
    this.settings.onLog(null, 'error', reason)
    for (const call of [...this.pending.values()]) call.reject(FunctionFailure.crashed(reason))
    this.kill()
  }

  private kill(): void {
    this.isGivenUp = true
    this.child.kill('SIGKILL')
    this.endCheck()
  }

  private send(message: ToHost): void {
    this.child.send(message, (error) => {
      if (error) this.end(error.message)
    })
  }

  private end(reason: string, markLoaded: () => void = () => undefined): void {
    const first = !this.isGone
    this.isGone = true
    markLoaded()
    this.endCheck()
    for (const call of [...this.pending.values()]) call.reject(FunctionFailure.crashed(reason))
    if (first) this.settings.onExit()
  }
}
