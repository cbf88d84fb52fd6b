// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Me from '@/pages/me/me.vue'
import { storage } from '@/platform/storage'
import { useOrders } from '@/stores/orders'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, loginNeeded, offline, refused } from './support/goods'
import { leaveAndReturn, openPage, tap, tapTwice } from './support/pages'
import { me } from './support/people'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: { ...(await import('./support/phone')).plainWeChat, login: async () => 'code' } }))

let phone: ReturnType<typeof freshPhone>

beforeEach(() => {
  // Ten in the morning in Beijing.
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 2, 2) })
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.me = () => done(me({ nickname: '小美' }, { unpaidCount: 1, doingCount: 2, couponCount: 3 }))
})
afterEach(() => {
  useI18n().setLocale('zh')
  vi.useRealTimers()
})

describe('the page Me', () => {
  it('is shown by one call, with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.me = reply
    const page = await openPage(Me)
    expect(page.find('.state-loading').exists()).toBe(true)
    // What stands below would move away from under a finger.
    expect(page.find('.language-en').exists()).toBe(false)
    await come(done(me({ nickname: '小美' }, { unpaidCount: 1, doingCount: 2, couponCount: 3 })))
    expect(page.find('.greeting').text()).toContain('早上好，小美')
    expect(page.find('.language-en').exists()).toBe(true)
    expect(page.findAll('.shortcuts__count').map(count => count.text())).toEqual(['1', '2'])
    expect(page.find('.coupons-entry').text()).toContain('3')
    expect(cloud.actions()).toEqual(['me'])
  })

  it('asks who has no name yet for one', async () => {
    cloud.replies.me = () => done(me())
    const page = await openPage(Me)
    expect(page.find('.greeting').text()).toContain(zh.profile.set)
    await tap(page, '.profile-entry')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/member/profile/profile' })
  })

  it('leads to the orders that a count was tapped of', async () => {
    const page = await openPage(Me)
    await tap(page, '.shortcut-Doing')
    expect([useOrders().tab, phone.switchTab.mock.calls]).toEqual(['Doing', [[{ url: '/pages/orders/orders' }]]])
  })

  it('keeps what it shows when looking again fails, and says so', async () => {
    const page = await openPage(Me)
    cloud.replies.me = () => offline
    await leaveAndReturn()
    expect(page.find('.greeting').text()).toContain('小美')
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.Offline }))
  })

  it('says that the network is gone, and comes with a tap when it is back', async () => {
    cloud.replies.me = inTurn(offline, done(me({ nickname: '小美' })))
    const page = await openPage(Me)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    expect(page.find('.points-entry').exists()).toBe(false)
    await tap(page, '.blank__action')
    expect(page.find('.points-entry').text()).toContain('12')
  })

  it('shows the way to the bar to staff alone', async () => {
    expect((await openPage(Me)).find('.merchant-entry').exists()).toBe(false)
    freshPhone()
    cloud.replies.me = () => done(me({ role: 'clerk' }))
    expect((await openPage(Me)).find('.merchant-entry').exists()).toBe(true)
  })
})

describe('somebody whom the shop does not know', () => {
  beforeEach(() => {
    cloud.replies.me = () => loginNeeded
    cloud.replies.login = () => refused('WeChatBusy')
  })

  it('can still choose how it looks, and is let in by one tap', async () => {
    const page = await openPage(Me)
    expect(page.find('.greeting').text()).toContain(zh.me.stranger)
    expect([page.find('.looks').exists(), page.find('.state-failed').exists()]).toEqual([true, false])
    const entering = underWay()
    cloud.replies.login = entering.reply
    cloud.calls = []
    await tapTwice(page, '.login-button')
    cloud.replies.me = () => done(me({ nickname: '小美' }))
    await entering.come(done({ member: me().member, session: 'token' }))
    expect(page.find('.greeting').text()).toContain('小美')
    expect(cloud.actions()).toEqual(['me', 'login', 'me'])
  })

  it('reads why not, and may try again', async () => {
    const page = await openPage(Me)
    await tap(page, '.login-button')
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.WeChatBusy }))
    expect(page.find('.login-button').attributes('aria-disabled')).toBe('false')
  })
})

it('speaks English from one tap on, and stays so', async () => {
  const page = await openPage(Me)
  await tap(page, '.language-en')
  await flushPromises()
  expect(page.find('.greeting').text()).toContain('Good morning, 小美')
  expect([storage.read('language'), page.find('.me').text().replaceAll(/小美|中文/g, '')]).toEqual(['en', expect.not.stringMatching(/\p{Script=Han}/u)])
  expect(phone.setNavigationBarTitle).toHaveBeenLastCalledWith(expect.objectContaining({ title: 'Me' }))
})
