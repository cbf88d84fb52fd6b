// Kept from before anybody replaces it: it lets everything that is ready run, and it touches no clock.
const letRun = setImmediate

interface Entry {
  atMs: number
  /** Among equals the first one noted comes first, so that the order is the same in every run. */
  number: number
  what: string
  run(): void
}

/**
 * Everything that will happen, in the order of simulated time. One step takes one entry and lets all code that it wakes run
 * until it waits for something that is on the agenda again.
 */
export class Agenda {
  private readonly entries: Entry[] = []
  private count = 0
  steps = 0

  constructor(public nowMs: number, private readonly onStep: (atMs: number, what: string) => void) {}

  /** Notes something for a moment from now. The result crosses it out. */
  add(delayMs: number, what: string, run: () => void): () => void {
    const entry: Entry = { atMs: this.nowMs + Math.max(0, delayMs), number: this.count++, what, run }
    this.entries.splice(this.placeOf(entry), 0, entry)
    return () => this.remove(entry)
  }

  /** Waits for a moment of simulated time. */
  pause(delayMs: number, what: string): Promise<void> {
    return new Promise(resolve => this.add(delayMs, what, resolve))
  }

  /** Does the next thing; false when there is nothing, or nothing before the given time. */
  async step(untilMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    const next = this.entries.at(-1)
    if (!next || next.atMs > untilMs) return false
    this.entries.pop()
    this.nowMs = Math.max(this.nowMs, next.atMs)
    this.steps += 1
    this.onStep(this.nowMs, next.what)
    next.run()
    await new Promise<void>(resolve => letRun(resolve))
    return true
  }

  /** The list is kept latest first, so that the next entry is taken off its end. */
  private placeOf({ atMs, number }: Entry): number {
    let [low, high] = [0, this.entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.entries[middle] as Entry
      if (other.atMs > atMs || (other.atMs === atMs && other.number > number)) low = middle + 1
      else high = middle
    }
    return low
  }

  private remove(entry: Entry): void {
    const place = this.entries.indexOf(entry)
    if (place >= 0) this.entries.splice(place, 1)
  }
}
