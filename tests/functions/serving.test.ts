import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import type { Fulfilment } from '../../contracts/order.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, member, newRequestId, orderOf, paidOrder, pay, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
let clerk: Caller
beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  clerk = shop.as('o-clerk')
})
afterAll(() => shop.close())

const { store } = demoCatalog
const TARTS = { ...EGG_TART, quantity: 2 }
const HONEY = { productId: 'honey-jar', choiceIds: [] as string[], quantity: 1 }

async function addressId(): Promise<string> {
  const place = { latitude: store.latitude + 0.005, longitude: store.longitude, name: '运河边' }
  const outcome = await alice.shop('saveAddress', {
    requestId: newRequestId(), name: '王小明', phone: '13800138000', province: '33', city: '杭州市', district: '拱墅区', detail: '小河路 1 号', place, isDefault: true,
  })
  if (!outcome.ok) throw new Error('saveAddress')
  return outcome.value[0]!.id
}

async function paidFor(fulfilment: Fulfilment, lines = [TARTS]): Promise<string> {
  const placed = await alice.shop('placeOrder', await wishOf(alice, lines, { fulfilment }))
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  await pay(shop, alice, placed.value.id)
  return placed.value.id
}

const statesOf = async (orderId: string) => (await orderOf(alice, orderId)).steps.map(step => step.state)

describe('an order at the bar', () => {
  it('can be begun, made and handed over, each once however often it is tapped', async () => {
    const { orderId } = await paidOrder(shop, alice)
    for (const action of ['startMaking', 'markReady', 'markCollected'] as const) {
      const twice = await Promise.all([clerk.merchant(action, { orderId }), clerk.merchant(action, { orderId })])
      for (const outcome of twice) expect(outcome).toMatchObject({ ok: true })
    }
    expect(await statesOf(orderId)).toEqual(['Unpaid', 'Paid', 'Making', 'Ready', 'Collected'])
  })

  it('stays among those to be made while it is being made', async () => {
    const { orderId } = await paidOrder(shop, alice)
    await clerk.merchant('startMaking', { orderId })
    const list = await clerk.merchant('orders', { tab: 'ToMake' })
    expect(list.ok && list.value.orders.map(({ id, state }) => [id, state])).toContainEqual([orderId, 'Making'])
    const mine = await alice.shop('orders', { tab: 'Doing' })
    expect(mine.ok && mine.value.orders.map(({ id }) => id)).toContain(orderId)
  })

  it('that is not paid cannot be begun, and one that is collected neither', async () => {
    const placed = await alice.shop('placeOrder', await wishOf(alice, [EGG_TART]))
    const orderId = placed.ok ? placed.value.id : ''
    expect(await clerk.merchant('startMaking', { orderId })).toMatchObject({ code: 'OrderNotPaid', detail: { state: 'Unpaid' } })
    await alice.shop('cancelOrder', { orderId })
    expect(await clerk.merchant('startMaking', { orderId: 'unknown' })).toMatchObject({ code: 'OrderUnknown' })
  })

  it('waits for staff to take it on where the store wants that', async () => {
    await shop.admin.set('stores', 'main', { ...store, banners: [], autoAccept: false })
    const { orderId } = await paidOrder(shop, alice)
    await shop.admin.set('stores', 'main', { ...store, banners: [] })
    expect(await orderOf(alice, orderId)).toMatchObject({ state: 'Paid', awaitsAcceptance: true })
    await clerk.merchant('startMaking', { orderId })
    expect(await orderOf(alice, orderId)).toMatchObject({ state: 'Making', awaitsAcceptance: false })
  })

  it('can be given back in whole while it is being made', async () => {
    const { orderId } = await paidOrder(shop, alice)
    await clerk.merchant('startMaking', { orderId })
    const refund = await shop.as('o-owner').merchant('refundOrder', {
      requestId: newRequestId(), orderId, wish: { kind: 'Whole' }, goodsReturned: [], expectedFen: 1200, note: '原料用完',
    })
    expect(refund).toMatchObject({ ok: true, value: { state: 'Refunded' } })
  })
})

describe('a delivery', () => {
  it('goes out with a courier and arrives', async () => {
    const orderId = await paidFor({ kind: 'Delivery', addressId: await addressId() })
    expect(await clerk.merchant('setOut', { orderId })).toMatchObject({ code: 'OrderNotReady', detail: { state: 'Paid' } })
    await clerk.merchant('markReady', { orderId })
    expect(await clerk.merchant('setOut', { orderId })).toMatchObject({ ok: true, value: { state: 'OnTheWay' } })
    expect(await clerk.merchant('setOut', { orderId })).toMatchObject({ ok: true })
    const list = await clerk.merchant('orders', { tab: 'ToCollect' })
    expect(list.ok && list.value.orders.find(({ id }) => id === orderId)).toMatchObject({ fulfilment: { receiver: { phone: '138****8000' } } })
    expect(await clerk.merchant('receiver', { orderId })).toMatchObject({ ok: true, value: { phone: '13800138000' } })
    await clerk.merchant('markCollected', { orderId })
    expect(await statesOf(orderId)).toEqual(['Unpaid', 'Paid', 'Ready', 'OnTheWay', 'Collected'])
  })

  it('is received when the customer says so, also from the road', async () => {
    const orderId = await paidFor({ kind: 'Delivery', addressId: await addressId() })
    await clerk.merchant('markReady', { orderId })
    await clerk.merchant('setOut', { orderId })
    expect(await alice.shop('confirmReceipt', { orderId })).toMatchObject({ code: 'ReceiptNotConfirmed' })
    expect(await orderOf(alice, orderId)).toMatchObject({ state: 'OnTheWay' })
  })

  it('is the only way on which a courier sets out', async () => {
    const { orderId } = await paidOrder(shop, alice)
    await clerk.merchant('markReady', { orderId })
    expect(await clerk.merchant('setOut', { orderId })).toMatchObject({ code: 'OrderNotReady' })
    expect(await clerk.merchant('receiver', { orderId })).toMatchObject({ code: 'NothingToShip' })
  })
})

it('a parcel is posted also once it has been begun', async () => {
  const orderId = await paidFor({ kind: 'Express', addressId: await addressId() }, [HONEY])
  await clerk.merchant('startMaking', { orderId })
  expect(await clerk.merchant('markReady', { orderId })).toMatchObject({ code: 'ParcelsNeeded' })
  expect(await clerk.merchant('shipOrder', { orderId, parcels: [{ company: 'ZTO', trackingNumber: 'ZTO54321' }] })).toMatchObject({ ok: true })
  expect(await orderOf(alice, orderId)).toMatchObject({
    state: 'Ready', fulfilment: { kind: 'Express' }, pickupNumber: null, parcels: [{ company: 'ZTO', trackingNumber: 'ZTO54321' }],
  })
})
