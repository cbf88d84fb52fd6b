import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffOrder } from '../../contracts/staffOrder.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { outboxOf } from './outboxSupport.ts'
import { EGG_TART, EGG_TART_FEN, member, newRequestId, orderOf, paidOrder, pay, place, startPaying, wishOf } from './support.ts'

let shop: TestShop
let box: ReturnType<typeof outboxOf>
let alice: Caller
let clerk: Caller
let owner: Caller
beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  box = outboxOf(shop)
  alice = await member(shop, 'o-alice')
  clerk = shop.as('o-clerk')
  owner = shop.as('o-owner')
})
afterAll(() => shop.close())

const HONEY = { productId: 'honey-jar', choiceIds: [] as string[], quantity: 1 }

/** A paid order that is posted to a number with these last digits. */
async function posted(phone: string): Promise<string> {
  const saved = await alice.shop('saveAddress', {
    requestId: newRequestId(), name: '王小明', phone, province: '33', city: '杭州市', district: '西湖区', detail: '文三路 1 号', isDefault: true,
  })
  if (!saved.ok) throw new Error('saveAddress')
  const addressId = saved.value.find(address => address.phone === phone)!.id
  const placed = await alice.shop('placeOrder', await wishOf(alice, [HONEY], { fulfilment: { kind: 'Express', addressId } }))
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  await pay(shop, alice, placed.value.id)
  return placed.value.id
}

async function read(staff: Caller, orderId: string): Promise<StaffOrder> {
  const outcome = await staff.merchant('orderForStaff', { orderId })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value
}

async function idsFor(text: string): Promise<string[]> {
  const outcome = await clerk.merchant('findOrders', { text })
  return outcome.ok ? outcome.value.orders.map(({ id }) => id) : []
}

