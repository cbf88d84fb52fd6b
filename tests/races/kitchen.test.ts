import { expect, it } from 'vitest'
import { cancelOrder } from '../../backend/order/closeOrder.ts'
import { orderIdOf, orders } from '../../backend/order/orders.ts'
import { placeOrder } from '../../backend/order/placeOrder.ts'
import type { ProductDocument } from '../../backend/catalog/products.ts'
import type { World } from '../../backend/ports.ts'
import { heldIn, stock } from '../../backend/stock/stock.ts'
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

const cups = (world: World, openid: string, wish: number, quantity: number) => placeOrder(world, openid, {
  requestId: requestIdOf(wish), lines: [{ productId: 'cup', choiceIds: [], quantity }], fulfilment: { kind: 'TakeAway' }, remark: '',
  expectedTotalFen: 500 * quantity,
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
