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

  constructor(private readonly settings: AlarmSettings) {}

  /** Looks again when the next work is due. To be called whenever that may have changed. */
  set(): void {
    if (this.timer) clearTimeout(this.timer)
    const nextAtMs = this.isStopped ? null : this.settings.nextAtMs()
    if (nextAtMs === null) return
    const waitMs = Math.min(Math.max(0, nextAtMs - this.settings.nowMs()), longestWaitMs)
    this.timer = setTimeout(() => this.ring(), waitMs)
  }

  stop(): void {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
  }

  /** Looks again after a moment, because something went wrong. */
  setAfterFailure(error: unknown): void {
    console.error(error)
    if (this.timer) clearTimeout(this.timer)
    if (!this.isStopped) this.timer = setTimeout(() => this.ring(), pauseAfterFailureMs)
  }

  private ring(): void {
    this.settings.ring().then(() => this.set()).catch((error: unknown) => this.setAfterFailure(error))
  }
}
