import type { Clock } from '../clock.ts'

/** After a failure the work is still due; without a pause it would be tried without end. */
const pauseAfterFailureMs = 1_000

export interface AlarmSettings {
  /** When there is next something to do; null for never. */
  nextAtMs(): number | null
  /** Does what is due. */
  ring(): Promise<void>
  clock: Clock
}

/** Wakes up for work whose time is kept in a database: after a restart it simply asks again. */
export class Alarm {
  private callOff: () => void = () => undefined
  private isStopped = false
  private pausedUntilMs = 0

  constructor(private readonly settings: AlarmSettings) {}

  /** Looks again when the next work is due. To be called whenever that may have changed. */
  set(): void {
    const nextAtMs = this.isStopped ? null : this.settings.nextAtMs()
    this.ringAt(nextAtMs === null ? null : Math.max(nextAtMs, this.pausedUntilMs))
  }

  stop(): void {
    this.isStopped = true
    this.ringAt(null)
  }

  /** Looks again after a pause, because something went wrong. Whoever calls `set` meanwhile does not shorten it. */
  setAfterFailure(error: unknown): void {
    console.error(error)
    this.pausedUntilMs = this.settings.clock.nowMs() + pauseAfterFailureMs
    this.ringAt(this.isStopped ? null : this.pausedUntilMs)
  }

  private ringAt(atMs: number | null): void {
    this.callOff()
    if (atMs !== null) this.callOff = this.settings.clock.wakeAt(atMs, () => this.ring())
  }

  private ring(): void {
    this.settings.ring().then(() => this.set()).catch((error: unknown) => this.setAfterFailure(error))
  }
}
