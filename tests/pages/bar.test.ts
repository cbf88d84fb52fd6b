// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import Bar from '@/packages/merchant/orders/orders.vue'
import { arrivals, countsAfter, stillHere, waitedMinutes } from '@/packages/merchant/orders/bar'
import { storage } from '@/platform/storage'
import { cloud } from './support/cloud'
import { done, order, refused } from './support/goods'
import type { BarOrder, BarOrders, Workplace } from '@contracts/merchant.ts'
import type { Outcome } from '@contracts/outcome.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const ticket = (id: string, over: Partial<BarOrder> = {}): BarOrder =>
  ({ ...order({ id, state: 'Paid', pickupNumber: id }), shortId: '0000', ...over })
const list = (ids: string[], counts = { toMake: ids.length, toCollect: 0 }) =>
  done({ orders: ids.map(id => ticket(id)), nextCursor: null, counts })

const beside = {
  attention: { afterSales: 0, refunds: 0, incidents: 0, deadLetters: 0, mayDecide: true },
  kitchen: { wait: null, extraMinutes: 0, extraUntilMs: null, pausedUntilMs: null, slots: [] },
  workplace: { storeId: 'main', name: { zh: '小铺', en: 'Shop' }, isResting: false, stores: [] as Workplace['stores'] },
}

let phone: ReturnType<typeof freshPhone>
beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.orders = () => list(['A001', 'A002'])
  beside.workplace = { ...beside.workplace, storeId: 'main', isResting: false, stores: [] }
  beside.attention = { afterSales: 1, refunds: 2, incidents: 0, deadLetters: 0, mayDecide: true }
  cloud.replies.bar = (input) => {
    const answer = cloud.replies.orders!(input) as Outcome<BarOrders>
    return answer.ok ? done({ ...answer.value, ...beside }) : answer
  }
})

async function open() {
  const page = mount(Bar)
  await fire('onShow')
  await flushPromises()
  return page
}

type Page = Awaited<ReturnType<typeof open>>
const shown = (page: Page) => page.findAll('.bar-order .pickup-number').map(number => number.text())
const count = (page: Page, tab: string) => Number(page.find(`.tab-${tab} .tabs__count`).text())

describe('where somebody works', () => {
  const stores = [{ id: 'main', name: { zh: '小铺', en: 'Shop' } }, { id: 'lake', name: { zh: '湖边店', en: 'Lake' } }]

  it('is nobody\'s question who works in one store, but for one that rests', async () => {
    expect((await open()).find('.workplace').exists()).toBe(false)
    beside.workplace = { ...beside.workplace, isResting: true }
    expect((await open()).find('.workplace').text()).toBe('暂停营业中')
  })

  it('can be changed, stays so on this phone, and the orders there are no news', async () => {
    beside.workplace = { ...beside.workplace, stores }
    const page = await open()
    await page.find('.workplace').trigger('click')
    cloud.replies.orders = () => list(['B001'])
    beside.workplace = { ...beside.workplace, storeId: 'lake', name: stores[1]!.name }
    await page.find('.work-in-lake').trigger('click')
    await flushPromises()
    expect(storage.read('workStoreId')).toBe('lake')
    expect(page.find('.workplace').text()).toContain('湖边店')
    expect(shown(page)).toEqual(['B001'])
    expect(cloud.actions()).toEqual(['bar', 'bar'])
  })

  it('may have been changed on another page: what is there is no news either', async () => {
    beside.workplace = { ...beside.workplace, stores }
    cloud.replies.orders = () => list(['A001'])
    const page = await open()
    storage.write('workStoreId', 'lake')
    beside.workplace = { ...beside.workplace, storeId: 'lake', name: stores[1]!.name }
    cloud.replies.orders = () => list(['B001'])
    await fire('onShow')
    expect(shown(page)).toEqual([])
    await flushPromises()
    expect(shown(page)).toEqual(['B001'])
    expect(page.find('.ticket--new').exists()).toBe(false)
  })

  it('is forgotten by the phone where the server lets them in no more', async () => {
    storage.write('workStoreId', 'gone')
    const answers = [{ ok: false, kind: 'denied', code: 'NotAllowed' }, list(['A001'])]
    cloud.replies.orders = () => answers.shift()!
    const page = await open()
    expect(shown(page)).toEqual(['A001'])
    expect(storage.read('workStoreId')).toBeNull()
  })

  it('stays remembered where it is only this that they may not do', async () => {
    storage.write('workStoreId', 'lake')
    cloud.replies.orders = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' }) as never
    expect((await open()).find('.state-denied').exists()).toBe(true)
    expect(storage.read('workStoreId')).toBe('lake')
  })
})

