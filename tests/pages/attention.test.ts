// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import Attention from '@/packages/merchant/attention/attention.vue'
import { deadTrouble, incidentTrouble, refundTrouble } from '@/packages/merchant/attention/troubles'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import { cloud } from './support/cloud'
import { done, refused } from './support/goods'
import { storage } from '@/platform/storage'
import type { ShopCheck } from '@contracts/attention.ts'
import type { AfterSaleForStaff, DeadLetter, IncidentKind, IncidentView, TroubledRefund, Workplace } from '@contracts/merchant.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const name = { zh: '蛋挞', en: 'Egg tart' }
const request: AfterSaleForStaff = {
  id: 'order-1_1', orderId: 'order-1', state: 'Requested', kind: 'Lines', lines: [{ line: 2, quantity: 2, amountFen: 2400, name }],
  feesFen: 0, amountFen: 2400, approvedFen: null, reason: 'Quality', text: '凉了', photos: [], answer: '', triesLeft: 3, requestedAtMs: 0,
  pickupNumber: 'A001', shortId: '00A1', orderTotalFen: 4800, shelfLines: [2], isUnchecked: false,
}
const refund = (state: TroubledRefund['state']): TroubledRefund => ({
  id: `R-${state}`, orderId: 'order-1', shortId: '00A1', state, because: 'AfterSale', amountFen: 2400, said: '系统错误', tries: 3, atMs: 0,
})
const incident = (kind: IncidentKind): IncidentView =>
  ({ id: `i-${kind}`, kind, isShopWide: false, orderId: 'order-1', shortId: '00A1', outTradeNo: 'order-1_1', amountFen: 1, expectedFen: 2400, atMs: 0, retriedAtMs: null })
const effect = (kind: DeadLetter['kind']): DeadLetter =>
  ({ id: `${kind}_order-1`, kind, state: 'Dead', orderId: 'order-1', shortId: '00A1', said: '10060004 状态不对', tries: 30, atMs: 0 })

let lists: Record<string, unknown[]>
let setup: ShopCheck
let workplace: Workplace
const attention = (mayDecide: boolean) => (input: unknown) => {
  const { tab, pages, check, place } = input as { tab: string, pages: number, check: boolean, place: boolean }
  const shown = { tab, ...pieceOf(lists[tab]!, 0, pages) }
  return done({
    afterSales: 1, refunds: 1, incidents: 1, deadLetters: 1, mayDecide, shown, check: check && mayDecide ? setup : null,
    workplace: place ? workplace : null,
  })
}
/** Pages of twenty, as the server cuts them; its cursor is where the next one begins. */
function pieceOf(all: unknown[], from: number, pages = 1) {
  const end = from + 20 * pages
  return { items: all.slice(from, end), nextCursor: all.length > end ? String(end) : null }
}
const inputOf = (action: string) => cloud.calls.find(call => call.action === action)?.input

beforeEach(() => {
  vi.useFakeTimers()
  freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.attention = attention(true)
  lists = {
    afterSales: [request], refunds: [refund('NotEnough')], incidents: [incident('AmountDiffers')], deadLetters: [effect('UploadShipping')],
  }
  setup = { findings: [], gateway: 'cloudpay' }
  workplace = { storeId: 'main', name: { zh: '小铺', en: 'Shop' }, isResting: false, stores: [] }
  cloud.replies.refundQuote = (input) => {
    const { wish } = input as { wish: { lines: { quantity: number }[] } }
    return done({ lines: [], feesFen: 0, amountFen: wish.lines[0]!.quantity * 1200, leftPieces: [], leftFen: 0 })
  }
})
afterEach(async () => {
  await fire('onUnload')
  vi.useRealTimers()
})

async function open(tab = 'afterSales') {
  const page = mount(Attention)
  await fire('onShow')
  await flushPromises()
  await page.find(`.tab-${tab}`).trigger('click')
  await flushPromises()
  return page
}

async function rest(): Promise<void> {
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
}

async function write(page: Awaited<ReturnType<typeof open>>, words: string): Promise<void> {
  await page.find('textarea').setValue(words)
  await page.find('.note-send').trigger('click')
  await flushPromises()
}

