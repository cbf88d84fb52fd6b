import { expect, it } from 'vitest'
import { beginMeal } from '../../backend/dining/beginMeal.ts'
import { changeTableCart } from '../../backend/dining/changeTableCart.ts'
import { enterTable } from '../../backend/dining/enterTable.ts'
import { sendRound } from '../../backend/dining/sendRound.ts'
import { tables } from '../../backend/dining/tables.ts'
import { quarterBehind } from '../../backend/kitchen/kitchens.ts'
import type { LinkDocument } from '../../backend/link/links.ts'
import { cancelOrder } from '../../backend/order/closeOrder.ts'
import { orderIdOf, orders } from '../../backend/order/orders.ts'
import { placeOrder, reject } from '../../backend/order/placeOrder.ts'
import type { ProductDocument } from '../../backend/catalog/products.ts'
import type { World } from '../../backend/ports.ts'
import { stockIdOf } from '../../backend/stock/rules.ts'
import { heldIn, release, stock } from '../../backend/stock/stock.ts'
import { atStore } from '../../backend/store/stores.ts'
import type { StoreDocument } from '../../backend/store/stores.ts'
import { requestIdOf, tryOrders } from './support.ts'

const LONG_MS = 120_000
const POINTS = 3
const plain = { zh: '', en: '' }

/** A kitchen that can make three cups in a quarter of an hour, and takes nothing on that would wait for longer than twenty minutes. */
async function openKitchen(world: World): Promise<void> {
  const tea: ProductDocument = {
    _id: 'cup', categoryId: 'tea', kind: 'Menu', name: plain, summary: plain, picture: '', priceFen: 500, soldCount: 0, optionGroups: [],
    sort: 1, onSale: true, recommended: false, counted: false,
  }
  await world.database.collection<ProductDocument>('products').add(tea)
  await world.database.collection<StoreDocument>('stores').changeIf('main', {}, { set: { kitchen: { slotPoints: POINTS, pauseAboveMinutes: 20 } } })
}

const cups = (world: World, openid: string, wish: number, quantity: number, slotAtMs?: number) => placeOrder(world, openid, {
  requestId: requestIdOf(wish), lines: [{ productId: 'cup', choiceIds: [], quantity }], remark: '', expectedTotalFen: 500 * quantity,
  fulfilment: { kind: 'TakeAway', ...slotAtMs === undefined ? {} : { slotAtMs } },
})

async function quarters(world: World) {
  return (await stock(world.database).find({ where: {}, limit: 50 })).filter(({ _id }) => _id.startsWith('kitchen:'))
}

it('a quarter of an hour is never promised beyond what the kitchen makes, whoever orders, taps twice and gives up at once', () => tryOrders(async (race, scheduler) => {
  await openKitchen(race.world)
  await cups(race.world, 'o-ann', 1, 1)
  await race.atOnce(scheduler, {
    ben: world => cups(world, 'o-ben', 2, 2),
    benAgain: world => cups(world, 'o-ben', 2, 2),
    ann: world => cups(world, 'o-ann', 3, 2),
    gives: world => cancelOrder(world, 'o-ann', { orderId: orderIdOf('o-ann', requestIdOf(1)) }),
  })
  for (const quarter of await quarters(race.world)) {
    expect(quarter.available).toBeGreaterThanOrEqual(0)
    expect(quarter.supplied).toBe(POINTS)
    expect(quarter.available + quarter.sold + heldIn(quarter)).toBe(POINTS)
    expect(new Set(quarter.holds.map(hold => hold.orderId)).size).toBe(quarter.holds.length)
  }
  // Every order that can be paid has its place, once.
  const live = await orders(race.world).find({ where: { state: 'Unpaid' }, limit: 20 })
  const held = (await quarters(race.world)).flatMap(quarter => quarter.holds)
  expect(held.map(hold => hold.orderId).sort()).toEqual(live.map(order => order._id).sort())
  await race.heal()
  for (const quarter of await quarters(race.world)) expect(quarter).toMatchObject({ available: POINTS, holds: [] })
}), LONG_MS)

