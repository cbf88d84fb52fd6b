// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Reviews from '@/packages/merchant/reviews/reviews.vue'
import { cloud, inTurn, underWay } from './support/cloud'
import { done, offline } from './support/goods'
import { footOf, openPage, pullDown, reachBottom, tap, tapTwice, written } from './support/pages'
import { ownReview } from './support/reviews'
import type { OwnReview } from '@contracts/review.ts'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

let phone: ReturnType<typeof freshPhone>
const list = (reviews: OwnReview[], nextCursor: string | null = null) => done({ items: reviews, nextCursor })

async function answer(page: VueWrapper, words: string): Promise<void> {
  await tap(page, '.answer-review')
  await page.find('.note__text').setValue(words)
  await tap(page, '.note-send')
}

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.reviews = () => list([ownReview()])
  cloud.replies.answerReview = () => done(ownReview({ answer: '谢谢光临' }))
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => {
  useI18n().setLocale('zh')
  vi.useRealTimers()
})

describe('what customers say', () => {
  it('is shown to staff by one call, with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.reviews = reply
    const page = await openPage(Reviews)
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(list([ownReview(), ownReview({ id: 'review-2', hiddenBecause: '有广告' })]))
    expect([page.findAll('.page__card').length, page.find('.page__hidden').text()]).toEqual([2, zh.review.hidden({ reason: '有广告' })])
    expect(cloud.calls).toMatchObject([{ door: 'merchant', action: 'reviews', input: {} }])
  })

  it('is shown to nobody else: customers are led home', async () => {
    cloud.replies.reviews = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    const page = await openPage(Reviews)
    expect(page.find('.state-denied').text()).toContain(zh.merchant.notAllowed)
    await tap(page, '.blank__action')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/home/home' })
  })

  it('and is nothing yet says so', async () => {
    cloud.replies.reviews = () => list([])
    expect((await openPage(Reviews)).find('.state-empty').text()).toContain(zh.review.staffEmpty)
  })

  it('comes with a tap when the network is back, goes on by the cursor, and stays when looking again fails', async () => {
    cloud.replies.reviews = inTurn(offline, list([ownReview()], 'c'), list([ownReview({ id: 'review-2' })]), offline)
    const page = await openPage(Reviews)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    await reachBottom()
    expect([page.findAll('.page__card').length, footOf(page), cloud.inputs('reviews').at(-1)]).toEqual([2, null, { cursor: 'c' }])
    await pullDown()
    expect(page.findAll('.page__card')).toHaveLength(2)
  })

  it('is looked after in English by whom reads English', async () => {
    useI18n().setLocale('en')
    expect((await openPage(Reviews)).find('.page__acts').text()).toBe('HideAnswer')
  })
})

describe('an answer', () => {
  it('is sent once, with words and not without, and stands under its review', async () => {
    const page = await openPage(Reviews)
    await tap(page, '.answer-review')
    await tap(page, '.note-send')
    expect(cloud.inputs('answerReview')).toEqual([])
    await page.find('.note__text').setValue(' 谢谢光临 ')
    await tapTwice(page, '.note-send')
    expect(cloud.inputs('answerReview')).toEqual([{ reviewId: 'review-1', answer: '谢谢光临' }])
    expect(page.find('.review__answer').text()).toContain('谢谢光临')
  })

  it('that was not taken is not lost: it stands there to be sent again, with a word', async () => {
    cloud.replies.answerReview = inTurn(offline, done(ownReview({ answer: '谢谢光临' })))
    const page = await openPage(Reviews)
    await answer(page, '谢谢光临')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: zh.failures.Offline }))
    expect(written(page, '.note__text')).toBe('谢谢光临')
    await tap(page, '.note-send')
    await vi.advanceTimersByTimeAsync(1_000)
    expect([page.find('.note__text').exists(), page.find('.review__answer').text()]).toEqual([false, expect.stringContaining('谢谢光临')])
  })

  it('begins empty for the next review', async () => {
    cloud.replies.answerReview = inTurn(offline)
    const page = await openPage(Reviews)
    await answer(page, '谢谢光临')
    await tap(page, '.sheet__close')
    await tap(page, '.answer-review')
    expect(written(page, '.note__text')).toBe('')
  })
})

describe('a review that staff take out of sight', () => {
  it('takes a reason, and is shown again with one', async () => {
    cloud.replies.hideReview = inTurn(done(ownReview({ hiddenBecause: '有广告' })), done(ownReview()))
    const page = await openPage(Reviews)
    await tap(page, '.hide-review')
    await page.find('.note__text').setValue('有广告')
    await tap(page, '.note-send')
    expect([page.find('.page__hidden').exists(), page.find('.hide-review').text()]).toEqual([true, zh.review.showAction])
    await tap(page, '.hide-review')
    await page.find('.note__text').setValue('看错了')
    await tap(page, '.note-send')
    expect(cloud.inputs('hideReview')).toEqual([
      { reviewId: 'review-1', isHidden: true, reason: '有广告' }, { reviewId: 'review-1', isHidden: false, reason: '看错了' },
    ])
    expect(page.find('.page__hidden').exists()).toBe(false)
  })

  it('stays in sight when they leave the question', async () => {
    const page = await openPage(Reviews)
    await tap(page, '.hide-review')
    await tap(page, '.sheet__close')
    expect([cloud.inputs('hideReview'), page.find('.page__hidden').exists()]).toEqual([[], false])
  })
})
