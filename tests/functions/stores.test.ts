import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import type { Workplace } from '../../contracts/merchant.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { callAt as at, EGG_TART, leftOf, member, newRequestId, orderOf, pay, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
const clerkOfStation = () => shop.as('o-clerk-station')

beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  // Whatever the clock says.
  for (const { id, pieces: _pieces, tables: _tables, week: _week, ...branch } of demoCatalog.branches) {
    await shop.admin.set('stores', id, { ...branch, banners: [], hours: { from: '00:00', until: '24:00' } })
  }
  await shop.admin.set('staff', 'o-clerk-station', { role: 'clerk', active: true, storeIds: ['station'] })
})
afterAll(() => shop.close())

interface Screen { store: { id: string }, products: { id: string, left: number | null }[] }

async function menuAt(storeId: string): Promise<Screen> {
  const menu = await at<Screen>(shop.as(null), storeId, 'menu', {})
  if (!menu.ok) throw new Error(JSON.stringify(menu))
  return menu.value
}
const tartsAt = async (storeId: string) => (await menuAt(storeId)).products.find(({ id }) => id === 'egg-tart')!.left

async function bought(storeId: string): Promise<string> {
  const wish = { ...await wishOf(alice, [EGG_TART]), requestId: newRequestId() }
  const placed = await at<{ id: string }>(alice, storeId, 'placeOrder', wish)
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  await pay(shop, alice, placed.value.id)
  return placed.value.id
}

describe('the stores', () => {
  it('stand in a list with their hours, ways and services, for everybody', async () => {
    const list = await shop.as(null).shop('stores', {})
    expect(list).toMatchObject({ ok: true, value: [
      { id: 'main', ways: ['DineIn', 'TakeAway', 'Delivery', 'Express', 'PickUp'], isOpen: true },
      { id: 'lakeside', services: [{ zh: '露台' }, {}, {}], ways: ['DineIn', 'TakeAway', 'Delivery', 'PickUp'] },
      { id: 'station', ways: ['TakeAway', 'PickUp'], services: [{ zh: '充电宝' }, {}] },
    ] })
    expect(JSON.stringify(list)).not.toContain('fees')
  })

  it('each sell what they have, from shelves of their own', async () => {
    const before = { main: await leftOf(shop, 'egg-tart'), station: await tartsAt('station') }
    expect(before.station).toBe(3)
    await at(alice, 'station', 'placeOrder', { ...await wishOf(alice, [{ ...EGG_TART, quantity: 2 }]) })
    expect({ main: await leftOf(shop, 'egg-tart'), station: await tartsAt('station') }).toEqual({ main: before.main, station: 1 })
    expect((await menuAt('station')).products.map(({ id }) => id)).not.toContain('scallion-pancake')
    expect((await menuAt('lakeside')).products.map(({ id }) => id)).toContain('scallion-pancake')
  })

  it('say which lines of a cart they lack', async () => {
    const lines = [{ productId: 'rice-ball-soup', choiceIds: [], quantity: 1 }, { ...EGG_TART, quantity: 9 }]
    const quoted = await at<{ lines: object[] }>(shop.as(null), 'station', 'quote', { lines })
    expect(quoted).toMatchObject({ value: { lines: [{ problem: 'NotHere', name: { zh: '桂花酒酿圆子' } }, { problem: 'NotEnough' }] } })
  })

  it('offer no way that they do not have', async () => {
    const screen = await at<object>(alice, 'station', 'checkout', { lines: [EGG_TART], fulfilment: { kind: 'Delivery' } })
    expect(screen).toMatchObject({ ok: true, value: { store: { id: 'station' }, ways: ['TakeAway'], way: 'TakeAway' } })
    const wish = { ...await wishOf(alice, [EGG_TART]), fulfilment: { kind: 'Delivery' } }
    expect(await at(alice, 'station', 'placeOrder', wish)).toMatchObject({ code: 'WayNotOffered' })
  })

  it('that are gone are told from a shop that is broken', async () => {
    expect(await at(shop.as(null), 'nowhere', 'menu', {})).toEqual({ ok: false, kind: 'invalid', code: 'InvalidInput', field: 'storeId' })
    expect(await at(shop.as(null), { $ne: '' } as unknown as string, 'menu', {})).toMatchObject({ kind: 'invalid' })
  })
})

