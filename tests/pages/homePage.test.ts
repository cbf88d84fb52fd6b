// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Home from '@/pages/home/home.vue'
import { storage } from '@/platform/storage'
import { useCart } from '@/stores/cart'
import { useMallView } from '@/stores/mallView'
import { useTable } from '@/stores/table'
import { useVisit } from '@/stores/visit'
import { cloud, inTurn, underWay } from './support/cloud'
import { couponOffer, done, goodsCard, offline, refused, store, tea } from './support/goods'
import { leaveAndReturn, openPage, tap, tapTwice } from './support/pages'
import type { Arrival } from '@contracts/catalog.ts'
import type { HomeBlock, HomeScreen } from '@contracts/home.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { cameByPicture } = vi.hoisted(() => ({ cameByPicture: vi.fn(() => false) }))
vi.mock('@/platform', async () => ({ wechat: { ...(await import('./support/phone')).plainWeChat, cameByPicture, login: async () => 'code' } }))

let phone: ReturnType<typeof freshPhone>

const words = { zh: '招牌', en: 'Signature' }
const goods: HomeBlock = {
  kind: 'Goods', title: words, layout: 'Grid', source: { kind: 'Recommended', of: 'Mall' }, goods: [goodsCard('tea'), goodsCard('cup')],
}
const home = (over: Partial<HomeScreen> = {}) =>
  done({ store, arrival: null, blocks: [{ kind: 'Ways' }, goods], menuGoods: [{ ...tea, optionGroups: [] }], ...over })
const table = (over: Partial<Extract<Arrival, { kind: 'Table' }>> = {}): Arrival =>
  ({ kind: 'Table', linkId: 'k7Qm2ZxA', tableName: 'A1', storeId: 'main', ...over })
const scenes = () => cloud.calls.map(call => (call.input as { scene?: string }).scene)

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.home = () => home()
})
afterEach(() => { useI18n().setLocale('zh') })

describe('the home screen', () => {
  it('is shown by one call, with bones until it comes, and at once when it is opened again', async () => {
    const { reply, come } = underWay()
    cloud.replies.home = reply
    const page = await openPage(Home)
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(home())
    expect([page.findAll('.goods__name').length, cloud.actions()]).toEqual([2, ['home']])
    cloud.replies.home = underWay().reply
    expect((await openPage(Home)).findAll('.goods__name')).toHaveLength(2)
  })

  it('says that the network is gone, and comes with a tap when it is back', async () => {
    cloud.replies.home = inTurn(offline, home())
    const page = await openPage(Home)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(page.find('.ways').exists()).toBe(true)
  })

  it('keeps what it shows when looking again fails', async () => {
    const page = await openPage(Home)
    cloud.replies.home = () => offline
    await leaveAndReturn()
    expect(page.findAll('.goods__name')).toHaveLength(2)
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.Offline }))
  })

  it('tells in the reader’s language when a store that is closed opens', async () => {
    useI18n().setLocale('en')
    cloud.replies.home = () => home({ store: { ...store, isOpen: false, opensAtMs: Date.now() + 3_600_000 } })
    const page = await openPage(Home)
    expect(page.find('.home__notice').text()).toMatch(/\d\d:\d\d/)
    expect(page.find('.home').text()).not.toMatch(/\p{Script=Han}/u)
  })

  it('has dishes chosen where it stands, and leads to everything else', async () => {
    const page = await openPage(Home)
    await page.findAll('.goods')[0]!.trigger('click')
    await tap(page, '.item-sheet__add')
    expect(useCart().lines).toEqual([{ productId: 'tea', choiceIds: [], quantity: 1 }])
    await page.findAll('.goods')[1]!.trigger('click')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/mall/product/product?productId=cup' })
    useMallView().categoryId = 'gifts'
    await tap(page, '.section__more')
    expect([useMallView().categoryId, phone.switchTab.mock.calls.at(-1)]).toEqual([null, [{ url: '/pages/mall/mall' }]])
  })

  it('asks who wants to eat here without a table, and takes no for an answer', async () => {
    const page = await openPage(Home)
    await tap(page, '.dine-in-entry')
    await tap(page, '.question-no')
    expect(phone.switchTab).not.toHaveBeenCalled()
    await tap(page, '.dine-in-entry')
    await tap(page, '.question-yes')
    expect([useVisit().way, phone.switchTab.mock.calls]).toEqual(['TakeAway', [[{ url: '/pages/menu/menu' }]]])
  })
})

