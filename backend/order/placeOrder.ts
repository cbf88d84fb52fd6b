import { done, loginNeeded, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import type { Product } from '../../contracts/catalog.ts'
import type { LineProblem, PricedLine, Quote } from '../../contracts/order.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import type { World } from '../ports.ts'
import { productsOf } from '../catalog/products.ts'
import { oneOf } from '../database.ts'
import { seatedAt } from '../link/links.ts'
import { isMember } from '../member/members.ts'
import { quote } from '../pricing/rules.ts'
import { available, reserve } from '../stock/stock.ts'
import type { Piece } from '../stock/stock.ts'
import { isOpen } from '../store/rules.ts'
import { theStore } from '../store/stores.ts'
import { giveStockBack } from './followUp.ts'
import { move, orderIdOf, orders, viewOrder } from './orders.ts'
import type { OrderDocument } from './orders.ts'
import { ABANDONED_AFTER_MS, MAX_UNPAID, PAY_WITHIN_MS, sortKeyOf } from './rules.ts'

type Input = ParsedOf<ShopActions['placeOrder']>
type Answer = Outcome<OutputOf<ShopActions['placeOrder']>, CodeOf<ShopActions['placeOrder']>>

/**
 * Makes an order at the server's prices and holds its stock. The same `requestId` gives the same order however often and
 * from however many devices it is sent. Nothing is sold that is not there: `LinesUnavailable` names the lines.
 */
export async function placeOrder(world: World, openid: string, input: Input): Promise<Answer> {
  const orderId = orderIdOf(openid, input.requestId)
  const earlier = await orders(world).read(orderId)
  if (earlier) return earlier.state === 'Reserving' ? holdStock(world, earlier) : answer(world, earlier)

  const [member, store, products, unpaid, seat] = await Promise.all([
    isMember(world, openid),
    theStore(world),
    productsOf(world, input.lines.map(line => line.productId)),
    countUnpaid(world, openid),
    input.fulfilment.kind === 'DineIn' ? seatedAt(world, input.fulfilment.linkId) : null,
  ])
  if (!member) return loginNeeded
  if (!isOpen(store.hours, world.clock.nowMs())) return refused('StoreClosed')
  if (unpaid >= MAX_UNPAID) return refused('TooManyUnpaid')
  if (input.fulfilment.kind === 'DineIn' && !seat) return refused('TableUnknown')
  const priced = quote(input.lines, products)
  const objection = objectTo(priced, input.expectedTotalFen)
  if (objection) return objection

  const fulfilment: OrderDocument['fulfilment'] = seat ? { kind: 'DineIn', ...seat } : { kind: 'TakeAway' }
  const order = draft(world, { orderId, openid, storeId: store._id, fulfilment, priced, products, input })
  if (await orders(world).add(order) === 'Exists') return placeOrder(world, openid, input)
  if (order.state !== 'Reserving') return answer(world, order)
  // Counted again with this order among them: of many that come at once, the last one added sees all the others.
  if (await countUnpaid(world, openid) <= MAX_UNPAID) return holdStock(world, order)
  await reject(world, order)
  return refused('TooManyUnpaid')
}

const countUnpaid = (world: World, openid: string): Promise<number> =>
  orders(world).count({ openid, state: oneOf(['Reserving', 'Unpaid', 'Closing']) })

function objectTo(priced: Quote, expectedTotalFen: number): Answer | null {
  const problems = priced.lines.flatMap((line, index) => line.problem
    ? [{ line: index, problem: line.problem, ...(line.left === undefined ? {} : { left: line.left }) }]
    : [])
  if (problems.length > 0) return refused('LinesUnavailable', { problems })
  if (priced.totalFen !== expectedTotalFen) return refused('PriceChanged', { totalFen: priced.totalFen })
  // WeChat Pay takes no payment of nothing.
  if (priced.totalFen < 1) return refused('NothingToPay')
  return null
}

interface Facts {
  orderId: string
  openid: string
  storeId: string
  fulfilment: OrderDocument['fulfilment']
  priced: Quote
  products: ReadonlyMap<string, Product>
  input: Input
}

function draft(world: World, { orderId, openid, storeId, fulfilment, priced, products, input }: Facts): OrderDocument {
  const nowMs = world.clock.nowMs()
  const pieces = countedPieces(priced.lines, products)
  const state = pieces.length > 0 ? 'Reserving' as const : 'Unpaid' as const
  return {
    _id: orderId, openid, storeId, state, fulfilment,
    lines: priced.lines,
    totalFen: priced.totalFen,
    remark: input.remark,
    arrivedBy: input.arrivedBy ?? null,
    gateway: world.settings.gateway,
    attempts: 0,
    pieces,
    followUp: 'None',
    pickupNumber: null,
    transactionId: null,
    steps: [{ state, atMs: nowMs }],
    sortKey: sortKeyOf(nowMs, orderId),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    expiresAtMs: nowMs + PAY_WITHIN_MS,
    dueAtMs: state === 'Reserving' ? nowMs + ABANDONED_AFTER_MS : nowMs + PAY_WITHIN_MS,
  }
}

/** What must be taken from the shelf, one entry a product. */
function countedPieces(lines: readonly PricedLine[], products: ReadonlyMap<string, Product>): Piece[] {
  const pieces = new Map<string, number>()
  for (const line of lines) {
    if (products.get(line.productId)?.left === null) continue
    pieces.set(line.productId, (pieces.get(line.productId) ?? 0) + line.quantity)
  }
  return [...pieces].map(([productId, quantity]) => ({ productId, quantity }))
}

/**
 * Takes every piece, then shows the order; or rejects it and puts everything back. Two calls may do this at once for one
 * order: each step can be repeated, and the state, moved once, decides. Stock goes back only after the state is Rejected.
 */
async function holdStock(world: World, order: OrderDocument): Promise<Answer> {
  for (const piece of order.pieces) {
    if (await reserve(world.database, piece, order._id, world.clock.nowMs()) === 'Reserved') continue
    await reject(world, order)
    return afterwards(world, order)
  }
  await move(world, order._id, ['Reserving', 'Unpaid'], { dueAtMs: order.expiresAtMs })
  return afterwards(world, order)
}

/** Gives up a reservation that cannot be completed, or that was abandoned half-way. */
export async function reject(world: World, order: OrderDocument): Promise<void> {
  await move(world, order._id, ['Reserving', 'Rejected'], { followUp: 'ReleaseStock', dueAtMs: world.clock.nowMs() })
  const now = await orders(world).read(order._id)
  if (now?.state === 'Rejected') await giveStockBack(world, now)
}

async function afterwards(world: World, order: OrderDocument): Promise<Answer> {
  const now = await orders(world).read(order._id)
  if (!now) throw new Error(`Order ${order._id} vanished while it was placed.`)
  return answer(world, now)
}

async function answer(world: World, order: OrderDocument): Promise<Answer> {
  return order.state === 'Rejected' ? refused('LinesUnavailable', { problems: await shortages(world, order) }) : done(viewOrder(order))
}

/** Which lines of a rejected order lack pieces now; all counted ones when those have come back in between. */
async function shortages(world: World, order: OrderDocument): Promise<{ line: number, problem: LineProblem, left: number }[]> {
  const left = await available(world.database, order.pieces.map(piece => piece.productId))
  const counted = order.pieces.map(piece => ({ ...piece, left: left.get(piece.productId) ?? 0 }))
  const short = counted.filter(piece => piece.left < piece.quantity)
  const named = new Map((short.length > 0 ? short : counted).map(piece => [piece.productId, piece.left]))
  return order.lines.flatMap((line, index) => {
    const pieces = named.get(line.productId)
    return pieces === undefined ? [] : [{ line: index, problem: pieces > 0 ? 'NotEnough' : 'SoldOut', left: pieces }]
  })
}
