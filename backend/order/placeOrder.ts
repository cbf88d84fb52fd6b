import { done, loginNeeded, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import type { LineProblem, Quote } from '../../contracts/order.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import type { World } from '../ports.ts'
import { productsOf } from '../catalog/products.ts'
import { oneOf } from '../database.ts'
import type { Serving } from '../fulfilment/rules.ts'
import { addressFor, destinationOf, goesOut, tripWanted } from '../fulfilment/trips.ts'
import { isTaken, rulesAt } from '../dining/tables.ts'
import { tableBehind } from '../link/links.ts'
import type { SeatedAt } from '../link/links.ts'
import { isKitchen, kitchenOf } from '../kitchen/kitchens.ts'
import { pointsOf } from '../kitchen/rules.ts'
import { isMember } from '../member/members.ts'
import { isNew, priceCart } from '../pricing/quoteCart.ts'
import { quote } from '../pricing/rules.ts'
import { ownCoupon } from '../promotion/coupon/coupons.ts'
import { takenFrom } from '../stock/rules.ts'
import { countLeft } from '../stock/stock.ts'
import { theStore } from '../store/stores.ts'
import { releaseHolds } from './followUp.ts'
import { freeze, wishOf } from './fulfilments.ts'
import { holdAll, holdsSomething } from './holds.ts'
import { cookingOf, laterPlace, leavePlace, onThePlaceOf } from './kitchenPlace.ts'
import { move, orderIdOf, orders, viewOrder } from './orders.ts'
import type { OrderDocument } from './orders.ts'
import { countedPieces } from './pieces.ts'
import { ABANDONED_AFTER_MS, findersOf, MAX_UNPAID, PAY_WITHIN_MS, sortKeyOf } from './rules.ts'

type Input = ParsedOf<ShopActions['placeOrder']>
type Answer = Outcome<OutputOf<ShopActions['placeOrder']>, CodeOf<ShopActions['placeOrder']>>

/**
 * Makes an order at the server's prices and holds its stock and its coupon. The same `requestId` gives the same order
 * however often and from however many devices it is sent. Nothing is sold that is not there, and nothing at a price that
 * the customer has not seen: `LinesUnavailable` names the lines, `PriceChanged` carries the quote as it is now.
 */
export async function placeOrder(world: World, openid: string, input: Input, round?: PaidRound): Promise<Answer> {
  const orderId = orderIdOf(openid, input.requestId)
  const earlier = await orders(world).read(orderId)
  if (earlier) return earlier.state === 'Reserving' ? hold(world, earlier) : answer(world, earlier)

  const facts = await readFacts(world, openid, input, round)
  const refusal = refuse(facts, input)
  if (refusal) return refusal
  const priced = await price(world, openid, facts, input)
  const objection = objectTo(priced, input)
  if (objection) return objection

  const order = draft(world, { orderId, openid, facts, priced, input, round })
  if (await orders(world).add(order) === 'Exists') return placeOrder(world, openid, input, round)
  if (order.state !== 'Reserving') return answer(world, order)
  // Counted again with this order among them: of many that come at once, the last one added sees all the others.
  if (await countUnpaid(world, openid) <= MAX_UNPAID) return hold(world, order)
  await reject(world, order, 'TooManyUnpaid')
  return refused('TooManyUnpaid')
}

/** A round of dishes that is paid before it is made, and the table at which its guests sit now. */
export interface PaidRound { sittingId: string, roundId: string, seat: SeatedAt }

/** What an order depends on, read side by side. */
async function readFacts(world: World, openid: string, input: Input, round: PaidRound | undefined) {
  const { fulfilment } = input
  const [member, store, products, unpaid, anyTable, coupon, address] = await Promise.all([
    isMember(world, openid),
    theStore(world),
    productsOf(world, input.lines.map(line => line.productId)),
    countUnpaid(world, openid),
    fulfilment.kind === 'DineIn' && !round ? tableBehind(world, fulfilment.linkId) : null,
    input.couponId === undefined ? null : ownCoupon(world, openid, input.couponId),
    goesOut(fulfilment) ? addressFor(world, openid, fulfilment.addressId) : null,
  ])
  // A table of another store is none here.
  const table = anyTable?.storeId === store._id ? anyTable : null
  const seat = table && fulfilment.kind === 'DineIn' ? { linkId: fulfilment.linkId, tableId: table._id, tableName: table.name } : null
  // Where guests have sittings, nobody orders past the one at the table.
  const needsSitting = table !== null && (rulesAt(store, table) !== null || isTaken(table))
  const kitchen = await kitchenOf(world, store)
  return { member, store, kitchen, products, unpaid, seat: round?.seat ?? seat, round, needsSitting, coupon, address }
}

type Facts = Awaited<ReturnType<typeof readFacts>>

function refuse({ member, unpaid, seat, needsSitting, coupon }: Facts, input: Input): Answer | null {
  if (!member) return loginNeeded
  if (unpaid >= MAX_UNPAID) return refused('TooManyUnpaid')
  if (input.fulfilment.kind === 'DineIn' && !seat) return refused('TableUnknown')
  if (needsSitting) return refused('SittingNeeded')
  return input.couponId !== undefined && !coupon ? refused('CouponUnknown') : null
}

async function price(world: World, openid: string, facts: Facts, input: Input): Promise<Quote> {
  const { store, kitchen, products, coupon, address } = facts
  const coupons = coupon ? [coupon] : []
  const isNewMember = await isNew(world, openid, coupons)
  return quote({ lines: input.lines, ...tripWanted(input, store, address), coupon: coupon ?? 'None' }, {
    products, isMember: true, fees: store.fees ?? {}, serving: { ...servingOf(facts), room: kitchen }, coupons, isNewMember,
    nowMs: world.clock.nowMs(),
  })
}

/** Guests who sit here eat here, also when the store has decided otherwise since. */
const servingOf = ({ store, round }: Facts): Serving => round && store.ways ? { ...store, ways: [...store.ways, 'DineIn'] } : store

const countUnpaid = (world: World, openid: string): Promise<number> =>
  orders(world).count({ openid, state: oneOf(['Reserving', 'Unpaid', 'Closing']) })

function objectTo(priced: Quote, { expectedTotalFen, couponId }: Input): Answer | null {
  const problems = priced.lines.flatMap((line, index) => line.problem
    ? [{ line: index, problem: line.problem, ...(line.left === undefined ? {} : { left: line.left }) }]
    : [])
  if (problems.length > 0) return refused('LinesUnavailable', { problems })
  if (priced.obstacle) return refused(priced.obstacle.kind, { obstacle: priced.obstacle })
  if (priced.totalFen !== expectedTotalFen || priced.couponId !== (couponId ?? null)) return priceChanged(priced)
  // WeChat Pay takes no payment of nothing.
  if (priced.totalFen < 1) return refused('NothingToPay')
  return null
}

const priceChanged = (priced: Quote): Answer => refused('PriceChanged', { totalFen: priced.totalFen, quote: priced })

interface Draft { orderId: string, openid: string, facts: Facts, priced: Quote, input: Input, round: PaidRound | undefined }

function draft(world: World, { orderId, openid, facts, priced, input, round }: Draft): OrderDocument {
  const nowMs = world.clock.nowMs()
  const cooking = cookingOf(facts.store, facts.kitchen, cookedOf(priced, { facts, input, nowMs }))
  // The kitchen first: who cannot be served is not to hold anything for a moment.
  const pieces = [...cooking.pieces, ...countedPieces(priced.lines, facts.products)]
  const { couponId } = priced
  const state = holdsSomething({ pieces, couponId }) ? 'Reserving' as const : 'Unpaid' as const
  const fulfilment = freeze(input.fulfilment, facts)
  return {
    _id: orderId, openid, storeId: facts.store._id, state,
    fulfilment,
    ...(facts.store.autoAccept === false ? { needsAccepting: true } : {}),
    lines: priced.lines,
    discounts: priced.discounts,
    fees: priced.fees,
    totalFen: priced.totalFen,
    couponId,
    remark: input.remark,
    ...(cooking.promise ? { promise: cooking.promise } : {}),
    ...(input.utensils === undefined ? {} : { utensils: input.utensils }),
    ...(input.invoice === undefined ? {} : { invoice: input.invoice }),
    ...(round ? { sitting: { id: round.sittingId, roundId: round.roundId } } : {}),
    arrivedBy: input.arrivedBy ?? null,
    gateway: world.settings.gateway,
    attempts: 0,
    pieces,
    followUp: 'None',
    pickupNumber: null,
    foundBy: findersOf(orderId, 'receiver' in fulfilment ? fulfilment.receiver?.phone ?? null : null),
    transactionId: null,
    steps: [{ state, atMs: nowMs }],
    sortKey: sortKeyOf(nowMs, orderId),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    expiresAtMs: nowMs + PAY_WITHIN_MS,
    dueAtMs: state === 'Reserving' ? nowMs + ABANDONED_AFTER_MS : nowMs + PAY_WITHIN_MS,
  }
}

/** What decides the order's place in the kitchen. */
function cookedOf({ lines }: Quote, { facts, input, nowMs }: Pick<Draft, 'facts' | 'input'> & { nowMs: number }) {
  const { store, products, address } = facts
  const { fulfilment } = input
  return {
    points: pointsOf(lines, products),
    way: fulfilment.kind,
    meters: address && destinationOf(address, store).meters,
    slotAtMs: 'slotAtMs' in fulfilment ? fulfilment.slotAtMs ?? null : null,
    nowMs,
  }
}

/**
 * Takes the coupon and every piece, then shows the order; or rejects it and gives everything back. Two calls may do this at
 * once for one order: each step can be repeated, and the state, moved once, decides. Nothing goes back before the state is
 * Rejected, but for a place in the kitchen that the order has left for a later one: it never comes back to that.
 */
async function hold(world: World, order: OrderDocument): Promise<Answer> {
  const held = await holdAll(world, order)
  const later = held === 'KitchenFull' ? await laterPlace(world, order) : null
  if (later) await orders(world).changeIf(order._id, { ...onThePlaceOf(order), state: 'Reserving' }, { set: { ...later } })
  else if (held !== 'Held') await reject(world, order, held === 'CouponLost' ? held : 'OutOfStock')
  else await move(world, order._id, ['Reserving', 'Unpaid'], { dueAtMs: order.expiresAtMs }, onThePlaceOf(order))
  const now = await orders(world).read(order._id)
  if (!now) throw new Error(`Order ${order._id} vanished while it was placed.`)
  await leavePlace(world, { taken: order, now })
  // Its place is a later one by now, which has to be taken as well.
  if (now.state === 'Reserving') return hold(world, now)
  // Somebody else gave this order up while we were taking for it: what we took since then goes back too.
  if (held === 'Held' && now.state === 'Rejected') await releaseHolds(world, { ...now, followUp: 'ReleaseStock' })
  return answer(world, now)
}

/** Gives up a reservation that cannot be completed, or that was abandoned half-way. */
export async function reject(world: World, order: OrderDocument, because: OrderDocument['rejectedBecause'] = 'Abandoned'): Promise<void> {
  const set = { followUp: 'ReleaseStock' as const, rejectedBecause: because, dueAtMs: world.clock.nowMs() }
  await move(world, order._id, ['Reserving', 'Rejected'], set)
  const now = await orders(world).read(order._id)
  if (now?.state === 'Rejected') await releaseHolds(world, now)
}

async function answer(world: World, order: OrderDocument): Promise<Answer> {
  if (order.state !== 'Rejected') return done(viewOrder(order))
  if (order.rejectedBecause === 'TooManyUnpaid') return refused('TooManyUnpaid')
  if (order.rejectedBecause !== 'CouponLost' && order.pieces.length > 0) {
    const problems = await shortages(world, order)
    return problems.length > 0 ? refused('LinesUnavailable', { problems }) : slotFull(world, order)
  }
  const { lines, couponId, utensils = 0 } = order
  const fulfilment = wishOf(order.fulfilment)
  if (!fulfilment) throw new Error(`Order ${order._id} was never placed here.`)
  return priceChanged(await priceCart(world, order.openid, { lines, fulfilment, utensils, ...(couponId === null ? {} : { couponId }) }))
}

/** Somebody else was given the last room of the kitchen: the same cart, asked again, says when there is more. */
async function slotFull(world: World, order: OrderDocument): Promise<Answer> {
  const fulfilment = wishOf(order.fulfilment)
  const quoted = fulfilment && await priceCart(world, order.openid, { lines: order.lines, fulfilment })
  return refused('SlotFull', { obstacle: quoted?.obstacle?.kind === 'SlotFull' ? quoted.obstacle : { kind: 'SlotFull', freeSlots: [] } })
}

/** Which lines of a rejected order lack pieces now; all counted ones when those have come back in between. */
async function shortages(world: World, order: OrderDocument): Promise<{ line: number, problem: LineProblem, left: number }[]> {
  const leftOf = await countLeft(world.database, order.pieces)
  const counted = order.pieces.map(piece => ({ ...piece, left: leftOf([piece]) ?? 0 }))
  const short = counted.filter(piece => piece.left < piece.quantity)
  if (short.length > 0 && short.every(isKitchen)) return []
  const named = short.length > 0 ? short : counted
  return order.lines.flatMap((line, index) => {
    const pieces = named.flatMap((piece) => {
      const perPiece = takenFrom(line, piece)
      return perPiece === 0 ? [] : [Math.floor(piece.left / perPiece)]
    })
    if (pieces.length === 0) return []
    // The scarcest source decides.
    const left = Math.min(...pieces)
    return [{ line: index, problem: left > 0 ? 'NotEnough' : 'SoldOut', left }]
  })
}
