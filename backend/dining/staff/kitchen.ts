import type { TicketState } from '../../../contracts/dining.ts'
import { done, refused } from '../../../contracts/outcome.ts'
import { above, below } from '../../database.ts'
import type { Transaction, Where } from '../../database.ts'
import { canMove } from '../../machine.ts'
import type { World } from '../../ports.ts'
import { ticketMachine } from '../rules.ts'
import { serveOrder } from '../serveOrder.ts'
import { writeSitting } from '../sittings.ts'
import type { SittingDocument } from '../sittings.ts'
import { tickets, viewTicket } from '../tickets.ts'
import type { TicketDocument } from '../tickets.ts'

const PAGE = 30
type Shown = Extract<TicketState, 'New' | 'Doing' | 'Done'>

/** The kitchen's list: what waits longest comes first; what is done, newest first. One database operation. */
export async function kitchenTickets(world: World, { state, cursor }: { state: Shown, cursor?: string | undefined }) {
  const oldestFirst = state !== 'Done'
  const after: Where = cursor === undefined ? {} : { sortKey: oldestFirst ? above(cursor) : below(cursor) }
  const where = { storeId: world.settings.storeId, state, ...after }
  const found = await tickets(world).find({ where, sort: ['sortKey', oldestFirst ? 'asc' : 'desc'], limit: PAGE + 1 })
  const shown = found.slice(0, PAGE)
  return done({ tickets: shown.map(viewTicket), nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null })
}

/** A ticket goes on, or back by one step; those at the table see it. Moving it to where it is changes nothing. */
export async function moveTicket(world: World, { ticketId, to }: { ticketId: string, to: Shown }, { openid }: { openid: string }) {
  const moved = await world.database.transact(async (transaction) => {
    const ticket = await transaction.read<TicketDocument>('kitchenTickets', ticketId)
    if (ticket?.storeId !== world.settings.storeId) return { code: 'TicketUnknown' as const }
    if (ticket.state === to) return ticket
    if (!canMove(ticketMachine, ticket.state, to)) return { code: 'TicketOver' as const }
    const steps = [...ticket.steps, { state: to, atMs: world.clock.nowMs(), by: openid }]
    await transaction.change('kitchenTickets', ticketId, { set: { state: to, steps } })
    await tellTable(world, transaction, ticket, to)
    return { ...ticket, state: to, steps }
  })
  if ('code' in moved) return refused(moved.code)
  // A round that was paid first is handed over with its ticket: the bar has nothing to call out.
  if (to === 'Done' && moved.orderId !== null) await serveOrder(world, moved.orderId, openid)
  return done(viewTicket(moved))
}

async function tellTable(world: World, transaction: Transaction, ticket: TicketDocument, to: Shown): Promise<void> {
  let sitting = await transaction.read<SittingDocument>('sittings', ticket.sittingId)
  if (sitting?.state === 'Merged' && sitting.mergedInto !== null) sitting = await transaction.read<SittingDocument>('sittings', sitting.mergedInto)
  if (!sitting?.rounds.some(round => round.id === ticket._id)) return
  const rounds = sitting.rounds.map(round => round.id === ticket._id ? { ...round, kitchen: to } : round)
  await writeSitting(world, transaction, sitting, { rounds })
}
