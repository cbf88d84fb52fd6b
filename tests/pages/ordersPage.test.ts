// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Orders from '@/pages/orders/orders.vue'
import { useCart } from '@/stores/cart'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline, order, pricedLine, quote, refused } from './support/goods'
import { footOf, leaveAndReturn, openPage, pullDown, reachBottom, tap, tapTwice } from './support/pages'
import type { PaymentAnswer } from '@/platform/wechat'
import type { OrderView } from '@contracts/order.ts'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { requestPayment } = vi.hoisted(() => ({ requestPayment: vi.fn<() => Promise<PaymentAnswer>>() }))
vi.mock('@/platform', async () => ({ wechat: { ...(await import('./support/phone')).plainWeChat, requestPayment } }))

const second = 1000
let phone: ReturnType<typeof freshPhone>

/** Orders by the number that is called, the newest first. */
const placed = (number: number, over: Partial<OrderView> = {}) =>
  order({ id: `order-${number}`, state: 'Paid', pickupNumber: `A${number}`, createdAtMs: number * second, ...over })
const unpaid = () => order({ createdAtMs: Date.now(), expiresAtMs: Date.now() + 60 * second })
const page = (orders: OrderView[], nextCursor: string | null = null, unpaidCount = 0) =>
  done({ orders, nextCursor, counts: { unpaidCount, doingCount: 0 } })
const numbers = (shown: VueWrapper) => shown.findAll('.order-card__number').map(number => number.text())
const tabs = () => cloud.calls.filter(call => call.action === 'orders').map(call => (call.input as { tab: string }).tab)

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.orders = () => page([placed(2), placed(1)])
  cloud.replies.unifiedOrder = () => done({ payment: {}, outTradeNo: 'x', expiresAtMs: 0, askFor: [] })
  requestPayment.mockReset()
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(async () => {
  await fire('onUnload')
  useI18n().setLocale('zh')
  vi.useRealTimers()
})

describe('my orders', () => {
  it('are shown by one call, with bones until they come', async () => {
    const { reply, come } = underWay()
    cloud.replies.orders = reply
    const shown = await openPage(Orders)
    expect(shown.find('.state-loading').exists()).toBe(true)
    await come(page([placed(2), placed(1)]))
    expect(numbers(shown)).toEqual(['A2', 'A1'])
    expect(cloud.actions()).toEqual(['orders'])
  })

  it('that are none lead to the menu', async () => {
    cloud.replies.orders = () => page([])
    const shown = await openPage(Orders)
    expect(shown.find('.state-empty').text()).toContain(zh.orders.empty)
    await tap(shown, '.blank__action')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/menu/menu' })
  })

  it('say that the network is gone, and come with a tap when it is back', async () => {
    cloud.replies.orders = inTurn(offline, page([placed(1)]))
    const shown = await openPage(Orders)
    expect(shown.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(shown, '.blank__action')
    expect(numbers(shown)).toEqual(['A1'])
  })

  it('stay in sight when looking again fails, and when it brings the same', async () => {
    const shown = await openPage(Orders)
    cloud.replies.orders = () => offline
    await pullDown()
    expect([numbers(shown), phone.stopPullDownRefresh.mock.calls.length]).toEqual([['A2', 'A1'], 1])
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.Offline }))
  })

  it('go on at their end, page by page, and keep what was scrolled to when somebody comes back', async () => {
    const more = Array.from({ length: 5 }, (_, at) => placed(6 - at))
    cloud.replies.orders = input => (input as { cursor?: string }).cursor === 'c' ? page([placed(1)]) : page(more, 'c')
    const shown = await openPage(Orders)
    expect(footOf(shown)).toBe('more')
    await reachBottom()
    expect([numbers(shown).at(-1), footOf(shown)]).toEqual(['A1', 'noMore'])
    await reachBottom()
    await leaveAndReturn()
    expect(numbers(shown)).toHaveLength(6)
    expect(cloud.calls.filter(call => 'cursor' in (call.input as object))).toHaveLength(1)
  })

  it('stand under tabs that answer at once with what they showed last', async () => {
    const shown = await openPage(Orders)
    cloud.replies.orders = () => page([unpaid()], null, 1)
    await tap(shown, '.tab-Unpaid')
    expect([shown.find('.tab-Unpaid .tabs__count').text(), numbers(shown)]).toEqual(['1', []])
    cloud.replies.orders = underWay().reply
    await tap(shown, '.tab-All')
    expect(numbers(shown)).toEqual(['A2', 'A1'])
    expect(tabs()).toEqual(['All', 'Unpaid', 'All'])
  })

  it('are told in English where somebody reads English', async () => {
    useI18n().setLocale('en')
    cloud.replies.orders = () => page([unpaid()])
    const shown = await openPage(Orders)
    expect(shown.find('.order-card').text()).toContain('1 item')
    expect(shown.find('.order-card').text()).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('an order in the list', () => {
  it('counts down to its end, and is not counted for a page that is gone', async () => {
    cloud.replies.orders = () => page([unpaid()])
    const shown = await openPage(Orders)
    expect(shown.find('.order-card__remaining').text()).toContain('1:00')
    await vi.advanceTimersByTimeAsync(61 * second)
    expect(shown.find('.pay-button').exists()).toBe(false)
    await fire('onUnload')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is paid once by two taps, and stays with a calm word when the cashier is left', async () => {
    cloud.replies.orders = () => page([unpaid()])
    cloud.replies.syncPayment = () => done(unpaid())
    requestPayment.mockResolvedValue('cancel')
    const shown = await openPage(Orders)
    await tapTwice(shown, '.pay-button')
    expect(cloud.actions()).toEqual(['orders', 'unifiedOrder', 'syncPayment', 'orders'])
    expect(phone.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: expect.stringContaining('还没付款') as string }))
  })

  it('stays as it was when it could not be cancelled, and says why', async () => {
    cloud.replies.orders = () => page([unpaid()])
    cloud.replies.cancelOrder = () => refused('OrderNotUnpaid')
    const shown = await openPage(Orders)
    await tap(shown, '.cancel-button')
    await tap(shown, '.question-yes')
    expect(phone.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: zh.failures.OrderNotUnpaid }))
    expect(shown.find('.pay-button').exists()).toBe(true)
  })

  it('goes into the cart once, however often its button is tapped', async () => {
    const wishes = underWay()
    cloud.replies.orders = () => page([placed(1, { state: 'Collected' })])
    cloud.replies.quote = wishes.reply
    const shown = await openPage(Orders)
    await tapTwice(shown, '.order-again-button')
    await wishes.come(done(quote([pricedLine()])))
    expect(useCart().count).toBe(1)
    expect(phone.navigateTo).toHaveBeenCalledTimes(1)
    await tap(shown, '.order-again-button')
    expect(useCart().count).toBe(2)
  })

  it('leads to its own page and to its review', async () => {
    cloud.replies.orders = () => page([placed(1, { state: 'Collected', toReview: [0] })])
    const shown = await openPage(Orders)
    await tap(shown, '.review-button')
    await tap(shown, '.order-card')
    await flushPromises()
    expect(phone.navigateTo.mock.calls).toEqual([
      [{ url: '/packages/member/review/review?orderId=order-1' }], [{ url: '/packages/order/order/order?orderId=order-1' }],
    ])
  })
})
