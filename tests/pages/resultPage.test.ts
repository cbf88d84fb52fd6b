// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Result from '@/packages/checkout/result/result.vue'
import { useOrders } from '@/stores/orders'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline, order } from './support/goods'
import { openPage, tap, tapTwice } from './support/pages'
import type { OrderView } from '@contracts/order.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

let phone: ReturnType<typeof freshPhone>
const paid = (over: Partial<OrderView> = {}) => order({ state: 'Paid', pickupNumber: 'A001', ...over })
const open = () => openPage(Result, { orderId: 'order-1' })

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.syncPayment = () => done(paid())
})
afterEach(async () => {
  await fire('onUnload')
  useI18n().setLocale('zh')
  vi.useRealTimers()
})

describe('the result of a payment', () => {
  it('that was handed over is shown without a call', async () => {
    useOrders().hand(paid())
    const page = await open()
    expect([page.find('.pickup-number').text(), cloud.actions()]).toEqual(['A001', []])
    expect(page.find('.result').text()).toContain(zh.result.paid)
  })

  it('is asked for by one call where the page is opened by itself, with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.syncPayment = reply
    const page = await open()
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(done(paid()))
    expect([page.find('.pickup-number').text(), cloud.calls.map(call => call.input)]).toEqual(['A001', [{ orderId: 'order-1' }]])
  })

  it('that could not be asked for says nothing about money, and is asked for again by one tap', async () => {
    cloud.replies.syncPayment = inTurn(offline, done(paid()))
    const page = await open()
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    expect(page.text()).not.toContain(zh.result.closedHint)
    await tap(page, '.blank__action')
    expect(page.find('.result-paid').exists()).toBe(true)
  })

  it('leads to the order in its own place, so that going back does not pay again', async () => {
    await tap(await open(), '.view-order-button')
    expect(phone.redirectTo).toHaveBeenCalledWith({ url: '/packages/order/order/order?orderId=order-1' })
  })

  it('says how the goods come, in the language that is read', async () => {
    cloud.replies.syncPayment = () => done(paid({ fulfilment: { kind: 'DineIn', linkId: 'k', tableName: 'A1' } as OrderView['fulfilment'] }))
    expect((await open()).find('.result__hint').text()).toContain('A1 桌')
    useI18n().setLocale('en')
    expect((await open()).find('.result__hint').text()).toBe('Stay seated, we will bring it to table A1')
  })
})

describe('money that is on its way', () => {
  it('is waited for: the page looks by itself, says nothing about a look that failed, and then shows it', async () => {
    cloud.replies.syncPayment = inTurn(done(order()), offline, done(paid()))
    const page = await open()
    expect(page.find('.result-processing').exists()).toBe(true)
    await vi.advanceTimersByTimeAsync(5_000)
    expect([page.find('.result-processing').exists(), phone.showToast.mock.calls]).toEqual([true, []])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(page.find('.result-paid').exists()).toBe(true)
  })

  it('is asked about once by two taps, and says when nothing was heard', async () => {
    cloud.replies.syncPayment = () => done(order())
    const page = await open()
    const asking = underWay()
    cloud.replies.syncPayment = asking.reply
    await tapTwice(page, '.ask-again-button')
    await asking.come(offline)
    expect(cloud.actions()).toEqual(['syncPayment', 'syncPayment'])
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.Offline }))
    expect(page.find('.result-processing').exists()).toBe(true)
  })

  it('is not asked about behind another page, nor once nothing will change any more', async () => {
    cloud.replies.syncPayment = () => done(order())
    await open()
    await fire('onHide')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cloud.calls).toHaveLength(1)
    await fire('onShow')
    cloud.replies.syncPayment = () => done(order({ state: 'Closed', closedBecause: 'Expired' }))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cloud.calls).toHaveLength(2)
    await fire('onUnload')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that came too late goes back, and the page says so', async () => {
    cloud.replies.syncPayment = () => done(order({ state: 'Closed', refunds: [{} as OrderView['refunds'][number]] }))
    const page = await open()
    expect(page.find('.result__hint').text()).toBe(zh.result.refundedHint)
    expect(page.find('.ask-again-button').exists()).toBe(false)
  })
})
