// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import Checkout from '@/packages/checkout/checkout/checkout.vue'
import { useCart } from '@/stores/cart'
import { useVisit } from '@/stores/visit'
import { cloud, inTurn } from './support/cloud'
import { checkout, couponChoice, done, order, pricedLine, quote, refused } from './support/goods'
import type { PaymentAnswer } from '@/platform/wechat'
import type { InputOf } from '@contracts/action.ts'
import type { Quote } from '@contracts/order.ts'
import type { ShopActions } from '@contracts/shop.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { requestPayment } = vi.hoisted(() => ({ requestPayment: vi.fn<() => Promise<PaymentAnswer>>() }))
vi.mock('@/platform', () => ({
  wechat: { requestPayment, login: async () => 'code', pictureUrl: (id: string) => id, tap: () => undefined },
}))

const twoTeas = (over: Partial<Quote> = {}) => quote([pricedLine({ quantity: 2, totalFen: 2800, paidFen: 2800 })], over)

/** The screen of the checkout, with this price. */
function priced(price: (input: InputOf<ShopActions['checkout']>) => Quote): void {
  cloud.replies.checkout = (input) => {
    const asked = input as InputOf<ShopActions['checkout']>
    return done(checkout(price(asked), { way: asked.fulfilment?.kind ?? 'TakeAway' }))
  }
}

let phone: ReturnType<typeof freshPhone>

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.login = () => done({ member: {}, session: 'token' })
  priced(() => twoTeas())
  cloud.replies.placeOrder = () => done(order())
  cloud.replies.unifiedOrder = () => done({ payment: {}, outTradeNo: 'x', expiresAtMs: 0, askFor: [] })
  cloud.replies.syncPayment = () => done(order({ state: 'Paid', pickupNumber: 'A001' }))
  requestPayment.mockReset().mockResolvedValue('ok')
  useCart().add({ productId: 'tea', choiceIds: ['medium'], quantity: 2 })
})

async function open() {
  const page = mount(Checkout)
  await fire('onLoad', {})
  await fire('onShow')
  await flushPromises()
  cloud.calls = []
  return page
}

const sent = () => cloud.calls.find(call => call.action === 'placeOrder')?.input as Record<string, unknown>

describe('the checkout', () => {
  it('pays in three calls and leads to the result', async () => {
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(cloud.actions()).toEqual(['placeOrder', 'unifiedOrder', 'syncPayment'])
    expect(phone.redirectTo).toHaveBeenCalledWith({ url: expect.stringContaining('result?orderId=order-1') })
    expect(useCart().count).toBe(0)
  })

  it('sends what the customer saw, and no price per line', async () => {
    useVisit().arrive({ kind: 'Table', linkId: 'k7Qm2ZxA', tableName: 'A1', storeId: 'main' })
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(sent()).toMatchObject({
      lines: [{ productId: 'tea', choiceIds: ['medium'], quantity: 2 }],
      fulfilment: { kind: 'DineIn', linkId: 'k7Qm2ZxA' },
      expectedTotalFen: 2800,
      arrivedBy: 'k7Qm2ZxA',
    })
  })

  it('makes one order of two quick taps', async () => {
    const page = await open()
    await Promise.all([page.find('.pay-button').trigger('click'), page.find('.pay-button').trigger('click')])
    await flushPromises()
    expect(cloud.actions().filter(action => action === 'placeOrder')).toHaveLength(1)
  })

  it('never charges a new price without asking', async () => {
    const dearer = quote([pricedLine({ unitFen: 1500, quantity: 2, totalFen: 3000 })])
    cloud.replies.placeOrder = inTurn(refused('PriceChanged', { totalFen: 3000, quote: dearer }), done(order()))
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('¥28.00')
    expect(page.text()).toContain('¥30.00')
    expect(requestPayment).not.toHaveBeenCalled()

    priced(() => dearer)
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(cloud.inputs('placeOrder').at(-1)).toMatchObject({ expectedTotalFen: 3000 })
    expect(requestPayment).toHaveBeenCalledOnce()
  })

  it('says which price has changed, and which fee', async () => {
    const now = quote([pricedLine({ unitFen: 1500, quantity: 2, totalFen: 3000 })], { fees: [{ kind: 'Packaging', amountFen: 100 }], totalFen: 3100 })
    cloud.replies.placeOrder = () => refused('PriceChanged', { totalFen: 3100, quote: now })
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    const question = page.find('.question').text()
    expect(question).toContain('Tea：¥14.00 变为 ¥15.00')
    expect(question).toContain('打包费：¥0.00 变为 ¥1.00')
    expect(question).toContain('你看到的是 ¥28.00，现在是 ¥31.00')
  })

  it('does not take a yes to one price for a yes to the next', async () => {
    cloud.replies.placeOrder = () => refused('PriceChanged', { totalFen: 3000, quote: twoTeas({ totalFen: 3000 }) })
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    priced(() => twoTeas({ totalFen: 3200 }))
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(cloud.actions().filter(action => action === 'placeOrder')).toHaveLength(1)
    expect(page.text()).toContain('现在是 ¥32.00')
  })

  it('names what has just sold out, and goes on without it', async () => {
    cloud.replies.placeOrder = () => refused('LinesUnavailable', { problems: [{ line: 0, problem: 'SoldOut' }] })
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(page.find('.question').text()).toContain('Tea')
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(useCart().lines).toEqual([])
  })

  it('keeps the cart, and the id of the wish, when the answer is lost', async () => {
    const offline = { ok: false, kind: 'broken', code: 'Offline', requestId: '' }
    cloud.replies.placeOrder = inTurn(offline, done(order()))
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    const first = sent().requestId
    expect(useCart().count).toBe(2)
    expect(page.text()).toContain('网络')
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(cloud.calls.filter(call => call.action === 'placeOrder').map(call => (call.input as { requestId: string }).requestId))
      .toEqual([first, first])
  })

  it('offers take-away when the table is unknown', async () => {
    useVisit().arrive({ kind: 'Table', linkId: 'k7Qm2ZxA', tableName: 'A1', storeId: 'main' })
    cloud.replies.placeOrder = () => refused('TableUnknown')
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(useVisit().way).toBe('TakeAway')
    expect(page.text()).toContain('桌码认不出来')
  })
})

