// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { useTarget } from '@/composables/useTarget'
import CouponGoods from '@/packages/mall/couponGoods/couponGoods.vue'
import { cloud } from './support/cloud'
import { done, refused } from './support/goods'
import type { GoodsCard } from '@contracts/mall.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const words = (text: string) => ({ zh: text, en: text })
const card = (id: string): GoodsCard =>
  ({ id, kind: 'Mall', name: words(id), summary: words(''), picture: '', priceFen: 1000, hasRange: false, soldCount: 0, isSoldOut: false })

let phone: ReturnType<typeof freshPhone>
beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
})

async function open(query: Record<string, string>) {
  const page = mount(CouponGoods)
  await fire('onLoad', query)
  await flushPromises()
  return page
}

it('is led to from a coupon for several goods, by the coupon itself or by what is offered', async () => {
  const { follow } = useTarget()
  follow({ kind: 'CouponGoods', of: { kind: 'Own', couponId: 'c1' } })
  follow({ kind: 'CouponGoods', of: { kind: 'Offered', templateId: 't1' } })
  expect(phone.navigateTo.mock.calls).toEqual([
    [{ url: '/packages/mall/couponGoods/couponGoods?couponId=c1' }], [{ url: '/packages/mall/couponGoods/couponGoods?templateId=t1' }],
  ])
})

it('shows by one call which goods a coupon is for, grows as it is scrolled, and opens one of them', async () => {
  cloud.replies.couponGoods = input => (input as { cursor?: string }).cursor === undefined
    ? done({ name: words('好茶券'), goods: [card('cup'), card('tin')], nextCursor: 'next' })
    : done({ name: words('好茶券'), goods: [card('pot')], nextCursor: null })
  const page = await open({ couponId: 'c1' })
  expect(cloud.calls.map(({ input }) => input)).toEqual([{ of: { kind: 'Own', couponId: 'c1' } }])
  expect(page.find('.coupon-goods__head').text()).toContain('好茶券')
  await fire('onReachBottom')
  await flushPromises()
  expect(page.findAll('.grid__cell')).toHaveLength(3)
  await page.findAllComponents({ name: 'GoodsCard' })[2]!.vm.$emit('open')
  expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/mall/product/product?productId=pot' })
})

it('says so where nothing of it is sold any more, and where there is no such coupon', async () => {
  cloud.replies.couponGoods = () => done({ name: words('好茶券'), goods: [], nextCursor: null })
  expect((await open({ templateId: 't1' })).text()).toContain('都下架了')
  cloud.replies.couponGoods = () => refused('CouponUnknown')
  expect((await open({ templateId: 'none' })).find('.grid__cell').exists()).toBe(false)
})
