import type { EmulatorOptions } from '../emulator.ts'
import { FunctionFailure } from './failure.ts'
import type { FunctionProcess } from './functionProcess.ts'
import type { CallContext } from './messages.ts'

/** How the calls of a function share processes. */
export type Isolation = NonNullable<EmulatorOptions['isolation']>

const mostInstances = 8

export interface PoolSettings {
  isolation: Isolation
  /** Starts a process of the newest build; it calls back when the process is gone. */
  start(onExit: (gone: FunctionProcess) => void): FunctionProcess
  /** A process that had loaded its function ended by itself. */
  onCrash(): void
}

/** The processes of one function: those of the newest build, and older ones that still have calls to finish. */
export class ProcessPool {
  private readonly current = new Set<FunctionProcess>()
  private readonly leaving = new Set<FunctionProcess>()
  /** Calls for which every instance is busy. */
  private readonly queue: (() => void)[] = []
  private closed: string | null = null

  constructor(private readonly settings: PoolSettings) {
    this.add()
  }

  /** Runs one call in a process that is free for it; waits for one when all are busy and there may be no more. */
  async call(context: CallContext, event: string, environment: Record<string, string>): Promise<string> {
    let free = this.pick()
    while (!free || free.check) {
      await (free?.check ?? new Promise<void>(resolve => this.queue.push(resolve)))
      free = this.pick()
    }
    try {
      return await free.call(context, event, environment)
    } finally {
      this.queue.shift()?.()
    }
  }

  /** Serves new calls from the newest build; those under way end in the old one. */
  renew(): void {
    if (this.closed !== null) return
    const old = [...this.current]
    this.current.clear()
    this.add()
    this.leave(old)
  }

  /** Takes no new calls, and lets those under way end. */
  retire(): void {
    this.close('the function was removed')
    const old = [...this.current]
    this.current.clear()
    this.leave(old)
  }

  /** Ends every process at once. */
  async stop(): Promise<void> {
    this.close('the cloud is shut down')
    await Promise.all([...this.current, ...this.leaving].map(process => process.stop()))
  }

  /** A free process; undefined when all are busy. Whoever picks must call without a pause, else two calls pick the same. */
  private pick(): FunctionProcess | undefined {
    if (this.closed !== null) throw FunctionFailure.crashed(this.closed)
    const usable = [...this.current].filter(process => process.isUsable)
    if (this.settings.isolation === 'shared') return usable[0] ?? this.add()
    return usable.find(process => process.callsUnderWay === 0) ?? (usable.length < mostInstances ? this.add() : undefined)
  }

  private add(): FunctionProcess {
    const started = this.settings.start(gone => this.drop(gone))
    this.current.add(started)
    return started
  }

  private leave(old: FunctionProcess[]): void {
    for (const process of old.filter(({ isGone }) => !isGone)) {
      this.leaving.add(process)
      process.retire()
    }
  }

  /**
   * A process that crashed is replaced at once when it was the last. One that never got as far as its function waits for
   * the next call: else it would crash for ever.
   */
  private drop(gone: FunctionProcess): void {
    this.leaving.delete(gone)
    const wasCurrent = this.current.delete(gone)
    if (!wasCurrent || this.closed !== null || !gone.hasLoaded) return
    this.settings.onCrash()
    if (this.current.size === 0) this.add()
  }

  private close(reason: string): void {
    this.closed ??= reason
    for (const wake of this.queue.splice(0)) wake()
  }
}