describe('a code that was scanned', () => {
  it('is read once, and nothing that was chosen since is undone', async () => {
    cloud.replies.home = inTurn(home({ arrival: table() }), home())
    const page = await openPage(Home, { scene: 'k7Qm2ZxA' })
    expect([useVisit().way, page.find('.home__table').text()]).toEqual(['DineIn', expect.stringContaining('A1')])
    useVisit().choose('Delivery')
    await leaveAndReturn()
    expect([scenes(), useVisit().way]).toEqual([['k7Qm2ZxA', undefined], 'Delivery'])
  })

  it('is not forgotten by a network that was gone', async () => {
    cloud.replies.home = inTurn(offline, home({ arrival: table({ hasSittings: true }) }))
    const page = await openPage(Home, { scene: 'k7Qm2ZxA' })
    await tap(page, '.blank__action')
    expect([scenes(), useTable().isHere]).toEqual([['k7Qm2ZxA', 'k7Qm2ZxA'], true])
  })

  it('in another store shows the goods of that one', async () => {
    cloud.replies.home = () => home({ arrival: table({ storeId: 'lake' }), store: { ...store, id: 'lake' } })
    await openPage(Home, { scene: 'k7Qm2ZxA' })
    expect([scenes(), storage.read('storeId')]).toEqual([['k7Qm2ZxA'], 'lake'])
  })

  it('of a table that is only a picture seats nobody, and says what to do', async () => {
    cameByPicture.mockReturnValueOnce(true)
    cloud.replies.home = () => home({ arrival: table({ hasSittings: true }) })
    const page = await openPage(Home, { scene: 'k7Qm2ZxA' })
    expect(page.find('.code-fault').text()).toBe(zh.home.pictureOfCode)
    expect([useTable().seat, useVisit().tableName, useVisit().way]).toEqual([null, null, 'TakeAway'])
  })

  it('of a table brings those back who sit there, also as a picture, and begins no new meal', async () => {
    useTable().sitDown('k7Qm2ZxA')
    const { seat } = useTable()
    cameByPicture.mockReturnValueOnce(true)
    cloud.replies.home = () => home({ arrival: table({ hasSittings: true }) })
    const page = await openPage(Home, { scene: 'k7Qm2ZxA' })
    expect([page.find('.code-fault').exists(), useTable().seat === seat, useVisit().tableName]).toEqual([false, true, 'A1'])
  })

  it.each([['%E4%BD%A0', undefined], ['unknown', 'unknown']])('and leads nowhere (%s) is told so', async (scene, asked) => {
    cloud.replies.home = () => home({ arrival: { kind: 'Unknown' } })
    const page = await openPage(Home, { scene })
    expect([page.find('.code-fault').text(), scenes()]).toEqual([zh.home.unknownCode, [asked]])
  })
})

describe('a coupon on the home screen', () => {
  beforeEach(() => {
    cloud.replies.home = () => home({ blocks: [{ kind: 'Coupons', coupons: [couponOffer('t', { leadsTo: { kind: 'Menu' } })] }] })
    storage.write('session', 'token')
  })

  it('is taken once by two taps, and then used where its goods are', async () => {
    const taking = underWay()
    cloud.replies.takeCoupon = taking.reply
    const page = await openPage(Home)
    await tapTwice(page, '.coupons__take')
    await taking.come(done(null))
    expect(cloud.actions()).toEqual(['home', 'takeCoupon'])
    await tap(page, '.coupons__take')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/menu/menu' })
  })

  it('that is gone says so, and stays to be tried', async () => {
    cloud.replies.takeCoupon = () => refused('CouponsGone')
    const page = await openPage(Home)
    await tap(page, '.coupons__take')
    await flushPromises()
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.CouponsGone }))
    expect(page.find('.coupons__ticket--taken').exists()).toBe(false)
  })
})
