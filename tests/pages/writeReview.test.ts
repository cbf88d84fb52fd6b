// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Review from '@/packages/member/review/review.vue'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline, refused } from './support/goods'
import { openPage, tap, tapTwice, written } from './support/pages'
import { ownReview } from './support/reviews'
import type { OwnReview } from '@contracts/review.ts'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
const { choosePictures, uploadPicture } = vi.hoisted(() => ({
  choosePictures: vi.fn<() => Promise<string[]>>(), uploadPicture: vi.fn<(file: string, path: string) => Promise<string>>(),
}))
vi.mock('@/platform', async () => ({ wechat: { ...(await import('./support/phone')).plainWeChat, choosePictures, uploadPicture } }))

let phone: ReturnType<typeof freshPhone>
const reviews = (...lines: (OwnReview | null)[]) => done({
  pictureFolder: 'review/m-1',
  lines: lines.map((review, line) => ({ line, productId: 'tea', name: { zh: `茶${line}`, en: `Tea ${line}` }, picture: '', bought: [], review })),
})
const open = () => openPage(Review, { orderId: 'order-1' })
const write = (page: VueWrapper, selector: string, value: string) => page.find(selector).trigger('input', { detail: { value } })

beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.orderReviews = () => reviews(null, ownReview({ line: 1 }))
  cloud.replies.writeReview = () => done(ownReview({ line: 0, text: '很好喝' }))
  choosePictures.mockReset().mockResolvedValue(['wxfile://cup.jpg'])
  uploadPicture.mockReset().mockImplementation(async (_, path) => `cloud://e.b/${path}`)
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => { useI18n().setLocale('zh') })

