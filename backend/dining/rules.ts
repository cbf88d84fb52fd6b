import type { CallKind, SittingState, TableRules, TableTerms, TicketState } from '../../contracts/dining.ts'
import type { TableState } from '../../contracts/tables.ts'
import type { Machine } from '../machine.ts'

/** From the first scan to the clearing; what a table shows follows from it. */
export const sittingMachine: Machine<SittingState> = {
  name: 'sitting at a table',
  initial: 'Waiting',
  edges: {
    Waiting: { Open: 'staff open the table, or the store\'s rule does', Cleared: 'nobody came, or staff turn it away' },
    Open: {
      Ordering: 'the first round is sent', Cleared: 'they go without ordering', Merged: 'they sit down at another table',
    },
    Ordering: {
      ToBePaid: 'the bill is made', Cleared: 'nothing of it is left to pay', Merged: 'they sit down at another table',
      LeftUnpaid: 'they went away without paying',
    },
    ToBePaid: { Ordering: 'the bill is taken back, or nobody paid it in time', ToBeCleared: 'all parts of the bill are paid' },
    ToBeCleared: { Ordering: 'they order again', Cleared: 'staff clear the table', Merged: 'they sit down at another table' },
    Merged: { Open: 'the tables part, with nothing ordered', Ordering: 'the tables part', ToBeCleared: 'the tables part, all paid' },
    LeftUnpaid: { Cleared: 'the owner has written down what became of it' },
    Cleared: {},
  },
}

/** A round in the kitchen. */
export const ticketMachine: Machine<TicketState> = {
  name: 'kitchen ticket',
  initial: 'New',
  edges: {
    New: { Doing: 'the kitchen begins', Done: 'it is carried out', Void: 'all of it was taken back' },
    Doing: { New: 'it was begun by mistake', Done: 'it is carried out', Void: 'all of it was taken back' },
    Done: { Doing: 'it was ticked by mistake', Void: 'all of it was taken back' },
    Void: {},
  },
}

/** Guests sit there. */
export const SEATED: readonly SittingState[] = ['Waiting', 'Open', 'Ordering', 'ToBePaid', 'ToBeCleared']
export const isSeated = (state: SittingState): boolean => SEATED.includes(state)

export const GUESTS_MAX = 40
export const CART_LINES_MAX = 50
export const ROUNDS_MAX = 40
/** Lines of all rounds: a sitting is one document. */
export const DISHES_MAX = 200
/** Different lines of a bill: an order has no more. */
export const BILL_LINES_MAX = 50
export const NEWS_KEPT = 12
export const REQUESTS_KEPT = 40
export const CALLS_KEPT = 30
/** An answered call of one kind is not made again before so long. */
export const CALL_AGAIN_MS = 60_000
/** Nobody opened it, or nobody ordered: the table is free again. */
export const WAIT_FOR_STAFF_MS = 30 * 60_000
export const OPEN_WITHOUT_ORDER_MS = 90 * 60_000
/** Orders that pay something at a table are looked after so often, besides the looks that follow a payment at once. */
export const LOOK_AGAIN_MS = 60_000
/** How long a sitting that is over says who sat there, for questions about its bill. */
export const GUESTS_KEPT_MS = 30 * 86_400_000
/** No timer has to look. */
export const NEVER_MS = 8_000_000_000_000_000

/** What a table shows, from the sitting at it and the lock on it. Pure; nobody sets it. */
export function tableState(table: { isLocked?: boolean }, sitting: { state: SittingState } | null): TableState {
  if (sitting && isSeated(sitting.state)) return sitting.state as TableState
  return table.isLocked ? 'Locked' : 'Free'
}

/** What scanning the code of a free table does. */
export function decideOpening(
  { opens }: Pick<TableRules, 'opens'>, { isOpen, isLocked }: { isOpen: boolean, isLocked: boolean },
): 'Open' | 'Waiting' | 'TableLocked' | 'StoreClosed' {
  if (isLocked) return 'TableLocked'
  if (!isOpen) return 'StoreClosed'
  return opens === 'Auto' ? 'Open' : 'Waiting'
}

/** Nothing is charged beside the dishes where each round is paid at once: who came later would pay for the seat of another. */
export const termsOf = ({ pay, perPersonFen, serviceBasisPoints }: TableRules): TableTerms =>
  pay === 'First' ? { perPersonFen: 0, serviceBasisPoints: 0 } : { perPersonFen, serviceBasisPoints }

export const sameTerms = (one: TableTerms, other: TableTerms): boolean =>
  one.perPersonFen === other.perPersonFen && one.serviceBasisPoints === other.serviceBasisPoints

export interface CallEntry {
  id: string
  kind: CallKind
  /** The round that is urged, and its number to be read aloud. */
  roundId: string | null
  round: number | null
  guest: number
  atMs: number
  doneAtMs: number | null
}

/** Whether a call may be made now: `Already` is one that nobody has answered yet. Rounds are urged one by one. */
export function decideCall(
  calls: readonly CallEntry[], wish: Pick<CallEntry, 'kind' | 'roundId'>, nowMs: number,
): { kind: 'Call' | 'Already' } | { kind: 'JustNow', againAtMs: number } {
  const alike = calls.filter(call => call.kind === wish.kind && call.roundId === wish.roundId)
  if (alike.some(call => call.doneAtMs === null)) return { kind: 'Already' }
  const lastMs = Math.max(-CALL_AGAIN_MS, ...alike.map(call => call.doneAtMs ?? -CALL_AGAIN_MS))
  return nowMs < lastMs + CALL_AGAIN_MS ? { kind: 'JustNow', againAtMs: lastMs + CALL_AGAIN_MS } : { kind: 'Call' }
}
