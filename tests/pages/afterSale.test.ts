// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import AfterSale from '@/packages/order/afterSale/afterSale.vue'
import Order from '@/packages/order/order/order.vue'
import { leftPieces, wishOf } from '@/orders/refundWish'
import { mayAskBack } from '@/orders/words'
import { cloud, inTurn } from './support/cloud'
import { done, order, pricedLine, refused } from './support/goods'
import type { AfterSaleView, RefundWish } from '@contracts/afterSale.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { askToTell } = vi.hoisted(() => ({ askToTell: vi.fn<(ids: string[]) => Promise<void>>() }))
vi.mock('@/platform', () => ({ wechat: { askToTell, pictureUrl: (id: string) => id, tap: () => undefined } }))

const name = { zh: '茶', en: 'Tea' }
const twoLines = () => order({
  state: 'Paid', lines: [pricedLine({ quantity: 3, totalFen: 4200 }), pricedLine({ productId: 'tart' })], totalFen: 5600,
  refundableFen: 5600, refundedPieces: [0, 0],
})
const request = (over: Partial<AfterSaleView> = {}): AfterSaleView => ({
  id: 'order-1_1', orderId: 'order-1', state: 'Requested', kind: 'Whole', lines: [{ line: 0, quantity: 1, amountFen: 1400, name }], feesFen: 0,
  amountFen: 1400, approvedFen: null, reason: 'Quality', text: '', photos: [], answer: '', triesLeft: 3, requestedAtMs: 0, ...over,
})

/** One fen a piece, so that an amount tells which wish it was computed for. */
function quoteFor(input: unknown) {
  const { wish } = input as { wish: RefundWish }
  const amountFen = wish.kind === 'Whole' ? 5600 : wish.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return done({ lines: [], feesFen: 0, amountFen, leftPieces: [3, 1], leftFen: 5600, askFor: ['t-refunded'] })
}

let phone: ReturnType<typeof freshPhone>
beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  askToTell.mockReset().mockResolvedValue(undefined)
  cloud.replies.order = () => done(twoLines())
  cloud.replies.afterSaleQuote = quoteFor
  cloud.replies.afterSaleForm = () => done({ order: twoLines(), quote: quoteFor({ wish: { kind: 'Whole' } }).value })
  cloud.replies.requestAfterSale = () => done(request())
})
afterEach(async () => {
  await fire('onUnload')
  vi.useRealTimers()
})

/** A finger that rests, and the answer to what it did. */
async function rest(): Promise<void> {
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
}

async function openForm() {
  const page = mount(AfterSale)
  await fire('onLoad', { orderId: 'order-1' })
  await flushPromises()
  await rest()
  return page
}

const sent = () => cloud.inputs('requestAfterSale') as (Record<string, unknown>)[]

describe('the form for money back', () => {
  it('begins with the whole order and its amount, and is sent with a reason and not without', async () => {
    const page = await openForm()
    expect(cloud.actions()).toEqual(['afterSaleForm'])
    expect(page.find('.after-sale__amount').text()).toContain('56.00')
    await page.find('.send-button').trigger('click')
    expect([sent(), askToTell.mock.calls]).toEqual([[], []])
    await page.find('.reason-Missing').trigger('click')
    await page.find('.send-button').trigger('click')
    await flushPromises()
    expect(sent()).toMatchObject([{ orderId: 'order-1', wish: { kind: 'Whole' }, reason: 'Missing', text: '', photos: [], expectedFen: 5600 }])
    expect(askToTell.mock.calls).toEqual([[['t-refunded']]])
    expect(phone.redirectTo).toHaveBeenCalledWith({ url: '/packages/order/order/order?orderId=order-1' })
  })

  it('waits for the answer whether to be told, and then sends once', async () => {
    let answered = () => undefined as void
    askToTell.mockReturnValue(new Promise<void>((resolve) => { answered = resolve }))
    const page = await openForm()
    await page.find('.reason-Other').trigger('click')
    await page.find('.send-button').trigger('click')
    await page.find('.send-button').trigger('click')
    await flushPromises()
    expect([askToTell.mock.calls.length, sent().length]).toEqual([1, 0])
    answered()
    await flushPromises()
    expect(sent()).toHaveLength(1)
  })

  it('asks the server what fewer pieces come to, once the finger rests, and sends nothing before it knows', async () => {
    const page = await openForm()
    await page.find('.reason-Other').trigger('click')
    const asked = () => cloud.actions().filter(action => action === 'afterSaleQuote').length
    const before = asked()
    await page.findAll('.stepper__minus')[0]!.trigger('click')
    await page.findAll('.stepper__minus')[0]!.trigger('click')
    await page.find('.send-button').trigger('click')
    expect([asked(), sent().length]).toEqual([before, 0])
    await rest()
    expect(asked()).toBe(before + 1)
    await page.find('.send-button').trigger('click')
    await flushPromises()
    const lines = [{ line: 0, quantity: 1 }, { line: 1, quantity: 1 }]
    expect(sent()).toMatchObject([{ wish: { kind: 'Lines', lines }, expectedFen: 2 }])
  })

  it('says that nothing is chosen, and takes everything again by one tap', async () => {
    const page = await openForm()
    await page.find('.after-sale__all').trigger('click')
    expect(page.find('.after-sale__obstacle').exists()).toBe(true)
    await page.find('.after-sale__all').trigger('click')
    await rest()
    expect(page.find('.after-sale__amount').text()).toContain('56.00')
  })

  it('shows another amount before it is asked for', async () => {
    cloud.replies.requestAfterSale = inTurn(refused('AmountChanged', { totalFen: 4200 }), done(request()))
    const page = await openForm()
    await page.find('.reason-Quality').trigger('click')
    await page.find('.send-button').trigger('click')
    await flushPromises()
    expect(page.find('.question').text()).toContain('¥42.00')
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(sent().map(input => input.expectedFen)).toEqual([5600, 4200])
  })

  it('offers nothing where nothing is left', async () => {
    cloud.replies.afterSaleForm = () => done({ order: { ...twoLines(), refundableFen: 0, refundedPieces: [3, 1] }, quote: null })
    const page = await openForm()
    expect(page.find('.state-empty').exists()).toBe(true)
    expect(page.find('.send-button').exists()).toBe(false)
  })
})

