import type { TimerTrigger } from './config.ts'
import { nextFiringMs, parseCron } from './cron.ts'
import type { Cron } from './cron.ts'
import type { CallOutcome, Functions } from './functions.ts'
import type { FunctionLog } from './log.ts'

// setTimeout cannot wait longer than 2^31 ms.
const longestWaitMs = 24 * 3600_000

/** Fires the timer triggers of all functions at their times in Beijing. */
export class Timers {
  private readonly waits = new Map<string, NodeJS.Timeout>()
  private isStopped = false

  constructor(private readonly functions: Functions, private readonly log: FunctionLog, private readonly nowMs: () => number) {}

  /** Schedules what the config.json of each function asks for. */
  async start(): Promise<void> {
    for (const name of this.functions.names()) {
      const config = await this.functions.find(name)?.readConfig()
      for (const trigger of config?.triggers ?? []) this.schedule(name, trigger)
    }
  }

  /** Fires one function's timer now, as if its time had come. */
  async fire(functionName: string): Promise<CallOutcome> {
    const config = await this.functions.find(functionName)?.readConfig()
    return this.call(functionName, config?.triggers[0] ?? { name: 'manual', cron: '' })
  }

  stop(): void {
    this.isStopped = true
    for (const wait of this.waits.values()) clearTimeout(wait)
  }

  private schedule(functionName: string, trigger: TimerTrigger): void {
    try {
      this.wait(functionName, trigger, parseCron(trigger.cron))
    } catch (error) {
      this.log.write(functionName, null, 'error', `The timer ${trigger.name} is not set: ${(error as Error).message}`)
    }
  }

  private wait(functionName: string, trigger: TimerTrigger, cron: Cron): void {
    const dueMs = nextFiringMs(cron, this.nowMs())
    if (dueMs === null || this.isStopped) return
    const waitMs = Math.min(dueMs - this.nowMs(), longestWaitMs)
    const isLast = waitMs < longestWaitMs
    this.waits.set(`${functionName} ${trigger.name}`, setTimeout(() => {
      // A run that takes longer than its interval does not hold up the next one, as in the cloud.
      if (isLast) void this.call(functionName, trigger)
      this.wait(functionName, trigger, cron)
    }, waitMs))
  }

  private call(functionName: string, trigger: TimerTrigger): Promise<CallOutcome> {
    const event = {
      Type: 'Timer',
      TriggerName: trigger.name,
      Time: new Date(this.nowMs()).toISOString().replace(/\.\d+Z$/, 'Z'),
      ...(trigger.message === undefined ? {} : { Message: trigger.message }),
    }
    return this.functions.call(functionName, event, { source: 'wx_trigger' })
  }
}
