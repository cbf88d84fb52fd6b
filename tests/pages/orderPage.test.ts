// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import Order from '@/packages/order/order/order.vue'
import { useCart } from '@/stores/cart'
import { cloud } from './support/cloud'
import { done, order, pricedLine, quote, refused } from './support/goods'
import type { PaymentAnswer, ReceiptAnswer } from '@/platform/wechat'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { requestPayment, confirmReceipt } = vi.hoisted(() => ({
  requestPayment: vi.fn<() => Promise<PaymentAnswer>>(), confirmReceipt: vi.fn<(transactionId: string) => Promise<ReceiptAnswer>>(),
}))
vi.mock('@/platform', () => ({ wechat: { requestPayment, confirmReceipt, pictureUrl: (id: string) => id, tap: () => undefined } }))

let phone: ReturnType<typeof freshPhone>
const unpaid = () => order({ createdAtMs: Date.now(), expiresAtMs: Date.now() + 60_000 })

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.order = () => done(unpaid())
  cloud.replies.unifiedOrder = () => done({ payment: {}, outTradeNo: 'x', expiresAtMs: 0, askFor: [] })
  cloud.replies.syncPayment = () => done(unpaid())
})
afterEach(async () => {
  await fire('onUnload')
  vi.useRealTimers()
})

async function open(query: Record<string, string> = {}) {
  const page = mount(Order)
  await fire('onLoad', { orderId: 'order-1', ...query })
  await fire('onShow')
  await flushPromises()
  return page
}

describe('the order', () => {
  it('is shown by one call', async () => {
    await open()
    expect(cloud.actions()).toEqual(['order'])
  })

  it('calls the pickup number out while somebody waits for it, and keeps it among the facts afterwards', async () => {
    cloud.replies.order = () => done(order({ state: 'Ready', pickupNumber: 'A007' }))
    const waiting = await open()
    expect(waiting.find('.pickup-number').text()).toBe('A007')
    expect(waiting.find('.facts').text()).not.toContain('A007')
    cloud.replies.order = () => done(order({ state: 'Refunded', pickupNumber: 'A007' }))
    const over = await open()
    expect(over.find('.pickup-number').exists()).toBe(false)
    expect(over.find('.facts').text()).toContain('取餐号A007')
  })

  it('shows how its total comes about', async () => {
    cloud.replies.order = () => done(order({
      lines: [pricedLine({ totalFen: 1400, paidFen: 900, reasons: [{ kind: 'ListPrice', amountFen: 1600 }, { kind: 'MemberPrice', amountFen: -200 }] })],
      discounts: [{ kind: 'Coupon', couponId: 'c', name: { zh: '立减五元', en: '' }, amountFen: 500, shares: [500] }],
      fees: [{ kind: 'Packaging', amountFen: 100, pieces: 1 }], totalFen: 1000,
    }))
    const page = await open()
    expect(page.find('.bill').text()).toMatch(/小计\s*¥14.00\s*打包费（1 件）\s*¥1.00\s*立减五元\s*-¥5.00/)
    expect(page.text()).toContain('会员价')
  })

  it('stays where it is, with a calm word, when the cashier is left', async () => {
    requestPayment.mockResolvedValue('cancel')
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('还没付款')
    expect(phone.redirectTo).not.toHaveBeenCalled()
  })

  it('offers no payment after its time and asks the server how it ended', async () => {
    const placed = unpaid()
    cloud.replies.order = () => done(placed)
    const page = await open()
    await vi.advanceTimersByTimeAsync(61_000)
    expect(page.find('.pay-button').exists()).toBe(false)
    cloud.replies.order = () => done(order({ state: 'Closed', closedBecause: 'Expired' }))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(page.find('.order-state').text()).toContain('超时')
  })

  it('says nothing about a look that failed, and looks again', async () => {
    cloud.replies.order = () => done(order({ state: 'Paid', pickupNumber: 'A001' }))
    const page = await open()
    cloud.replies.order = () => { throw new Error('no net') }
    await vi.advanceTimersByTimeAsync(5_000)
    expect(phone.showToast).not.toHaveBeenCalled()
    cloud.replies.order = () => done(order({ state: 'Ready', pickupNumber: 'A001' }))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(page.find('.order-state').text()).toContain('A001')
  })

  it('is cancelled only after a question', async () => {
    cloud.replies.cancelOrder = () => done(order({ state: 'Closed', closedBecause: 'Cancelled' }))
    const page = await open()
    await page.find('.cancel-button').trigger('click')
    expect(cloud.actions()).not.toContain('cancelOrder')
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(page.find('.order-state').text()).toContain('已取消')
  })

  it('puts the same wishes into the cart again', async () => {
    cloud.replies.order = () => done(order({ state: 'Collected' }))
    cloud.replies.quote = () => done(quote([pricedLine()]))
    const page = await open()
    await page.find('.order-again-button').trigger('click')
    await flushPromises()
    expect(useCart().lines).toEqual([{ productId: 'tea', choiceIds: ['medium'], quantity: 1 }])
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/pages/cart/cart' })
  })

  it('says what of it cannot be bought any more, and takes what is left', async () => {
    const lines = [pricedLine(), pricedLine({ productId: 'tart', choiceIds: [], quantity: 3 }), pricedLine({ productId: 'gone', choiceIds: [] })]
    cloud.replies.order = () => done(order({ state: 'Collected', lines }))
    cloud.replies.quote = () => done(quote([lines[0]!, { ...lines[1]!, problem: 'NotEnough', left: 2 }, { ...lines[2]!, problem: 'Gone' }]))
    const page = await open()
    await page.find('.order-again-button').trigger('click')
    await flushPromises()
    expect(useCart().lines.map(line => [line.productId, line.quantity])).toEqual([['tea', 1], ['tart', 2]])
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: expect.stringContaining('Tea') as string }))
  })

  it('offers to review what has not been reviewed, once the customer has it', async () => {
    cloud.replies.order = () => done(order({ state: 'Collected', toReview: [0] }))
    const page = await open()
    await page.find('.review-button').trigger('click')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/member/review/review?orderId=order-1' })
  })
})

