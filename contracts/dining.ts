import * as v from 'valibot'
import { action } from './action.ts'
import type { Localized } from './catalog.ts'
import { Fen, Id, Quantity, Remark, RequestId } from './fields.ts'
import { CartLine } from './order.ts'
import type { Fee, PricedLine } from './order.ts'

/** How tables of a store work. */
export interface TableRules {
  /** Each round is paid when it is sent to the kitchen, or all of them at the end. */
  pay: 'First' | 'Later'
  /** Whoever scans a free table opens it while the store takes orders, or waits for staff. */
  opens: 'Auto' | 'Staff'
  /** What each person pays for seat and tea; nothing where pay is First. */
  perPersonFen: number
  /** What is added to the dishes, in hundredths of a percent; nothing where pay is First. */
  serviceBasisPoints: number
}

/** What is told and agreed before the first dish. */
export type TableTerms = Pick<TableRules, 'perPersonFen' | 'serviceBasisPoints'>

/**
 * One sitting of guests at a table, from the first scan to the clearing. Waiting is for staff, Open has ordered nothing yet;
 * Merged is at another table now; LeftUnpaid went away without paying, until the owner has written down what became of it.
 */
export type SittingState = 'Waiting' | 'Open' | 'Ordering' | 'ToBePaid' | 'ToBeCleared' | 'Cleared' | 'Merged' | 'LeftUnpaid'

/** A round of dishes in the kitchen. Void is one of which nothing is left. */
export type TicketState = 'New' | 'Doing' | 'Done' | 'Void'

export const callKinds = ['Water', 'Utensils', 'Bill', 'Other', 'Urge'] as const
export type CallKind = typeof callKinds[number]

/** A line of the cart that everybody at the table sees, with who put it there. The price is the one of that moment. */
export interface SharedLine extends CartLine {
  id: string
  /** The guest's number. */
  guest: number
  name: Localized
  picture: string
  specs?: Localized[]
  choices: Localized[]
  unitFen: number
}

/** A dish of a round, at the price that was agreed to. */
export interface RoundLine extends PricedLine {
  guest: number
  /** Pieces that staff took back. */
  returned: number
}

/** What was sent to the kitchen at once. Unpaid is one that has to be paid before it is made. */
export interface Round {
  id: string
  number: number
  state: 'Unpaid' | 'Accepted'
  guest: number
  /** The order that pays it, where it is paid first. For the guest whose it is. */
  orderId: string | null
  lines: RoundLine[]
  /** What it comes to without the dishes that were taken back. */
  totalFen: number
  remark: string
  atMs: number
  kitchen: TicketState
  /** When it will be there, as far as the kitchen knows; absent where nobody counts what it can make. */
  promise?: { fromMs: number, toMs: number }
  /** It is on a bill that was paid. */
  isPaid: boolean
}

/** A part of a bill: an order of its own, for whoever takes it on. */
export interface BillPart {
  amountFen: number
  lines: PricedLine[]
  fees: Fee[]
  state: 'Open' | 'Claimed' | 'Paid'
  /** The guest whose dishes they are, where everybody pays their own. */
  of?: number
  /** The guest who takes it on. */
  guest: number | null
  /** For that guest. */
  orderId: string | null
}

/** totalFen = Σ amountFen of its parts. */
export interface Bill { number: number, totalFen: number, parts: BillPart[] }

/** What is not on a bill yet. */
export interface RunningBill { lines: (PricedLine & { guests: number[] })[], goodsFen: number, fees: Fee[], totalFen: number }

export type TableNewsKind =
  'Joined' | 'Opened' | 'RoundSent' | 'DishReturned' | 'BillMade' | 'BillCancelled' | 'PartPaid' | 'BillPaid' | 'Moved' | 'TablesMerged' | 'TablesParted'

/** Something that everybody at the table is told, once. Numbers grow. */
export interface TableNews { number: number, kind: TableNewsKind, guest?: number, name?: Localized, tableName?: string, atMs: number }

export interface TableCall { id: string, kind: CallKind, round: number | null, atMs: number }

/** A sitting as those at the table see it. Guests are numbers: 客人 2. */
export interface SittingView {
  id: string
  /** Another one means that something has changed. */
  version: number
  state: SittingState
  tableName: string
  /** Tables that were merged into this sitting, with the sitting that each came from. For staff. */
  joined: { tableId: string, sittingId: string }[]
  pay: TableRules['pay']
  terms: TableTerms
  /** Null while nobody has said; then nothing can be ordered. */
  people: number | null
  /** The caller's own number. */
  me: number
  guests: number[]
  cart: { version: number, lines: SharedLine[] }
  rounds: Round[]
  running: RunningBill
  bill: Bill | null
  calls: TableCall[]
  news: TableNews[]
}

export const People = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99))
const Terms = v.strictObject({ perPersonFen: Fen, serviceBasisPoints: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)) })
const Version = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000))
export const Place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(199))
/** Which sitting an action is about. */
export const sitting = { sittingId: Id }

/** What changes in the shared cart. Only the one who put a line there changes it; what is nobody's any more, nobody. */
const CartChange = v.variant('kind', [
  v.strictObject({ kind: v.literal('Add'), line: CartLine }),
  /** Zero takes the line out. */
  v.strictObject({ kind: v.literal('SetQuantity'), lineId: Id, quantity: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99)) }),
])

