// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Kept from '@/packages/member/kept/kept.vue'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, goodsCard, offline, refused } from './support/goods'
import { footOf, openPage, pullDown, reachBottom, tap } from './support/pages'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

let phone: ReturnType<typeof freshPhone>
const kept = (ids: string[], nextCursor: string | null = null) =>
  done({ items: ids.map(productId => ({ productId, goods: goodsCard(productId), atMs: 0 })), nextCursor })
const names = (page: VueWrapper) => page.findAll('.kept__name').map(name => name.text().replace('好物', ''))
const remove = (page: VueWrapper, place: number) => page.findAll('.kept__remove')[place]!.trigger('click')
const removals = () => cloud.inputs('removeFavourites')

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.favourites = () => kept(['a', 'b', 'c'])
  cloud.replies.removeFavourites = () => done({ removed: 1 })
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => { useI18n().setLocale('zh') })

describe('what somebody keeps', () => {
  it('is shown by one call, with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.favourites = reply
    const page = await openPage(Kept, { list: 'favourites' })
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(kept(['a', 'b']))
    expect([names(page), cloud.actions()]).toEqual([['a', 'b'], ['favourites']])
  })

  it('is one of two lists, each with its own name and its own words for nothing', async () => {
    cloud.replies.footprints = () => kept([])
    const page = await openPage(Kept, { list: 'footprints' })
    expect(phone.setNavigationBarTitle).toHaveBeenLastCalledWith(expect.objectContaining({ title: zh.kept.footprints }))
    expect(page.find('.state-empty').text()).toContain(zh.kept.noFootprints)
    await tap(page, '.blank__action')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/mall/mall' })
  })

  it('says that the network is gone, and comes with a tap when it is back', async () => {
    cloud.replies.favourites = inTurn(offline, kept(['a']))
    const page = await openPage(Kept)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(names(page)).toEqual(['a'])
  })

  it('goes on at its end by the cursor, and stays when looking again fails', async () => {
    cloud.replies.favourites = inTurn(kept(['a'], 'c'), kept(['b']), offline)
    const page = await openPage(Kept)
    await reachBottom()
    expect([names(page), footOf(page)]).toEqual([['a', 'b'], null])
    await pullDown()
    expect(names(page)).toEqual(['a', 'b'])
    expect(cloud.calls.map(call => call.input)).toEqual([{}, { cursor: 'c' }, {}])
  })

  it('is told in English to whom reads English, also of goods that are sold no more', async () => {
    useI18n().setLocale('en')
    cloud.replies.favourites = () => done({ items: [{ productId: 'a', goods: null, atMs: 0 }, { productId: 'b', goods: goodsCard('b'), atMs: 0 }], nextCursor: null })
    const page = await openPage(Kept)
    expect(page.text()).not.toMatch(/\p{Script=Han}/u)
    await tap(page, '.kept__row--gone')
    expect(phone.navigateTo).not.toHaveBeenCalled()
    await tap(page, '.kept__row:not(.kept__row--gone)')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/mall/product/product?productId=b' })
  })
})

describe('one of them that is taken out', () => {
  it('is gone at once, and does not open', async () => {
    cloud.replies.removeFavourites = underWay().reply
    const page = await openPage(Kept)
    await remove(page, 1)
    expect([names(page), removals()]).toEqual([['a', 'c'], [{ which: { kind: 'Some', productIds: ['b'] } }]])
    expect(phone.navigateTo).not.toHaveBeenCalled()
  })

  it('is back in its place, with a word, where the server says no', async () => {
    cloud.replies.removeFavourites = () => refused('TooOften')
    const page = await openPage(Kept)
    await remove(page, 1)
    await vi.waitFor(() => expect(names(page)).toEqual(['a', 'b', 'c']))
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.TooOften }))
  })

  it('comes back alone: what was taken out after it stays out, and what came with the next page stays', async () => {
    const refusing = underWay()
    cloud.replies.favourites = inTurn(kept(['a', 'b', 'c'], 'c'), kept(['d']))
    cloud.replies.removeFavourites = input => JSON.stringify(input).includes('"a"') ? refusing.reply(input) : done({ removed: 1 })
    const page = await openPage(Kept)
    await remove(page, 0)
    await remove(page, 0)
    await reachBottom()
    await refusing.come(offline)
    expect(names(page)).toEqual(['a', 'c', 'd'])
  })

  it('as the last in sight does not hide that there is more', async () => {
    cloud.replies.favourites = inTurn(kept(['a'], 'c'), kept(['b']))
    const page = await openPage(Kept)
    await remove(page, 0)
    expect(page.find('.state-empty').exists()).toBe(false)
    await reachBottom()
    expect(names(page)).toEqual(['b'])
  })
})

describe('all of it', () => {
  it('is gone at once, also what had not come yet', async () => {
    cloud.replies.favourites = () => kept(['a', 'b'], 'c')
    const page = await openPage(Kept)
    await tap(page, '.clear-kept')
    await tap(page, '.question-yes')
    expect(page.find('.state-empty').text()).toContain(zh.kept.noFavourites)
  })

  it('is cleared only after a question, and is back where the network failed', async () => {
    cloud.replies.removeFavourites = () => offline
    const page = await openPage(Kept)
    await tap(page, '.clear-kept')
    await tap(page, '.question-no')
    expect([names(page).length, removals()]).toEqual([3, []])
    await tap(page, '.clear-kept')
    await tap(page, '.question-yes')
    expect([names(page), removals()]).toEqual([['a', 'b', 'c'], [{ which: { kind: 'All' } }]])
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.Offline }))
  })
})
