// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import { averageFenOf, barsOf, dayName, netFenOf, percentOf, sumOf } from '@/packages/merchant/sales/figures'
import SalesPage from '@/packages/merchant/sales/sales.vue'
import { cloud } from './support/cloud'
import { done } from './support/goods'
import type { SalesDay, Takings } from '@contracts/statistics.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const same = (text: string) => ({ zh: text, en: text })
const day = (name: string, over: Partial<SalesDay> = {}): SalesDay =>
  ({ day: name, paidOrders: 0, paidFen: 0, refunds: 0, refundedFen: 0, ...over })
/** The last days of November 2026, the 27th first: a Friday. */
const daysBack = (count: number) => Array.from({ length: count }, (_, ago) =>
  ago < 27 ? day(`202611${String(27 - ago).padStart(2, '0')}`) : day(`202610${31 - (ago - 27)}`))
const today = day('20261127', { paidOrders: 3, paidFen: 10_000, refunds: 1, refundedFen: 1001 })
const takings = (count: number, over: Partial<Takings> = {}): Takings => ({
  storeName: same('小铺'), days: [today, ...daysBack(count).slice(1)], weekAgo: day('20261120', { paidOrders: 5, paidFen: 40_000 }),
  best: [{ productId: 'tea', name: same('奶茶'), picture: 'cloud://tea', pieces: 12 }], ...over,
})

describe('the figures of a day', () => {
  it('are exact, and an average is to the nearest fen', () => {
    expect([netFenOf(today), averageFenOf(today), averageFenOf(day('20261126'))]).toEqual([8999, 3333, null])
    expect(netFenOf(day('20261126', { refundedFen: 500 }))).toBe(-500)
    expect(sumOf([today, day('20261126', { paidOrders: 1, paidFen: 5 })])).toEqual({ ...today, paidOrders: 4, paidFen: 10_005 })
  })

  it('are set beside a day that took something', () => {
    expect(percentOf(today, day('20261120', { paidFen: 40_000 }))).toBe(25)
    expect(percentOf(today, day('20261120'))).toBeNull()
  })

  it('know their weekday, whatever the phone\'s clock is set to', () => {
    expect([dayName('20261127', zh), dayName('20261129', en), dayName('20270101', zh)]).toEqual(['11月27日 周五', 'Sun 11/29', '1月1日 周五'])
  })

  it('stand from the oldest to today, each named, as parts of the highest', () => {
    const bars = barsOf([day('20261127', { paidFen: 500 }), day('20261126', { paidFen: 2000, paidOrders: 2 }), day('20261125')], zh)
    expect(bars.map(({ height, tick, isToday }) => [height, tick, isToday])).toEqual([['0%', '周三', false], ['100%', '周四', false], ['25%', '周五', true]])
    expect(bars[1]!.label).toBe('11月26日 周四，收款 ¥20.00，2 单，退款 ¥0.00')
    const month = barsOf(daysBack(30), zh)
    expect(month.map(({ tick }) => tick).filter(Boolean)).toEqual(['10/30', '11/6', '11/13', '11/20', '11/27'])
    expect(month.every(({ height }) => height === '0%')).toBe(true)
  })
})

describe('the page of takings', () => {
  beforeEach(() => {
    freshPhone()
    setActivePinia(createPinia())
    cloud.reset()
    cloud.replies.sales = input => done(takings((input as { days: number }).days))
  })

  async function open() {
    const page = mount(SalesPage)
    await fire('onShow')
    await flushPromises()
    return page
  }

  it('shows today and the same weekday a week ago from one call, and says that today is not over', async () => {
    const page = await open()
    expect(cloud.actions()).toEqual(['sales'])
    expect(page.find('.today-paid').text()).toBe('¥100.00')
    expect(page.find('.week-ago').text()).toBe('上周五全天收款 ¥400.00，今天到现在是它的 25%')
    const texts = page.find('.today-card').findAll('.figures__value').map(value => value.text())
    expect(texts).toEqual(['3', '¥10.01', '¥89.99', '¥33.33'])
    expect(page.findAll('.day-bar')).toHaveLength(7)
    expect(page.find('.best-row').text()).toContain('12 件')
  })

  it('asks for a month when it is wanted', async () => {
    const page = await open()
    await page.find('.period-30').trigger('click')
    await flushPromises()
    expect(cloud.calls.map(({ input }) => input)).toEqual([{ days: 7 }, { days: 30 }])
    expect([page.findAll('.day-bar').length, page.findAll('.day-row').length]).toEqual([30, 30])
  })

  it('says so where nothing was sold', async () => {
    cloud.replies.sales = () => done(takings(7, { days: daysBack(7), weekAgo: day('20261120'), best: [] }))
    const page = await open()
    expect(page.text()).toContain(zh.sales.noBest)
    expect(page.find('.week-ago').text()).toBe('上周五全天收款 ¥0.00')
    expect(page.find('.figure-average').text()).toContain('—')
  })

  it('tells a clerk that it is the owner\'s', async () => {
    cloud.replies.sales = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    expect((await open()).find('.state-denied').text()).toContain('只有店主')
  })
})