describe('the order', () => {
  async function openOrder(afterSale: AfterSaleView | null) {
    cloud.replies.order = () => done({ ...twoLines(), afterSale })
    const page = mount(Order)
    await fire('onLoad', { orderId: 'order-1' })
    await fire('onShow')
    await flushPromises()
    return page
  }

  it('leads to the form, and to no second one while a request waits', async () => {
    const page = await openOrder(null)
    await page.find('.refund-button').trigger('click')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/order/afterSale/afterSale?orderId=order-1' })
    const waiting = await openOrder(request())
    expect(waiting.find('.refund-button').exists()).toBe(false)
    expect(waiting.find('.after-sale-card').text()).toContain('¥14.00')
  })

  it('takes a request back after asking once', async () => {
    cloud.replies.withdrawAfterSale = () => done(request({ state: 'Withdrawn' }))
    const page = await openOrder(request())
    await page.find('.withdraw-button').trigger('click')
    expect(cloud.actions()).not.toContain('withdrawAfterSale')
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(cloud.calls.find(call => call.action === 'withdrawAfterSale')?.input).toEqual({ afterSaleId: 'order-1_1' })
  })

  it('tells why a request was declined, and lets it be made again while it may', async () => {
    const page = await openOrder(request({ state: 'Declined', answer: '已经做好了', triesLeft: 1 }))
    expect(page.find('.after-sale-card').text()).toContain('已经做好了')
    expect(page.find('.ask-again-button').exists()).toBe(true)
    const last = await openOrder(request({ state: 'Declined', answer: '不行', triesLeft: 0 }))
    expect(last.find('.ask-again-button').exists()).toBe(false)
  })
})

it('a wish names what is chosen, and the whole order when all that is left is', () => {
  expect(wishOf([0, 0], [3, 1])).toBeNull()
  expect(wishOf([3, 1], [3, 1])).toEqual({ kind: 'Whole' })
  expect(wishOf([0, 1], [3, 1])).toEqual({ kind: 'Lines', lines: [{ line: 1, quantity: 1 }] })
  expect(leftPieces({ ...twoLines(), refundedPieces: [1, 1] })).toEqual([2, 0])
})

it('money can be asked back while some is left, nothing is under way and the last no was not final', () => {
  const of = (afterSale: AfterSaleView | null, refundableFen = 1) => mayAskBack({ ...twoLines(), refundableFen, afterSale })
  expect([of(null), of(null, 0)]).toEqual([true, false])
  expect((['Requested', 'Approved', 'Refunding'] as const).map(state => of(request({ state })))).toEqual([false, false, false])
  expect([of(request({ state: 'Declined', triesLeft: 1 })), of(request({ state: 'Declined', triesLeft: 0 }))]).toEqual([true, false])
  expect(of(request({ state: 'Refunded' }))).toBe(true)
})
