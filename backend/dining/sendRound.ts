import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import type { Quote } from '../../contracts/order.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import { productsOf } from '../catalog/products.ts'
import type { ProductOnSale } from '../catalog/products.ts'
import { resting } from '../fulfilment/rules.ts'
import { kitchenOf } from '../kitchen/kitchens.ts'
import { countedPieces } from '../order/pieces.ts'
import type { World } from '../ports.ts'
import type { Piece } from '../stock/rules.ts'
import { sellNow } from '../stock/sellNow.ts'
import { takesOrders } from '../store/hours.ts'
import { atStore, theStore } from '../store/stores.ts'
import { runningBill } from './bill/rules.ts'
import { toWish } from './cart/rules.ts'
import { notReady, priceDishes } from './changeTableCart.ts'
import { cookingOf } from './cooking.ts'
import { BILL_LINES_MAX, DISHES_MAX, isSeated, NEVER_MS, ROUNDS_MAX } from './rules.ts'
import { sendPaidRound } from './sendPaidRound.ts'
import { guestOf, seatedSitting, stepped, tableNameOf, told, writeSitting } from './sittings.ts'
import type { RoundDocument, SittingDocument, Update } from './sittings.ts'
import { ticketOf } from './tickets.ts'
import type { TicketDocument } from './tickets.ts'
import { viewSitting } from './viewSitting.ts'

export type RoundWish = ParsedOf<ShopActions['sendRound']>
export type RoundCode = CodeOf<ShopActions['sendRound']>
export type RoundAnswer = Outcome<OutputOf<ShopActions['sendRound']>, RoundCode>

const RACE_ROUNDS = 10

/**
 * Sends the shared cart to the kitchen: prices are frozen, stock is taken and the kitchen's ticket is written with it, in one
 * transaction, all or nothing. The same wish, or the same cart from another phone, gives the round that was made.
 */
export async function sendRound(world: World, openid: string, wish: RoundWish): Promise<RoundAnswer> {
  for (let race = 0; race < RACE_ROUNDS; race += 1) {
    const sitting = await seatedSitting(world, openid, wish.sittingId)
    if (!sitting) return refused('NotSeated')
    const earlier = sitting.rounds.find(round => round.requestId === wish.requestId || round.id === roundIdOf(sitting, wish))
    if (earlier) return answer(sitting, openid, earlier)
    const objection = objectTo(sitting, wish)
    if (objection) return refused(objection)
    const here = atStore(world, sitting.storeId)
    const [store, products] = await Promise.all([theStore(here), productsOf(here, sitting.cart.map(line => line.productId))])
    if (!takesOrders(store, world.clock.nowMs())) return refused('StoreClosed', store.resting ? { obstacle: resting(store.resting) } : undefined)
    const priced = priceDishes(here, sitting.cart.map(toWish), products)
    const refusal = objectToPrice(priced, wish)
    if (refusal) return refusal
    const cooking = cookingOf(world, priced, { store, products, kitchen: await kitchenOf(here, store) })
    if ('pausedUntilMs' in cooking) return refused('StorePaused', { obstacle: { kind: 'StorePaused', untilMs: cooking.pausedUntilMs } })
    const round = { ...draftRound(world, sitting, { wish, guest: guestOf(sitting, openid)!.number, priced, products }), ...cooking.round }
    if (isTooMuch(sitting, round)) return refused('TooManyDishes')
    if (sitting.pay === 'First') return sendPaidRound(here, openid, { sitting, round, wish })
    const sent = await book(world, sitting, round, [...cooking.pieces, ...countedPieces(round.lines, products)])
    if (sent === 'Short' || sent === 'Changed') continue
    return done({ sitting: viewSitting(sent, openid), orderId: null })
  }
  return refused('CartChanged')
}

export function answer(sitting: SittingDocument, openid: string, round: RoundDocument): RoundAnswer {
  const isMine = round.guest === guestOf(sitting, openid)?.number
  return done({ sitting: viewSitting(sitting, openid), orderId: isMine ? round.orderId : null })
}

function objectTo(sitting: SittingDocument, { cartVersion }: RoundWish): RoundCode | null {
  if (!isSeated(sitting.state)) return 'TableCleared'
  if (sitting.bill) return 'BillBeingPaid'
  const obstacle = notReady(sitting)
  if (obstacle) return obstacle
  if (sitting.cart.length === 0) return 'CartEmpty'
  return sitting.cartVersion === cartVersion ? null : 'CartChanged'
}

function objectToPrice(priced: Quote, { expectedTotalFen }: RoundWish): RoundAnswer | null {
  const problems = priced.lines.flatMap((line, index) => line.problem
    ? [{ line: index, problem: line.problem, ...line.left === undefined ? {} : { left: line.left } }]
    : [])
  if (problems.length > 0) return refused('LinesUnavailable', { problems })
  return priced.totalFen === expectedTotalFen ? null : refused('PriceChanged', { totalFen: priced.totalFen, quote: priced })
}

/** One cart makes one round, whoever sends it. */
const roundIdOf = ({ _id }: SittingDocument, { cartVersion }: RoundWish): string => `${_id}-${cartVersion}`

interface Draft { wish: RoundWish, guest: number, priced: Quote, products: ReadonlyMap<string, ProductOnSale> }

function draftRound(world: World, sitting: SittingDocument, { wish, guest, priced, products }: Draft): RoundDocument {
  const number = Math.max(0, ...sitting.rounds.map(round => round.number)) + 1
  return {
    id: roundIdOf(sitting, wish), number, state: 'Accepted', guest, orderId: null, from: sitting._id, tableName: tableNameOf(sitting),
    lines: priced.lines.map(({ problem: _problem, left: _left, ...line }, place) =>
      ({ ...line, guest: sitting.cart[place]!.guest, returned: 0 })),
    pieces: priced.lines.map(line => countedPieces([line], products)),
    remark: wish.remark, atMs: world.clock.nowMs(), kitchen: 'New', isPaid: false, requestId: wish.requestId, cartVersion: wish.cartVersion,
  }
}

function isTooMuch(sitting: SittingDocument, round: RoundDocument): boolean {
  const rounds = [...sitting.rounds, round]
  const dishes = rounds.reduce((sum, one) => sum + one.lines.length, 0)
  return rounds.length > ROUNDS_MAX || dishes > DISHES_MAX || runningBill({ ...sitting, rounds }).lines.length > BILL_LINES_MAX
}

/** The part of an update that takes the cart into a round. */
export function withRound(sitting: SittingDocument, round: RoundDocument, atMs: number): Update {
  return {
    rounds: [...sitting.rounds, round], cart: [], cartVersion: sitting.cartVersion + 1,
    ...sitting.state === 'Ordering' ? {} : stepped(sitting, 'Ordering', atMs),
    ...told(sitting, 'RoundSent', { guest: round.guest, atMs }),
  }
}

async function book(
  world: World, seen: SittingDocument, round: RoundDocument, pieces: readonly Piece[],
): Promise<SittingDocument | 'Short' | 'Changed'> {
  return world.database.transact(async (transaction) => {
    const sitting = await transaction.read<SittingDocument>('sittings', seen._id)
    if (sitting?.version !== seen.version) return 'Changed'
    if (await sellNow(world, transaction, pieces, round.id) === 'Short') return 'Short'
    await transaction.add<TicketDocument>('kitchenTickets', ticketOf(world, sitting, round))
    return writeSitting(world, transaction, sitting, { ...withRound(sitting, round, world.clock.nowMs()), dueAtMs: NEVER_MS })
  })
}
