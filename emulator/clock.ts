// setTimeout cannot wait longer than 2^31 ms.
const longestWaitMs = 24 * 3600_000

/** The time of the local WeChat. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number
  /** Calls `wake` once, when that time has come. The result calls it off. */
  wakeAt(atMs: number, wake: () => void): () => void
}

interface Sleeper {
  atMs: number
  wake(): void
  timer: NodeJS.Timeout | undefined
}

/** A clock that can be moved: it shows the machine's time until somebody advances it or makes it run faster. */
export class MovableClock implements Clock {
  private readonly sleepers = new Set<Sleeper>()
  /** The clock showed `shownMs` when the machine's showed `machineMs`, and has run at `speed` since. */
  private shownMs: number
  private machineMs: number
  private currentSpeed = 1

  constructor(private readonly machineNowMs: () => number = Date.now) {
    this.machineMs = machineNowMs()
    this.shownMs = this.machineMs
  }

  get speed(): number {
    return this.currentSpeed
  }

  nowMs(): number {
    return Math.floor(this.shownMs + (this.machineNowMs() - this.machineMs) * this.currentSpeed)
  }

  /** Goes forward at once. Whatever was due meanwhile happens now. */
  advance(byMs: number): void {
    this.set(this.nowMs() + byMs, this.currentSpeed)
  }

  /** Lets this many milliseconds pass in one; 1 is the pace of the machine. */
  run(speed: number): void {
    this.set(this.nowMs(), speed)
  }

  wakeAt(atMs: number, wake: () => void): () => void {
    const sleeper: Sleeper = { atMs, wake, timer: undefined }
    this.sleepers.add(sleeper)
    this.arm(sleeper)
    return () => this.dismiss(sleeper)
  }

  private set(shownMs: number, speed: number): void {
    this.machineMs = this.machineNowMs()
    this.shownMs = shownMs
    this.currentSpeed = speed
    for (const sleeper of this.sleepers) this.arm(sleeper)
  }

  private arm(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer)
    const waitMs = Math.max(0, Math.ceil((sleeper.atMs - this.nowMs()) / this.currentSpeed))
    sleeper.timer = setTimeout(() => this.ring(sleeper), Math.min(waitMs, longestWaitMs))
  }

  /** A timer may ring a moment early, and has to where the wait is longer than it can be. */
  private ring(sleeper: Sleeper): void {
    if (this.nowMs() < sleeper.atMs) return this.arm(sleeper)
    this.dismiss(sleeper)
    sleeper.wake()
  }

  private dismiss(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer)
    this.sleepers.delete(sleeper)
  }
}