describe('the page of one order', () => {
  it('shows staff what was paid, what went back of it, and who did that', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice, [{ ...EGG_TART, quantity: 2 }])
    const wish = { kind: 'Lines' as const, lines: [{ line: 0, quantity: 1 }] }
    const refund = await owner.merchant('refundOrder', {
      requestId: newRequestId(), orderId, wish, goodsReturned: [0], expectedFen: EGG_TART_FEN, note: '少了一个',
    })
    expect(refund).toMatchObject({ ok: true })
    const shown = await read(clerk, orderId)
    expect(shown).toMatchObject({ mayDecide: false, shelfLines: [0], shipment: null, afterSales: [] })
    expect(shown.order).toMatchObject({ id: orderId, refundedPieces: [1], refundableFen: EGG_TART_FEN })
    expect(shown.attempts).toMatchObject([{ outTradeNo, state: 'Paid', totalFen: 2 * EGG_TART_FEN, refundedFen: EGG_TART_FEN }])
    expect(shown.refunds).toMatchObject([{ because: 'ByStaff', amountFen: EGG_TART_FEN, lines: [{ line: 0, quantity: 1 }] }])
    expect(shown.audits).toMatchObject([{ what: 'RefundOrder', isMine: false, amountFen: EGG_TART_FEN, note: '少了一个' }])
    expect(await read(owner, orderId)).toMatchObject({ mayDecide: true, audits: [{ isMine: true }] })
  })

  it('lists what people did about it, the newest first', async () => {
    const orderId = await posted('13800135501')
    await clerk.merchant('receiver', { orderId })
    await owner.merchant('refundOrder', {
      requestId: newRequestId(), orderId, wish: { kind: 'Whole' }, goodsReturned: [0],
      expectedFen: (await orderOf(alice, orderId)).totalFen, note: '不想要了',
    })
    expect((await read(clerk, orderId)).audits.map(({ what }) => what)).toEqual(['RefundOrder', 'ReadReceiver'])
  })

  it('shows the parcel, and that the customer was reminded of it', async () => {
    const orderId = await posted('13800135502')
    expect((await read(clerk, orderId)).shipment).toBeNull()
    await clerk.merchant('shipOrder', { orderId, parcels: [{ company: 'ZTO', trackingNumber: 'ZTO99001' }] })
    expect((await read(clerk, orderId)).shipment).toMatchObject({
      parcels: [{ company: 'ZTO', trackingNumber: 'ZTO99001' }], mayCorrect: true, reminder: 'None', together: [],
    })
    await box.tryNow(`UploadShipping_${orderId}_1`)
    expect(await read(clerk, orderId)).toMatchObject({ shipment: { state: 'Shipped', mayCorrect: true } })
    await clerk.merchant('remindReceipt', { orderId })
    expect((await read(clerk, orderId)).shipment).toMatchObject({ reminder: 'Waiting' })
  })

  it('shows every request about it, also those that were declined', async () => {
    const { orderId } = await paidOrder(shop, alice)
    const ask = {
      requestId: newRequestId(), orderId, wish: { kind: 'Whole' as const }, reason: 'TooSlow' as const, text: '', photos: [], expectedFen: EGG_TART_FEN,
    }
    const asked = await alice.shop('requestAfterSale', ask)
    await clerk.merchant('declineAfterSale', { afterSaleId: asked.ok ? asked.value.id : '', answer: '马上就好' })
    expect((await read(clerk, orderId)).afterSales).toMatchObject([{ state: 'Declined', answer: '马上就好', reason: 'TooSlow' }])
  })

  it('tells tries to pay apart, also of an order that nobody has paid', async () => {
    const order = await place(alice)
    const { outTradeNo } = await startPaying(alice, order.id)
    expect((await read(clerk, order.id)).attempts).toMatchObject([{ outTradeNo, state: 'Prepaid', refundedFen: 0 }])
    await alice.shop('cancelOrder', { orderId: order.id })
  })

  it('never shows the whole number of a receiver, nor does the answer to a refund', async () => {
    const orderId = await posted('13800135503')
    const refund = await owner.merchant('refundOrder', {
      requestId: newRequestId(), orderId, wish: { kind: 'Whole' }, goodsReturned: [],
      expectedFen: (await orderOf(alice, orderId)).totalFen, note: '地址送不到',
    })
    for (const answer of [await read(owner, orderId), refund, await clerk.merchant('findOrders', { text: '5503' })]) {
      expect(JSON.stringify(answer)).toContain('138****5503')
      expect(JSON.stringify(answer)).not.toContain('13800135503')
    }
  })

  it('is unknown where the order is another store\'s', async () => {
    const { orderId } = await paidOrder(shop, alice)
    await shop.admin.change('orders', orderId, { storeId: 'lakeside' })
    expect(await clerk.merchant('orderForStaff', { orderId })).toMatchObject({ code: 'OrderUnknown' })
    expect(await idsFor(orderId.slice(-4))).not.toContain(orderId)
  })
})

describe('an order is found', () => {
  it('by its pickup number, by its short id, and by the end of the receiver\'s number', async () => {
    const { orderId } = await paidOrder(shop, alice)
    const { pickupNumber } = await orderOf(alice, orderId)
    expect(await idsFor(pickupNumber!.toLowerCase())).toContain(orderId)
    expect(await idsFor(`#${orderId.slice(-4)}`)).toContain(orderId)
    const parcelId = await posted('13800137788')
    expect(await idsFor(' 7788 ')).toEqual([parcelId])
  })

  it('newest first, where several have what was said', async () => {
    const first = await posted('13800136699')
    const second = await posted('13900136699')
    expect(await idsFor('6699')).toEqual([second, first])
  })

  it('by nothing else: the words of an operator are refused', async () => {
    for (const text of ['', '13800137788', '$ne1', '.*', 'A0']) {
      expect(await clerk.merchant('findOrders', { text })).toMatchObject({ ok: false, kind: 'invalid' })
    }
  })
})
