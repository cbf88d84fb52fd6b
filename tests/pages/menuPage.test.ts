// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useI18n } from '@/locales'
import { zh } from '@/locales/zh'
import Menu from '@/pages/menu/menu.vue'
import { storage } from '@/platform/storage'
import { useCart } from '@/stores/cart'
import { useTable } from '@/stores/table'
import { useVisit } from '@/stores/visit'
import { cloud, inTurn, underWay } from './support/cloud'
import { sitting } from './support/dining'
import { done, offline, refused, store, tea } from './support/goods'
import { leaveAndReturn, openPage, tap } from './support/pages'
import type { MenuProduct, MenuScreen } from '@contracts/catalog.ts'
import type { VueWrapper } from '@vue/test-utils'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', async () => ({ wechat: (await import('./support/phone')).plainWeChat }))

let phone: ReturnType<typeof freshPhone>

const dish = (id: string, over: Partial<MenuProduct> = {}): MenuProduct =>
  ({ ...tea, id, name: { zh: `菜${id}`, en: id }, optionGroups: [], initials: '', ...over })
const category = (id: string) => ({ id, kind: 'Menu' as const, name: { zh: `类${id}`, en: id } })
const menu = (products: MenuProduct[], over: Partial<MenuScreen> = {}) =>
  done({ store, categories: [category('drinks'), category('snacks')], products, usual: [], ...over })
const usual = () => menu([dish('milk'), dish('tart', { categoryId: 'snacks', left: 2 })])
const names = (page: VueWrapper) => page.findAll('.product-row__name').map(name => name.text())

beforeEach(() => {
  vi.useFakeTimers()
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.menu = usual
})
afterEach(async () => {
  await fire('onUnload')
  useI18n().setLocale('zh')
  vi.useRealTimers()
})

