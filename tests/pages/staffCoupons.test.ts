// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import Coupons from '@/packages/merchant/coupons/coupons.vue'
import { draftOf, newDraft, problemsOf, wishOf } from '@/packages/merchant/coupons/couponDraft'
import { fenOf } from '@/packages/merchant/typed'
import { sentenceOf, statusOf } from '@/packages/merchant/coupons/couponWords'
import { cloud, inTurn } from './support/cloud'
import { done, refused } from './support/goods'
import type { CouponTemplateView } from '@contracts/coupon.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const nowMs = Date.UTC(2026, 4, 1)
const template = (over: Partial<CouponTemplateView> = {}): CouponTemplateView => ({
  id: 'six', name: { zh: '满三十减六', en: 'Six off' }, benefit: { kind: 'AmountOff', amountFen: 600 }, scope: { kind: 'All' }, minimumFen: 3000,
  audience: 'Members', period: { kind: 'AfterTaking', days: 7 }, totalMax: 100, perPersonMax: 1, takenCount: 12, state: 'Open', createdAtMs: 0, ...over,
})

describe('a coupon as its owner writes it', () => {
  it('is read back as a customer will understand it', () => {
    expect(sentenceOf(template(), zh)).toBe('满 30 减 6，领取后 7 天内有效')
    const percent = template({ benefit: { kind: 'PercentOff', percent: 15, capFen: 850 }, minimumFen: 0, audience: 'NewMembers' })
    expect(sentenceOf(percent, zh)).toBe('8.5 折，最多减 8.50，新客专享，领取后 7 天内有效')
    expect(sentenceOf(template(), en)).toContain('¥6 off from ¥30')
  })

  it('keeps every amount to the fen', () => {
    expect(['6', '6.5', '0.07', '19.99', '6.555', '-1', 'six', ''].map(fenOf)).toEqual([600, 650, 7, 1999, null, null, null, null])
  })

  it('comes back as it was when it is changed without a change', () => {
    const fixed = template({ scope: { kind: 'Products', productIds: ['tea'] }, period: { kind: 'Fixed', fromMs: nowMs - 8 * 3_600_000, untilMs: nowMs + 16 * 3_600_000 } })
    for (const one of [template(), fixed, template({ benefit: { kind: 'PercentOff', percent: 20, capFen: null }, totalMax: null })]) {
      const { id, takenCount: _taken, state: _state, createdAtMs: _created, ...fields } = one
      expect(wishOf(draftOf(one, nowMs))).toEqual({ templateId: id, ...fields })
    }
  })

  it('says beside each field what is wrong', () => {
    const draft = { ...newDraft(nowMs), amount: '40', minimum: '30', days: '0', perPerson: '11', total: '0', scope: 'Products' as const }
    expect(problemsOf(draft)).toEqual({ amount: 'tooMuch', days: 'days', perPerson: 'perPerson', total: 'count', productIds: 'picks' })
    expect(problemsOf({ ...newDraft(nowMs), kind: 'PercentOff', percent: '100', cap: 'x' })).toEqual({ percent: 'percent', cap: 'amount' })
    expect(wishOf(draft)).toBeNull()
  })

  it('without a name is called by what it gives', () => {
    expect(wishOf({ ...newDraft(nowMs), amount: '6', minimum: '30' })?.name).toEqual({ zh: '满 30 减 6', en: '¥6 off from ¥30' })
  })

  it('tells why nobody can take it any more', () => {
    const over = template({ period: { kind: 'Fixed', fromMs: 0, untilMs: nowMs } })
    expect([template(), template({ totalMax: 12 }), over, template({ state: 'Stopped' })].map(one => statusOf(one, nowMs)))
      .toEqual(['Open', 'Gone', 'Over', 'Stopped'])
  })
})

describe('the page of coupons', () => {
  let phone: ReturnType<typeof freshPhone>
  beforeEach(() => {
    phone = freshPhone()
    setActivePinia(createPinia())
    cloud.reset()
    cloud.replies.couponTemplates = () => done({ templates: [template()], nextCursor: null })
  })

  async function open() {
    const page = mount(Coupons)
    await fire('onLoad')
    await flushPromises()
    return page
  }

  it('shows them in one call, with how many were taken', async () => {
    const page = await open()
    expect(page.find('.template').text()).toContain('已领 12 / 100 张')
    expect(cloud.actions()).toEqual(['couponTemplates'])
  })

  it('sends a wish that got no answer again under the same number', async () => {
    cloud.replies.saveCouponTemplate = inTurn({ ok: false, kind: 'broken', code: 'TimedOut' }, done(template({ id: 'new' })))
    const page = await open()
    await page.find('.new-coupon').trigger('click')
    await page.find('.save-coupon').trigger('click')
    expect(page.text()).toContain('请填金额')
    expect(cloud.actions()).not.toContain('saveCouponTemplate')
    page.findComponent({ name: 'CouponEditor' }).vm.$emit('change', { amount: '6', minimum: '30' })
    await flushPromises()
    expect(page.find('.coupon-preview').text().trim()).toBe('满 30 减 6，领取后 7 天内有效')
    for (const _try of [1, 2]) {
      await page.find('.save-coupon').trigger('click')
      await flushPromises()
    }
    const ids = cloud.calls.filter(({ action }) => action === 'saveCouponTemplate').map(({ input }) => (input as { requestId: string }).requestId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect(page.findAll('.template')).toHaveLength(2)
  })

  it('stops one only after asking', async () => {
    cloud.replies.stopCouponTemplate = () => done(template({ state: 'Stopped' }))
    const page = await open()
    await page.find('.stop-coupon').trigger('click')
    expect(cloud.actions()).not.toContain('stopCouponTemplate')
    await page.find('.question-yes').trigger('click')
    await flushPromises()
    expect(page.find('.template').text()).toContain('已停发')
    expect(page.find('.edit-coupon').exists()).toBe(false)
  })

  it('tells a clerk that it is the owner\'s', async () => {
    cloud.replies.couponTemplates = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    expect((await open()).find('.state-denied').text()).toContain('只有店主')
  })

  it('says why a limit cannot be so low', async () => {
    cloud.replies.saveCouponTemplate = () => refused('LimitBelowTaken')
    const page = await open()
    await page.find('.edit-coupon').trigger('click')
    await page.find('.save-coupon').trigger('click')
    await flushPromises()
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: '已经领走的比这个上限多' }))
  })
})