describe('the bar', () => {
  it('moves an order at the first tap, before the server has answered', async () => {
    const page = await open()
    let answer = (_: unknown) => undefined as void
    cloud.replies.markReady = () => new Promise((resolve) => { answer = resolve })
    await page.find('.ready-button').trigger('click')
    expect(shown(page)).toEqual(['A002'])
    expect([count(page, 'ToMake'), count(page, 'ToCollect')]).toEqual([1, 1])
    answer(done(ticket('A001', { state: 'Ready' })))
    await flushPromises()
  })

  it('does not bring it back when a list that was under way comes late', async () => {
    const page = await open()
    cloud.replies.markReady = () => done(ticket('A001', { state: 'Ready' }))
    await page.find('.ready-button').trigger('click')
    await flushPromises()
    expect(shown(page)).toEqual(['A002'])
  })

  it('puts it back, with its number, when the server says no', async () => {
    const page = await open()
    cloud.replies.markReady = () => refused('OrderNotPaid')
    await page.find('.ready-button').trigger('click')
    await flushPromises()
    expect(shown(page)).toEqual(['A001', 'A002'])
    expect(count(page, 'ToMake')).toBe(2)
    expect(phone.showToast).toHaveBeenCalledOnce()
  })

  it('shows customers no order and asks no further', async () => {
    cloud.replies.orders = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    const page = await open()
    expect(page.find('.state-denied').exists()).toBe(true)
    expect(shown(page)).toEqual([])
  })
})

it('asks once for the whole screen, and then for the orders alone', async () => {
  const page = await open()
  expect(cloud.actions()).toEqual(['bar'])
  await page.find('.tab-ToCollect').trigger('click')
  await flushPromises()
  expect(cloud.actions()).toEqual(['bar', 'orders'])
  await fire('onShow')
  await flushPromises()
  expect(cloud.actions()).toEqual(['bar', 'orders', 'bar'])
})

describe('what needs a person', () => {
  it('is told above the orders, and leads there', async () => {
    const page = await open()
    expect(page.find('.attention-entry').text()).toContain('3')
    await page.find('.attention-entry').trigger('click')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/merchant/attention/attention' })
  })

  it('takes no room when there is nothing', async () => {
    beside.attention = { afterSales: 0, refunds: 0, incidents: 0, deadLetters: 0, mayDecide: true }
    expect((await open()).find('.attention-entry').exists()).toBe(false)
  })

  it('is marked on the ticket where money went back, so that nobody makes it', async () => {
    const tea = order().lines[0]!
    const half = ticket('A001', { lines: [{ ...tea, quantity: 2 }, tea], refundedPieces: [1, 1] })
    cloud.replies.orders = () => done({ orders: [half], nextCursor: null, counts: { toMake: 1, toCollect: 0 } })
    const lines = (await open()).findAll('.ticket__line')
    expect(lines.map(line => line.find('.ticket__refunded').text())).toEqual(['已退 1', '已退 1'])
    expect(lines.map(line => line.find('.ticket__name--gone').exists())).toEqual([false, true])
  })
})