it('names who brings each parcel, and lets its number be copied alone', async () => {
  const copied: string[] = []
  Object.assign(uni, { setClipboardData: ({ data }: { data: string }) => { copied.push(data) } })
  const parcels = [{ company: 'SF', trackingNumber: 'SF1001' }, { company: 'RARE', trackingNumber: 'R2002' }]
  cloud.replies.order = () => done(order({ state: 'Ready', fulfilment: { kind: 'Express', receiver: null } as never, parcels }))
  const page = await open()
  expect(page.text()).toContain('顺丰 SF1001')
  expect(page.text()).toContain('RARE R2002')
  await page.find('.facts__copy').trigger('click')
  expect(copied).toEqual(['SF1001'])
})

it('says how to reach its store, by phone', async () => {
  const store = { name: { zh: '小铺茶屋', en: '' }, address: { zh: '桥弄街 18 号', en: '' }, phone: '0571-1234567', latitude: 30, longitude: 120 }
  cloud.replies.order = () => done(order({ state: 'Paid', store }))
  const page = await open()
  expect(page.text()).toContain('桥弄街 18 号')
  await page.find('.store-call').trigger('click')
  expect(phone.makePhoneCall).toHaveBeenCalledWith({ phoneNumber: '0571-1234567' })
})

describe('a parcel that has come', () => {
  const posted = (inWeChat: boolean) => order({ state: 'Ready', toReceive: { transactionId: '4200', inWeChat } })
  async function tapReceive(inWeChat: boolean) {
    cloud.replies.order = () => done(posted(inWeChat))
    cloud.replies.confirmReceipt = () => done(order({ state: 'Collected' }))
    const page = await open()
    await page.find('.receive-button').trigger('click')
    await flushPromises()
    return page
  }

  it('is confirmed in WeChat, and the server hears of it', async () => {
    confirmReceipt.mockResolvedValue('confirmed')
    const page = await tapReceive(true)
    expect(confirmReceipt).toHaveBeenLastCalledWith('4200')
    expect(cloud.actions()).toEqual(['order', 'confirmReceipt'])
    expect(page.find('.receive-button').exists()).toBe(false)
  })

  it('is asked about again for a while, because WeChat may need a moment, and then a person is told so', async () => {
    confirmReceipt.mockResolvedValue('confirmed')
    cloud.replies.order = () => done(posted(true))
    cloud.replies.confirmReceipt = () => refused('ReceiptNotConfirmed')
    const page = await open()
    await page.find('.receive-button').trigger('click')
    await vi.advanceTimersByTimeAsync(7_000)
    expect(cloud.actions().filter(action => action === 'confirmReceipt')).toHaveLength(4)
    expect(phone.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: expect.stringContaining('微信还没回话') as string }))
    expect(page.text()).toContain('微信还没回话')
  })

  it('is asked about no further once WeChat knows', async () => {
    confirmReceipt.mockResolvedValue('confirmed')
    let asked = 0
    cloud.replies.order = () => done(posted(true))
    cloud.replies.confirmReceipt = () => ++asked < 3 ? refused('ReceiptNotConfirmed') : done(order({ state: 'Collected' }))
    const page = await open()
    await page.find('.receive-button').trigger('click')
    await vi.advanceTimersByTimeAsync(7_000)
    expect(asked).toBe(3)
    expect(page.find('.receive-button').exists()).toBe(false)
  })

  it('is asked about at the server when WeChat will not ask: it may have been confirmed there', async () => {
    confirmReceipt.mockResolvedValue('unavailable')
    await tapReceive(true)
    expect(cloud.actions()).toEqual(['order', 'confirmReceipt'])
  })

  it('stays to be confirmed when the customer leaves WeChat’s question', async () => {
    confirmReceipt.mockResolvedValue('cancel')
    const page = await tapReceive(true)
    expect(cloud.actions()).toEqual(['order'])
    expect(page.find('.receive-button').exists()).toBe(true)
  })

  it('is asked about by the shop itself where WeChat holds no money back', async () => {
    confirmReceipt.mockClear()
    const page = await tapReceive(false)
    expect(cloud.actions()).toEqual(['order'])
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(confirmReceipt).not.toHaveBeenCalled()
    expect(cloud.actions()).toEqual(['order', 'confirmReceipt'])
  })
})
