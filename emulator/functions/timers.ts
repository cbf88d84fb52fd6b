import type { Clock } from '../clock.ts'
import type { TimerTrigger } from './config.ts'
import { nextFiringMs, parseCron } from './cron.ts'
import type { Cron } from './cron.ts'
import type { CallOutcome, Functions } from './functions.ts'
import type { FunctionLog } from './log.ts'

/** A trigger that waits for its next time. */
interface Wait {
  functionName: string
  trigger: TimerTrigger
  dueMs: number
  callOff(): void
}

/** Fires the timer triggers of all functions at their times in Beijing. What was missed while the cloud was down is not made up for. */
export class Timers {
  private readonly waits = new Set<Wait>()
  private isRunning = false

  constructor(private readonly functions: Functions, private readonly log: FunctionLog, private readonly clock: Clock) {}

  /** Sets what the config.json of each function asks for. */
  start(): void {
    this.isRunning = true
    for (const name of this.functions.names()) this.refresh(name)
  }

  /** Sets the timers of one function anew. One that was due already fires now; nothing is lost by that, or fires twice. */
  refresh(functionName: string): void {
    if (!this.isRunning) return
    const cloudFunction = this.functions.find(functionName)
    for (const wait of [...this.waits].filter(one => one.functionName === functionName)) {
      this.end(wait)
      if (cloudFunction && wait.dueMs <= this.clock.nowMs()) void this.call(functionName, wait.trigger)
    }
    for (const trigger of cloudFunction?.config.triggers ?? []) this.set(functionName, trigger)
  }

  /** Fires one function's timer now, as if its time had come. */
  async fire(functionName: string): Promise<CallOutcome> {
    return this.call(functionName, this.functions.find(functionName)?.config.triggers[0] ?? { name: 'manual', cron: '' })
  }

  stop(): void {
    this.isRunning = false
    for (const wait of this.waits) this.end(wait)
  }

  private end(wait: Wait): void {
    this.waits.delete(wait)
    wait.callOff()
  }

  private set(functionName: string, trigger: TimerTrigger): void {
    try {
      this.wait(functionName, trigger, parseCron(trigger.cron))
    } catch (error) {
      this.log.write(functionName, null, 'error', `The timer ${trigger.name} is not set: ${(error as Error).message}`)
    }
  }

  /** A clock that jumps over several of its times fires a timer once. A run that takes longer than its interval holds up none. */
  private wait(functionName: string, trigger: TimerTrigger, cron: Cron): void {
    const dueMs = nextFiringMs(cron, this.clock.nowMs())
    if (dueMs === null) return
    const wait: Wait = {
      functionName,
      trigger,
      dueMs,
      callOff: this.clock.wakeAt(dueMs, () => {
        this.waits.delete(wait)
        void this.call(functionName, trigger)
        this.wait(functionName, trigger, cron)
      }),
    }
    this.waits.add(wait)
  }

  private call(functionName: string, trigger: TimerTrigger): Promise<CallOutcome> {
    const event = {
      Type: 'Timer',
      TriggerName: trigger.name,
      Time: new Date(this.clock.nowMs()).toISOString().replace(/\.\d+Z$/, 'Z'),
      ...(trigger.message === undefined ? {} : { Message: trigger.message }),
    }
    return this.functions.call(functionName, event, { source: 'wx_trigger' })
  }
}
