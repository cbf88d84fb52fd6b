// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Coupons from '@/packages/member/coupons/coupons.vue'
import { storage } from '@/platform/storage'
import { cloud, inTurn, underWay } from './support/cloud'
import { couponChoice, couponOffer, done, offline, refused } from './support/goods'
import { footOf, leaveAndReturn, openPage, pullDown, reachBottom, tap, tapTwice } from './support/pages'
import type { CouponView, UsableCoupon } from '@contracts/coupon.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: { ...(await import('./support/phone')).plainWeChat, login: async () => 'code' } }))

let phone: ReturnType<typeof freshPhone>
const coupon = (id: string, over: Partial<CouponView> = {}): UsableCoupon =>
  ({ ...couponChoice(id).coupon, name: { zh: `券${id}`, en: `Coupon ${id}` }, leadsTo: { kind: 'Menu' }, ...over })
const coupons = (over: object = {}) => done({ toTake: [], usable: [], mine: [], nextCursor: null, ...over })

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  storage.write('session', 'token')
  cloud.replies.coupons = () => coupons({ toTake: [couponOffer('t')], usable: [coupon('a')] })
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => { useI18n().setLocale('zh') })

describe('my coupons', () => {
  it('are shown by one call, with bones until they come', async () => {
    const { reply, come } = underWay()
    cloud.replies.coupons = reply
    const page = await openPage(Coupons)
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(coupons({ toTake: [couponOffer('t')], usable: [coupon('a')] }))
    expect([page.findAll('.ticket__name').map(name => name.text()), cloud.actions()]).toEqual([['优惠券t', '券a'], ['coupons']])
    expect(page.find('.tab-Usable .tabs__count').text()).toBe('1')
  })

  it('that are none lead to the shop', async () => {
    cloud.replies.coupons = () => coupons()
    const page = await openPage(Coupons)
    expect(page.find('.state-empty').text()).toContain(zh.coupon.empty)
    await tap(page, '.blank__action')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/home/home' })
  })

  it('say that the network is gone, and come with a tap when it is back', async () => {
    cloud.replies.coupons = inTurn(offline, coupons({ usable: [coupon('a')] }))
    const page = await openPage(Coupons)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(page.findAll('.ticket')).toHaveLength(1)
  })

  it('are asked for anew by who comes back from an order, and stay when that fails', async () => {
    const page = await openPage(Coupons)
    cloud.replies.coupons = () => offline
    await leaveAndReturn()
    await pullDown()
    expect([page.findAll('.ticket').length, cloud.actions()]).toEqual([2, ['coupons', 'coupons', 'coupons']])
  })

  it('lead to their goods, or to the order that has them', async () => {
    cloud.replies.coupons = () => coupons({ usable: [coupon('a'), coupon('b', { state: 'Locked', orderId: 'order-1' })] })
    const page = await openPage(Coupons)
    await tap(page, '.use-coupon')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/menu/menu' })
    await tap(page, '.coupon-order')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/order/order/order?orderId=order-1' })
  })

  it('are told in English to whom reads English', async () => {
    useI18n().setLocale('en')
    expect((await openPage(Coupons)).find('.coupons').text()).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('a coupon to take', () => {
  it('is taken once by two taps, and the list is asked for anew', async () => {
    const taking = underWay()
    cloud.replies.takeCoupon = taking.reply
    const page = await openPage(Coupons)
    await tapTwice(page, '.take-coupon')
    cloud.replies.coupons = () => coupons({ usable: [coupon('a'), coupon('t')] })
    await taking.come(done(coupon('t')))
    expect(cloud.inputs('takeCoupon')).toEqual([{ templateId: 't', number: 1 }])
    expect([page.find('.take-coupon').exists(), page.findAll('.use-coupon').length]).toEqual([false, 2])
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.coupon.taken }))
  })

  it('that is gone says why, and the list tells the truth', async () => {
    cloud.replies.takeCoupon = () => refused('CouponsGone')
    cloud.replies.coupons = inTurn(coupons({ toTake: [couponOffer('t')] }), coupons({ usable: [coupon('a')] }))
    const page = await openPage(Coupons)
    await tap(page, '.take-coupon')
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.CouponsGone }))
    expect(page.find('.take-coupon').exists()).toBe(false)
  })
})

describe('coupons of the past', () => {
  const past = (id: string) => coupon(id, { state: 'Used', orderId: 'order-1' })

  it('go on at their end, page by page, under their own tab alone', async () => {
    cloud.replies.coupons = input => (input as { cursor?: string }).cursor === 'c'
      ? coupons({ mine: [past('z')] })
      : coupons({ usable: [coupon('a')], mine: [past('y'), coupon('new')], nextCursor: 'c' })
    const page = await openPage(Coupons)
    await reachBottom()
    expect(cloud.calls).toHaveLength(1)
    await tap(page, '.tab-Past')
    expect(footOf(page)).toBe('more')
    await reachBottom()
    expect([page.findAll('.ticket__name').map(name => name.text()), footOf(page)]).toEqual([['券y', '券z'], null])
    await reachBottom()
    expect(cloud.calls).toHaveLength(2)
  })

  it('say that there are none', async () => {
    const page = await openPage(Coupons)
    await tap(page, '.tab-Past')
    expect(page.find('.state-empty').text()).toContain(zh.ownCoupons.nonePast)
  })
})
