// @vitest-environment happy-dom
import { fire, freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import Goods from '@/packages/merchant/goods/goods.vue'
import { leftText, offText, statusText } from '@/packages/merchant/goods/goodsWords'
import { withMarks, withShelf } from '@/packages/merchant/goods/marks'
import { changeOf, problemsOf } from '@/packages/merchant/goods/shelf'
import { toolsFor } from '@/packages/merchant/orders/tools'
import { cloud, inTurn } from './support/cloud'
import { done, refused } from './support/goods'
import { UNTIL_TAKEN_BACK_MS } from '@contracts/goods.ts'
import type { SharedChoice, StaffGoods, StaffPart } from '@contracts/goods.ts'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))
vi.mock('@/platform', () => ({ wechat: { pictureUrl: (id: string) => id, tap: () => undefined } }))

/** Ten in the morning in Beijing; the store opens the next day at nine. */
const nowMs = Date.UTC(2026, 4, 1, 2)
const tomorrowMs = Date.UTC(2026, 4, 2, 1)
const lost = { ok: false, kind: 'broken', code: 'TimedOut' }

const named = (zh: string, en: string) => ({ zh, en })
const part = (id: string, zh: string, over: Partial<StaffPart> = {}): StaffPart =>
  ({ id, names: [named(zh, id)], soldOutUntilMs: null, ...over })
const tea: StaffGoods = {
  id: 'tea', categoryId: 'drinks', kind: 'Menu', name: named('奶茶', 'Milk tea'), picture: 'cloud://e.b/tea.webp', priceFen: 1400,
  soldOutUntilMs: null, isCounted: false, left: null, choices: [part('pearls', '珍珠'), part('taro', '芋泥')], skus: [],
}
const tart: StaffGoods = { ...tea, id: 'tart', name: named('蛋挞', 'Egg tart'), isCounted: true, left: 24, choices: [] }
const bowl: StaffGoods = {
  ...tart, id: 'bowl', kind: 'Mall', name: named('饭碗', 'Bowl'), left: 5,
  skus: [{ ...part('blue', '蓝'), left: 2 }, { ...part('white', '白'), left: 3 }],
}
const pearls: SharedChoice = {
  productId: 'tea', choiceId: 'pearls', name: named('珍珠', 'Pearls'), isAddOn: true, goods: 7, soldOut: 1, soldOutUntilMs: null,
}
const categories = [{ id: 'drinks', kind: 'Menu', name: named('茶饮', 'Drinks') }]
const shelf = (available: number, moves: object[] = [], nextCursor: string | null = null) =>
  done({ stock: { productId: 'tart', available, held: 2, sold: 6, supplied: available + 8 }, moves, nextCursor })
const move = (id: string, change: number) => ({ id, kind: 'Supplied', change, subject: 'x', note: `第 ${id} 车`, atMs: 0 })

let phone: ReturnType<typeof freshPhone>
beforeEach(() => {
  vi.useFakeTimers({ now: nowMs })
  phone = freshPhone()
  setActivePinia(createPinia())
  cloud.reset()
  cloud.replies.staffGoods = () => done({ categories, items: [tea, tart, bowl], nextCursor: null })
  cloud.replies.sharedChoices = () => done({ items: [pearls] })
  cloud.replies.stock = () => shelf(24)
})
afterEach(() => vi.useRealTimers())

async function open() {
  const page = mount(Goods)
  await fire('onLoad')
  await flushPromises()
  return page
}
type Opened = Awaited<ReturnType<typeof open>>
const row = (page: Opened, text: string) => page.findAll('.kept-goods').find(one => one.text().includes(text))!
const inputs = (action: string) => cloud.inputs(action) as (Record<string, unknown>)[]
const toasts = () => phone.showToast.mock.calls.map(([{ title }]) => title as string)
/** An answer that comes when the test says so. */
function later() {
  let answer: (value: unknown) => void = () => undefined
  const reply = () => new Promise((resolve) => { answer = resolve })
  return { reply, answer: async (value: unknown) => { answer(value); await flushPromises() } }
}