describe('coupons at the checkout', () => {
  const discounted = () => twoTeas({
    coupons: [couponChoice('a'), couponChoice('b', { savesFen: 0, problem: 'MinimumNotMet', missingFen: 200 })],
    discounts: [{ kind: 'Coupon', couponId: 'a', name: { zh: 'Coupon a', en: 'Coupon a' }, amountFen: 500, shares: [500] }],
    totalFen: 2300, bestCouponId: 'a', couponId: 'a',
  })
  const quotes = () => cloud.inputs('checkout') as (Record<string, unknown>)[]

  beforeEach(() => {
    const undiscounted = () => twoTeas({ coupons: discounted().coupons })
    priced(input => input.bestCoupon ? discounted() : undiscounted())
    cloud.replies.coupons = () => done({ toTake: [], mine: [], nextCursor: null })
  })

  it('the best is counted in by itself, shown on the bill and sent with the order', async () => {
    const page = await open()
    expect(page.find('.coupon-row').text()).toContain('-¥5.00')
    expect(page.find('.bill').text()).toContain('Coupon a')
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(sent()).toMatchObject({ couponId: 'a', expectedTotalFen: 2300 })
  })

  it('can be done without', async () => {
    const page = await open()
    await page.find('.coupon-row').trigger('click')
    await page.find('.no-coupon-button').trigger('click')
    await flushPromises()
    expect(quotes().at(-1)).not.toHaveProperty('bestCoupon')
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(sent()).toMatchObject({ expectedTotalFen: 2800 })
    expect(sent()).not.toHaveProperty('couponId')
  })

  it('are picked from a list that says why another cannot be used', async () => {
    const page = await open()
    await page.find('.coupon-row').trigger('click')
    expect(page.text()).toContain('还差 ¥2.00 就能用')
    expect(page.findAll('.usable-coupon')).toHaveLength(1)
    await page.find('.usable-coupon').trigger('click')
    await flushPromises()
    expect(quotes().at(-1)).toMatchObject({ couponId: 'a' })
  })

  it('can be taken on the way, by the number that the list names', async () => {
    const { templateId, name, benefit, scope, minimumFen, audience } = couponChoice('c').coupon
    const period = { kind: 'AfterTaking', days: 7 }
    cloud.replies.coupons = inTurn(
      done({
        toTake: [{ templateId, name, benefit, scope, minimumFen, audience, period, number: 2, left: 3 }], mine: [], nextCursor: null,
      }),
      done({ toTake: [], mine: [], nextCursor: null }),
    )
    cloud.replies.takeCoupon = () => done(couponChoice('c').coupon)
    const page = await open()
    await page.find('.coupon-row').trigger('click')
    await flushPromises()
    await page.find('.take-coupon').trigger('click')
    await flushPromises()
    expect(cloud.calls.find(call => call.action === 'takeCoupon')?.input).toEqual({ templateId: 't', number: 2 })
    expect(cloud.actions().at(-1)).toBe('checkout')
    expect(page.find('.take-coupon').exists()).toBe(false)
  })

  it('that another order has meanwhile are missed in words, and not charged without', async () => {
    const now = twoTeas({ coupons: [couponChoice('a', { savesFen: 0, problem: 'InUse' })] })
    cloud.replies.placeOrder = () => refused('PriceChanged', { totalFen: 2800, quote: now })
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(page.find('.question').text()).toContain('Coupon a用不了了：正在另一张没付款的订单里')
    expect(requestPayment).not.toHaveBeenCalled()
  })

  it('stay on the bill while the placed order is paid for', async () => {
    requestPayment.mockReturnValue(new Promise(() => undefined))
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(useCart().lines).toEqual([])
    expect(page.find('.bill').text()).toContain('-¥5.00')
    await page.find('.coupon-row').trigger('click')
    expect(page.find('.no-coupon-button').exists()).toBe(false)
  })
})