describe('the menu', () => {
  it('is shown by one call, with bones until it comes', async () => {
    const { reply, come } = underWay()
    cloud.replies.menu = reply
    const page = await openPage(Menu)
    expect(page.find('.state-loading').exists()).toBe(true)
    await come(usual())
    expect([names(page), cloud.actions()]).toEqual([['菜milk', '菜tart'], ['menu']])
  })

  it('with nothing on it says so, and is asked for again by one tap', async () => {
    cloud.replies.menu = inTurn(menu([]), usual())
    const page = await openPage(Menu)
    expect(page.find('.state-empty').text()).toContain(zh.menu.empty)
    await tap(page, '.blank__action')
    expect(names(page)).toHaveLength(2)
  })

  it('says that the network is gone, and comes with a tap when it is back', async () => {
    cloud.replies.menu = inTurn(offline, usual())
    const page = await openPage(Menu)
    expect(page.find('.state-failed').text()).toContain(zh.failures.Offline)
    await tap(page, '.blank__action')
    expect(names(page)).toHaveLength(2)
  })

  it('is there at once when it is opened again, and stays when looking again fails', async () => {
    await openPage(Menu)
    const { reply, come } = underWay()
    cloud.replies.menu = reply
    const page = await openPage(Menu)
    expect(names(page)).toHaveLength(2)
    await come(offline)
    expect(names(page)).toHaveLength(2)
  })

  it('tells when a store that is closed opens, and in English to whom reads English', async () => {
    useI18n().setLocale('en')
    cloud.replies.menu = () => menu([dish('milk')], { store: { ...store, isOpen: false, opensAtMs: Date.now() + 3_600_000 } })
    const page = await openPage(Menu)
    expect(page.find('.head__closed').exists()).toBe(true)
    expect(page.find('.menu').text()).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('a dish of the menu', () => {
  it('falls into the cart at once, and no further than there are pieces', async () => {
    const page = await openPage(Menu)
    const more = () => page.findAll('.stepper__plus')[1]!.trigger('click')
    await more()
    expect([page.find('.cart-bar__count').text(), page.find('.cart-bar').text()]).toEqual(['1', expect.stringContaining('14')])
    await more()
    await more()
    expect(useCart().count).toBe(2)
    expect(cloud.actions()).toEqual(['menu'])
    await tap(page, '.checkout-button')
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/packages/checkout/checkout/checkout?group=Bar' })
  })

  it('is not counted where it is goods of the mall', async () => {
    useCart().add({ productId: 'cup', choiceIds: [], quantity: 3 })
    expect((await openPage(Menu)).find('.cart-bar').exists()).toBe(false)
  })

  it('with choices is chosen on a sheet', async () => {
    cloud.replies.menu = () => menu([dish('milk', { optionGroups: tea.optionGroups })])
    const page = await openPage(Menu)
    await tap(page, '.choose-button')
    await tap(page, '.item-sheet__add')
    expect(useCart().lines).toEqual([{ productId: 'milk', choiceIds: ['medium'], quantity: 1 }])
  })

  it('is found by its name, and a search for nothing leads back', async () => {
    const page = await openPage(Menu)
    const search = async (value: string) => {
      await page.find('.search__input').trigger('input', { detail: { value } })
    }
    await search('tart')
    expect(page.find('.menu__results').findAll('.product-row__name').map(name => name.text())).toEqual(['菜tart'])
    await search('soup')
    expect(page.find('.menu__found').text()).toContain('soup')
    await tap(page, '.blank__action')
    expect(page.find('.menu__found').exists()).toBe(false)
    expect(cloud.actions()).toEqual(['menu'])
  })
})

describe('the sections of the menu', () => {
  const current = (page: VueWrapper) => page.find('.rail__item--current').text()

  it('are gone to by the rail', async () => {
    const page = await openPage(Menu)
    await tap(page, '.rail__item:nth-child(2)')
    expect([current(page), page.find('.menu__list').attributes('scroll-into-view')]).toEqual(['类snacks', 'section-snacks'])
  })

  it('follow the finger, but not the list that a tap has set in motion', async () => {
    const page = await openPage(Menu)
    const scroll = (scrollTop: number) => page.find('.menu__list').trigger('scroll', { detail: { scrollTop } })
    await tap(page, '.rail__item:nth-child(2)')
    await scroll(0)
    expect(current(page)).toBe('类snacks')
    await vi.advanceTimersByTimeAsync(400)
    await scroll(0)
    expect(current(page)).toBe('类drinks')
    await scroll(10_000)
    expect(current(page)).toBe('类snacks')
  })

  it('are remembered for a while: who comes back begins where they left', async () => {
    await tap(await openPage(Menu), '.rail__item:nth-child(2)')
    expect(current(await openPage(Menu))).toBe('类snacks')
    vi.setSystemTime(Date.now() + 31 * 60_000)
    expect(current(await openPage(Menu))).toBe('类drinks')
  })

  it('that are gone meanwhile lead nobody astray', async () => {
    storage.write('menuPlace', { sectionId: 'gone', atMs: Date.now() })
    expect(current(await openPage(Menu))).toBe('类drinks')
  })
})

describe('the menu at a table', () => {
  const linkId = 'k7Qm2ZxA'
  beforeEach(() => {
    useVisit().arrive({ kind: 'Table', linkId, tableName: 'A1', storeId: 'main' })
    useTable().sitDown(linkId)
    cloud.replies.tableNow = () => done(null)
  })

  it('looks what the others do while it is in front, and never behind another page', async () => {
    cloud.replies.enterTable = () => done(sitting())
    const page = await openPage(Menu)
    expect(page.find('.table-bar').exists()).toBe(true)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(cloud.actions().filter(action => action === 'tableNow')).toHaveLength(2)
    await fire('onHide')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(cloud.actions().filter(action => action === 'tableNow')).toHaveLength(2)
    await fire('onUnload')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leads to the table once, where something has to be said there first', async () => {
    cloud.replies.enterTable = () => refused('TableLocked')
    await openPage(Menu)
    await vi.advanceTimersByTimeAsync(6_000)
    expect(phone.navigateTo.mock.calls).toEqual([[{ url: '/packages/dining/table/table' }]])
    await leaveAndReturn()
    await flushPromises()
    expect(phone.navigateTo).toHaveBeenCalledTimes(1)
  })
})
