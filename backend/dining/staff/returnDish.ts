import type { ParsedOf } from '../../../contracts/action.ts'
import type { MerchantActions } from '../../../contracts/merchant.ts'
import { done, refused } from '../../../contracts/outcome.ts'
import type { Transaction } from '../../database.ts'
import type { World } from '../../ports.ts'
import { auditIdOf, writeAudit } from '../../staff/audits.ts'
import type { AuditDocument } from '../../staff/audits.ts'
import { unsellNow } from '../../stock/sellNow.ts'
import type { Piece } from '../../stock/rules.ts'
import { freedBy } from '../cooking.ts'
import { isSeated } from '../rules.ts'
import { told, writeSitting } from '../sittings.ts'
import type { RoundDocument, SittingDocument } from '../sittings.ts'
import { withReturned } from '../tickets.ts'
import type { TicketDocument } from '../tickets.ts'
import { viewSitting } from '../viewSitting.ts'

type Input = ParsedOf<MerchantActions['returnDish']>
type Refusal = { code: 'SittingUnknown' | 'RoundUnknown' | 'RoundPaid' | 'TooManyPieces' | 'BillBeingPaid' }

/**
 * Takes pieces of a dish off the bill, with a reason: the kitchen's ticket says so, and what can be sold again goes back to
 * where it was counted. The kitchen has its room back, unless that quarter of an hour has begun. One requestId does it once.
 */
export async function returnDish(world: World, input: Input, { openid }: { openid: string }) {
  const returned = await world.database.transact(transaction => book(world, transaction, input, openid))
  return 'code' in returned ? refused(returned.code) : done(viewSitting(returned, null))
}

async function book(world: World, transaction: Transaction, input: Input, by: string): Promise<SittingDocument | Refusal> {
  const { sittingId, roundId, line: place, quantity, isSellable, note } = input
  const sitting = await transaction.read<SittingDocument>('sittings', sittingId)
  if (sitting?.storeId !== world.settings.storeId || !isSeated(sitting.state)) return { code: 'SittingUnknown' }
  const auditId = auditIdOf('ReturnDish', by, input.requestId)
  if (await transaction.read<AuditDocument>('audits', auditId)) return sitting
  if (sitting.bill) return { code: 'BillBeingPaid' }
  const round = sitting.rounds.find(one => one.id === roundId)
  const line = round?.lines[place]
  if (!round || !line) return { code: 'RoundUnknown' }
  if (round.isPaid || round.orderId !== null) return { code: 'RoundPaid' }
  if (quantity > line.quantity - line.returned) return { code: 'TooManyPieces' }
  const lines = round.lines.map(one => one === line ? { ...line, returned: line.returned + quantity } : one)
  const isVoid = lines.every(one => one.returned === one.quantity)
  const sellable = isSellable ? shareOf(round.pieces[place] ?? [], line.quantity, quantity) : []
  const back = [...sellable, ...freedBy(round, { lines }, world.clock.nowMs())]
  await unsellNow(world, transaction, back, `${roundId}-${auditId}`)
  await markTicket(world, transaction, { round, place, quantity, isVoid, by })
  await writeAudit(world, transaction, {
    _id: auditId, what: 'ReturnDish', by, subject: roundId, orderId: '', amountFen: line.unitFen * quantity, note,
  })
  const after: RoundDocument = { ...round, lines, kitchen: isVoid ? 'Void' : round.kitchen }
  return writeSitting(world, transaction, sitting, {
    rounds: sitting.rounds.map(one => one === round ? after : one),
    ...told(sitting, 'DishReturned', { name: line.name, atMs: world.clock.nowMs() }),
  })
}

/** Every piece of a line takes the same from each source. */
const shareOf = (pieces: readonly Piece[], quantity: number, part: number): Piece[] =>
  pieces.map(piece => ({ ...piece, quantity: piece.quantity / quantity * part }))

interface Mark { round: RoundDocument, place: number, quantity: number, isVoid: boolean, by: string }

async function markTicket(world: World, transaction: Transaction, { round, place, quantity, isVoid, by }: Mark): Promise<void> {
  const ticket = await transaction.read<TicketDocument>('kitchenTickets', round.id)
  if (!ticket) return
  const step = { state: 'Void' as const, atMs: world.clock.nowMs(), by }
  await transaction.change('kitchenTickets', round.id, {
    set: { lines: withReturned(ticket, place, quantity), ...isVoid ? { state: 'Void', steps: [...ticket.steps, step] } : {} },
  })
}
