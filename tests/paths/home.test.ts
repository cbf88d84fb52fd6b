import { expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { nameOf, valueOf } from './shopping.ts'
import { useStreet } from './street.ts'

/** The first screen: what stands on it, where it leads, and who decides about it. */
const street = useStreet()

const titles = demoCatalog.store.sections!.flatMap(section => section.kind === 'Goods' || section.kind === 'Categories' ? [section.title.zh] : [])
const headings = '.section__title, .entries__title'

it('home shows banners, ways in, coupons and goods from one call, and each leads where it says', async () => {
  const ann = await street.phoneOf('ann')
  await ann.see(`.section__title:has-text("${titles[0]}")`)
  expect(ann.asked()).toEqual(['home'])
  expect(await ann.texts(headings)).toEqual(titles)
  expect((await ann.texts('.hero__title')).map(text => text.trim())).toEqual(demoCatalog.banners.map(banner => banner.title.zh))

  // What is made here is chosen on a sheet; what comes from the shelf has a page.
  await ann.tap(`.goods[aria-label="${nameOf('brown-sugar-pearl-milk')}"]`)
  await ann.see('.item-sheet__add')
  await ann.tap('.sheet__close')
  await ann.gone('.item-sheet__add')
  await ann.tap('[aria-label="四时茶礼盒"]')
  await ann.see(`.head__name:has-text("${nameOf('tea-gift-box')}")`)
  await ann.back()

  await ann.tap('.entries__entry:has-text("粮油干货")')
  await ann.see('.category-mall-pantry.strip__chip--current')
  await ann.see(`.goods[aria-label="${nameOf('soy-sauce')}"]`)
  await ann.tap('首页')
  await ann.tap('刚到店里 查看更多')
  await ann.see('.category-all.strip__chip--current')
  await ann.tap('首页')
  await ann.tap('.take-away-entry')
  await ann.until('the menu', async () => await ann.route() === 'pages/menu/menu')
}, 60_000)

it('the first banner is followed by the next when it is turned, and opens what it shows', async () => {
  const ben = await street.phoneOf('ben')
  await ben.see('.hero__dot:first-child.hero__dot--current')
  await ben.swipe('.hero__swiper')
  await ben.see('.hero__dot:nth-child(2).hero__dot--current')
  await ben.tap(`.hero__slide[aria-label="${demoCatalog.banners[1]!.title.zh}"]`)
  await ben.see(`.item-sheet:has-text("${nameOf('mango-pomelo-sago')}")`)
}, 60_000)

it('a coupon is taken on home with one tap, is the member’s, and leads to its goods', async () => {
  const cat = await street.phoneOf('cat')
  await cat.tap('领取 好茶满百减十五')
  await cat.see('.coupons__ticket--taken:has-text("好茶满百减十五")')
  const { mine } = valueOf(await street.shop.as('o-cat').shop('coupons', {}))
  expect(mine).toMatchObject([{ name: { zh: '好茶满百减十五' }, state: 'Taken' }])
  await cat.tap('去使用 好茶满百减十五')
  await cat.read('“好茶满百减十五”可用于下面的商品')
  const { scope } = demoCatalog.couponTemplates.find(template => template.name.zh === '好茶满百减十五')!
  const categoryIds = scope.kind === 'Categories' ? scope.categoryIds : []
  const meant = demoCatalog.products.filter(product => categoryIds.includes(product.categoryId)).map(product => product.name.zh)
  await cat.until('its goods', async () => (await cat.texts('.goods__name')).length === meant.length)
  expect([...await cat.texts('.goods__name')].sort()).toEqual(meant.sort())

  // Who comes back is not offered it again, and finds it among the own ones.
  await cat.open({ path: 'packages/member/coupons/coupons' })
  await cat.see('去使用 好茶满百减十五')
  await cat.gone('领取 好茶满百减十五')
}, 60_000)

it('what the owner moves, hides and adds stands on the customers’ home at once, in that order', async () => {
  const owner = await street.phoneOf('owner', { path: 'packages/merchant/home/home' })
  const dan = await street.phoneOf('dan')
  await dan.see('.coupons__ticket')

  await owner.tap('把“逛逛商城”往上移')
  await owner.tap('在首页显示“领券”')
  await owner.tap('.add-section')
  await owner.type('.title-input', '粮食满仓')
  await owner.tap('一个分类')
  await owner.tap('.pick-mall-pantry')
  await owner.tap('.pick-done')
  await owner.tap('.keep-section')
  await owner.tap('.save-home')
  await owner.read('首页已经换好了')

  await dan.open({})
  const [first, second, ...rest] = titles
  await dan.see('.section__title:has-text("粮食满仓")')
  expect(await dan.texts(headings)).toEqual([second, first, ...rest, '粮食满仓'])
  expect(await dan.texts('.coupons__ticket')).toEqual([])
  expect(valueOf(await street.shop.as('o-owner').merchant('homeArrangement', {})).sections.at(-1)).toMatchObject({
    kind: 'Goods', title: { zh: '粮食满仓' }, source: { kind: 'Category', categoryId: 'mall-pantry' },
  })
}, 60_000)
