import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { UNTIL_TAKEN_BACK_MS } from '../../contracts/goods.ts'
import type { StaffGoods } from '../../contracts/goods.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, leftOf, member } from './support.ts'

let shop: TestShop
let alice: Caller
let clerk: Caller
const tea = demoCatalog.products.find(product => product.id === 'brown-sugar-pearl-milk')!
const required = tea.optionGroups.filter(group => group.min > 0).map(group => group.choices[0]!.id)

beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  clerk = shop.as('o-clerk')
  for (const { id, pieces: _pieces, tables: _tables, week: _week, ...branch } of demoCatalog.branches) {
    await shop.admin.set('stores', id, { ...branch, banners: [], hours: { from: '00:00', until: '24:00' } })
  }
  await shop.admin.set('staff', 'o-clerk-station', { role: 'clerk', active: true, storeIds: ['station'] })
})
afterAll(() => shop.close())

async function marked(productId: string, target: { kind: 'Product' } | { kind: 'Choice' | 'Sku', id: string }, until: 'Today' | 'UntilTakenBack' | 'NotAnyMore') {
  const answer = await clerk.merchant('setSoldOut', { productId, target, until })
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.value
}

async function tartsAtStation(): Promise<number | null> {
  const menu = (await shop.as(null).invoke('shop', { action: 'menu', input: {}, storeId: 'station' })).result as
    Outcome<{ products: { id: string, left: number | null }[] }>
  if (!menu.ok) throw new Error(JSON.stringify(menu))
  return menu.value.products.find(({ id }) => id === 'egg-tart')!.left
}

describe('a dish that is sold out', () => {
  it('cannot be bought until staff bring it back, and what is on the shelf is still told to them', async () => {
    const before = await leftOf(shop, 'egg-tart')
    const off = await marked('egg-tart', { kind: 'Product' }, 'UntilTakenBack')
    expect(off).toMatchObject({ id: 'egg-tart', soldOutUntilMs: UNTIL_TAKEN_BACK_MS, left: before, isCounted: true })
    expect(await leftOf(shop, 'egg-tart')).toBe(0)
    expect(await alice.shop('quote', { lines: [EGG_TART] })).toMatchObject({ value: { lines: [{ problem: 'SoldOut' }] } })
    expect(await marked('egg-tart', { kind: 'Product' }, 'NotAnyMore')).toMatchObject({ soldOutUntilMs: null })
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })

  it('for today is back by itself within a day', async () => {
    const { soldOutUntilMs } = await marked('egg-tart', { kind: 'Product' }, 'Today')
    expect(soldOutUntilMs).toBeGreaterThan(Date.now())
    expect(soldOutUntilMs).toBeLessThan(Date.now() + 2 * 24 * 3_600_000)
    await marked('egg-tart', { kind: 'Product' }, 'NotAnyMore')
  })

  it('in one store can be had in another, also when a clerk of that store marks it', async () => {
    const [main, station] = [await leftOf(shop, 'egg-tart'), await tartsAtStation()]
    await marked('egg-tart', { kind: 'Product' }, 'Today')
    expect({ main: await leftOf(shop, 'egg-tart'), station: await tartsAtStation() }).toEqual({ main: 0, station })
    const input = { productId: 'egg-tart', target: { kind: 'Product' }, until: 'Today' }
    await shop.as('o-clerk-station').invoke('merchant', { action: 'setSoldOut', input, storeId: 'station' })
    await marked('egg-tart', { kind: 'Product' }, 'NotAnyMore')
    expect({ main: await leftOf(shop, 'egg-tart'), station: await tartsAtStation() }).toEqual({ main, station: 0 })
  })

  it('that a store never had, or has no such choice of, is not known', async () => {
    expect(await clerk.merchant('setSoldOut', { productId: 'nothing', target: { kind: 'Product' }, until: 'Today' })).toMatchObject({ code: 'GoodsUnknown' })
    expect(await clerk.merchant('setSoldOut', { productId: 'egg-tart', target: { kind: 'Choice', id: 'pearls' }, until: 'Today' })).toMatchObject({ code: 'GoodsUnknown' })
  })

  it('leaves a row of who did it, and none where nothing changed', async () => {
    const rows = async () => (await shop.admin.find('audits', { subject: tea.id })).length
    const before = await rows()
    await marked(tea.id, { kind: 'Product' }, 'Today')
    await marked(tea.id, { kind: 'Product' }, 'Today')
    await marked(tea.id, { kind: 'Product' }, 'NotAnyMore')
    expect(await rows()).toBe(before + 2)
  })
})

