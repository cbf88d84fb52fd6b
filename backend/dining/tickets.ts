import type { TicketState } from '../../contracts/dining.ts'
import type { KitchenTicket, TicketLine } from '../../contracts/tables.ts'
import type { PricedLine } from '../../contracts/order.ts'
import type { Collection } from '../database.ts'
import { sortKeyOf } from '../order/rules.ts'
import type { World } from '../ports.ts'
import { wishKeyOf } from './cart/rules.ts'
import { tableNameOf } from './sittings.ts'
import type { RoundDocument, SittingDocument } from './sittings.ts'

/** What the kitchen has to make: one a round, under the round's id. Without prices. */
export interface TicketDocument {
  _id: string
  storeId: string
  state: TicketState
  sittingId: string
  /** The order that paid it, where it was paid first. */
  orderId: string | null
  tableName: string
  round: number
  people: number | null
  lines: (TicketLine & { /** Places of the round's lines that stand here. */ of: number[] })[]
  remark: string
  urgedAtMs: number | null
  steps: { state: TicketState, atMs: number, by?: string }[]
  sortKey: string
  createdAtMs: number
}

export const tickets = (world: World): Collection<TicketDocument> => world.database.collection<TicketDocument>('kitchenTickets')

/** The ticket of a round. The same dish of two guests is one line. */
export function ticketOf(world: World, sitting: SittingDocument, round: Pick<RoundDocument, 'id' | 'number' | 'lines' | 'remark' | 'orderId'>): TicketDocument {
  const nowMs = world.clock.nowMs()
  return {
    _id: round.id, storeId: sitting.storeId, state: 'New', sittingId: sitting._id, orderId: round.orderId, tableName: tableNameOf(sitting),
    round: round.number, people: sitting.people, lines: ticketLines(round.lines), remark: round.remark, urgedAtMs: null,
    steps: [{ state: 'New', atMs: nowMs }], sortKey: sortKeyOf(nowMs, round.id), createdAtMs: nowMs,
  }
}

function ticketLines(lines: readonly (PricedLine & { returned: number })[]): TicketDocument['lines'] {
  const merged = new Map<string, TicketDocument['lines'][number]>()
  lines.forEach((line, place) => {
    const known = merged.get(wishKeyOf(line))
    merged.set(wishKeyOf(line), {
      name: line.name, specs: line.specs ?? [], choices: line.choices,
      quantity: line.quantity + (known?.quantity ?? 0), returned: line.returned + (known?.returned ?? 0), of: [...known?.of ?? [], place],
      ...line.parts ? { parts: line.parts.map(({ name, choices, quantity }) => ({ name, choices, quantity })) } : {},
    })
  })
  return [...merged.values()]
}

/** A ticket after pieces of one of its round's lines were taken back. */
export function withReturned(ticket: TicketDocument, place: number, quantity: number): TicketDocument['lines'] {
  return ticket.lines.map(line => line.of.includes(place) ? { ...line, returned: line.returned + quantity } : line)
}

export function viewTicket(ticket: TicketDocument): KitchenTicket {
  const { _id: id, state, tableName, round, people, lines, remark, createdAtMs: atMs, urgedAtMs } = ticket
  return { id, state, tableName, round, people, lines: lines.map(({ of: _of, ...line }) => line), remark, atMs, urgedAtMs }
}
