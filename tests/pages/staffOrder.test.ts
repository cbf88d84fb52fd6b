// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import FindPage from '@/packages/merchant/find/find.vue'
import OrderPage from '@/packages/merchant/order/order.vue'
import { given, isComplete, moveInto, moveOut, oneParcel, withOneMore, without } from '@/packages/merchant/orders/packing'
import { cloud } from './support/cloud'
import { done, order, pricedLine, refused } from './support/goods'
import type { BarOrder } from '@contracts/merchant.ts'
import type { StaffOrder, StaffShipment } from '@contracts/staffOrder.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const receiver = { name: '王小明', phone: '138****8000', address: '文三路 1 号' }
const barOrder = (over: Partial<BarOrder> = {}): BarOrder => ({
  ...order({ id: 'order-00a1', state: 'Making', pickupNumber: 'A001', lines: [pricedLine({ quantity: 2, totalFen: 2800, paidFen: 2800 }), pricedLine()] }),
  refundedPieces: [1, 0], refundableFen: 2800, totalFen: 4200, shortId: '00A1', ...over,
})
const shipment: StaffShipment = {
  orderId: 'order-00a1', state: 'Shipped', parcels: [{ company: 'ZTO', trackingNumber: 'ZTO99001', lines: [{ line: 0, quantity: 2 }] }],
  shippedAtMs: 0, mayCorrect: true, together: [], reminder: 'None',
}
const page = (over: Partial<StaffOrder> = {}): StaffOrder => ({
  order: barOrder(), shelfLines: [1], attempts: [{ outTradeNo: 'order-00a1_1', state: 'Paid', totalFen: 4200, refundedFen: 1400, createdAtMs: 0 }],
  refunds: [], shipment: null, afterSales: [], audits: [], mayDecide: true, ...over,
})

let phone: ReturnType<typeof freshPhone>
beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.orderForStaff = () => done(page())
  cloud.replies.refundQuote = (input) => {
    const { wish } = input as { wish: { kind: string, lines?: { quantity: number }[] } }
    const amountFen = wish.kind === 'Whole' ? 2800 : wish.lines!.reduce((sum, line) => sum + line.quantity * 1400, 0)
    return done({ lines: [], feesFen: 0, amountFen, leftPieces: [1, 1], leftFen: 2800 })
  }
})
afterEach(async () => {
  await fire('onUnload')
  vi.useRealTimers()
})

async function open(over: Partial<StaffOrder> = {}) {
  cloud.replies.orderForStaff = () => done(page(over))
  const shown = mount(OrderPage)
  await fire('onLoad', { orderId: 'order-00a1' })
  await fire('onShow')
  await flushPromises()
  return shown
}

type Shown = Awaited<ReturnType<typeof open>>

async function tap(shown: Shown, selector: string): Promise<void> {
  await shown.find(selector).trigger('click')
  await flushPromises()
}

async function rest(): Promise<void> {
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
}

/** Chooses one piece of a line, with a reason that is offered. */
async function chooseOne(shown: Shown, row: number): Promise<void> {
  await tap(shown, '.refund-button')
  await shown.findAll('.refund-row')[row]!.find('.stepper__plus').trigger('click')
  await tap(shown, '.reason-Missing')
  await rest()
}

describe('the page of one order', () => {
  it('is one call, and shows whatever there is to know', async () => {
    const audit = { id: 'a', what: 'RefundOrder' as const, isMine: true, byName: '', amountFen: 1400, note: '洒了一杯', atMs: 0 }
    const shown = await open({ audits: [audit] })
    expect(cloud.calls.map(call => call.action)).toEqual(['orderForStaff'])
    expect(shown.find('.order-trail').text()).toContain('洒了一杯')
    expect(shown.find('.order-payments').text()).toContain('order-00a1_1')
    expect(shown.find('.pickup-number').text()).toBe('A001')
  })

  it('is shut to customers', async () => {
    cloud.replies.orderForStaff = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    const shown = mount(OrderPage)
    await fire('onLoad', { orderId: 'order-00a1' })
    await fire('onShow')
    await flushPromises()
    expect(shown.find('.state-denied').exists()).toBe(true)
  })

  it('hands the order over from here, too', async () => {
    cloud.replies.markCollected = () => done(barOrder({ state: 'Collected' }))
    const shown = await open({ order: barOrder({ state: 'Ready' }) })
    await tap(shown, '.collected-button')
    expect(cloud.inputs('markCollected')).toEqual([{ orderId: 'order-00a1' }])
    expect(cloud.inputs('orderForStaff')).toHaveLength(2)
  })

  it('fetches the whole number for the call alone', async () => {
    cloud.replies.receiver = () => done({ ...receiver, phone: '13800138000' })
    const shown = await open({ order: barOrder({ fulfilment: { kind: 'Express', receiver } }) })
    expect(shown.text()).not.toContain('13800138000')
    await tap(shown, '.call-receiver')
    expect(phone.makePhoneCall).toHaveBeenCalledWith({ phoneNumber: '13800138000' })
  })
})

