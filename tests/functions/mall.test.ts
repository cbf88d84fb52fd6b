import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import type { MallSort } from '../../contracts/mall.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { member, paidOrder } from './support.ts'

let shop: TestShop
let alice: Caller
let nobody: Caller

beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  nobody = shop.as(null)
})
afterAll(() => shop.close())

const mallGoods = demoCatalog.products.filter(product => product.kind === 'Mall')

async function wholeMall(sort: MallSort, categoryId?: string) {
  const goods = []
  let cursor: string | undefined
  let pages = 0
  do {
    const page = await nobody.shop('mall', { sort, ...categoryId ? { categoryId } : {}, ...cursor ? { cursor } : {} })
    if (!page.ok) throw new Error(JSON.stringify(page))
    expect(page.value.goods.length).toBeLessThanOrEqual(20)
    expect(page.value.categories.length > 0).toBe(cursor === undefined)
    goods.push(...page.value.goods)
    cursor = page.value.nextCursor ?? undefined
    pages += 1
  } while (cursor !== undefined && pages < 20)
  return goods
}

const productOf = async (productId: string, who = nobody) => {
  const answer = await who.shop('product', { productId })
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.value
}

const find = async (text: string) => {
  const answer = await nobody.shop('search', { text })
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.value
}

describe('The mall', () => {
  it.each<[MallSort, (one: { sort: number, soldCount: number, priceFen: number }) => number]>([
    ['Recommended', one => one.sort], ['Sales', one => -one.soldCount], ['PriceUp', one => one.priceFen], ['PriceDown', one => -one.priceFen],
  ])('shows every product of the shelf once, by %s, page by page', async (sort, by) => {
    const goods = await wholeMall(sort)
    expect(new Set(goods.map(one => one.id))).toEqual(new Set(mallGoods.map(one => one.id)))
    expect(goods).toHaveLength(mallGoods.length)
    const values = goods.map(one => by(mallGoods.find(known => known.id === one.id)!))
    expect(values).toEqual([...values].sort((one, other) => one - other))
  })

  it('shows one category where it is asked for', async () => {
    const pantry = await wholeMall('PriceUp', 'mall-pantry')
    expect(pantry.map(one => one.id).sort()).toEqual(mallGoods.filter(one => one.categoryId === 'mall-pantry').map(one => one.id).sort())
  })

  it('tells what is sold out, and where the price begins', async () => {
    const goods = await wholeMall('Recommended')
    expect(goods.find(one => one.id === 'matcha-set')).toMatchObject({ isSoldOut: true })
    expect(goods.find(one => one.id === 'wildflower-honey')).toMatchObject({ priceFen: 3600, hasRange: true, memberPriceFen: 3200, isSoldOut: false })
  })

  it('keeps its goods off the menu, and the menu off its shelves', async () => {
    const menu = await nobody.shop('menu', {})
    expect(menu.ok && menu.value.products.every(product => product.kind === 'Menu')).toBe(true)
    expect((await wholeMall('Sales')).every(one => one.kind === 'Mall')).toBe(true)
  })

  it('counts what was sold when the timer looks again, once', async () => {
    const before = (await productOf('soy-sauce')).product.soldCount
    await paidOrder(shop, alice, [{ productId: 'soy-sauce', choiceIds: [], quantity: 3 }])
    for (let round = 0; round < 2; round += 1) {
      await shop.admin.change('searchIndexes', 'goods', { builtAtMs: 0 })
      await shop.manage('timers/timer')
    }
    expect((await productOf('soy-sauce')).product.soldCount).toBe(before + 3)
  })
})

describe('The page of a product', () => {
  it('brings pictures, kinds, promises, reviews and what is like it in one call', async () => {
    const screen = await productOf('rice-bowl')
    expect(screen.gallery).toHaveLength(4)
    expect(screen.product.skus.find(sku => sku.id === 'green-large')).toMatchObject({ left: 0, priceFen: 4200 })
    expect(screen.description.zh).toContain('<li>')
    expect(screen.promises.length).toBeGreaterThan(0)
    expect(screen.rating).toEqual({ count: 3, starsSum: 13, withPictures: 2, good: 2 })
    expect(screen.reviews).toHaveLength(2)
    expect(screen.related.map(one => one.id)).not.toContain('rice-bowl')
    expect(screen.isFavourite).toBe(false)
  })

  it('says so when the product is sold no more', async () => {
    await shop.admin.change('products', 'sticker-pack', { onSale: false })
    expect(await nobody.shop('product', { productId: 'sticker-pack' })).toMatchObject({ kind: 'refused', code: 'ProductUnknown' })
    expect((await wholeMall('Sales')).map(one => one.id)).not.toContain('sticker-pack')
    await shop.admin.change('products', 'sticker-pack', { onSale: true })
  })
})