/** Every order that can be paid has its one place, and no quarter of an hour has more than it makes. Answers the places. */
async function expectPlaces(world: World): Promise<string[]> {
  for (const quarter of await quarters(world)) {
    expect(quarter.available).toBeGreaterThanOrEqual(0)
    expect(quarter.available + quarter.sold + heldIn(quarter)).toBe(POINTS)
  }
  const live = await orders(world).find({ where: { state: 'Unpaid' }, limit: 20 })
  const held = (await quarters(world)).flatMap(({ _id, holds }) => holds.map(({ orderId }) => `${orderId} ${_id}`))
  const places = live.flatMap(({ _id, pieces }) => pieces.map(piece => `${_id} ${stockIdOf(piece)}`))
  expect(held.sort()).toEqual(places.sort())
  return places
}

it('a wish that is sent again from a phone that looks into another store keeps to the kitchen of its own', () =>
  tryOrders(async (race, scheduler) => {
    await openKitchen(race.world)
    const branches = race.world.database.collection<StoreDocument>('stores')
    await branches.changeIf('main', {}, { set: { kitchen: { slotPoints: POINTS } } })
    await branches.add({ ...(await branches.read('main'))!, _id: 'lake' })
    const byTheLake = (world: World) => atStore(world, 'lake')
    await race.atOnce(scheduler, {
      ann: world => cups(world, 'o-ann', 1, 2),
      cat: world => cups(byTheLake(world), 'o-cat', 2, 2),
      ben: world => cups(world, 'o-ben', 3, 2),
      benAgain: world => cups(byTheLake(world), 'o-ben', 3, 2),
    })
    await expectPlaces(race.world)
    for (const { storeId, pieces } of await orders(race.world).find({ where: { state: 'Unpaid' }, limit: 20 })) {
      expect(pieces.map(({ productId }) => productId)).toEqual([`kitchen:${storeId}`])
    }
  }), LONG_MS)

it('who wants it as soon as possible and finds the last room gone has the next quarter of an hour, and is told so', () =>
  tryOrders(async (race, scheduler) => {
    await openKitchen(race.world)
    await race.world.database.collection<StoreDocument>('stores').changeIf('main', {}, { set: { kitchen: { slotPoints: POINTS } } })
    const placed = await race.atOnce(scheduler, {
      ann: world => cups(world, 'o-ann', 1, 2),
      ben: world => cups(world, 'o-ben', 2, 2),
      benAgain: world => cups(world, 'o-ben', 2, 2),
      annTwice: world => cups(world, 'o-ann', 3, 2),
    })
    expect(placed).toMatchObject([{ ok: true }, { ok: true }, { ok: true }, { ok: true }])
    expect(new Set((await expectPlaces(race.world)).map(place => place.split(' ')[1])).size).toBe(3)
    for (const { promise, createdAtMs, pieces } of await orders(race.world).find({ where: { state: 'Unpaid' }, limit: 20 })) {
      const fromMs = quarterBehind(pieces[0]!)
      expect(promise!.fromMs).toBeGreaterThanOrEqual(fromMs)
      expect(promise!.fromMs).toBeLessThan(Math.max(fromMs, createdAtMs) + 15 * 60_000)
    }
    await race.heal()
    for (const quarter of await quarters(race.world)) expect(quarter).toMatchObject({ available: POINTS, holds: [] })
  }), LONG_MS)

/** Ben's order, whose call died before it held anything, and Ann's, which fills the quarter of an hour that his was to have. */
async function tooLate(world: World): Promise<void> {
  await cups(world, 'o-ben', 2, 2)
  const ben = (await orders(world).read(orderIdOf('o-ben', requestIdOf(2))))!
  await release(world.database, stockIdOf(ben.pieces[0]!), { orderId: ben._id, quantity: 2 })
  await orders(world).changeIf(ben._id, {}, { set: { state: 'Reserving' } })
  await cups(world, 'o-ann', 1, 3)
}

