import type { Event, Filter, History, Item, Outcome, State, Write } from './isolationHistory.ts'
import { matches } from './isolationHistory.ts'
import type { Attempt } from './isolationWorld.ts'
import { World } from './isolationWorld.ts'

/** One broken promise: what it is called, and where in the history it shows. */
export interface Violation {
  name: string
  at: number
  detail: string
}

type Read = Event & { kind: 'read' }

/** Finds everything in a history that snapshot isolation does not permit. */
export function judge(history: History, beginning: State): Violation[] {
  return new Judge(beginning).hear(history)
}

class Judge {
  readonly #world: World
  readonly #waiting = new Map<number, Write>()
  readonly #violations: Violation[] = []
  #at = 0

  constructor(beginning: State) {
    this.#world = new World(beginning)
  }

  hear(history: History): Violation[] {
    for (const [position, event] of history.entries()) {
      // Who waits is answered right after what ended the wait; until then nothing can be said.
      if (event.kind !== 'answer') this.#checkThatWaitersMustWait()
      this.#at = position
      this.#hearEvent(event)
    }
    this.#checkThatWaitersMustWait()
    return this.#violations
  }

  #hearEvent(event: Event): void {
    switch (event.kind) {
      case 'begin': return this.#world.begin(event.by)
      case 'read': return this.#read(event)
      case 'write': return this.#write(this.#attempt(event.by), event.write, event.outcome)
      case 'commit': return this.#commit(this.#attempt(event.by), event.outcome)
      case 'abort': return this.#abort(this.#attempt(event.by), event.outcome)
      case 'limit': return this.#passLimit()
      case 'ask': this.#waiting.set(event.write.mark, event.write)
        return
      case 'answer': return this.#answer(event.mark, event.outcome)
    }
  }

  #write(attempt: Attempt, write: Write, outcome: Outcome): void {
    const expected = this.#world.outcomeWithin(attempt, write)
    const held = this.#world.holders(attempt.view, write).some(holder => holder !== attempt)
    if (outcome !== expected) this.#report(wrongOutcome(expected, outcome, held), write)
    if (outcome === 'written') this.#world.stage(attempt, write)
    if (outcome === 'conflict' || outcome === 'duplicate') this.#end(attempt, outcome === 'conflict' ? 'conflicted' : 'failed')
  }

  #commit(attempt: Attempt, outcome: string): void {
    const expected = attempt.status === 'open' ? 'done' : attempt.status === 'conflicted' ? 'conflict' : 'gone'
    if (outcome !== expected) this.#report('commit answered wrongly', { by: attempt.name, outcome, expected })
    if (outcome === 'done') {
      const lost = attempt.writes.find(({ id }) => this.#world.changedSince(id, attempt.began))
      if (lost) this.#report('lost update', lost)
      this.#apply(attempt.writes)
    }
    // A commit that reports a conflict is the last that is heard of the transaction.
    this.#end(attempt, outcome === 'done' ? 'committed' : 'undone')
  }

  #abort(attempt: Attempt, outcome: string): void {
    const expected = ['open', 'conflicted', 'failed'].includes(attempt.status) ? 'done' : 'gone'
    if (outcome !== expected) this.#report('abort answered wrongly', { by: attempt.name, outcome, expected })
    this.#end(attempt, 'undone')
  }

  #passLimit(): void {
    for (const attempt of this.#world.attempts.values()) if (attempt.status !== 'committed') this.#end(attempt, 'undone')
  }

  #answer(mark: number, outcome: Outcome): void {
    const write = this.#waiting.get(mark)
    if (!write) throw new Error(`Nobody asked for the write ${mark}.`)
    this.#waiting.delete(mark)
    if (this.#world.holders(this.#world.latest, write).length > 0) this.#report('plain write overtook a transaction', write)
    const expected = this.#world.plainOutcome(write)
    if (outcome !== expected) this.#report(wrongOutcome(expected, outcome, false), write)
    if (outcome === 'written') this.#apply([write])
  }

  #apply(writes: readonly Write[]): void {
    this.#world.commit(writes)
    const codes = Object.values(this.#world.latest).map(({ code }) => code)
    if (new Set(codes).size < codes.length) this.#report('doubled unique key', this.#world.latest)
  }

  #read({ by, filter, saw }: Read): void {
    const reader = by === undefined ? undefined : this.#attempt(by)
    const gone = reader !== undefined && reader.status !== 'open'
    if (gone !== (saw === 'gone')) return this.#report('read answered by the wrong transaction state', { by, saw })
    if (saw === 'gone') return
    const codes = Object.values(saw).map(({ code }) => code)
    if (new Set(codes).size < codes.length) this.#report('doubled unique key', saw)
    const view = reader?.view ?? this.#world.latest
    const before = this.#violations.length
    for (const id of new Set([...Object.keys(view), ...Object.keys(saw)])) {
      const expected = matches(filter, id, view[id]) ? view[id] : undefined
      if (text(expected) !== text(saw[id])) this.#report(this.#nameOf(id, saw[id], expected, filter, reader), { saw, view })
      if (filter.code === undefined && (filter.id ?? id) === id) reader?.reads.set(id, text(saw[id]))
    }
    if (this.#violations.length > before && this.#isTorn(saw, filter, reader)) this.#report('torn commit', saw)
  }

  /** What it is called to see a document in a state that the reader should not see. */
  #nameOf(id: string, seen: Item | undefined, expected: Item | undefined, filter: Filter, reader: Attempt | undefined): string {
    if (!reader && misses(seen, expected)) return 'lost update'
    const drafted = [...this.#world.attempts.values()].filter((attempt) => {
      return attempt !== reader && attempt.status !== 'committed'
        && attempt.drafts.some(draft => draft.id === id && looksLike(draft.item, seen, id, filter))
    })
    const committed = this.#world.states.some(state => looksLike(state[id], seen, id, filter))
    if (!committed && drafted.some(({ status }) => status === 'open')) return 'dirty read'
    if (!committed) return drafted.length > 0 ? 'trace of an undone transaction' : 'value that nobody wrote'
    if (!reader) return 'undone update'
    if (reader.writes.some(write => write.id === id)) return 'own write unseen'
    const before = reader.reads.get(id)
    return before !== undefined && before !== text(seen) ? 'non-repeatable read' : 'read outside the snapshot'
  }

  /** True when one document shows a commit and another, which the same commit changed, does not. */
  #isTorn(saw: State, filter: Filter, reader: Attempt | undefined): boolean {
    if (filter.id !== undefined || filter.code !== undefined) return false
    const own = new Set(reader?.writes.map(({ id }) => id))
    return this.#world.changed.some((changed, commit) => {
      const places = [...changed].filter(id => !own.has(id)).map(id => this.#placesOf(id, saw[id])).filter(found => found.length > 0)
      return places.some(found => found.every(place => place >= commit)) && places.some(found => found.every(place => place < commit))
    })
  }

  /** After which commits a document looked so. */
  #placesOf(id: string, seen: Item | undefined): number[] {
    return this.#world.states.flatMap((state, place) => text(state[id]) === text(seen) ? [place] : [])
  }

  #checkThatWaitersMustWait(): void {
    for (const write of this.#waiting.values()) {
      if (this.#world.holders(this.#world.latest, write).length === 0) this.#report('plain write stuck', write)
    }
  }

  #attempt(name: string): Attempt {
    const attempt = this.#world.attempts.get(name)
    if (!attempt) throw new Error(`The transaction ${name} never began.`)
    return attempt
  }

  #end(attempt: Attempt, status: Attempt['status']): void {
    if (attempt.status === 'committed' || attempt.status === 'undone') return
    attempt.status = status
  }

  #report(name: string, detail: unknown): void {
    this.#violations.push({ name, at: this.#at, detail: text(detail) })
  }
}

function wrongOutcome(expected: Outcome, outcome: Outcome, held: boolean): string {
  if (outcome === 'written' && expected === 'conflict') return held ? 'two writers of one thing' : 'write over a later commit'
  if (outcome === 'written' && expected === 'duplicate') return 'doubled unique key'
  if (outcome === 'conflict') return 'needless conflict'
  return `${outcome} instead of ${expected}`
}

function looksLike(item: Item | undefined, seen: Item | undefined, id: string, filter: Filter): boolean {
  return text(matches(filter, id, item) ? item : undefined) === text(seen)
}

/** True when a document lacks the mark of a write that it should have been through, and has no other instead. */
function misses(seen: Item | undefined, expected: Item | undefined): boolean {
  const marks = seen?.marks ?? []
  return expected !== undefined && marks.length < expected.marks.length && marks.every(mark => expected.marks.includes(mark))
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}
