// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import Product from '@/packages/mall/product/product.vue'
import Search from '@/packages/mall/search/search.vue'
import { useI18n } from '@/locales'
import { useCart } from '@/stores/cart'
import { cloud } from './support/cloud'
import { done, refused, tea } from './support/goods'
import type { Product as Goods } from '@contracts/catalog.ts'
import type { GoodsCard, ProductScreen } from '@contracts/mall.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined, login: async () => 'code' } }))

const same = (text: string) => ({ zh: text, en: text })
const bag: Goods = {
  ...tea, id: 'bag', kind: 'Mall', name: same('Bag'), optionGroups: [], priceFen: 5900, left: 3,
  specs: [{ id: 'colour', name: same('Colour'), values: [{ id: 'red', name: same('Red') }, { id: 'blue', name: same('Blue') }] }],
  skus: [
    { id: 'r', valueIds: ['red'], priceFen: 5900, weightGrams: 1, left: 3 }, { id: 'b', valueIds: ['blue'], priceFen: 6900, weightGrams: 1, left: 0 },
    { id: 'g', valueIds: ['green'], priceFen: 6500, weightGrams: 1, left: 2 },
  ],
}
bag.specs[0]!.values.push({ id: 'green', name: same('Green') })

const card: GoodsCard = {
  id: 'cup', kind: 'Mall', name: same('Cup'), summary: same(''), picture: 'p', priceFen: 100, hasRange: false, soldCount: 0, isSoldOut: false,
}
const screen: ProductScreen = {
  product: bag, gallery: ['one', 'two'], description: same('<p>Good</p>'), promises: [same('Soon')],
  rating: { count: 0, starsSum: 0, withPictures: 0, good: 0 }, reviews: [], related: [card], isFavourite: false, coupons: [],
}

let phone: ReturnType<typeof freshPhone>
beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.product = () => done(screen)
  cloud.replies.login = () => done({ member: {}, session: 's' })
})

async function open() {
  const page = mount(Product)
  await fire('onLoad', { productId: 'bag' })
  await flushPromises()
  return page
}

describe('the page of a product', () => {
  it('puts what was chosen into the cart, and never what is sold out', async () => {
    const page = await open()
    await page.find('.choose-row').trigger('click')
    await page.find('.sku-add-button').trigger('click')
    expect(useCart().lines).toEqual([])
    await page.find('.spec-blue').trigger('click')
    expect(page.find('.spec-blue').classes()).not.toContain('sku__value--chosen')
    await page.find('.spec-red').trigger('click')
    for (let taps = 0; taps < 4; taps += 1) await page.find('.stepper__plus').trigger('click')
    await page.find('.sku-add-button').trigger('click')
    expect(useCart().lines).toEqual([{ productId: 'bag', skuId: 'r', choiceIds: [], quantity: 3 }])
    expect(page.find('.choose-row').text()).toContain('Red')
  })

  it('turns the heart at once, and back where the server says no', async () => {
    cloud.replies.setFavourite = () => refused('FavouritesFull')
    const page = await open()
    await page.find('.favourite-button').trigger('click')
    expect(page.find('.favourite-button').attributes('aria-pressed')).toBe('true')
    await flushPromises()
    expect(page.find('.favourite-button').attributes('aria-pressed')).toBe('false')
  })

  it('leads to the mall when the product is gone', async () => {
    cloud.replies.product = () => refused('ProductUnknown')
    const page = await open()
    await page.find('.blank__action').trigger('click')
    expect(phone.switchTab).toHaveBeenCalledWith({ url: '/pages/mall/mall' })
  })
})

describe('the search', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    cloud.replies.suggest = input => done({ hotWords: (input as { text: string }).text === '' ? [{ zh: '热茶', en: 'tea' }] : [], suggestions: [] })
    cloud.replies.search = () => done({ goods: [], nextCursor: null, proposals: [card] })
  })

  it('asks once the fingers rest, remembers what was searched for, and proposes something where nothing is found', async () => {
    const page = mount(Search)
    await fire('onLoad')
    await flushPromises()
    expect(page.find('.words__word').text()).toBe('热茶')
    useI18n().setLocale('en')
    await flushPromises()
    expect(page.find('.words__word').text()).toBe('tea')
    useI18n().setLocale('zh')
    for (const text of ['c', 'cu', 'cup']) await page.find('.search__input').trigger('input', { detail: { value: text } })
    await vi.advanceTimersByTimeAsync(300)
    expect(cloud.inputs('suggest')).toEqual([{ text: '' }, { text: 'cup' }])
    await page.find('.search-button').trigger('click')
    await flushPromises()
    expect(page.find('.nothing-found').exists()).toBe(true)
    expect(page.text()).toContain('Cup')
    vi.useRealTimers()

    const again = mount(Search)
    await flushPromises()
    expect(again.text()).toContain('cup')
    await again.find('.words__clear').trigger('click')
    expect(again.find('.words__clear').exists()).toBe(false)
  })
})