describe('a request', () => {
  it('is approved at the amount that the owner sees, with the goods that are back', async () => {
    cloud.replies.approveAfterSale = () => done(request)
    const page = await open()
    await page.find('.approve-button').trigger('click')
    await rest()
    await page.find('.stepper__minus').trigger('click')
    await page.find('.goods-returned').trigger('click')
    await rest()
    expect(page.find('.approve-send').text()).toContain('¥12.00')
    await page.find('.approve-send').trigger('click')
    await flushPromises()
    expect(inputOf('approveAfterSale')).toEqual({
      afterSaleId: 'order-1_1', wish: { kind: 'Lines', lines: [{ line: 2, quantity: 1 }] }, goodsReturned: [2], expectedFen: 1200,
    })
  })

  it('cannot be approved before the amount is known', async () => {
    const page = await open()
    await page.find('.approve-button').trigger('click')
    await page.find('.approve-send').trigger('click')
    expect(inputOf('approveAfterSale')).toBeUndefined()
  })

  it('is declined with words and not without', async () => {
    cloud.replies.declineAfterSale = () => done(request)
    const page = await open()
    await page.find('.decline-button').trigger('click')
    await write(page, '  ')
    expect(inputOf('declineAfterSale')).toBeUndefined()
    await write(page, ' 已经做好了 ')
    expect(inputOf('declineAfterSale')).toEqual({ afterSaleId: 'order-1_1', answer: '已经做好了' })
  })

  it('is shown to a clerk, who can say no and send no money', async () => {
    cloud.replies.attention = attention(false)
    const page = await open()
    expect([page.find('.approve-button').exists(), page.find('.decline-button').exists()]).toEqual([false, true])
    const refunds = await open('refunds')
    expect(refunds.find('.primary-button').exists()).toBe(false)
  })
})

describe('a refund in trouble', () => {
  it('is tried again by one tap, and the list is asked for anew', async () => {
    cloud.replies.retryRefund = () => refused('RefundNotInTrouble')
    const page = await open('refunds')
    const before = cloud.actions().filter(action => action === 'attention').length
    await page.find('.primary-button').trigger('click')
    await flushPromises()
    expect(inputOf('retryRefund')).toEqual({ refundId: 'R-NotEnough' })
    expect(cloud.actions().filter(action => action === 'attention')).toHaveLength(before + 1)
  })

  it('to a dead account is settled with a note', async () => {
    lists.refunds = [refund('Abnormal')]
    cloud.replies.settleRefundByHand = () => done(refund('SettledByHand'))
    const page = await open('refunds')
    await page.find('.primary-button').trigger('click')
    await write(page, '现金')
    expect(inputOf('settleRefundByHand')).toEqual({ refundId: 'R-Abnormal', note: '现金' })
  })
})

it('an incident is closed with a note', async () => {
  cloud.replies.resolveIncident = () => done(incident('AmountDiffers'))
  const page = await open('incidents')
  await page.find('.primary-button').trigger('click')
  await write(page, '已退款')
  expect(inputOf('resolveIncident')).toEqual({ incidentId: 'i-AmountDiffers', note: '已退款' })
})

describe('a bill that could not be had', () => {
  const missing = (retriedAtMs: number | null): IncidentView => ({ ...incident('BillMissing'), amountFen: 0, expectedFen: 0, retriedAtMs })

  it('is asked for again by one tap', async () => {
    lists.incidents = [missing(null)]
    cloud.replies.retryBill = () => done(missing(1))
    const page = await open('incidents')
    await page.find('.primary-button').trigger('click')
    await flushPromises()
    expect(inputOf('retryBill')).toEqual({ incidentId: 'i-BillMissing' })
    await page.find('.secondary-button').trigger('click')
    await write(page, '核对过')
    expect(inputOf('resolveIncident')).toEqual({ incidentId: 'i-BillMissing', note: '核对过' })
  })

  it('says so while it is asked for, and then only takes a note', async () => {
    lists.incidents = [missing(1)]
    const page = await open('incidents')
    expect(page.find('.attention-trouble').text()).toContain(zh.attention.billAsked)
    expect(page.find('.secondary-button').exists()).toBe(false)
    await page.find('.primary-button').trigger('click')
    await write(page, '核对过')
    expect([inputOf('retryBill'), inputOf('resolveIncident')]).toEqual([undefined, { incidentId: 'i-BillMissing', note: '核对过' }])
  })
})