describe('money goes back without a request', () => {
  it('in pieces, at the amount that was confirmed, with goods that are back and a reason', async () => {
    cloud.replies.refundOrder = () => done(barOrder())
    const shown = await open()
    await chooseOne(shown, 1)
    await tap(shown, '.goods-returned')
    await tap(shown, '.refund-send')
    expect(cloud.inputs('refundOrder')).toEqual([])
    expect(shown.find('.question__title').text()).toContain('¥14.00')
    await tap(shown, '.question-yes')
    expect(cloud.inputs('refundOrder')).toMatchObject([{
      orderId: 'order-00a1', wish: { kind: 'Lines', lines: [{ line: 1, quantity: 1 }] }, goodsReturned: [1], expectedFen: 1400, note: '少了东西',
    }])
  })

  it('in whole, which takes everything that is left', async () => {
    cloud.replies.refundOrder = () => done(barOrder({ state: 'Refunded' }))
    const shown = await open()
    await tap(shown, '.refund-button')
    await tap(shown, '.refund-all')
    await tap(shown, '.reason-TooSlow')
    await rest()
    await tap(shown, '.refund-send')
    await tap(shown, '.question-yes')
    expect(cloud.inputs('refundOrder')).toMatchObject([{ wish: { kind: 'Whole' }, expectedFen: 2800 }])
  })

  it('never without a reason, nor after a no', async () => {
    const shown = await open()
    await tap(shown, '.refund-button')
    await shown.findAll('.refund-row')[0]!.find('.stepper__plus').trigger('click')
    await rest()
    await tap(shown, '.refund-send')
    expect(shown.find('.question__title').exists()).toBe(false)
    await tap(shown, '.reason-Quality')
    await tap(shown, '.refund-send')
    await tap(shown, '.question-no')
    expect(cloud.inputs('refundOrder')).toEqual([])
  })

  it('once: what is sent again after a lost answer keeps its number', async () => {
    cloud.replies.refundOrder = () => ({ ok: false, kind: 'broken', code: 'TimedOut', requestId: '' })
    const shown = await open()
    await chooseOne(shown, 0)
    for (let time = 0; time < 2; time++) {
      await tap(shown, '.refund-send')
      await tap(shown, '.question-yes')
      await rest()
    }
    const ids = cloud.inputs('refundOrder').map(input => (input as { requestId: string }).requestId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('only by the owner', async () => {
    const shown = await open({ mayDecide: false })
    expect(shown.find('.refund-button').exists()).toBe(false)
    expect(shown.text()).toContain('退钱要店主来点')
  })
})

describe('what was posted', () => {
  const posted = barOrder({ state: 'Ready', refundedPieces: [0, 0], fulfilment: { kind: 'Express', receiver } })

  it('is corrected once, in the sheet that it was entered in', async () => {
    cloud.replies.correctShipping = () => done(shipment)
    const shown = await open({ order: posted, shipment })
    await tap(shown, '.correct-parcel')
    await shown.find('.tracking-number').trigger('input', { detail: { value: 'ZTO99002' } })
    await tap(shown, '.ship-send')
    expect(cloud.inputs('correctShipping')).toEqual([{ orderId: 'order-00a1', parcels: [{ company: 'ZTO', trackingNumber: 'ZTO99002' }] }])
  })

  it('is corrected for all orders that went together', async () => {
    cloud.replies.correctTogether = () => done({ shipments: [] })
    const shown = await open({ order: posted, shipment: { ...shipment, together: ['order-00a1', 'order-00b2'] } })
    expect(shown.find('.order-parcels').text()).toContain('#00B2')
    await tap(shown, '.correct-parcel')
    await shown.find('.tracking-number').trigger('input', { detail: { value: 'ZTO99002' } })
    await tap(shown, '.ship-send')
    expect(cloud.inputs('correctTogether')).toEqual([{ orderId: 'order-00a1', company: 'ZTO', trackingNumber: 'ZTO99002' }])
  })

  it('says why it cannot be corrected, once it was', async () => {
    const shown = await open({ order: posted, shipment: { ...shipment, state: 'Corrected', mayCorrect: false } })
    expect(shown.find('.correct-parcel').exists()).toBe(false)
    expect(shown.find('.order-parcels').text()).toContain('已经改过一次')
  })

  it('is reminded of once', async () => {
    cloud.replies.remindReceipt = () => done(shipment)
    const shown = await open({ order: posted, shipment })
    cloud.replies.orderForStaff = () => done(page({ order: posted, shipment: { ...shipment, reminder: 'Waiting' } }))
    await tap(shown, '.remind-receipt')
    expect(shown.find('.remind-receipt').exists()).toBe(false)
    expect(shown.find('.order-parcels').text()).toContain('正在请微信提醒顾客')
  })

  it('goes into several parcels, each with its pieces', async () => {
    cloud.replies.ordersToShipWith = () => done({ orders: [] })
    cloud.replies.shipOrder = () => done(shipment)
    const shown = await open({ order: { ...posted, state: 'Making' } })
    await tap(shown, '.post-button')
    await tap(shown, '.company-SF')
    await shown.find('.tracking-number').trigger('input', { detail: { value: 'SF1000' } })
    await tap(shown, '.add-parcel')
    await shown.find('.tracking-number').trigger('input', { detail: { value: 'SF2000' } })
    await tap(shown, '.packing__row .stepper__plus')
    await tap(shown, '.ship-send')
    expect(cloud.inputs('shipOrder')).toEqual([{ orderId: 'order-00a1', parcels: [
      { company: 'SF', trackingNumber: 'SF1000', lines: [{ line: 0, quantity: 1 }, { line: 1, quantity: 1 }] },
      { company: 'SF', trackingNumber: 'SF2000', lines: [{ line: 0, quantity: 1 }] },
    ] }])
  })
})

describe('packing', () => {
  const two = withOneMore(oneParcel([2, 1], 'SF')).map((draft, at) => ({ ...draft, trackingNumber: `SF${at}000` }))

  it('loses no piece between parcels, whichever way it goes', () => {
    const there = moveInto(moveInto(two, 1, 0), 1, 1)
    expect(there.map(draft => draft.pieces)).toEqual([[1, 0], [1, 1]])
    expect(moveOut(there, 1, 1).map(draft => draft.pieces)).toEqual([[1, 1], [1, 0]])
    expect(without(there, 1).map(draft => draft.pieces)).toEqual([[2, 1]])
  })

  it('is not complete with an empty parcel, or with one number twice', () => {
    expect(isComplete(two)).toBe(false)
    const filled = moveInto(two, 1, 0)
    expect(isComplete(filled)).toBe(true)
    expect(isComplete(filled.map(draft => ({ ...draft, trackingNumber: 'SF1000' })))).toBe(false)
  })

  it('says nothing of what is in a single parcel', () => {
    expect(given([{ company: 'SF', trackingNumber: ' SF1000 ', pieces: [2, 1] }])).toEqual([{ company: 'SF', trackingNumber: 'SF1000' }])
  })
})

describe('finding an order', () => {
  const type = async (shown: ReturnType<typeof mount>, value: string) => {
    await shown.find('.find-input').trigger('input', { detail: { value } })
    await flushPromises()
  }

  it('begins with the fourth character, and leads to its page', async () => {
    cloud.replies.findOrders = () => done({ orders: [barOrder()] })
    const shown = mount(FindPage)
    await type(shown, 'a00')
    expect(cloud.inputs('findOrders')).toEqual([])
    await type(shown, 'a001')
    expect(cloud.inputs('findOrders')).toEqual([{ text: 'A001' }])
    await shown.find('.found-order').trigger('click')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/merchant/order/order?orderId=order-00a1' })
  })

  it('says what to check where nothing was found', async () => {
    cloud.replies.findOrders = () => done({ orders: [] })
    const shown = mount(FindPage)
    await type(shown, '8000')
    expect(shown.find('.nothing-found').text()).toContain('8000')
  })

  it('offers another try where the server did not answer', async () => {
    cloud.replies.findOrders = () => refused('Never')
    const shown = mount(FindPage)
    await type(shown, '8000')
    expect(shown.find('.found-order').exists()).toBe(false)
    expect(shown.text()).not.toContain('没有找到')
  })
})
