// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shop } from '@/cloud/call'
import { zh } from '@/locales/zh'
import StoreList from '@/packages/store/list/list.vue'
import StorePage from '@/packages/store/store/store.vue'
import { hoursLines } from '@/packages/store/store/hours'
import { storage } from '@/platform/storage'
import { useCart } from '@/stores/cart'
import { usePlace } from '@/stores/place'
import { useVisit } from '@/stores/visit'
import { cloud, inTurn } from './support/cloud'
import { done, pricedLine, quote, store } from './support/goods'
import type { Store } from '@contracts/catalog.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))
const { whereAmI } = vi.hoisted(() => ({ whereAmI: vi.fn<() => Promise<{ latitude: number, longitude: number } | null>>() }))
vi.mock('@/platform/surroundings', () => ({ surroundings: { whereAmI } }))

const same = (text: string) => ({ zh: text, en: text })
const bridge: Store = { ...store, id: 'main', name: same('Bridge') }
const lake: Store = { ...store, id: 'lake', name: same('Lake'), latitude: 30.2, isOpen: false, opensAtMs: Date.now() + 3_600_000, ways: ['TakeAway'] }

let phone: ReturnType<typeof freshPhone>
beforeEach(() => {
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.stores = () => done([bridge, lake])
  whereAmI.mockReset().mockResolvedValue({ latitude: 30.201, longitude: 120.1 })
})

async function open() {
  const page = mount(StoreList)
  await fire('onShow')
  await flushPromises()
  return page
}

describe('the stores', () => {
  it('stand in the merchant\'s order until somebody says where they are', async () => {
    const page = await open()
    expect(page.findAll('.store-row').map(row => row.find('.store__name').text())).toEqual(['Bridge', 'Lake'])
    expect(whereAmI).not.toHaveBeenCalled()
    await page.find('.locate-button').trigger('click')
    await flushPromises()
    expect(page.findAll('.store-row').map(row => row.find('.store__name').text())).toEqual(['Lake', 'Bridge'])
    expect(page.find('.store-row').text()).toContain('110 米')
    expect(page.find('.store-row').text()).toContain('最近')
  })

  it('take a no for an answer', async () => {
    whereAmI.mockResolvedValue(null)
    const page = await open()
    await page.find('.locate-button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('没有拿到位置')
    expect(page.find('.locate-button').exists()).toBe(false)
    expect(page.findAll('.store-row')).toHaveLength(2)
  })

  it('are gone to with a word about what the cart has that they lack', async () => {
    useCart().add({ productId: 'tea', choiceIds: ['medium'], quantity: 1 })
    cloud.replies.quote = () => done(quote([{ ...pricedLine(), problem: 'SoldOut', left: 0 }]))
    const page = await open()
    await page.findAll('.store-choose')[1]!.trigger('click')
    await flushPromises()
    expect(usePlace().storeId).toBe('lake')
    expect(storage.read('storeId')).toBe('lake')
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: expect.stringContaining('1 样这里买不了') as string }))
    expect(useCart().count).toBe(1)
  })
})

describe('the page of a store', () => {
  async function openLake() {
    const page = mount(StorePage)
    await fire('onLoad', { storeId: 'lake' })
    await flushPromises()
    return page
  }

  it('says how far it is only to who asks, and remembers it for the next store', async () => {
    const page = await openLake()
    expect(whereAmI).not.toHaveBeenCalled()
    expect(page.find('.store-now').text()).not.toContain('距离')
    await page.find('.how-far-button').trigger('click')
    await flushPromises()
    expect(page.find('.store-now').text()).toContain('距离 110 米')
    expect((await openLake()).find('.store-now').text()).toContain('距离 110 米')
    expect(whereAmI).toHaveBeenCalledTimes(1)
  })

  it('takes a no for an answer', async () => {
    whereAmI.mockResolvedValue(null)
    const page = await openLake()
    await page.find('.how-far-button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('没有拿到位置')
    expect(page.find('.how-far-button').exists()).toBe(false)
  })

  it('leads to its menu, with a word about what the cart has that it lacks', async () => {
    useCart().add({ productId: 'tea', choiceIds: ['medium'], quantity: 1 })
    cloud.replies.quote = () => done(quote([{ ...pricedLine(), problem: 'SoldOut', left: 0 }]))
    const page = await openLake()
    await page.find('.order-here-button').trigger('click')
    await flushPromises()
    expect(usePlace().storeId).toBe('lake')
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: expect.stringContaining('1 样这里买不了') as string }))
  })
})

it('a table takes whoever scans it to its store', () => {
  useVisit().arrive({ kind: 'Table', linkId: 'k7Qm2ZxA', tableName: 'W1', storeId: 'lake' })
  expect(storage.read('storeId')).toBe('lake')
})

it('a store that is gone is forgotten, and the question asked again without it', async () => {
  storage.write('storeId', 'gone')
  cloud.replies.stores = inTurn({ ok: false, kind: 'invalid', code: 'InvalidInput', field: 'storeId' }, done([bridge]))
  expect(await shop.call('stores', {})).toEqual(done([bridge]))
  expect(storage.read('storeId')).toBeNull()
})

it('opening hours are said as on a door', () => {
  const [long, short] = [{ from: '09:00', until: '22:00' }, { from: '10:00', until: '14:00' }]
  expect(hoursLines({ hours: long }, zh)).toEqual(['每天 09:00–22:00'])
  expect(hoursLines({ hours: long, week: [[], [long], [long], [long], [long], [short, { from: '17:00', until: '21:00' }], [long]] }, zh))
    .toEqual(['周一–周四 09:00–22:00', '周五 10:00–14:00 17:00–21:00', '周六 09:00–22:00', '周日 休息'])
})