describe('what is said of goods', () => {
  it('tells until when they are off, how many are left, and what of them lacks', () => {
    expect(offText(tomorrowMs, nowMs, zh)).toBe('今日售罄，明天 09:00 恢复')
    expect(offText(tomorrowMs, nowMs, en)).toBe('Sold out · Tomorrow 09:00')
    expect(offText(UNTIL_TAKEN_BACK_MS, nowMs, zh)).toBe(zh.keeping.stopped)
    expect(offText(0, nowMs, zh)).toBe('今日售罄')
    expect(statusText(tea, nowMs, zh)).toBe('')
    expect(statusText({ ...tart, left: 0 }, nowMs, zh)).toBe('卖完了')
    expect(statusText({ ...tea, choices: [part('pearls', '珍珠', { soldOutUntilMs: tomorrowMs })] }, nowMs, zh)).toBe('其中 1 项售罄')
    expect([leftText(null, false, zh), leftText(24, true, zh), leftText(12, false, zh)]).toEqual(['', '库存 24', '今天还能做 12 份'])
  })

  it('is foreseen from the taps, each on its own part', () => {
    const marks = [
      { productId: 'bowl', target: { kind: 'Sku' as const, id: 'blue' }, until: 'Today' as const },
      { productId: 'tea', target: { kind: 'Product' as const }, until: 'Today' as const },
    ]
    const after = withMarks(bowl, marks)
    expect(after.skus.map(sku => sku.soldOutUntilMs === null)).toEqual([false, true])
    expect(after.soldOutUntilMs).toBeNull()
    expect(withMarks(after, [{ ...marks[0]!, until: 'NotAnyMore' }])).toEqual(bowl)
    expect(withShelf(bowl, 'blue', 9)).toMatchObject({ left: 12, skus: [{ left: 9 }, { left: 3 }] })
    expect(withShelf({ ...tart, perDay: 10 }, null, 99).left).toBe(24)
  })

  it('of a shelf is checked before it is sent', () => {
    const draft = { kind: 'Supplied' as const, pieces: '5', note: '到货' }
    expect(changeOf(draft, 24)).toBe(5)
    expect(['0', '-1', '1.5', '10000', ''].map(pieces => changeOf({ ...draft, pieces }, 24))).toEqual([null, null, null, null, null])
    const counted = { kind: 'Corrected' as const, note: '盘点' }
    expect(['20', '0', '30', '24'].map(pieces => changeOf({ ...counted, pieces }, 24))).toEqual([-4, -24, 6, null])
    expect(problemsOf({ ...counted, pieces: '24', note: ' ' }, 24)).toEqual({ pieces: 'same', note: 'note' })
  })
})