describe('a table', () => {
  const { tables } = demoCatalog.branches[0]!

  it('opens its store in the one call that reads its code, whatever store that was about', async () => {
    const linkId = tables[0]!.linkId
    const [own, asked] = [await at(shop.as(null), 'lakeside', 'home', {}), await at(shop.as(null), 'station', 'home', { scene: linkId })]
    if (!own.ok || !asked.ok) throw new Error('home')
    expect({ ...asked.value as object, arrival: null }).toEqual(own.value)
    expect(own.value).toMatchObject({ store: { id: 'lakeside' } })
  })

  it('whose store is gone opens the shop, as a code that nobody knows', async () => {
    await shop.admin.set('links', 'gone-store', { kind: 'Poster', storeId: 'closed-down' })
    expect(await shop.as(null).shop('home', { scene: 'gone-store' })).toMatchObject({ value: { store: { id: 'main' }, arrival: { kind: 'Unknown' } } })
  })

  it('leads to its store, and is one of that store\'s alone', async () => {
    const linkId = tables[0]!.linkId
    expect(await shop.as(null).shop('home', { scene: linkId })).toMatchObject({ value: { arrival: { kind: 'Table', tableName: 'W1', storeId: 'lakeside' } } })
    const wish = { ...await wishOf(alice, [EGG_TART]), fulfilment: { kind: 'DineIn', linkId } }
    expect(await at(alice, 'main', 'placeOrder', wish)).toMatchObject({ code: 'TableUnknown' })
  })
})

describe('an order', () => {
  it('belongs to its store: its number, its staff, its shelves', async () => {
    const orderId = await bought('station')
    expect(await orderOf(alice, orderId)).toMatchObject({ storeId: 'station', pickupNumber: 'A001' })
    const elsewhere = await shop.as('o-clerk').merchant('orders', { tab: 'ToMake' })
    expect(elsewhere.ok && elsewhere.value.orders.map(({ id }) => id)).not.toContain(orderId)
    expect(await shop.as('o-clerk').merchant('markReady', { orderId })).toMatchObject({ code: 'OrderUnknown' })
    const here = await at<{ orders: { id: string }[] }>(clerkOfStation(), undefined, 'orders', { tab: 'ToMake' }, 'merchant')
    expect(here.ok && here.value.orders.map(({ id }) => id)).toEqual([orderId])
    expect(await at(clerkOfStation(), undefined, 'markReady', { orderId }, 'merchant')).toMatchObject({ ok: true })
  })

  it('of a store is nobody\'s business in another one', async () => {
    expect(await at(clerkOfStation(), 'main', 'orders', { tab: 'ToMake' }, 'merchant')).toEqual({ ok: false, kind: 'denied', code: 'NotAllowed' })
    expect(await at(shop.as('o-owner'), 'station', 'orders', { tab: 'ToMake' }, 'merchant')).toMatchObject({ ok: true })
  })

  it('is one of where its staff work: of several stores they may choose, of one there is nothing to choose', async () => {
    const workplace = async (who: Caller, storeId?: string) => {
      const bar = await at<{ workplace: Workplace }>(who, storeId, 'bar', { tab: 'ToMake' }, 'merchant')
      return bar.ok ? bar.value.workplace : bar
    }
    const ids = (place: Workplace) => place.stores.map(({ id }) => id)
    expect(await workplace(clerkOfStation())).toMatchObject({ storeId: 'station', name: { zh: '小铺茶屋 · 东站店' }, isResting: false, stores: [] })
    await shop.admin.set('staff', 'o-two', { role: 'clerk', active: true, storeIds: ['station', 'lakeside'] })
    const two = shop.as('o-two')
    expect(await workplace(two)).toMatchObject({ storeId: 'station' })
    expect(ids(await workplace(two, 'lakeside') as Workplace)).toEqual(['lakeside', 'station'])
    expect(await workplace(two, 'main')).toMatchObject({ kind: 'denied', code: 'NotAllowed' })
    expect(ids(await workplace(shop.as('o-owner')) as Workplace)).toEqual(['main', 'lakeside', 'station'])
    await shop.admin.change('stores', 'lakeside', { resting: { zh: '歇一天', en: 'A day off' } })
    expect(await workplace(two, 'lakeside')).toMatchObject({ storeId: 'lakeside', isResting: true })
    await shop.admin.change('stores', 'lakeside', { resting: null })
  })

  it('gives its pieces back to the shelf that it took them from', async () => {
    const orderId = await bought('lakeside')
    const left = await tartsAt('lakeside')
    const refund = await at(shop.as('o-owner'), 'lakeside', 'refundOrder', {
      requestId: newRequestId(), orderId, wish: { kind: 'Whole' }, goodsReturned: [0], expectedFen: 1200, note: '退',
    }, 'merchant')
    expect(refund).toMatchObject({ ok: true })
    expect(await tartsAt('lakeside')).toBe(left! + 1)
    const shelf = await at(shop.as('o-owner'), 'lakeside', 'stock', { productId: 'egg-tart' }, 'merchant')
    expect(shelf).toMatchObject({ ok: true, value: { moves: [{ kind: 'Returned', change: 1 }, { kind: 'Sold', change: -1 }] } })
  })
})

it('coupons are the whole shop\'s', async () => {
  const offers = await at<{ toTake: object[] }>(alice, 'station', 'coupons', {})
  expect(offers.ok && offers.value.toTake.length).toBeGreaterThan(0)
})
