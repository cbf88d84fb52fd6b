import type { Clock } from '../clock.ts'
import type { TimerTrigger } from './config.ts'
import { nextFiringMs, parseCron } from './cron.ts'
import type { Cron } from './cron.ts'
import type { CallOutcome, Functions } from './functions.ts'
import type { FunctionLog } from './log.ts'

/** Fires the timer triggers of all functions at their times in Beijing. */
export class Timers {
  private readonly waits = new Set<() => void>()
  private isStopped = false

  constructor(private readonly functions: Functions, private readonly log: FunctionLog, private readonly clock: Clock) {}

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
    for (const callOff of this.waits) callOff()
  }

  private schedule(functionName: string, trigger: TimerTrigger): void {
    try {
      const cron = parseCron(trigger.cron)
      // A run that takes longer than its interval does not hold up the next one, as in the cloud.
      this.wait(cron, this.clock.nowMs(), () => void this.call(functionName, trigger))
    } catch (error) {
      this.log.write(functionName, null, 'error', `The timer ${trigger.name} is not set: ${(error as Error).message}`)
    }
  }

  private wait(cron: Cron, afterMs: number, fire: () => void): void {
    const dueMs = nextFiringMs(cron, afterMs)
    if (dueMs === null || this.isStopped) return
    const callOff = this.clock.wakeAt(dueMs, () => {
      this.waits.delete(callOff)
      fire()
      this.wait(cron, this.clock.nowMs(), fire)
    })
    this.waits.add(callOff)
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