describe('the page of goods', () => {
  it('is opened by clerks too, and shows its first page in one call', async () => {
    expect(toolsFor(false).map(({ id }) => id)).toContain('goods')
    const page = await open()
    expect(cloud.actions()).toEqual(['staffGoods'])
    expect(page.findAll('.kept-goods')).toHaveLength(3)
    expect(row(page, '蛋挞').text()).toContain('库存 24')
    expect(page.find('.category-drinks').text()).toBe('茶饮')
  })

  it('takes goods off at a tap, before the server has answered, and shows what it says', async () => {
    const { reply, answer } = later()
    cloud.replies.setSoldOut = reply
    const page = await open()
    await row(page, '奶茶').find('.take-off').trigger('click')
    expect(row(page, '奶茶').find('.goods-status').text()).toBe('今日售罄')
    await row(page, '奶茶').find('.bring-back').trigger('click')
    await flushPromises()
    expect(inputs('setSoldOut')).toEqual([{ productId: 'tea', target: { kind: 'Product' }, until: 'Today' }])
    await answer(done({ ...tea, soldOutUntilMs: tomorrowMs }))
    expect(row(page, '奶茶').find('.goods-status').text()).toBe('今日售罄，明天 09:00 恢复')
    await row(page, '奶茶').find('.bring-back').trigger('click')
    await flushPromises()
    await answer(done(tea))
    expect(inputs('setSoldOut')[1]).toMatchObject({ until: 'NotAnyMore' })
    expect(row(page, '奶茶').find('.take-off').exists()).toBe(true)
  })

  it('puts goods back as they were where the server says no, with the reason', async () => {
    cloud.replies.setSoldOut = () => refused('GoodsUnknown')
    const page = await open()
    await row(page, '奶茶').find('.take-off').trigger('click')
    await flushPromises()
    expect(row(page, '奶茶').find('.take-off').exists()).toBe(true)
    expect(toasts()).toEqual([zh.failures.GoodsUnknown])
  })

  it('sends taps one after another, so that an older answer undoes no newer tap', async () => {
    const answers: ((value: unknown) => void)[] = []
    cloud.replies.setSoldOut = () => new Promise(resolve => answers.push(resolve))
    const page = await open()
    await row(page, '奶茶').find('.open-goods').trigger('click')
    const off = async (id: string) => page.find(`.supply-${id} [role=switch]`).trigger('click')
    await off('pearls')
    await off('taro')
    await flushPromises()
    expect(answers).toHaveLength(1)
    expect(page.findAll('[role=switch]').map(one => one.attributes('aria-checked'))).toEqual(['true', 'false', 'false'])
    answers[0]!(done({ ...tea, choices: [part('pearls', '珍珠', { soldOutUntilMs: tomorrowMs }), part('taro', '芋泥')] }))
    await flushPromises()
    expect(answers).toHaveLength(2)
    expect(page.findAll('[role=switch]').map(one => one.attributes('aria-checked'))).toEqual(['true', 'false', 'false'])
  })

  it('takes parts off for as long as the sheet says, and brings them back', async () => {
    cloud.replies.setSoldOut = () => done({ ...bowl, skus: [{ ...bowl.skus[0]!, soldOutUntilMs: UNTIL_TAKEN_BACK_MS }, bowl.skus[1]!] })
    const page = await open()
    await row(page, '饭碗').find('.open-goods').trigger('click')
    await page.find('.period-UntilTakenBack').trigger('click')
    await page.find('.supply-blue [role=switch]').trigger('click')
    await flushPromises()
    expect(page.find('.supply-blue').text()).toContain(zh.keeping.stopped)
    await page.find('.supply-blue [role=switch]').trigger('click')
    await flushPromises()
    const target = { kind: 'Sku', id: 'blue' }
    expect(inputs('setSoldOut')).toEqual([
      { productId: 'bowl', target, until: 'UntilTakenBack' }, { productId: 'bowl', target, until: 'NotAnyMore' },
    ])
  })

  it('looks for what was typed once the typing pauses, and goes back to all', async () => {
    const page = await open()
    const type = async (value: string) => page.find('.goods-input').trigger('input', { detail: { value } })
    await type('zz')
    await type('zzn')
    await vi.advanceTimersByTimeAsync(500)
    cloud.replies.staffGoods = () => done({ categories, items: [], nextCursor: null })
    await type('zznc')
    await vi.advanceTimersByTimeAsync(500)
    await flushPromises()
    expect(page.find('.no-goods').text()).toContain('没有找到“zznc”')
    await type('')
    await vi.advanceTimersByTimeAsync(10)
    expect(inputs('staffGoods')).toEqual([{}, { text: 'zzn' }, { text: 'zznc' }, {}])
  })

  it('grows by the cursor within the category', async () => {
    const page = await open()
    cloud.replies.staffGoods = inTurn(
      done({ categories, items: [tea], nextCursor: '10_tea' }), done({ categories: [], items: [tart], nextCursor: null }),
    )
    await page.find('.category-drinks').trigger('click')
    await flushPromises()
    await fire('onReachBottom')
    await flushPromises()
    expect(inputs('staffGoods').slice(1)).toEqual([{ categoryId: 'drinks' }, { categoryId: 'drinks', cursor: '10_tea' }])
    expect(page.findAll('.kept-goods')).toHaveLength(2)
    expect(page.find('.category-drinks').exists()).toBe(true)
  })

  it('tells customers that it is for staff', async () => {
    cloud.replies.staffGoods = () => ({ ok: false, kind: 'denied', code: 'NotAllowed' })
    expect((await open()).find('.state-denied').text()).toContain(zh.merchant.notAllowed)
  })
})