describe('the tools of the shop', () => {
  it('stand in one grid, and each leads to its page', async () => {
    const page = await open()
    await page.find('.tables-entry').trigger('click')
    await page.find('.reviews-entry').trigger('click')
    expect(phone.navigateTo).toHaveBeenNthCalledWith(1, { url: '/packages/merchant/tables/tables' })
    expect(phone.navigateTo).toHaveBeenNthCalledWith(2, { url: '/packages/merchant/reviews/reviews' })
  })
})

describe('a tap at the bar', () => {
  it('takes an order out of the tab that it was made in, and out of no other', () => {
    const orders = [ticket('A001')]
    const moves = [{ orderId: 'A001', mark: 'markReady' as const }]
    expect(stillHere('ToMake', orders, moves)).toEqual([])
    expect(stillHere('ToCollect', orders, moves)).toEqual(orders)
  })

  it('changes the numbers on the tabs, which never fall below nothing', () => {
    expect(countsAfter({ toMake: 2, toCollect: 1 }, 'markReady')).toEqual({ toMake: 1, toCollect: 2 })
    expect(countsAfter({ toMake: 2, toCollect: 0 }, 'markCollected')).toEqual({ toMake: 2, toCollect: 0 })
  })
})

it('calls nothing new for somebody who has just opened the tab', () => {
  const orders = [ticket('A001'), ticket('A002')]
  expect(arrivals(undefined, orders)).toEqual([])
  expect(arrivals(new Set(['A001']), orders)).toEqual(['A002'])
})

it('counts waiting from the payment, in whole minutes', () => {
  const paid = ticket('A001', { createdAtMs: 0, steps: [{ state: 'Paid', atMs: 60_000 }] })
  expect(waitedMinutes(paid, 60_000 + 119_999)).toBe(1)
  expect(waitedMinutes(paid, 0)).toBe(0)
})

describe('an order that is posted', () => {
  const receiver = { name: '林', phone: '138****8000', address: '杭州市西湖区文三路 1 号' }
  const express = (id: string) => ticket(id, { fulfilment: { kind: 'Express', receiver } as BarOrder['fulfilment'] })

  async function openSheet() {
    cloud.replies.orders = () => done({ orders: [express('A001')], nextCursor: null, counts: { toMake: 1, toCollect: 0 } })
    cloud.replies.ordersToShipWith = () => done({ orders: [{ ...express('A009'), id: 'other', shortId: '9F9F' }] })
    const page = await open()
    await page.find('.post-button').trigger('click')
    await flushPromises()
    await page.find('.company-ZTO').trigger('click')
    await page.find('.tracking-number').trigger('input', { detail: { value: ' ZT123456 ' } })
    return page
  }

  it('takes a parcel with company and number instead of being called ready', async () => {
    const page = await openSheet()
    expect(page.find('.ready-button').exists()).toBe(false)
    cloud.replies.shipOrder = () => done({})
    await page.find('.ship-send').trigger('click')
    await flushPromises()
    expect(cloud.inputs('shipOrder')).toEqual([{ orderId: 'A001', parcels: [{ company: 'ZTO', trackingNumber: 'ZT123456' }] }])
  })

  it('goes into one parcel with another order of the same customer', async () => {
    const page = await openSheet()
    await page.find('.parcel__other').trigger('click')
    cloud.replies.shipTogether = () => refused('NotTogether')
    await page.find('.ship-send').trigger('click')
    await flushPromises()
    expect(cloud.inputs('shipTogether')).toEqual([{ orderIds: ['A001', 'other'], company: 'ZTO', trackingNumber: 'ZT123456' }])
    expect(page.find('.parcel').exists()).toBe(true)
  })

  it('is not sent without a number that WeChat takes', async () => {
    const page = await openSheet()
    await page.find('.tracking-number').trigger('input', { detail: { value: '单号' } })
    await page.find('.ship-send').trigger('click')
    await flushPromises()
    expect(cloud.inputs('shipOrder')).toEqual([])
  })
})
