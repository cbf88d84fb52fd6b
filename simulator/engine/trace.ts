import { createHash } from 'node:crypto'

const keptLines = 60
const hashedAtOnce = 16_384

/** What happened, step by step: a hash of all of it, and as much of the text as was asked for. */
export class Trace {
  private readonly hash = createHash('sha256')
  /** Written but not hashed yet: one update for many lines costs a tenth of one for each. */
  private waiting = ''
  private lines: string[] = []

  constructor(private readonly beginsAtMs: number, private readonly isWhole: boolean) {}

  step(atMs: number, what: string): void {
    this.write(`${atMs} ${what}`)
  }

  /** A remark of somebody who takes part, at the time of the step. */
  note(what: string): void {
    this.write(`  ${what}`)
  }

  /** The latest lines, or all of them, with the time since the beginning. */
  text(): string {
    const lines = this.isWhole ? this.lines : this.lines.slice(-keptLines)
    return lines.map(line => line.startsWith(' ') ? `              ${line}` : this.shown(line)).join('\n')
  }

  /** The same for two runs in which the same things happened. */
  digest(): string {
    return this.hash.copy().update(this.waiting).digest('hex').slice(0, 16)
  }

  private write(line: string): void {
    this.waiting += `${line}\n`
    if (this.waiting.length > hashedAtOnce) {
      this.hash.update(this.waiting)
      this.waiting = ''
    }
    this.lines.push(line)
    if (!this.isWhole && this.lines.length > 20 * keptLines) this.lines = this.lines.slice(-keptLines)
  }

  private shown(line: string): string {
    const [atMs = '', ...words] = line.split(' ')
    const elapsed = Number(atMs) - this.beginsAtMs
    const parts = [elapsed / 3600_000, elapsed / 60_000 % 60, elapsed / 1_000 % 60].map(part => String(Math.floor(part)).padStart(2, '0'))
    return `${parts.join(':')}.${String(elapsed % 1_000).padStart(3, '0')}   ${words.join(' ')}`
  }
}
