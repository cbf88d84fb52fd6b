// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useKitchen } from '@/packages/merchant/orders/useKitchen'
import KitchenCard from '@/packages/merchant/orders/parts/KitchenCard.vue'
import { zh } from '@/locales/zh'
import { obstacleText } from '@/locales/obstacle'
import type { KitchenView } from '@contracts/kitchen.ts'
import { cloud } from './support/cloud'
import { done, refused } from './support/goods'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const calm: KitchenView = { wait: { fromMinutes: 10, toMinutes: 15 }, extraMinutes: 0, extraUntilMs: null, pausedUntilMs: null, slots: [] }
/** Ten in the morning in Beijing. */
const TEN = Date.UTC(2026, 10, 26, 2)

describe('staff\'s hand on the kitchen', () => {
  const asked = () => cloud.calls.map(({ action, input }) => [action, input])
  beforeEach(() => {
    freshPhone()
    cloud.reset()
  })

  it('adds to what was added, up to an hour, and takes all of it back', async () => {
    const { show, add, kitchen } = useKitchen()
    show(calm)
    cloud.replies.setExtraWait = input => done({ ...calm, extraMinutes: (input as { minutes: number }).minutes, extraUntilMs: TEN })
    await add(20)
    await add(20)
    await add(20)
    await add(10)
    expect(kitchen.value?.extraMinutes).toBe(60)
    await add(0)
    expect(asked()).toEqual([20, 40, 60, 60, 0].map(minutes => ['setExtraWait', { minutes }]))
  })

  it('is one tap at a time, and keeps what was known when the server says no', async () => {
    const { show, pause, kitchen, isPaused } = useKitchen()
    show(calm)
    cloud.replies.pauseOrders = () => refused('TooOften')
    await Promise.all([pause(30), pause(30)])
    expect(asked()).toEqual([['pauseOrders', { minutes: 30 }]])
    expect([kitchen.value, isPaused.value]).toEqual([calm, false])
  })

  it('shows what customers are told, and more at a tap', async () => {
    const slots = [{ atMs: TEN, taken: 5, points: 10 }, { atMs: TEN + 900_000, taken: 10, points: 10 }]
    const card = mount(KitchenCard, { props: { kitchen: { ...calm, extraMinutes: 10, extraUntilMs: TEN, slots }, isBusy: false } })
    expect(card.text()).toContain('约 10–15 分钟')
    expect(card.text()).toContain('多等 10 分钟，到 10:00 为止')
    expect(card.find('.add-minutes-button').exists()).toBe(false)
    await card.find('.kitchen__head').trigger('click')
    expect(card.findAll('.kitchen__bar').map(bar => bar.attributes('aria-label'))).toEqual(['10:00 已排 5，共 10', '10:15 已排 10，共 10'])
    await card.findAll('.add-minutes-button')[2]!.trigger('click')
    await card.findAll('.pause-button')[0]!.trigger('click')
    expect(card.emitted()).toMatchObject({ add: [[20]], pause: [[15]] })
    await card.setProps({ kitchen: { ...calm, wait: null, pausedUntilMs: TEN } })
    expect(card.text()).toContain('暂停接单中，10:00 自动恢复')
    await card.find('.resume-button').trigger('click')
    expect(card.emitted().pause).toEqual([[15], [0]])
    await flushPromises()
  })
})

it('says when there is room again', () => {
  expect(obstacleText({ kind: 'SlotFull', freeSlots: [] }, zh)).toBe('这会儿做不过来了，晚点再下单吧')
  expect(obstacleText({ kind: 'SlotFull', freeSlots: [TEN] }, zh)).toContain('10:00')
  expect(obstacleText({ kind: 'StorePaused', untilMs: TEN }, zh)).toContain('10:00')
})
