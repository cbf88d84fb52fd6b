import { expect, it } from 'vitest'
import { beginMeal } from '../../backend/dining/beginMeal.ts'
import { changeTableCart } from '../../backend/dining/changeTableCart.ts'
import { enterTable } from '../../backend/dining/enterTable.ts'
import { lookAfterSitting } from '../../backend/dining/lookAfterSitting.ts'
import { cancelBill, makeBill, payPart } from '../../backend/dining/payBill.ts'
import { sendRound } from '../../backend/dining/sendRound.ts'
import { sittings } from '../../backend/dining/sittings.ts'
import type { SittingDocument } from '../../backend/dining/sittings.ts'
import { clearTable } from '../../backend/dining/staff/clearTable.ts'
import { returnDish } from '../../backend/dining/staff/returnDish.ts'
import { tables } from '../../backend/dining/tables.ts'
import { tickets } from '../../backend/dining/tickets.ts'
import { unpaidFenOf } from '../../backend/dining/viewSitting.ts'
import type { LinkDocument } from '../../backend/link/links.ts'
import { orders } from '../../backend/order/orders.ts'
import { outTradeNoOf } from '../../backend/payment/attempts.ts'
import { syncPayment } from '../../backend/payment/syncPayment.ts'
import { unifiedOrder } from '../../backend/payment/unifiedOrder.ts'
import type { World } from '../../backend/ports.ts'
import { stock } from '../../backend/stock/stock.ts'
import { ON_SHELF, PRICE_FEN, requestIdOf, tryOrders } from './support.ts'
import type { Race } from './support.ts'

/**
 * What could go wrong at a table when two do something at once, with the real use cases, database engine and books of WeChat:
 * fast-check chooses which operation of which call comes next. Nothing is made twice, paid twice or lost.
 */

const LONG_MS = 120_000
const TERMS = { perPersonFen: 0, serviceBasisPoints: 0 }
const by = { openid: 'o-clerk' }

/** Ann and Ben at a table that pays at the end, with so many tarts in the cart. */
async function seat({ world }: Race, quantity = 1): Promise<string> {
  await world.database.collection<LinkDocument>('links').add({ _id: 'code', kind: 'Table', storeId: 'main', tableId: 'a1' })
  await tables(world).add({ _id: 'a1', storeId: 'main', name: 'A1', dining: { pay: 'Later' } })
  const entered = await enterTable(world, 'o-ann', { linkId: 'code' })
  await enterTable(world, 'o-ben', { linkId: 'code' })
  if (!entered.ok) throw new Error(JSON.stringify(entered))
  const sittingId = entered.value.id
  await beginMeal(world, 'o-ann', { sittingId, people: 2, terms: TERMS })
  await add(world, sittingId, quantity)
  return sittingId
}

let wishes = 0
const add = (world: World, sittingId: string, quantity = 1, openid = 'o-ann') => changeTableCart(world, openid, {
  sittingId, requestId: requestIdOf(100 + ++wishes), change: { kind: 'Add', line: { productId: 'tart', choiceIds: [], quantity } },
})
const read = async ({ world }: Race, sittingId: string): Promise<SittingDocument> => (await sittings(world).read(sittingId))!

/** Sends the cart as it stood when the race began. */
const send = (openid: string, seen: SittingDocument, wish: number) => (world: World) => sendRound(world, openid, {
  sittingId: seen._id, requestId: requestIdOf(wish), cartVersion: seen.cartVersion, remark: '',
  expectedTotalFen: seen.cart.reduce((sum, line) => sum + line.unitFen * line.quantity, 0),
})

/** Takes the first part on and types the password, as far as each goes. */
const pay = (openid: string, race: Race, sittingId: string) => async (world: World) => {
  const { bill } = await read(race, sittingId)
  if (!bill) return null
  const part = await payPart(world, openid, { sittingId, bill: bill.number, part: 0, expectedFen: bill.parts[0]!.amountFen })
  if (!part.ok) return null
  const { orderId } = part.value
  const begun = await unifiedOrder(world, { openid, clientIp: '127.0.0.1' }, { orderId })
  if (begun.ok) race.pay.take(outTradeNoOf(orderId, (await orders(world).read(orderId))?.attempts ?? 1))
  await syncPayment(world, openid, { orderId })
  return orderId
}

