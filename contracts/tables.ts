import * as v from 'valibot'
import { action } from './action.ts'
import type { Localized } from './catalog.ts'
import { People, Place, sitting } from './dining.ts'
import type { SittingState, SittingView, TableCall, TicketState } from './dining.ts'
import { Cursor, Id, Note, Quantity, RequestId } from './fields.ts'

/** What staff see of a table: nobody sets it, it follows from the sitting at the table and from the lock on it. */
export type TableState = 'Free' | 'Locked' | Extract<SittingState, 'Waiting' | 'Open' | 'Ordering' | 'ToBePaid' | 'ToBeCleared'>

/** A table as staff see it. */
export interface TableRow {
  tableId: string
  name: string
  area: Localized | null
  seats: number | null
  state: TableState
  sittingId: string | null
  /** Other tables of the same sitting. */
  together: string[]
  people: number | null
  openedAtMs: number | null
  /** What is ordered and not paid. */
  unpaidFen: number
  pieces: number
  calls: TableCall[]
}

/** Guests who went away without paying. */
export interface LeftSitting { sittingId: string, tableName: string, people: number | null, unpaidFen: number, note: string, atMs: number }

export interface TicketLine {
  name: Localized
  specs: Localized[]
  choices: Localized[]
  quantity: number
  returned: number
  /** Of a set meal: the dishes in one set. */
  parts?: { name: Localized, choices: Localized[], quantity: number }[]
}

/** What the kitchen has to make: one a round. */
export interface KitchenTicket {
  id: string
  state: TicketState
  tableName: string
  round: number
  people: number | null
  lines: TicketLine[]
  remark: string
  atMs: number
  /** When guests asked for it last, and how often. */
  urgedAtMs: number | null
}

const staffSitting = v.strictObject(sitting)

/** The staff's door, for tables and kitchen. */
export const tableActions = {
  /** All tables, with what waits for a person. */
  tables: action<{ tables: TableRow[], calls: number, newTickets: number, left: number }>()({
    caller: 'clerk', input: v.strictObject({}), codes: [],
  }),
  sitting: action<SittingView>()({ caller: 'clerk', input: staffSitting, codes: ['SittingUnknown'] }),
  /** Opens a free table for guests, or the one at which they wait. */
  openTable: action<SittingView>()({
    caller: 'clerk', input: v.strictObject({ tableId: Id, people: v.optional(People) }), codes: ['TableUnknown', 'SittingsOff', 'TableLocked', 'TableTaken'],
  }),
  lockTable: action<null>()({
    caller: 'clerk', input: v.strictObject({ tableId: Id, isLocked: v.boolean() }), codes: ['TableUnknown', 'TableTaken'],
  }),
  /** Guests go to a free table, with all that they ordered. */
  moveTable: action<SittingView>()({
    caller: 'clerk', input: v.strictObject({ ...sitting, toTableId: Id }), codes: ['SittingUnknown', 'TableUnknown', 'TableTaken', 'TableLocked', 'BillBeingPaid'],
  }),
  /** Two tables eat together: one cart, one bill. */
  mergeTables: action<SittingView>()({
    caller: 'clerk', input: v.strictObject({ ...sitting, otherSittingId: Id }), codes: ['SittingUnknown', 'BillBeingPaid', 'SittingsDiffer', 'TooManyDishes'],
  }),
  /** What came from the other table goes back there. */
  unmergeTables: action<SittingView>()({
    caller: 'clerk', input: v.strictObject({ ...sitting, otherSittingId: Id }), codes: ['SittingUnknown', 'BillBeingPaid', 'NotMerged', 'TableTaken'],
  }),
  /** Ends the sitting and frees the table. Refused while anything is unpaid. */
  clearTable: action<null>()({ caller: 'clerk', input: staffSitting, codes: ['SittingUnknown', 'BillUnpaid', 'BillBeingPaid'] }),
  /** Takes pieces of a dish off the bill. What can be sold again goes back to the shelf. */
  returnDish: action<SittingView>()({
    caller: 'clerk',
    input: v.strictObject({
      requestId: RequestId, ...sitting, roundId: Id, line: Place, quantity: Quantity, isSellable: v.boolean(), note: Note,
    }),
    codes: ['SittingUnknown', 'RoundUnknown', 'RoundPaid', 'TooManyPieces', 'BillBeingPaid'],
  }),
  staffCancelBill: action<SittingView>()({ caller: 'clerk', input: staffSitting, codes: ['SittingUnknown', 'NoBill', 'PartPaid', 'PartBeingPaid'] }),
  answerCall: action<null>()({ caller: 'clerk', input: v.strictObject({ ...sitting, callId: Id }), codes: ['SittingUnknown'] }),
  /** They went away without paying: the table is free, and what they owe stands in a list. */
  markLeft: action<null>()({ caller: 'clerk', input: v.strictObject({ ...sitting, note: Note }), codes: ['SittingUnknown', 'NothingToPay', 'BillBeingPaid'] }),
  leftUnpaid: action<{ items: LeftSitting[], nextCursor: string | null }>()({
    caller: 'clerk', input: v.strictObject({ cursor: v.optional(Cursor) }), codes: [],
  }),
  /** They came back and paid another way, or it is given up; the note tells. */
  resolveLeft: action<null>()({ caller: 'owner', input: v.strictObject({ ...sitting, note: Note }), codes: ['SittingUnknown'] }),
  /** New and being made: the oldest first. Done: the newest first. */
  kitchenTickets: action<{ tickets: KitchenTicket[], nextCursor: string | null }>()({
    caller: 'clerk', input: v.strictObject({ state: v.picklist(['New', 'Doing', 'Done']), cursor: v.optional(Cursor) }), codes: [],
  }),
  moveTicket: action<KitchenTicket>()({
    caller: 'clerk', input: v.strictObject({ ticketId: Id, to: v.picklist(['New', 'Doing', 'Done']) }), codes: ['TicketUnknown', 'TicketOver'],
  }),
} as const
