/**
 * The life of one kind of document, as a table that can be read aloud: from a state, to a state, because of what. Pure;
 * whoever writes a state asks `canMove` first, and writes on the condition that the document still stands in `from`.
 */
export interface Machine<State extends string> {
  name: string
  /** Where every document begins. */
  initial: State
  /** From each state, the states that may follow, with the reason. A state without an entry in here is an end. */
  edges: { [From in State]: { [To in State]?: string } }
}

/** True when the table has this edge. */
export const canMove = <State extends string>(machine: Machine<State>, from: State, to: State): boolean =>
  Object.hasOwn(machine.edges[from], to)

/** Throws when the table has no such edge: that is a mistake in our code, not of a caller. */
export function assertMove<State extends string>(machine: Machine<State>, from: State, to: State): void {
  if (!canMove(machine, from, to)) throw new Error(`No ${machine.name} goes from ${from} to ${to}.`)
}

export const statesOf = <State extends string>(machine: Machine<State>): State[] => Object.keys(machine.edges) as State[]

/** The states that nothing follows. */
export const endsOf = <State extends string>(machine: Machine<State>): State[] =>
  statesOf(machine).filter(state => Object.keys(machine.edges[state]).length === 0)

/** The states that a document can come to from `from`, itself included. */
export function reachableFrom<State extends string>(machine: Machine<State>, from: State): Set<State> {
  const reached = new Set<State>([from])
  for (const state of reached) for (const next of Object.keys(machine.edges[state]) as State[]) reached.add(next)
  return reached
}

/** The table as a Mermaid diagram, which GitHub draws. */
export function drawn<State extends string>(machine: Machine<State>): string {
  const arrows = statesOf(machine).flatMap(from =>
    Object.entries(machine.edges[from]).map(([to, reason]) => `  ${from} --> ${to}: ${String(reason)}`))
  const ends = endsOf(machine).map(state => `  ${state} --> [*]`)
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${machine.initial}`, ...arrows, ...ends, '```'].join('\n')
}