describe('pearls of all drinks', () => {
  async function openShared() {
    const page = await open()
    await page.find('.category-shared').trigger('click')
    await flushPromises()
    return page
  }

  it('are taken off by one call, at once on the screen, and the count is told', async () => {
    const { reply, answer } = later()
    cloud.replies.setChoiceSoldOut = reply
    const page = await openShared()
    expect(page.find('.shared-pearls').text()).toContain('7 款里有 1 款售罄')
    await page.find('.shared-pearls .all-off').trigger('click')
    expect(page.find('.shared-pearls').text()).toContain('7 款饮品有 · 今日售罄')
    await flushPromises()
    await answer(done({ ...pearls, soldOut: 7, soldOutUntilMs: tomorrowMs }))
    expect(page.find('.shared-pearls').text()).toContain('明天 09:00 恢复')
    expect(page.find('.shared-pearls .all-off').exists()).toBe(false)
    expect(toasts()).toEqual(['珍珠：7 款都标记售罄了'])
    expect(inputs('setChoiceSoldOut')).toEqual([{ productId: 'tea', choiceId: 'pearls', until: 'Today' }])
  })

  it('stay as they were where that failed, and come back in all of them', async () => {
    cloud.replies.setChoiceSoldOut = inTurn(lost, done({ ...pearls, soldOut: 0 }))
    const page = await openShared()
    await page.find('.shared-pearls .all-off').trigger('click')
    await flushPromises()
    expect(page.find('.shared-pearls').text()).toContain('7 款里有 1 款售罄')
    await page.find('.shared-pearls .all-back').trigger('click')
    await flushPromises()
    expect(page.find('.shared-pearls').text()).toContain('7 款饮品有')
    expect(toasts()).toEqual([zh.failures.TimedOut, '珍珠：7 款都恢复了'])
  })

  it('are reached from the sheet of one drink', async () => {
    const page = await open()
    await row(page, '奶茶').find('.open-goods').trigger('click')
    await page.find('.to-shared').trigger('click')
    await flushPromises()
    expect(page.find('.shared-pearls').exists()).toBe(true)
  })
})

describe('a shelf', () => {
  async function openShelf() {
    const page = await open()
    await row(page, '蛋挞').find('.open-goods').trigger('click')
    await page.find('.keep-stock').trigger('click')
    await flushPromises()
    return page
  }
  const type = async (page: Opened, value: string) => page.find('.pieces-input').trigger('input', { detail: { value } })
  async function save(page: Opened) {
    await page.find('.save-stock').trigger('click')
    await flushPromises()
  }

  it('takes pieces once, however often a lost answer is tried again, and the list hears of them', async () => {
    cloud.replies.changeStock = inTurn(lost, done({ productId: 'tart', available: 34, held: 2, sold: 6, supplied: 42 }))
    const page = await openShelf()
    await save(page)
    expect(page.text()).toContain('请填 1 到 9999 的整数')
    await type(page, '10')
    expect(page.find('.save-stock').text()).toBe('加 10 件')
    await save(page)
    cloud.replies.stock = () => shelf(34, [move('a', 10)])
    await save(page)
    const sent = inputs('changeStock')
    expect(sent).toHaveLength(2)
    expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(1)
    expect(sent[0]).toMatchObject({ productId: 'tart', kind: 'Supplied', change: 10, note: '到货' })
    expect(toasts()).toEqual([zh.failures.TimedOut, '库存改好了'])
    expect(page.find('.ledger-row').text()).toContain('+10')
    expect(row(page, '蛋挞').text()).toContain('库存 34')
  })

  it('is corrected to what was counted, and says in plain words why not', async () => {
    cloud.replies.changeStock = () => refused('StockTooLow', { left: 3 })
    const page = await openShelf()
    await page.find('.stock-Corrected').trigger('click')
    expect(page.text()).toContain('还没付的 2 件不算')
    await type(page, '24')
    await save(page)
    expect(page.text()).toContain('和现在一样，不用改')
    await type(page, '20')
    cloud.replies.stock = () => shelf(3)
    await save(page)
    expect(inputs('changeStock')).toMatchObject([{ kind: 'Corrected', change: -4, note: '盘点' }])
    expect(toasts()).toEqual(['货架上只有 3 件，不能减这么多'])
    expect(page.find('.save-stock').text()).toBe('从 3 改成 20 件')
  })

  it('of a SKU is its own, and its ledger grows by the cursor', async () => {
    cloud.replies.stock = inTurn(shelf(2, [move('b', 2)], '1_b'), shelf(2, [move('a', 1)]))
    const page = await open()
    await row(page, '饭碗').find('.open-goods').trigger('click')
    await page.find('.supply-blue .keep-stock').trigger('click')
    await flushPromises()
    page.findAllComponents({ name: 'ListEnd' }).at(-1)!.vm.$emit('more')
    await flushPromises()
    expect(inputs('stock')).toEqual([{ productId: 'bowl', skuId: 'blue' }, { productId: 'bowl', skuId: 'blue', cursor: '1_b' }])
    expect(page.findAll('.ledger-row').map(one => one.text())).toMatchObject([expect.stringContaining('+2'), expect.stringContaining('+1')])
  })
})