it('a place that an order has left for a later one is free again, also when it could be had after all', () => tryOrders(async (race, scheduler) => {
  await openKitchen(race.world)
  await race.world.database.collection<StoreDocument>('stores').changeIf('main', {}, { set: { kitchen: { slotPoints: POINTS } } })
  await tooLate(race.world)
  const placed = await race.atOnce(scheduler, {
    ben: world => cups(world, 'o-ben', 2, 2),
    benAgain: world => cups(world, 'o-ben', 2, 2),
    gives: world => cancelOrder(world, 'o-ann', { orderId: orderIdOf('o-ann', requestIdOf(1)) }),
    ann: world => cups(world, 'o-ann', 3, 2),
  })
  expect(placed).toMatchObject([{ ok: true }, { ok: true }, { ok: true }, { ok: true }])
  expect(await expectPlaces(race.world)).toHaveLength(2)
}), LONG_MS)

it('an order that is given up while it looks for a later place holds none', () => tryOrders(async (race, scheduler) => {
  await openKitchen(race.world)
  await race.world.database.collection<StoreDocument>('stores').changeIf('main', {}, { set: { kitchen: { slotPoints: POINTS } } })
  await tooLate(race.world)
  await race.atOnce(scheduler, {
    ben: world => cups(world, 'o-ben', 2, 2),
    benAgain: world => cups(world, 'o-ben', 2, 2),
    gives: world => cancelOrder(world, 'o-ann', { orderId: orderIdOf('o-ann', requestIdOf(1)) }),
    abandons: async world => reject(world, (await orders(world).read(orderIdOf('o-ben', requestIdOf(2))))!),
  })
  await expectPlaces(race.world)
}), LONG_MS)

it('a time that was chosen is never changed for another: who finds its last room gone is told which are free', () =>
  tryOrders(async (race, scheduler) => {
    await openKitchen(race.world)
    const slotAtMs = Math.ceil(race.clock.nowMs / (15 * 60_000)) * 15 * 60_000 + 60 * 60_000
    const placed = await race.atOnce(scheduler, {
      ann: world => cups(world, 'o-ann', 1, 2, slotAtMs),
      ben: world => cups(world, 'o-ben', 2, 2, slotAtMs),
    }) as Awaited<ReturnType<typeof placeOrder>>[]
    expect(placed.filter(outcome => outcome.ok)).toHaveLength(1)
    expect(placed.find(outcome => !outcome.ok)).toMatchObject({ code: 'SlotFull', detail: { obstacle: { kind: 'SlotFull' } } })
    expect(await expectPlaces(race.world)).toHaveLength(1)
  }), LONG_MS)

it('guests at a table are never turned away for the last room, also when they pay first', () => tryOrders(async (race, scheduler) => {
  const { world } = race
  await openKitchen(world)
  const rounds = await Promise.all(['ann', 'ben'].map(async (name) => {
    await world.database.collection<LinkDocument>('links').add({ _id: name, kind: 'Table', storeId: 'main', tableId: name })
    await tables(world).add({ _id: name, storeId: 'main', name, dining: { pay: 'First' } })
    const entered = await enterTable(world, `o-${name}`, { linkId: name })
    if (!entered.ok) throw new Error(JSON.stringify(entered))
    const sittingId = entered.value.id
    await beginMeal(world, `o-${name}`, { sittingId, people: 1, terms: { perPersonFen: 0, serviceBasisPoints: 0 } })
    const line = { productId: 'cup', choiceIds: [], quantity: 2 }
    const seen = await changeTableCart(world, `o-${name}`, { sittingId, requestId: requestIdOf(name.length), change: { kind: 'Add', line } })
    if (!seen.ok) throw new Error(JSON.stringify(seen))
    const wish = { sittingId, requestId: requestIdOf(9), cartVersion: seen.value.cart.version, remark: '', expectedTotalFen: 1000 }
    return [name, (through: World) => sendRound(through, `o-${name}`, wish)] as const
  }))
  const sent = await race.atOnce(scheduler, { ...Object.fromEntries(rounds), elsewhere: through => cups(through, 'o-ann', 3, 2) })
  expect(sent.slice(0, 2)).toMatchObject([{ ok: true }, { ok: true }])
  await expectPlaces(world)
}), LONG_MS)