/** Whatever happened: rounds, kitchen, shelf, orders and WeChat's money tell one story. */
async function expectOneStory(race: Race, sittingId: string): Promise<SittingDocument> {
  const { world } = race
  const sitting = await read(race, sittingId)
  const slips = await tickets(world).find({ where: { sittingId }, limit: 100 })
  expect(slips.map(slip => slip._id).sort()).toEqual(sitting.rounds.map(round => round.id).sort())
  const lines = sitting.rounds.flatMap(round => round.lines)
  const shelf = (await stock(world.database).read('tart'))!
  expect(shelf.supplied).toBe(shelf.available + shelf.sold + shelf.holds.reduce((sum, hold) => sum + hold.quantity, 0))
  expect(shelf.sold).toBe(lines.reduce((sum, line) => sum + line.quantity - line.returned, 0))
  const all = await orders(world).find({ where: {}, limit: 100 })
  const books = all.map(order => race.pay.booksOf(order._id))
  const keptFen = books.reduce((sum, { paidFen, backFen }) => sum + paidFen - backFen, 0)
  const eatenFen = lines.reduce((sum, line) => sum + line.unitFen * (line.quantity - line.returned), 0)
  expect(keptFen + unpaidFenOf(sitting)).toBe(eatenFen)
  return sitting
}

it('two phones that send one cart make one round, also when one taps twice', () => tryOrders(async (race, scheduler) => {
  const sittingId = await seat(race)
  const seen = await read(race, sittingId)
  await race.atOnce(scheduler, { ann: send('o-ann', seen, 1), again: send('o-ann', seen, 1), ben: send('o-ben', seen, 2) })
  expect((await expectOneStory(race, sittingId)).rounds).toHaveLength(1)
}), LONG_MS)

it('a dish that is added while the cart is sent is in the round or still in the cart, never in both or in neither', () =>
  tryOrders(async (race, scheduler) => {
    const sittingId = await seat(race)
    const seen = await read(race, sittingId)
    await race.atOnce(scheduler, { sends: send('o-ann', seen, 1), adds: world => add(world, sittingId, 1, 'o-ben') })
    const { rounds, cart } = await expectOneStory(race, sittingId)
    const pieces = [...rounds.flatMap(round => round.lines), ...cart].reduce((sum, line) => sum + line.quantity, 0)
    expect(pieces).toBe(2)
  }), LONG_MS)

it('the last pieces go to a round or to an order from elsewhere, and none is sold twice', () => tryOrders(async (race, scheduler) => {
  const sittingId = await seat(race, ON_SHELF)
  const seen = await read(race, sittingId)
  const results = await race.atOnce(scheduler, {
    round: send('o-ann', seen, 1), elsewhere: world => race.order(world, 'o-ben', 2, 1),
  }) as { ok: boolean }[]
  expect(results.filter(result => result.ok).length).toBeGreaterThanOrEqual(1)
  const shelf = (await stock(race.world.database).read('tart'))!
  expect(shelf.available).toBeGreaterThanOrEqual(0)
  expect(shelf.supplied).toBe(shelf.available + shelf.sold + shelf.holds.reduce((sum, hold) => sum + hold.quantity, 0))
}), LONG_MS)

it('a bill that two take on is paid once, and the table is either paid or owes what was eaten', () => tryOrders(async (race, scheduler) => {
  const sittingId = await seat(race)
  await send('o-ann', await read(race, sittingId), 1)(race.world)
  await makeBill(race.world, 'o-ann', { sittingId, split: { kind: 'Whole' }, expectedTotalFen: PRICE_FEN })
  await race.atOnce(scheduler, { ann: pay('o-ann', race, sittingId), ben: pay('o-ben', race, sittingId), timer: world => lookAfterSitting(world, sittingId) })
  await race.heal()
  const sitting = await expectOneStory(race, sittingId)
  expect(['ToBeCleared', 'Ordering']).toContain(sitting.state)
}), LONG_MS)

it('nobody pays for what is added while they pay: it is refused, or comes on the next bill', () => tryOrders(async (race, scheduler) => {
  const sittingId = await seat(race)
  await send('o-ann', await read(race, sittingId), 1)(race.world)
  await add(race.world, sittingId, 1, 'o-ben')
  const seen = await read(race, sittingId)
  await race.atOnce(scheduler, {
    bill: async (world) => {
      await makeBill(world, 'o-ann', { sittingId, split: { kind: 'Whole' }, expectedTotalFen: PRICE_FEN })
      await pay('o-ann', race, sittingId)(world)
    },
    adds: send('o-ben', seen, 2),
  })
  await race.heal()
  await expectOneStory(race, sittingId)
}), LONG_MS)