describe('pearls that are sold out', () => {
  it('leave the rest of the tea, and are back when staff say so', async () => {
    const cup = (...extras: string[]) => ({ productId: tea.id, choiceIds: [...required, ...extras], quantity: 1 })
    const problems = async () => {
      const quote = await alice.shop('quote', { lines: [cup('pearls'), cup('taro')] })
      return quote.ok && quote.value.lines.map(line => line.problem ?? null)
    }
    await marked(tea.id, { kind: 'Choice', id: 'pearls' }, 'Today')
    expect(await problems()).toEqual(['ChoiceSoldOut', null])
    await marked(tea.id, { kind: 'Choice', id: 'pearls' }, 'NotAnyMore')
    expect(await problems()).toEqual([null, null])
  })
})

describe('pearls, in all teas at once', () => {
  const pearls = { productId: tea.id, choiceId: 'pearls' }
  const withPearls = demoCatalog.products.filter(({ optionGroups }) => optionGroups.some(({ choices }) => choices.some(({ id }) => id === 'pearls')))
  async function everywhere(until: 'Today' | 'UntilTakenBack' | 'NotAnyMore') {
    const answer = await clerk.merchant('setChoiceSoldOut', { ...pearls, until })
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const shared = async () => {
    const answer = await clerk.merchant('sharedChoices', {})
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    return answer.value.items
  }
  const ofPearls = async () => (await shared()).find(({ name }) => name.zh === '黑糖珍珠')!
  async function teasWithout(storeId?: string): Promise<string[]> {
    const menu = (await shop.as(null).invoke('shop', { action: 'menu', input: {}, ...storeId ? { storeId } : {} })).result as
      Outcome<{ products: { id: string, optionGroups: { choices: { id: string, isSoldOut?: boolean }[] }[] }[] }>
    if (!menu.ok) throw new Error(JSON.stringify(menu))
    return menu.value.products.filter(product => product.optionGroups.some(group => group.choices.some(one => one.id === 'pearls' && one.isSoldOut))).map(({ id }) => id)
  }

  it('are off in each of them by one call, here and in no other store, and come back', async () => {
    const all = { ...pearls, name: { zh: '黑糖珍珠', en: 'Brown sugar pearls' }, isAddOn: true, goods: withPearls.length }
    expect(await everywhere('UntilTakenBack')).toEqual({ ...all, soldOut: withPearls.length, soldOutUntilMs: UNTIL_TAKEN_BACK_MS })
    expect((await teasWithout()).sort()).toEqual(withPearls.map(({ id }) => id).sort())
    expect(await teasWithout('station')).toEqual([])
    expect(await ofPearls()).toMatchObject({ soldOut: withPearls.length, soldOutUntilMs: UNTIL_TAKEN_BACK_MS })
    expect(await everywhere('NotAnyMore')).toEqual({ ...all, soldOut: 0, soldOutUntilMs: null })
    expect(await teasWithout()).toEqual([])
  })

  it('are marked by a clerk of one store in that store, which is not asked for, and in no other that is', async () => {
    const bound = shop.as('o-clerk-station')
    await bound.merchant('setChoiceSoldOut', { ...pearls, until: 'Today' })
    expect([(await teasWithout()).length, (await teasWithout('station')).length]).toEqual([0, withPearls.length])
    const listed = await bound.merchant('sharedChoices', {})
    expect(listed.ok && listed.value.items.find(({ choiceId }) => choiceId === 'pearls')).toMatchObject({ soldOut: withPearls.length })
    const input = { ...pearls, until: 'NotAnyMore' }
    expect((await bound.invoke('merchant', { action: 'setChoiceSoldOut', input, storeId: 'main' })).result).toMatchObject({ code: 'NotAllowed' })
    await bound.merchant('setChoiceSoldOut', { ...pearls, until: 'NotAnyMore' })
    expect(await teasWithout('station')).toEqual([])
  })

  it('leave everything else that is off as it is, and are told apart from pearls that lack in one tea', async () => {
    await marked(tea.id, { kind: 'Choice', id: 'taro' }, 'Today')
    await marked(tea.id, { kind: 'Choice', id: 'pearls' }, 'Today')
    expect(await ofPearls()).toMatchObject({ goods: withPearls.length, soldOut: 1, soldOutUntilMs: null })
    await everywhere('Today')
    await everywhere('NotAnyMore')
    const found = await clerk.merchant('staffGoods', { text: tea.name.zh })
    const off = found.ok && found.value.items[0]!.choices.filter(choice => choice.soldOutUntilMs !== null).map(({ id }) => id)
    expect(off).toEqual(['taro'])
    await marked(tea.id, { kind: 'Choice', id: 'taro' }, 'NotAnyMore')
  })

  it('leave one row of who did it, and none where nothing changed', async () => {
    const rows = async () => (await shop.admin.find('audits', { subject: tea.id })).length
    const before = await rows()
    await everywhere('Today')
    await everywhere('Today')
    await everywhere('NotAnyMore')
    expect(await rows()).toBe(before + 2)
  })

  it('are listed before what can only be chosen otherwise; a choice of one product alone and dishes of sets are not', async () => {
    const items = await shared()
    const order = items.map(({ isAddOn }) => isAddOn)
    expect(order).toEqual([...order].sort((a, b) => Number(b) - Number(a)))
    expect(items.find(({ name }) => name.zh === '大杯')).toMatchObject({ isAddOn: false })
    for (const alone of ['一壶（两人）', '小铺珍珠奶茶']) expect(items.find(({ name }) => name.zh === alone)).toBeUndefined()
  })

  it('are not known where no tea has them', async () => {
    expect(await clerk.merchant('setChoiceSoldOut', { productId: 'egg-tart', choiceId: 'pearls', until: 'Today' })).toMatchObject({ code: 'GoodsUnknown' })
  })
})

describe('a SKU that is sold out', () => {
  it('takes its pieces out of what can be bought, and no others', async () => {
    const goods = demoCatalog.products.find(product => product.kind === 'Mall' && (product.skus?.length ?? 0) > 1)!
    const skuId = goods.skus![0]!.id
    const read = async () => {
      const page = await shop.as(null).shop('product', { productId: goods.id })
      if (!page.ok) throw new Error(JSON.stringify(page))
      const { left, skus } = page.value.product
      return { left, skus: Object.fromEntries(skus.map(sku => [sku.id, sku.left])) }
    }
    const before = await read()
    await marked(goods.id, { kind: 'Sku', id: skuId }, 'Today')
    expect(await read()).toEqual({ left: before.left! - before.skus[skuId]!, skus: { ...before.skus, [skuId]: 0 } })
    await marked(goods.id, { kind: 'Sku', id: skuId }, 'NotAnyMore')
    expect(await read()).toEqual(before)
  })
})

describe('the list of goods', () => {
  async function list(input: { text?: string, categoryId?: string, cursor?: string }) {
    const answer = await clerk.merchant('staffGoods', input)
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    return answer.value
  }

  it('shows all that the store sells page by page, each once, with the categories of menu and mall at first', async () => {
    const seen: StaffGoods[] = []
    const first = await list({})
    expect(new Set(first.categories.map(({ kind }) => kind))).toEqual(new Set(['Menu', 'Mall']))
    seen.push(...first.items)
    for (let { nextCursor } = first; nextCursor !== null;) {
      const page = await list({ cursor: nextCursor })
      expect(page.categories).toEqual([])
      seen.push(...page.items)
      nextCursor = page.nextCursor
    }
    const sold = demoCatalog.products.filter(({ storeIds }) => storeIds === undefined || storeIds.includes('main'))
    expect(seen.map(({ id }) => id).sort()).toEqual(sold.map(({ id }) => id).sort())
  })

  it('is narrowed by a category, a name, or the first letters of a name', async () => {
    const { items } = await list({ categoryId: tea.categoryId })
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(({ categoryId }) => categoryId === tea.categoryId)).toBe(true)
    expect((await list({ text: tea.name.zh })).items[0]?.id).toBe(tea.id)
    expect((await list({ text: 'htzzxn' })).items[0]?.id).toBe(tea.id)
    expect((await list({ text: 'qqqqqqqqqqqq' })).items).toEqual([])
  })
})
