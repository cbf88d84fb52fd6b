import type { Item, Outcome, State, Write } from './isolationHistory.ts'
import { applied, changedBetween } from './isolationHistory.ts'

/** A transaction as an outsider knows it: when it began, and what it was told that it has written. */
export interface Attempt {
  name: string
  /** How many commits there were when it began. */
  began: number
  view: State
  writes: Write[]
  /** Every state of a document that it has made, committed or not. */
  drafts: { id: string, item: Item | undefined }[]
  status: 'open' | 'conflicted' | 'failed' | 'committed' | 'undone'
  held: Set<string>
  /** What it read of each document since its own last write there. */
  reads: Map<string, string>
}

/**
 * What should be the case, by the rules of snapshot isolation and the history so far.
 *
 * Written for the test alone: it shares nothing with the database, keeps every state there ever was and searches all of them.
 */
export class World {
  /** The state after each commit; the first is that of the beginning. */
  readonly states: State[]
  /** Which documents each commit has changed, in the places of `states`. */
  readonly changed: Set<string>[] = [new Set()]
  readonly attempts = new Map<string, Attempt>()

  constructor(beginning: State) {
    this.states = [beginning]
  }

  get latest(): State {
    return this.states[this.states.length - 1] ?? {}
  }

  get commits(): number {
    return this.states.length - 1
  }

  begin(name: string): void {
    this.attempts.set(name, {
      name, began: this.commits, view: this.latest, writes: [], drafts: [], status: 'open', held: new Set(), reads: new Map(),
    })
  }

  /** What must be answered to a write of a transaction at this moment. */
  outcomeWithin(attempt: Attempt, write: Write): Outcome {
    if (attempt.status !== 'open') return 'gone'
    if (applied(attempt.view, write) === null) return 'nothing'
    if (this.holders(attempt.view, write).some(holder => holder !== attempt)) return 'conflict'
    if (this.changedSince(write.id, attempt.began)) return 'conflict'
    if (doubles(attempt.view, write)) return 'duplicate'
    return this.#takenSince(attempt, write) ? 'conflict' : 'written'
  }

  /** What must be answered to a plain write, if it is answered at this moment. */
  plainOutcome(write: Write): Outcome {
    if (applied(this.latest, write) === null) return 'nothing'
    return doubles(this.latest, write) ? 'duplicate' : 'written'
  }

  /** The open transactions that hold something a write needs. */
  holders(view: State, write: Write): Attempt[] {
    if (applied(view, write) === null) return []
    const needs = needsOf(view, write)
    return [...this.attempts.values()].filter(({ status, held }) => status === 'open' && needs.some(need => held.has(need)))
  }

  changedSince(id: string, commits: number): boolean {
    return this.changed.slice(commits + 1).some(changed => changed.has(id))
  }

  stage(attempt: Attempt, write: Write): void {
    for (const need of needsOf(attempt.view, write)) attempt.held.add(need)
    attempt.view = applied(attempt.view, write) ?? attempt.view
    attempt.writes.push(write)
    attempt.drafts.push({ id: write.id, item: attempt.view[write.id] })
    attempt.reads.delete(write.id)
  }

  commit(writes: readonly Write[]): void {
    if (writes.length === 0) return
    const after = writes.reduce<State>((state, write) => applied(state, write) ?? state, this.latest)
    this.changed.push(new Set(changedBetween(this.latest, after)))
    this.states.push(after)
  }

  /** A code that was free in the snapshot may have found a holder since. */
  #takenSince(attempt: Attempt, write: Write): boolean {
    const { taken } = codesOf(attempt.view, write)
    return Object.entries(this.latest).some(([id, { code }]) => {
      return code === taken && id !== write.id && !attempt.writes.some(own => own.id === id)
    })
  }
}

/** The code that a document gives up by a write, and the one that it gets. An insertion knows of no document before it. */
function codesOf(view: State, write: Write): { freed?: number, taken?: number } {
  const before = write.kind === 'insert' ? undefined : view[write.id]?.code
  const after = applied(view, write)?.[write.id]?.code
  return before === after ? {} : { freed: before, taken: after }
}

/** Documents and codes that nobody else may be writing at the same time. */
function needsOf(view: State, write: Write): string[] {
  const codes = Object.values(codesOf(view, write)).filter(code => code !== undefined)
  const ids = write.kind === 'appendAll' ? Object.keys(view) : [write.id]
  return [...ids.map(id => `document ${id}`), ...codes.map(code => `code ${code}`)]
}

/** True when a write makes a second document with one id or one code. */
function doubles(view: State, write: Write): boolean {
  if (write.kind === 'insert' && view[write.id]) return true
  const { taken } = codesOf(view, write)
  return Object.entries(view).some(([id, { code }]) => code === taken && id !== write.id)
}
