/**
 * What clients did to a small collection and what they saw, in the order in which it happened.
 *
 * Every write carries a mark that no other has and leaves it in the document. So whoever reads a document sees which
 * writes it has been through, and a write that is missing or should not be there gives itself away.
 */
export type History = readonly Event[]

export type Event =
  | { kind: 'begin', by: string }
  /** Without `by` the read is plain. A transaction that is over sees nothing, and `gone` instead. */
  | { kind: 'read', by?: string, filter: Filter, saw: State | 'gone' }
  | { kind: 'write', by: string, write: Write, outcome: Outcome }
  | { kind: 'commit' | 'abort', by: string, outcome: 'done' | 'conflict' | 'gone' }
  /** The time limit of all transactions that are open passes. */
  | { kind: 'limit' }
  /** A plain write is sent, and answered at once or much later. */
  | { kind: 'ask', write: Write }
  | { kind: 'answer', mark: number, outcome: Outcome }

/** `appendIf` needs the document to have the code, and `appendAll` writes every document. */
export interface Write {
  kind: 'insert' | 'append' | 'appendIf' | 'appendAll' | 'recode' | 'replace' | 'remove'
  id: string
  code: number
  mark: number
}

/** `nothing` is a write that found no document to change. */
export type Outcome = 'written' | 'nothing' | 'conflict' | 'duplicate' | 'gone'

export interface Item {
  /** The key of a unique index. */
  code: number
  /** The marks of all writes since the document was inserted or replaced. */
  marks: readonly number[]
}

/** The documents by their ids. */
export type State = Readonly<Record<string, Item>>

/** Asks for everything, for one document, or for the holder of one code. */
export interface Filter {
  id?: string
  code?: number
}

export function matches(filter: Filter, id: string, item: Item | undefined): item is Item {
  return item !== undefined && (filter.id ?? id) === id && (filter.code ?? item.code) === item.code
}

/** The documents after a write, or null when it finds nothing to change. */
export function applied(state: State, write: Write): State | null {
  const { kind, id, code, mark } = write
  const { [id]: present, ...others } = state
  const marked = (item: Item, newCode = item.code): Item => ({ code: newCode, marks: [...item.marks, mark] })
  switch (kind) {
    case 'insert': case 'replace': return { ...others, [id]: { code, marks: [mark] } }
    case 'append': return present ? { ...others, [id]: marked(present) } : null
    case 'appendIf': return present?.code === code ? { ...others, [id]: marked(present) } : null
    case 'appendAll': return Object.keys(state).length > 0 ? mapItems(state, item => marked(item)) : null
    case 'recode': return present ? { ...others, [id]: marked(present, code) } : null
    case 'remove': return present ? others : null
  }
}

/** The documents that differ between two states. */
export function changedBetween(before: State, after: State): string[] {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...ids].filter(id => JSON.stringify(before[id]) !== JSON.stringify(after[id]))
}

function mapItems(state: State, change: (item: Item) => Item): State {
  return Object.fromEntries(Object.entries(state).map(([id, item]) => [id, change(item)]))
}
