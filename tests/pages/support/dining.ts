import type { BillPart, Round, RoundLine, SharedLine, SittingView } from '@contracts/dining.ts'
import type { KitchenTicket, TableRow } from '@contracts/tables.ts'
import { pricedLine } from './goods'

const noodles = { zh: '拌面', en: 'Noodles' }

/** A line of noodles that a guest has put into the cart of the table. */
export const sharedLine = (guest: number, over: Partial<SharedLine> = {}): SharedLine =>
  ({ id: `l${guest}`, guest, productId: 'noodles', choiceIds: [], quantity: 1, name: noodles, picture: '', choices: [], unitFen: 1800, ...over })

/** Guest 1 alone at table A1, where they pay at the end and nothing is ordered yet. */
export function sitting(over: Partial<SittingView> = {}): SittingView {
  return {
    id: 's1', version: 1, state: 'Open', tableName: 'A1', joined: [], pay: 'Later', terms: { perPersonFen: 0, serviceBasisPoints: 0 }, people: 2,
    me: 1, guests: [1], cart: { version: 0, lines: [] }, rounds: [], running: { lines: [], goodsFen: 0, fees: [], totalFen: 0 }, bill: null,
    calls: [], news: [], ...over,
  }
}

/** Two portions of noodles in the kitchen. */
export function round(over: Partial<Round> = {}): Round {
  const line: RoundLine = { ...pricedLine({ productId: 'noodles', choices: [], quantity: 2, unitFen: 1800, totalFen: 3600 }), name: noodles, guest: 1, returned: 0 }
  return {
    id: 'r1', number: 1, state: 'Accepted', guest: 1, orderId: null, lines: [line], totalFen: 3600, remark: '', atMs: 0, kitchen: 'New',
    isPaid: false, ...over,
  }
}

/** The same with noodles for ¥36 that nobody has paid. */
export const owing = (over: Partial<SittingView> = {}): SittingView => sitting({
  state: 'Ordering', rounds: [round()],
  running: { lines: [{ ...round().lines[0]!, guests: [1] }], goodsFen: 3600, fees: [], totalFen: 3600 }, ...over,
})

export const billPart = (amountFen: number, over: Partial<BillPart> = {}): BillPart =>
  ({ amountFen, lines: [], fees: [], state: 'Open', guest: null, orderId: null, ...over })

/** A table as staff see it; free unless told. */
export const tableRow = (tableId: string, over: Partial<TableRow> = {}): TableRow => ({
  tableId, name: tableId, area: null, seats: 4, state: 'Free', sittingId: null, together: [], people: null, openedAtMs: null, unpaidFen: 0, pieces: 0,
  calls: [], ...over,
})

/** What the kitchen has to make of the round above. */
export const kitchenTicket = (over: Partial<KitchenTicket> = {}): KitchenTicket => ({
  id: 'k1', state: 'New', tableName: 'A1', round: 1, people: 2, lines: [{ name: noodles, specs: [], choices: [], quantity: 2, returned: 0 }],
  remark: '', atMs: 0, urgedAtMs: null, ...over,
})