it('a bill that is taken back while it is paid is one or the other, and no money is lost', () => tryOrders(async (race, scheduler) => {
  const sittingId = await seat(race)
  await send('o-ann', await read(race, sittingId), 1)(race.world)
  await makeBill(race.world, 'o-ann', { sittingId, split: { kind: 'Whole' }, expectedTotalFen: PRICE_FEN })
  await race.atOnce(scheduler, { pays: pay('o-ann', race, sittingId), takesBack: world => cancelBill(world, 'o-ben', { sittingId }) })
  await race.heal()
  await expectOneStory(race, sittingId)
}), LONG_MS)

it('a table is never cleared of what is ordered at that moment', () => tryOrders(async (race, scheduler) => {
  const sittingId = await seat(race)
  const seen = await read(race, sittingId)
  await race.atOnce(scheduler, { sends: send('o-ann', seen, 1), clears: world => clearTable(world, { sittingId }, by) })
  const sitting = await expectOneStory(race, sittingId)
  if (sitting.state === 'Cleared') expect(unpaidFenOf(sitting)).toBe(0)
}), LONG_MS)

it('a table is never cleared of what is unpaid, whoever pays, orders again or takes the bill back at that moment', () =>
  tryOrders(async (race, scheduler) => {
    const sittingId = await seat(race)
    await send('o-ann', await read(race, sittingId), 1)(race.world)
    await makeBill(race.world, 'o-ann', { sittingId, split: { kind: 'Whole' }, expectedTotalFen: PRICE_FEN })
    const results = await race.atOnce(scheduler, {
      pays: pay('o-ann', race, sittingId),
      ordersAgain: world => orderAsSoonAsItCan(race, world, sittingId),
      takesBack: world => cancelBill(world, 'o-ben', { sittingId }),
      clears: world => clearAsSoonAsItCan(world, sittingId),
    })
    await race.heal()
    const sitting = await expectOneStory(race, sittingId)
    const isCleared = sitting.state === 'Cleared'
    expect(results[3]).toBe(isCleared)
    expect(await tables(race.world).read('a1')).toMatchObject({ sittingId: isCleared ? null : sittingId })
    if (isCleared) expect(unpaidFenOf(sitting)).toBe(0)
  }), LONG_MS)

/** Ben tries again while the bill is out: what he wants comes after it. */
async function orderAsSoonAsItCan(race: Race, world: World, sittingId: string): Promise<void> {
  for (let tries = 0; tries < 6; tries += 1) {
    if (!(await add(world, sittingId, 1, 'o-ben')).ok) continue
    const seen = await read(race, sittingId)
    if ((await send('o-ben', seen, 2)(world)).ok) return
  }
}

async function clearAsSoonAsItCan(world: World, sittingId: string): Promise<boolean> {
  for (let tries = 0; tries < 12; tries += 1) if ((await clearTable(world, { sittingId }, by)).ok) return true
  return false
}

it('a dish that two waiters take back at once, while the bill is made, is taken back once each wish and never billed', () =>
  tryOrders(async (race, scheduler) => {
    const sittingId = await seat(race, 2)
    await send('o-ann', await read(race, sittingId), 1)(race.world)
    const { rounds: [round] } = await read(race, sittingId)
    const takeBack = (wish: number, waiter: string) => (world: World) => returnDish(world, {
      requestId: requestIdOf(wish), sittingId, roundId: round!.id, line: 0, quantity: 1, isSellable: true, note: 'wrong',
    }, { openid: waiter })
    const [one, again, other] = await race.atOnce(scheduler, {
      one: takeBack(11, 'o-clerk'), oneAgain: takeBack(11, 'o-clerk'), other: takeBack(12, 'o-waiter'),
      bill: world => makeBill(world, 'o-ann', { sittingId, split: { kind: 'Whole' }, expectedTotalFen: 2 * PRICE_FEN }),
    }) as { ok: boolean }[]
    const sitting = await expectOneStory(race, sittingId)
    // Whoever asks again is told what became of the wish, whatever happened since.
    expect(again!.ok).toBe(one!.ok)
    const carriedOut = (one!.ok || again!.ok ? 1 : 0) + (other!.ok ? 1 : 0)
    expect(sitting.rounds[0]!.lines[0]!.returned).toBe(carriedOut)
    if (sitting.bill) expect(sitting.bill.totalFen).toBe((2 - carriedOut) * PRICE_FEN)
  }), LONG_MS)
