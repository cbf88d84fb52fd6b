// setTimeout cannot wait longer than 2^31 ms.
const longestWaitMs = 24 * 3600_000
/** After a failure the work is still due; without a pause it would be tried without end. */
const pauseAfterFailureMs = 1_000

export interface AlarmSettings {
  /** When there is next something to do; null for never. */
  nextAtMs(): number | null
  /** Does what is due. */
  ring(): Promise<void>
  nowMs(): number
}

/** Wakes up for work whose time is kept in a database: after a restart it simply asks again. */
export class Alarm {
  private timer: NodeJS.Timeout | null = null
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
    this.pausedUntilMs = this.settings.nowMs() + pauseAfterFailureMs
    this.ringAt(this.isStopped ? null : this.pausedUntilMs)
  }

  private ringAt(atMs: number | null): void {
    if (this.timer) clearTimeout(this.timer)
    if (atMs === null) return
    const waitMs = Math.min(Math.max(0, atMs - this.settings.nowMs()), longestWaitMs)
    this.timer = setTimeout(() => this.ring(), waitMs)
  }

  private ring(): void {
    this.settings.ring().then(() => this.set()).catch((error: unknown) => this.setAfterFailure(error))
  }
}