describe('A search', () => {
  it.each([
    ['奶盖', 'cheese-matcha'], ['yzgl', 'mango-pomelo-sago'], ['yangzhi', 'mango-pomelo-sago'], ['longjin', 'longjing-tin'], ['LongJing', 'longjing-tin'],
    ['饭碗', 'rice-bowl'], ['umbrela', 'umbrella'], ['rice bowl', 'rice-bowl'], ['bhm', 'wildflower-honey'],
  ])('for %s finds %s', async (text, productId) => {
    const { goods, proposals } = await find(text)
    expect(goods.map(one => one.id)).toContain(productId)
    expect(proposals).toEqual([])
  })

  it('that finds nothing proposes what others buy', async () => {
    const { goods, proposals } = await find('洗衣机')
    expect(goods).toEqual([])
    expect(proposals).toHaveLength(6)
  })

  it('takes what looks like a pattern as the text that it is', async () => {
    expect((await find('.*')).goods).toEqual([])
    expect((await find('(a+)+$')).goods.length).toBeLessThanOrEqual(20)
    expect(await nobody.shop('search', { text: 'x'.repeat(31) })).toMatchObject({ kind: 'invalid' })
    expect(await nobody.invoke('shop', { action: 'search', input: { text: { $ne: null } } })).toMatchObject({ result: { kind: 'invalid' } })
  })

  it('finds something for every word that the shop suggests, in both languages', async () => {
    for (const { zh, en } of demoCatalog.store.hotWords!) {
      for (const word of [zh, en]) expect((await find(word)).goods.length, word).toBeGreaterThan(0)
    }
  })

  it('suggests hot words before anything is typed, and names after', async () => {
    expect(await nobody.shop('suggest', { text: '' })).toMatchObject({ value: { hotWords: demoCatalog.store.hotWords, suggestions: [] } })
    const names = await nobody.shop('suggest', { text: 'fan' })
    expect(names.ok && names.value.suggestions.map(one => one.productId)).toContain('rice-bowl')
  })
})

describe('Favourites and footprints', () => {
  const ids = async (list: 'favourites' | 'footprints', who = alice) => {
    const answer = await who.shop(list, {})
    return answer.ok ? answer.value.items.map(item => item.productId) : answer
  }

  it('are kept, shown newest first, and taken out again', async () => {
    for (const productId of ['umbrella', 'notebook']) await alice.shop('setFavourite', { productId, isFavourite: true })
    await alice.shop('setFavourite', { productId: 'umbrella', isFavourite: true })
    expect(await ids('favourites')).toEqual(['notebook', 'umbrella'])
    expect((await productOf('umbrella', alice)).isFavourite).toBe(true)
    await alice.shop('setFavourite', { productId: 'umbrella', isFavourite: false })
    expect(await ids('favourites')).toEqual(['notebook'])
    expect(await alice.shop('setFavourite', { productId: 'nothing', isFavourite: true })).toMatchObject({ code: 'ProductUnknown' })
  })

  it('remember a look once, the latest in front, and only of members', async () => {
    await alice.shop('removeFootprints', { which: { kind: 'All' } })
    for (const productId of ['tea-towel', 'soy-candle', 'tea-towel']) await productOf(productId, alice)
    expect(await ids('footprints')).toEqual(['tea-towel', 'soy-candle'])
    const stranger = shop.as('o-stranger')
    await productOf('tea-towel', stranger)
    await stranger.login()
    expect(await ids('footprints', stranger)).toEqual([])
    await alice.shop('removeFootprints', { which: { kind: 'Some', productIds: ['tea-towel'] } })
    expect(await ids('footprints')).toEqual(['soy-candle'])
  })

  it('show goods that are gone as gone, and nobody else’s', async () => {
    const bob = await member(shop, 'o-bob')
    expect(await ids('favourites', bob)).toEqual([])
    await bob.shop('setFavourite', { productId: 'coaster-set', isFavourite: true })
    await shop.admin.change('products', 'coaster-set', { onSale: false })
    expect(await bob.shop('favourites', {})).toMatchObject({ value: { items: [{ productId: 'coaster-set', goods: null }] } })
    await bob.shop('removeFavourites', { which: { kind: 'All' } })
    expect(await ids('favourites', bob)).toEqual([])
    expect(await ids('favourites')).toEqual(['notebook'])
  })
})

describe('The home screen', () => {
  it('shows the sections of the merchant in their order, each with its goods', async () => {
    const home = await nobody.shop('home', {})
    if (!home.ok) throw new Error('home')
    expect(home.value.blocks.map(block => block.kind)).toEqual(['Banners', 'Ways', 'Coupons', 'Goods', 'Categories', 'Goods', 'Picture', 'Goods'])
    const shown = home.value.blocks.flatMap(block => block.kind === 'Goods' ? block.goods : [])
    expect(home.value.menuGoods.map(one => one.id).sort()).toEqual(shown.filter(one => one.kind === 'Menu').map(one => one.id).sort())
  })

  it('offers a member the coupons that are left to take, and shows those that were taken', async () => {
    const names = async () => {
      const home = await alice.shop('home', {})
      return home.ok ? home.value.blocks.flatMap(block => block.kind === 'Coupons' ? block.coupons.map(coupon => `${coupon.templateId} ${coupon.isHeld}`) : []) : []
    }
    expect(await names()).toContain('tea-home false')
    await alice.shop('takeCoupon', { templateId: 'tea-home' })
    expect(await names()).toContain('tea-home true')
  })
})
