// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Reviews from '@/packages/mall/reviews/reviews.vue'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline } from './support/goods'
import { footOf, openPage, pullDown, reachBottom, tap } from './support/pages'
import { review } from './support/reviews'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

let phone: ReturnType<typeof freshPhone>
const rating = { count: 4, starsSum: 18, withPictures: 1, good: 3 }
const reviews = (texts: string[], nextCursor: string | null = null) =>
  done({ rating, reviews: texts.map(text => review(text, { text })), nextCursor })
const texts = (page: VueWrapper) => page.findAll('.review__text').map(text => text.text())
const open = () => openPage(Reviews, { productId: 'cup' })

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.reviews = () => reviews(['很好', '不错'])
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => { useI18n().setLocale('zh') })

describe('the reviews of a product', () => {
  it('are shown by one call with what people think on the whole, and with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.reviews = reply
    const page = await open()
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(reviews(['很好', '不错']))
    expect([texts(page), cloud.calls.map(call => call.input)]).toEqual([['很好', '不错'], [{ productId: 'cup', filter: 'All' }]])
    expect(page.find('.page__sum').text()).toMatch(/4\.5.*75%.*4/)
    expect(page.findAll('.page__chip').map(chip => chip.text())).toEqual(['全部', '有图 1', '好评 3', '中差评 1'])
  })

  it('are picked out by a filter, and an answer to the one before is dropped', async () => {
    const page = await open()
    const good = underWay()
    cloud.replies.reviews = input => (input as { filter: string }).filter === 'Good' ? good.reply(input) : reviews(['太贵'])
    await tap(page, '.filter-Good')
    expect([page.find('.state-loading').exists(), texts(page)]).toEqual([true, []])
    await tap(page, '.filter-Poor')
    expect(texts(page)).toEqual(['太贵'])
    await good.come(reviews(['很好']))
    expect(texts(page)).toEqual(['太贵'])
    await tap(page, '.filter-Poor')
    expect(cloud.calls).toHaveLength(3)
  })

  it('of which none is like that say so, beside the other filters', async () => {
    const page = await open()
    cloud.replies.reviews = () => reviews([])
    await tap(page, '.filter-Poor')
    expect(page.find('.state-empty').text()).toContain(zh.review.none)
    cloud.replies.reviews = () => reviews(['很好'])
    await tap(page, '.filter-All')
    expect(texts(page)).toEqual(['很好'])
  })

  it('say that the network is gone, and come with a tap when it is back', async () => {
    cloud.replies.reviews = inTurn(offline, reviews(['很好']))
    const page = await open()
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(texts(page)).toEqual(['很好'])
  })

  it('go on at their end by the cursor, within the filter, and stay when looking again fails', async () => {
    cloud.replies.reviews = () => reviews(['很好'])
    const page = await open()
    cloud.replies.reviews = inTurn(reviews(['很好'], 'c'), offline, reviews(['不错']), offline)
    await tap(page, '.filter-Good')
    await reachBottom()
    expect(footOf(page)).toBe('more')
    await reachBottom()
    expect([texts(page), footOf(page)]).toEqual([['很好', '不错'], null])
    expect(cloud.calls.at(-1)?.input).toEqual({ productId: 'cup', filter: 'Good', cursor: 'c' })
    await pullDown()
    expect([texts(page), phone.stopPullDownRefresh.mock.calls.length]).toEqual([['很好', '不错'], 1])
  })

  it('show their pictures large, and name nobody who wants no name', async () => {
    const previewImage = vi.fn()
    Object.assign(uni, { previewImage })
    cloud.replies.reviews = () => done({ rating, nextCursor: null, reviews: [review('a', { author: null, pictures: ['cloud://e.b/1.jpg', 'cloud://e.b/2.jpg'] })] })
    const page = await open()
    expect(page.find('.review__author').text()).toBe(zh.review.anonymous)
    await page.findAll('.review__picture')[1]!.trigger('click')
    expect(previewImage).toHaveBeenCalledWith({ urls: ['cloud://e.b/1.jpg', 'cloud://e.b/2.jpg'], current: 1 })
  })

  it('are counted in English for whom reads English', async () => {
    useI18n().setLocale('en')
    const page = await open()
    expect(page.find('.page__head').text()).not.toMatch(/\p{Script=Han}/u)
    expect(phone.setNavigationBarTitle).toHaveBeenLastCalledWith(expect.objectContaining({ title: 'All reviews' }))
  })
})
