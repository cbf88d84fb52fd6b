// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import Checkout from '@/packages/checkout/checkout/checkout.vue'
import { useCart } from '@/stores/cart'
import { useVisit } from '@/stores/visit'
import { cloud, inTurn } from './support/cloud'
import { done, order, pricedLine, refused } from './support/goods'
import type { PaymentAnswer } from '@/platform/wechat'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { requestPayment } = vi.hoisted(() => ({ requestPayment: vi.fn<() => Promise<PaymentAnswer>>() }))
vi.mock('@/platform', () => ({
  wechat: { requestPayment, login: async () => 'code', pictureUrl: (id: string) => id, tap: () => undefined },
}))

let phone: ReturnType<typeof freshPhone>

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.login = () => done({ member: {}, session: 'token' })
  cloud.replies.quote = () => done({ lines: [pricedLine({ quantity: 2, totalFen: 2800 })], count: 2, totalFen: 2800 })
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
    useVisit().arrive({ kind: 'Table', linkId: 'k7Qm2ZxA', tableName: 'A1' })
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
    cloud.replies.placeOrder = inTurn(refused('PriceChanged', { totalFen: 3000 }), done(order()))
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('¥28.00')
    expect(page.text()).toContain('¥30.00')
    expect(requestPayment).not.toHaveBeenCalled()

    cloud.replies.quote = () => done({ lines: [pricedLine({ unitFen: 1500, quantity: 2 })], count: 2, totalFen: 3000 })
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(cloud.calls.filter(call => call.action === 'placeOrder').at(-1)?.input).toMatchObject({ expectedTotalFen: 3000 })
    expect(requestPayment).toHaveBeenCalledOnce()
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
    useVisit().arrive({ kind: 'Table', linkId: 'k7Qm2ZxA', tableName: 'A1' })
    cloud.replies.placeOrder = () => refused('TableUnknown')
    const page = await open()
    await page.find('.pay-button').trigger('click')
    await flushPromises()
    expect(useVisit().way).toBe('TakeAway')
    expect(page.text()).toContain('桌码认不出来')
  })
})