const SomeDishes = v.pipe(v.array(v.strictObject({ line: Place, quantity: Quantity })), v.minLength(1), v.maxLength(50))

/** Who pays what: everything at once, in amounts, dish by dish, or each guest what that guest ordered. */
const Split = v.variant('kind', [
  v.strictObject({ kind: v.literal('Whole') }),
  /** As equal as fen allow. */
  v.strictObject({ kind: v.literal('Evenly'), parts: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(20)) }),
  v.strictObject({ kind: v.literal('ByAmount'), amounts: v.pipe(v.array(v.pipe(Fen, v.minValue(1))), v.minLength(2), v.maxLength(20)) }),
  /** Lines of the running bill by their places; what nobody named is a part of its own. */
  v.strictObject({
    kind: v.literal('ByDish'),
    parts: v.pipe(v.array(SomeDishes), v.minLength(1), v.maxLength(19)),
  }),
  v.strictObject({ kind: v.literal('ByGuest') }),
])
export type CartChange = v.InferOutput<typeof CartChange>
export type Split = v.InferOutput<typeof Split>

const perMinute = (count: number) => ({ limit: { perMinute: count } })

/** The customer's door, at a table. */
export const diningActions = {
  /**
   * Joins the sitting at the table of a scanned code, or begins one where the store's rule allows it. The one call behind a
   * table's page. `SittingsOff` is a table where everybody orders and pays alone.
   */
  enterTable: action<SittingView>()({
    caller: 'customer', input: v.strictObject({ linkId: Id }),
    codes: ['TableUnknown', 'SittingsOff', 'TableLocked', 'TableNotCleared', 'TableFull', 'StoreClosed', 'TooOften'], ...perMinute(30),
  }),
  /** What is new at the table. Null when nothing is: then it costs one document. */
  tableNow: action<SittingView | null>()({
    caller: 'customer', input: v.strictObject({ ...sitting, version: v.optional(Version) }), codes: ['NotSeated'],
  }),
  /** How many sit there, asked once, and their consent to what is charged beside the dishes. */
  beginMeal: action<SittingView>()({
    caller: 'customer', input: v.strictObject({ ...sitting, people: People, terms: Terms }),
    codes: ['NotSeated', 'TableCleared', 'TableWaiting', 'TermsChanged', 'BillBeingPaid', 'TooOften'], ...perMinute(20),
  }),
  /** One requestId changes the cart once. */
  changeTableCart: action<SittingView>()({
    caller: 'customer', input: v.strictObject({ ...sitting, requestId: RequestId, change: CartChange }),
    codes: ['NotSeated', 'TableCleared', 'TableWaiting', 'PeopleNotAsked', 'LineUnknown', 'NotYours', 'CartFull', 'LinesUnavailable', 'TooOften'],
    ...perMinute(120),
  }),
  /**
   * Sends the cart to the kitchen as it was seen: another version of it, or another total, is refused. Two phones that send
   * the same cart make one round. Where it is paid first, `orderId` is what has to be paid.
   */
  sendRound: action<{ sitting: SittingView, orderId: string | null }>()({
    caller: 'customer',
    input: v.strictObject({ ...sitting, requestId: RequestId, cartVersion: Version, expectedTotalFen: Fen, remark: Remark }),
    codes: [
      'NotSeated', 'TableCleared', 'TableWaiting', 'PeopleNotAsked', 'CartEmpty', 'CartChanged', 'BillBeingPaid', 'TooManyDishes', 'StoreClosed',
      'StorePaused', 'LinesUnavailable', 'PriceChanged', 'NothingToPay', 'TooManyUnpaid', 'NotPlaced', 'TooOften',
    ],
    ...perMinute(20),
  }),
  /** Makes the bill of all that is not paid, in parts. `expectedTotalFen` is what was seen. */
  makeBill: action<SittingView>()({
    caller: 'customer', input: v.strictObject({ ...sitting, split: Split, expectedTotalFen: Fen }),
    codes: ['NotSeated', 'TableCleared', 'BillBeingPaid', 'BillChanged', 'SplitInvalid', 'NothingToPay', 'TooOften'], ...perMinute(20),
  }),
  /** Takes a part of the bill on: an order of the caller's own, to be paid like any other. */
  payPart: action<{ sitting: SittingView, orderId: string }>()({
    caller: 'customer', input: v.strictObject({ ...sitting, bill: Version, part: Place, expectedFen: Fen }),
    codes: ['NotSeated', 'TableCleared', 'NoBill', 'BillChanged', 'PartTaken', 'TooOften'], ...perMinute(20),
  }),
  /** Takes the bill back, so that more can be ordered; not once a part is paid. */
  cancelBill: action<SittingView>()({
    caller: 'customer', input: v.strictObject(sitting), codes: ['NotSeated', 'TableCleared', 'NoBill', 'PartPaid', 'PartBeingPaid', 'TooOften'], ...perMinute(10),
  }),
  /** A call of a kind that is still open, or was answered a moment ago, is not made again. */
  callWaiter: action<SittingView>()({
    caller: 'customer', input: v.strictObject({ ...sitting, kind: v.picklist(callKinds), roundId: v.optional(Id) }),
    codes: ['NotSeated', 'TableCleared', 'RoundUnknown', 'CalledJustNow', 'TooOften'], ...perMinute(10),
  }),
} as const
