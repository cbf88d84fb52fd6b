import { expect, it } from 'vitest'
import { nameOf, pageOf, putIn, valueOf } from './shopping.ts'
import { useStreet } from './street.ts'

/** The page of one product, and what a member keeps in mind of the goods. */
const street = useStreet()

it('a page of goods tells all that one wants to know, from one call, and shows its pictures', async () => {
  const ann = await street.phoneOf('ann', { path: pageOf('rice-bowl') })
  await ann.see('.head__name:has-text("枝叶饭碗")')
  expect(ann.asked()).toEqual(['product'])
  await ann.see('.head__prices:has-text("¥28.00–¥42.00")')
  await ann.see('.head__sold:has-text("已售 164")')
  await ann.read('现货 24 小时内发出 · 磕了碰了包赔 · 可到店自取')
  await ann.see('.product__rich:has-text("釉下手绘，颜色永远不会掉")')
  await ann.read('看了又看')
  await ann.see('.gallery__count:has-text("1/4")')
  await ann.swipe('.gallery__swiper')
  await ann.see('.gallery__count:has-text("2/4")')

  const [related] = await ann.texts('.goods__name')
  await ann.tap(`.goods[aria-label="${related}"]`)
  await ann.see(`.head__name:has-text("${related}")`)
}, 60_000)

it('reviews are read from the page on, all of them or only those of one sort', async () => {
  const { rating } = valueOf(await street.shop.as(null).shop('product', { productId: 'rice-bowl' }))
  expect(rating.withPictures).toBeLessThan(rating.count)
  const ben = await street.phoneOf('ben', { path: pageOf('rice-bowl') })
  await ben.tap('.all-reviews')
  await ben.until('all of them', async () => (await ben.texts('.review__head')).length === rating.count)
  await ben.tap('.filter-Pictures')
  await ben.until('those with pictures', async () => (await ben.texts('.review__head')).length === rating.withPictures)
  expect(await ben.texts('.review__pictures')).toHaveLength(rating.withPictures)
  await ben.tap('.filter-Good')
  await ben.until('the good ones', async () => (await ben.texts('.review__head')).length === rating.good)
}, 60_000)

it('a combination that is sold out can be seen and not taken, another one goes into the cart', async () => {
  const cat = await street.phoneOf('cat', { path: pageOf('rice-bowl') })
  await cat.tap('.choose-row')
  await cat.tap('.spec-green')
  await cat.see('.spec-large.sku__value--gone')
  await cat.tap('.spec-large')
  await cat.read('这个组合卖完了')
  await cat.tap('.spec-blue')
  await cat.tap('.spec-large')
  await cat.see('.sku__chosen:has-text("已选 青花 · 6 寸")')
  await cat.see('.sku__price:has-text("¥42.00")')
  await cat.see('.sku__left:has-text("库存 7 件")')
  await cat.tap('.sku__quantity .stepper__plus')
  await cat.tap('.sku-add-button')
  await cat.see('.bar__count:has-text("2")')
  await cat.see('.choose-row:has-text("青花 · 6 寸")')
  await cat.tap('.bar-cart')
  await cat.see('.cart-line:has-text("枝叶饭碗"):has-text("青花 · 6 寸"):has-text("¥42.00")')
  await cat.see('.cart__sum:has-text("84.00")')

  await cat.open({ path: pageOf('matcha-set') })
  await cat.see('卖完了')
  await cat.gone('.buy-now')
}, 60_000)

it('what is liked and what was looked at is found again on Me, and forgotten when one wants', async () => {
  const dan = await street.phoneOf('dan', { path: 'pages/me/me' })
  await dan.see('.footprints-entry')
  const looked = ['umbrella', 'honey-jar', 'soy-sauce']
  for (const productId of looked) {
    await dan.open({ path: pageOf(productId) })
    await dan.see(`.head__name:has-text("${nameOf(productId)}")`)
    if (productId === 'soy-sauce') continue
    await dan.tap('.favourite-button')
    await dan.read('已放进收藏')
  }
  await dan.open({ path: pageOf('honey-jar') })
  await dan.see('.favourite-button:has-text("已收藏")')

  await dan.open({ path: 'pages/me/me' })
  await dan.tap('.favourites-entry')
  await dan.see('.kept__row')
  expect(await dan.texts('.kept__name')).toEqual(['honey-jar', 'umbrella'].map(nameOf))
  await dan.tap(`移走 ${nameOf('umbrella')}`)
  await dan.gone(`.kept__row:has-text("${nameOf('umbrella')}")`)
  await dan.tap(`.kept__row:has-text("${nameOf('honey-jar')}")`)
  await dan.see(`.head__name:has-text("${nameOf('honey-jar')}")`)
  await dan.back()
  await dan.back()
  const kept = async (list: 'favourites' | 'footprints') => valueOf(await street.shop.as('o-dan').shop(list, {})).items.map(item => item.productId)
  expect(await kept('favourites')).toEqual(['honey-jar'])

  await dan.tap('.footprints-entry')
  await dan.see('.kept__row')
  expect(await dan.texts('.kept__name')).toEqual(['honey-jar', 'soy-sauce', 'umbrella'].map(nameOf))
  await dan.tap(`移走 ${nameOf('soy-sauce')}`)
  await dan.gone(`.kept__row:has-text("${nameOf('soy-sauce')}")`)
  await dan.until('it to be forgotten', async () => !(await kept('footprints')).includes('soy-sauce'))
  await dan.tap('.clear-kept')
  await dan.tap('.question-yes')
  await dan.read('还没有看过什么')
  await dan.until('all to be forgotten', async () => (await kept('footprints')).length === 0)
}, 90_000)

it('goods that are put in twice are one line of the cart', async () => {
  const eve = await street.phoneOf('eve', { path: pageOf('umbrella') })
  await putIn(eve, 'navy')
  // It opens as it was left.
  await putIn(eve)
  await eve.see('.bar__count:has-text("2")')
  await eve.tap('.bar-cart')
  await eve.see('.stepper__quantity:has-text("2")')
  expect(await eve.texts('.cart-line')).toHaveLength(1)
}, 60_000)
