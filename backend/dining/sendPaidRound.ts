import { done, refused } from '../../contracts/outcome.ts'
import type { Refused } from '../../contracts/outcome.ts'
import { orderIdOf } from '../order/orders.ts'
import { placeOrder } from '../order/placeOrder.ts'
import type { World } from '../ports.ts'
import { toWish } from './cart/rules.ts'
import { lookAfterSitting } from './lookAfterSitting.ts'
import { LOOK_AGAIN_MS } from './rules.ts'
import type { RoundAnswer, RoundCode, RoundWish } from './sendRound.ts'
import { withRound } from './sendRound.ts'
import { changeSitting, guestOf, sittings, tableNameOf } from './sittings.ts'
import type { RoundDocument, SittingDocument, Verdict } from './sittings.ts'
import { viewSitting } from './viewSitting.ts'

/**
 * A round that is paid before it is made: an order of whoever sends it, placed and paid like any other. The cart is taken
 * into the round first, so that nobody orders it a second time; what comes to nothing is put back.
 */
export async function sendPaidRound(
  world: World, openid: string, { sitting, round, wish }: { sitting: SittingDocument, round: RoundDocument, wish: RoundWish },
): Promise<RoundAnswer> {
  const unpaid: RoundDocument = { ...round, state: 'Unpaid', orderId: orderIdOf(openid, wish.requestId) }
  const taken = await changeSitting(world, sitting._id, (now): Verdict<'CartChanged'> => {
    if (now.rounds.some(one => one.id === unpaid.id)) return 'Same'
    if (now.version !== sitting.version) return { code: 'CartChanged' }
    const nowMs = world.clock.nowMs()
    return { set: { ...withRound(now, unpaid, nowMs), dueAtMs: nowMs + LOOK_AGAIN_MS } }
  })
  if (taken === null || 'code' in taken) return refused('CartChanged')
  const guest = guestOf(taken, openid)!
  const [table] = taken.tables
  const placed = await placeOrder(world, openid, {
    requestId: wish.requestId, lines: round.lines.map(toWish), fulfilment: { kind: 'DineIn', linkId: guest.linkId }, remark: wish.remark,
    expectedTotalFen: wish.expectedTotalFen,
  }, { sittingId: sitting._id, roundId: unpaid.id, seat: { linkId: guest.linkId, tableId: table!.tableId, tableName: tableNameOf(taken) } })
  if (!placed.ok) {
    await lookAfterSitting(world, sitting._id, { dropRoundId: unpaid.id })
    // Whom nobody knows yet logs in and sends it again.
    if (placed.kind === 'denied') return placed
    if (placed.kind !== 'refused') throw new Error(`A round could not be placed: ${placed.kind} ${placed.code}`)
    return passedOn(placed)
  }
  const now = await sittings(world).read(sitting._id)
  return done({ sitting: viewSitting(now ?? taken, openid), orderId: placed.value.id })
}

const KNOWN: readonly RoundCode[] = ['LinesUnavailable', 'PriceChanged', 'NothingToPay', 'TooManyUnpaid', 'StoreClosed', 'StorePaused']

const passedOn = ({ code, detail }: Refused): Refused<RoundCode> => refused(KNOWN.find(known => known === code) ?? 'NotPlaced', detail)