describe('what could not be done', () => {
  it('is shown with what WeChat said, to a clerk too, and tried again by one tap', async () => {
    cloud.replies.attention = attention(false)
    cloud.replies.retryEffect = () => done(effect('UploadShipping'))
    const page = await open('deadLetters')
    expect(page.find('.attention-trouble').text()).toContain('10060004 状态不对')
    await page.find('.primary-button').trigger('click')
    await flushPromises()
    expect(inputOf('retryEffect')).toEqual({ effectId: 'UploadShipping_order-1' })
  })

  it('is dismissed with a note and not without', async () => {
    cloud.replies.dismissEffect = () => done(effect('UploadShipping'))
    const page = await open('deadLetters')
    await page.find('.secondary-button').trigger('click')
    await write(page, ' ')
    expect(inputOf('dismissEffect')).toBeUndefined()
    await write(page, '后台已录')
    expect(inputOf('dismissEffect')).toEqual({ effectId: 'UploadShipping_order-1', note: '后台已录' })
  })
})

describe('a long list', () => {
  const requests = (count: number): AfterSaleForStaff[] =>
    Array.from({ length: count }, (_, place) => ({ ...request, id: `order-${place}_1`, shortId: String(place).padStart(4, '0') }))
  const further = (input: unknown) => done(pieceOf(lists.afterSales!, Number((input as { cursor: string }).cursor)))
  const shownIds = (page: Awaited<ReturnType<typeof open>>) => page.findAll('.attention-request').map(card => /#(\d+)/.exec(card.text())![1])
  const idsOf = (list: AfterSaleForStaff[]) => list.map(({ shortId }) => shortId)
  const lastAsked = () => cloud.inputs('attention').at(-1)
  async function reachBottom(): Promise<void> {
    await fire('onReachBottom')
    await flushPromises()
  }

  it('grows as it is scrolled, and a look refreshes all of it in one call, in its place', async () => {
    const all = requests(45)
    lists.afterSales = all
    cloud.replies.afterSales = further
    const page = await open()
    expect(shownIds(page)).toEqual(idsOf(all.slice(0, 20)))
    await reachBottom()
    expect(shownIds(page)).toEqual(idsOf(all.slice(0, 40)))
    const card = page.findAll('.attention-request')[30]!.element
    const asked = cloud.calls.length
    // Somebody has seen to one of the second page meanwhile, and one more has come.
    const rest = all.filter((_, place) => place !== 25)
    lists.afterSales = [...rest, ...requests(46).slice(45)]
    await vi.advanceTimersByTimeAsync(15_000)
    await flushPromises()
    expect([cloud.calls.length, lastAsked()]).toEqual([asked + 1, { tab: 'afterSales', pages: 2, check: false, place: false }])
    expect(shownIds(page)).toEqual(idsOf(rest.slice(0, 40)))
    expect(page.findAll('.attention-request')[29]!.element).toBe(card)
    await reachBottom()
    expect(shownIds(page)).toEqual(idsOf(lists.afterSales as AfterSaleForStaff[]))
    await reachBottom()
    expect(cloud.inputs('afterSales')).toHaveLength(2)
  })

  it('keeps the page that comes while a look is answered, and drops it for another tab', async () => {
    lists.afterSales = requests(45)
    let answer = (_: unknown): void => undefined
    cloud.replies.afterSales = input => new Promise((resolve) => { answer = () => resolve(further(input)) })
    const page = await open()
    await vi.advanceTimersByTimeAsync(14_000)
    await reachBottom()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(lastAsked()).toMatchObject({ pages: 1, place: false })
    answer(null)
    await flushPromises()
    expect(shownIds(page)).toHaveLength(40)
    await reachBottom()
    await page.find('.tab-refunds').trigger('click')
    answer(null)
    await flushPromises()
    expect(page.findAll('.attention-trouble')).toHaveLength(1)
    expect(lastAsked()).toMatchObject({ tab: 'refunds', pages: 1 })
  })

  it('ends where nobody would read on, and says that there is more', async () => {
    lists.afterSales = requests(230)
    cloud.replies.afterSales = further
    const page = await open()
    for (let times = 0; times < 12; times += 1) await reachBottom()
    expect(shownIds(page)).toHaveLength(200)
    expect(page.text()).toContain(zh.attention.latestOnly({ count: 200 }))
    await vi.advanceTimersByTimeAsync(15_000)
    await flushPromises()
    expect(lastAsked()).toMatchObject({ pages: 10 })
  })
})

it('staff of several stores see which one it is, and go to another', async () => {
  const stores = [{ id: 'main', name: { zh: '小铺', en: 'Shop' } }, { id: 'lake', name: { zh: '湖边店', en: 'Lake' } }]
  workplace = { ...workplace, stores }
  const page = await open()
  expect(page.find('.workplace').text()).toContain('小铺')
  await page.find('.workplace').trigger('click')
  await rest()
  workplace = { ...workplace, storeId: 'lake', name: stores[1]!.name }
  lists.afterSales = []
  await page.find('.work-in-lake').trigger('click')
  await flushPromises()
  expect(storage.read('workStoreId')).toBe('lake')
  expect(page.find('.workplace').text()).toContain('湖边店')
  expect(page.find('.attention-request').exists()).toBe(false)
})

it('customers see none of it', async () => {
  cloud.replies.afterSales = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
  cloud.replies.attention = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
  const page = mount(Attention)
  await fire('onShow')
  await flushPromises()
  expect(page.find('.state-denied').exists()).toBe(true)
  expect(page.find('.attention-request').exists()).toBe(false)
})

describe('the check of the shop', () => {
  it('is shown while there is something to mend, with what to do about it, and to nobody else', async () => {
    setup = { findings: [{ kind: 'GatewayNotReady', detail: 'PAY_MCH_ID is not set' }], gateway: 'wechat-v3' }
    const page = await open()
    const text = page.find('.shop-check').text()
    for (const part of [zh.setup.gateway['wechat-v3'], zh.setup.finding.GatewayNotReady, zh.setup.findingDo.GatewayNotReady, 'PAY_MCH_ID']) {
      expect(text).toContain(part)
    }
    setup = { findings: [], gateway: 'cloudpay' }
    for (const mayDecide of [true, false]) {
      cloud.replies.attention = attention(mayDecide)
      await fire('onShow')
      await flushPromises()
      expect(page.find('.shop-check').exists()).toBe(false)
    }
  })
})

it('every trouble says what to do about it, and offers only what the server takes', () => {
  for (const t of [zh, en]) {
    const offers = (['NotEnough', 'Abnormal', 'Closed', 'Failed'] as const).map((state) => {
      const { advice, primary, secondary } = refundTrouble(refund(state), t)
      expect(advice).toBe(t.attention.refundDo[state])
      return [primary, secondary]
    })
    const { retry, settle } = t.attention
    expect(offers).toEqual([[retry, ''], [settle, ''], [retry, settle], [retry, settle]])
    for (const kind of Object.keys(t.attention.incident) as IncidentKind[]) {
      const trouble = incidentTrouble(incident(kind), t)
      expect(trouble).toMatchObject({ title: t.attention.incident[kind], advice: t.attention.incidentDo[kind] })
      expect(trouble.advice.length).toBeGreaterThan(10)
    }
    for (const kind of ['UploadShipping', 'RemindReceipt', 'TellPaid', 'TellReady', 'TellRefunded'] as const) {
      const { effect: titles, effectDo: advice } = t.attention
      expect(deadTrouble(effect(kind), t)).toMatchObject({ title: titles[kind], advice: advice[kind], amountFen: null })
    }
    // A payment that only the shop knows of: the amount on the card is the shop's, and both sides are told apart.
    const onlyHere = incidentTrouble({ ...incident('PaidHereNotThere'), amountFen: 0 }, t)
    expect(onlyHere).toMatchObject({ amountFen: 2400, facts: [t.attention.amountsThere({ amount: '¥0.00', expected: '¥24.00' })] })
    expect(incidentTrouble({ ...incident('MoneyWithoutOrder'), orderId: '', shortId: '' }, t).subject).toBe('')
    expect(incidentTrouble({ ...incident('BillMissing'), shortId: '', isShopWide: true }, t).subject).toBe(t.attention.shopWide)
  }
})

it('a request that WeChat could not look at says so to whoever opens it, and no other does', async () => {
  lists.afterSales = [request, { ...request, id: 'order-2_1', isUnchecked: true }]
  const cards = (await open()).findAll('.attention-request').map(card => card.text())
  expect(cards.map(text => text.includes('没能检查'))).toEqual([false, true])
})
