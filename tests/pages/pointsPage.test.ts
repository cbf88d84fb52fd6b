// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Points from '@/packages/member/points/points.vue'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline } from './support/goods'
import { footOf, openPage, pullDown, reachBottom, tap } from './support/pages'
import type { PointMoveView } from '@contracts/points.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

let phone: ReturnType<typeof freshPhone>
const move = (id: string, change: number): PointMoveView =>
  ({ id, kind: change > 0 ? 'Earned' : 'TakenBack', orderId: `order-${id}`, change, balance: 0, atMs: 0 })
const points = (moves: PointMoveView[], nextCursor: string | null = null, balance = 34) => done({ balance, moves, nextCursor })

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.points = () => points([move('b', -4), move('a', 38)])
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(async () => {
  await fire('onUnload')
  useI18n().setLocale('zh')
  vi.useRealTimers()
})

describe('my points', () => {
  it('are shown by one call with where they come from, and with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.points = reply
    const page = await openPage(Points)
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(points([move('b', -4), move('a', 38)]))
    expect([page.find('.points__balance').text(), page.findAll('.move__change').map(change => change.text())]).toEqual(['34', ['−4', '+38']])
    expect(cloud.actions()).toEqual(['points'])
  })

  it('that are none lead to the menu, beside the balance and its rule', async () => {
    cloud.replies.points = () => points([], null, 0)
    const page = await openPage(Points)
    expect([page.find('.points__balance').text(), page.text()]).toEqual(['0', expect.stringContaining(zh.points.empty)])
    await tap(page, '.blank__action')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/menu/menu' })
  })

  it('say that the network is gone, and come with a tap when it is back', async () => {
    cloud.replies.points = inTurn(offline, points([move('a', 38)]))
    const page = await openPage(Points)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(page.findAll('.move')).toHaveLength(1)
  })

  it('stay in sight when looking again fails', async () => {
    const page = await openPage(Points)
    cloud.replies.points = () => offline
    await pullDown()
    expect([page.findAll('.move').length, phone.stopPullDownRefresh.mock.calls.length]).toEqual([2, 1])
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.Offline }))
  })

  it('go on at their end by the cursor, also after a page that did not come', async () => {
    cloud.replies.points = inTurn(points([move('b', -4)], 'c'), offline, points([move('a', 38)], null, 40))
    const page = await openPage(Points)
    await reachBottom()
    expect([page.findAll('.move').length, footOf(page)]).toEqual([1, 'more'])
    await page.find('uni-load-more').trigger('click-load-more')
    await vi.advanceTimersByTimeAsync(0)
    expect([page.findAll('.move').length, footOf(page), page.find('.points__balance').text()]).toEqual([2, null, '40'])
    expect(cloud.calls.map(call => call.input)).toEqual([{}, { cursor: 'c' }, { cursor: 'c' }])
  })

  it('lead to the order that brought them, and are told in English to whom reads English', async () => {
    useI18n().setLocale('en')
    const page = await openPage(Points)
    await tap(page, '.move')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/order/order/order?orderId=order-b' })
    expect(page.text()).not.toMatch(/\p{Script=Han}/u)
  })

  it('leave no clock running behind them', async () => {
    await openPage(Points)
    await fire('onUnload')
    expect(vi.getTimerCount()).toBe(0)
  })
})
