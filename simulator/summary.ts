import { arrows } from './auditor/lives.ts'
import { promises } from './auditor/promises.ts'
import { branches, branchNames, impossible } from './coverage.ts'
import type { Branch } from './coverage.ts'
import { faultKinds, faultNames } from './engine/faults.ts'
import type { Fault } from './engine/faults.ts'
import type { SeedReport } from './seed.ts'

const tracedLines = 30

/** What many seeds came to, added up. */
export class Summary {
  private seeds = 0
  private steps = 0
  private readonly counts = new Map<string, number>()

  add({ steps, faults, transitions, branches: taken }: SeedReport): void {
    this.seeds += 1
    this.steps += steps
    for (const [name, count] of [faults, transitions, taken].flatMap(counts => Object.entries(counts))) {
      this.counts.set(name, (this.counts.get(name) ?? 0) + count)
    }
  }

  /** For a person to read: totals, how often each thing happened, and what never did. */
  text(elapsedMs: number): string {
    const seconds = elapsedMs / 1_000
    const names = [...faultNames, ...arrows, ...branchNames]
    const missed = names.filter(name => !this.counts.has(name) && !(name in impossible))
    const cannot = Object.entries(impossible).map(([name, why]) => `Cannot fire: ${name} (${why}).`)
    return [
      `${this.seeds} seeds, ${this.steps} steps in ${seconds.toFixed(0)} s: ${Math.round(this.steps / seconds)} steps a second`,
      this.section('Faults', faultNames, name => faultKinds[name as Fault].about),
      this.section('Transitions', arrows, () => ''),
      this.section('Branches', branchNames, name => branches[name as Branch]),
      ...cannot,
      missed.length === 0 ? 'Everything else fired.' : `Never fired: ${missed.join(', ')}`,
    ].join('\n\n')
  }

  private section(title: string, names: readonly string[], about: (name: string) => string): string {
    const width = Math.max(...names.map(name => name.length))
    return [title, ...names.map(name => `${String(this.counts.get(name) ?? 0).padStart(8)}  ${name.padEnd(width)}  ${about(name)}`.trimEnd())].join('\n')
  }
}

/** Why a seed failed: each broken promise in words, what happened last, and how to see all of it. */
export function failureText({ seed, violations, trace }: SeedReport, again: string): string {
  return [
    `Seed ${seed} broke ${violations.length === 1 ? 'a promise' : `${violations.length} promises`}:`,
    ...violations.map(({ promise, what }) => `  promise ${promise}: ${what}\n             (${promises[promise]})`),
    'What happened last:',
    ...trace.split('\n').slice(-tracedLines).map(line => `  ${line}`),
    `All of it: ${again}`,
  ].join('\n')
}
