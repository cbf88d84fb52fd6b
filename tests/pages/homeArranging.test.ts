// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { zh } from '@/locales/zh'
import HomePage from '@/packages/merchant/home/home.vue'
import { complete, moved, problemOf, summaryOf, toggled } from '@/packages/merchant/home/sections'
import { cloud, inTurn } from './support/cloud'
import { done, refused } from './support/goods'
import type { HomeArrangement, HomeSection } from '@contracts/home.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

const goods: Extract<HomeSection, { kind: 'Goods' }> = {
  kind: 'Goods', title: { zh: '刚到店里', en: 'Just in' }, layout: 'Strip', source: { kind: 'New', of: 'Mall' }, max: 8,
}
const sections: HomeSection[] = [{ kind: 'Banners' }, { kind: 'Ways' }, goods]
const arrangement = (over: Partial<HomeArrangement> = {}): HomeArrangement => ({ sections, banners: [], revision: 3, ...over })
const kindsOf = (list: readonly HomeSection[]) => list.map(({ kind }) => kind)

describe('the sections of the home screen', () => {
  it('move one place at a time, and no further than either end', () => {
    expect(kindsOf(moved(sections, 2, -1))).toEqual(['Banners', 'Goods', 'Ways'])
    expect(kindsOf(moved(sections, 0, 1))).toEqual(['Ways', 'Banners', 'Goods'])
    expect(moved(sections, 0, -1)).toEqual(sections)
    expect(moved(sections, 2, 1)).toEqual(sections)
  })

  it('are switched off and on again without losing anything', () => {
    const off = toggled(sections, 2)
    expect(off[2]).toEqual({ ...goods, isOff: true })
    expect(toggled(off, 2)).toEqual(sections)
  })

  it('need a title, and goods where they are picked by hand', () => {
    expect(problemOf({ ...goods, title: { zh: ' ', en: '' } })).toBe('title')
    expect(problemOf({ ...goods, source: { kind: 'Some', productIds: [] } })).toBe('picks')
    expect([problemOf(goods), problemOf({ kind: 'Ways' })]).toEqual([null, null])
    expect(complete({ zh: ' 新品 ', en: ' ' })).toEqual({ zh: '新品', en: '新品' })
  })

  it('say in one line what they show', () => {
    expect(summaryOf(goods, zh, () => '')).toBe('商城的 · 新上架 · 一排滑动 · 最多 8 样')
    expect(summaryOf({ ...goods, source: { kind: 'Category', categoryId: 'tea' } }, zh, () => '茶叶')).toContain('茶叶')
  })
})

describe('the page on which home is arranged', () => {
  let phone: ReturnType<typeof freshPhone>
  beforeEach(() => {
    phone = freshPhone()
    setActivePinia(createPinia())
    cloud.reset()
    cloud.replies.homeArrangement = () => done(arrangement())
  })

  async function open() {
    const page = mount(HomePage)
    await fire('onLoad')
    await flushPromises()
    return page
  }

  const sent = () => cloud.calls.find(({ action }) => action === 'arrangeHome')?.input as { revision: number, sections: HomeSection[] }

  it('sends nothing before it is saved, and then the order with the revision that it began from', async () => {
    cloud.replies.arrangeHome = input => done(arrangement({ ...input as object, revision: 4, banners: [] }))
    const page = await open()
    expect(page.find('.save-home').exists()).toBe(false)
    await page.findAll('.move-up')[2]!.trigger('click')
    await page.findAll('.on-off')[0]!.trigger('click')
    expect(cloud.actions()).toEqual(['homeArrangement'])
    await page.find('.save-home').trigger('click')
    await flushPromises()
    expect(sent().revision).toBe(3)
    expect(sent().sections).toEqual([{ kind: 'Banners', isOff: true }, goods, { kind: 'Ways' }])
    expect(page.find('.save-home').exists()).toBe(false)
  })

  it('shows what somebody else has arranged meanwhile, and says so', async () => {
    cloud.replies.homeArrangement = inTurn(done(arrangement()), done(arrangement({ sections: [{ kind: 'Coupons' }], revision: 4 })))
    cloud.replies.arrangeHome = () => refused('ArrangedMeanwhile')
    const page = await open()
    await page.findAll('.move-down')[0]!.trigger('click')
    await page.find('.save-home').trigger('click')
    await flushPromises()
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: '刚刚有人改过首页，已换成最新的，请再改一次' }))
    expect(page.findAll('.section').map(row => row.find('.section__title').text())).toEqual(['领券'])
  })

  it('adds goods picked by hand', async () => {
    cloud.replies.goodsNames = () => done({ goods: [{ id: 'cup', kind: 'Mall', name: { zh: '杯子', en: 'Cup' } }], categories: [] })
    cloud.replies.arrangeHome = input => done(arrangement({ ...input as object, revision: 4, banners: [] }))
    const page = await open()
    await page.find('.add-section').trigger('click')
    await page.find('.source-Some').trigger('click')
    await flushPromises()
    await page.find('.pick-cup').trigger('click')
    await page.find('.pick-done').trigger('click')
    await page.find('.keep-section').trigger('click')
    expect(page.text()).toContain('请填标题')
    page.findComponent({ name: 'SectionSheet' }).findComponent({ name: 'TextField' }).vm.$emit('change', '好物')
    await flushPromises()
    await page.find('.keep-section').trigger('click')
    await page.find('.save-home').trigger('click')
    await flushPromises()
    expect(sent().sections.at(-1)).toMatchObject({ title: { zh: '好物', en: '好物' }, source: { kind: 'Some', productIds: ['cup'] } })
  })

  it('tells a clerk that it is the owner\'s', async () => {
    cloud.replies.homeArrangement = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    expect((await open()).find('.state-denied').text()).toContain('只有店主')
  })
})