describe('the reviews of an order', () => {
  it('are shown by one call, with bones until they come', async () => {
    const { reply, come } = underWay()
    cloud.replies.orderReviews = reply
    const page = await open()
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(reviews(null, ownReview({ line: 1 })))
    expect([page.findAll('.page__card').length, page.findAll('.send-review').length, cloud.actions()]).toEqual([2, 1, ['orderReviews']])
  })

  it('say that the network is gone, and come with a tap when it is back', async () => {
    cloud.replies.orderReviews = inTurn(offline, reviews(null))
    const page = await open()
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(page.find('.send-review').exists()).toBe(true)
  })

  it('of what has not arrived yet lead back to the orders', async () => {
    cloud.replies.orderReviews = () => refused('OrderNotReceived')
    const page = await open()
    expect(page.text()).toContain(zh.failures.OrderNotReceived)
    await tap(page, '.blank__action')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/orders/orders' })
  })

  it('are asked for in English of whom reads English', async () => {
    useI18n().setLocale('en')
    expect((await open()).text().replaceAll(/很好喝|小\*/g, '').replaceAll('小', '')).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('a review', () => {
  it('is sent once by two taps, with its photos, and stands in its place', async () => {
    const sending = underWay()
    cloud.replies.writeReview = sending.reply
    const page = await open()
    await tap(page, '.star-4')
    await write(page, '.form__text', ' 很好喝 ')
    await tap(page, '.add-photo')
    await tap(page, '.form__anonymous')
    await tapTwice(page, '.send-review')
    await sending.come(done(ownReview({ line: 0, text: '很好喝' })))
    const picture = expect.stringMatching(/^cloud:\/\/e\.b\/review\/m-1\/\w+\.jpg$/) as string
    expect(cloud.inputs('writeReview')).toEqual([{ orderId: 'order-1', line: 0, stars: 4, text: '很好喝', pictures: [picture], isAnonymous: true }])
    expect([page.find('.send-review').exists(), page.find('.review-line-0').text()]).toEqual([false, expect.stringContaining('很好喝')])
  })

  it.each([['ContentRefused', refused('ContentRefused')], ['Offline', offline]] as const)('that was not taken (%s) stays to be mended, with a word', async (code, answer) => {
    cloud.replies.writeReview = () => answer
    const page = await open()
    await write(page, '.form__text', '很好喝')
    await tap(page, '.send-review')
    expect(phone.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: zh.failures[code] }))
    expect(written(page, '.form__text')).toBe('很好喝')
  })

  it('waits for its photos, and one that did not arrive is sent again by a tap', async () => {
    uploadPicture.mockRejectedValueOnce(new Error('no net'))
    const page = await open()
    await tap(page, '.add-photo')
    expect(page.find('.form__obstacle').text()).toBe(zh.photos.again)
    await tap(page, '.send-review')
    expect(cloud.inputs('writeReview')).toEqual([])
    await tap(page, '.photos__picture')
    await tap(page, '.send-review')
    expect(cloud.inputs('writeReview')).toHaveLength(1)
  })

  it('takes six photos and no more', async () => {
    choosePictures.mockResolvedValue(Array.from({ length: 9 }, (_, at) => `wxfile://${at}.jpg`))
    const page = await open()
    await tap(page, '.add-photo')
    expect([page.findAll('.photos__picture').length, page.find('.add-photo').exists()]).toEqual([6, false])
    await tap(page, '.photos__remove')
    expect(page.findAll('.photos__picture')).toHaveLength(5)
  })
})

describe('a review that stands', () => {
  beforeEach(() => { cloud.replies.orderReviews = () => reviews(ownReview()) })

  it('is written anew from what it says', async () => {
    cloud.replies.amendReview = () => done(ownReview({ text: '更好喝', canAmend: false }))
    const page = await open()
    await tap(page, '.rewrite-review')
    expect(written(page, '.form__text')).toBe('很好喝')
    await write(page, '.form__text', '更好喝')
    await tap(page, '.send-review')
    expect(cloud.inputs('amendReview')).toEqual([{
      reviewId: 'review-1', amendment: { kind: 'Rewrite', stars: 5, text: '更好喝', pictures: [], isAnonymous: false },
    }])
    expect([page.text(), page.find('.rewrite-review').exists()]).toEqual([expect.stringContaining('更好喝'), false])
  })

  it('loses nothing of what was written anew when the server says no', async () => {
    cloud.replies.amendReview = () => refused('ContentRefused')
    const page = await open()
    await tap(page, '.rewrite-review')
    await write(page, '.form__text', '更好喝')
    await tap(page, '.send-review')
    expect(phone.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: zh.failures.ContentRefused }))
    expect(written(page, '.form__text')).toBe('更好喝')
  })

  it('keeps what is written anew when the review of another line is opened as well', async () => {
    cloud.replies.orderReviews = () => reviews(ownReview(), ownReview({ id: 'review-2', line: 1 }))
    cloud.replies.amendReview = () => done(ownReview({ id: 'review-2', line: 1, canAmend: false }))
    const page = await open()
    await tap(page, '.review-line-0 .rewrite-review')
    await write(page, '.review-line-0 .form__text', '更好喝')
    await tap(page, '.review-line-1 .add-to-review')
    await write(page, '.addition__text', '第二天也好喝')
    await tap(page, '.send-addition')
    expect([written(page, '.review-line-0 .form__text'), page.find('.addition__text').exists()]).toEqual(['更好喝', false])
  })

  it('loses nothing of what was added when the network fails, and takes it then', async () => {
    cloud.replies.amendReview = inTurn(offline, done(ownReview({ canAmend: false, addition: { text: '第二天也好喝', atMs: 0 } })))
    const page = await open()
    await tap(page, '.add-to-review')
    await tap(page, '.send-addition')
    expect(cloud.inputs('amendReview')).toEqual([])
    await write(page, '.addition__text', '第二天也好喝')
    await tap(page, '.send-addition')
    expect(written(page, '.addition__text')).toBe('第二天也好喝')
    await tap(page, '.send-addition')
    await flushPromises()
    expect([page.find('.addition__text').exists(), page.text()]).toEqual([false, expect.stringContaining('第二天也好喝')])
  })

  it('that staff have hidden says why', async () => {
    cloud.replies.orderReviews = () => reviews(ownReview({ hiddenBecause: '有广告' }))
    expect((await open()).find('.page__hidden').text()).toBe(zh.review.hidden({ reason: '有广告' }))
  })
})
