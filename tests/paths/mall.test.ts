import { expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { nameOf } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** The list of what lies on the shelf: by category, in four orders, page by page. */
const street = useStreet()

const all = demoCatalog.products.filter(product => product.kind === 'Mall')
const shown = (phone: Hand) => phone.texts('.goods__name')
const factsOf = async (phone: Hand) => (await shown(phone)).map(name => all.find(product => product.name.zh === name)!)
const isRising = (numbers: number[]) => numbers.every((number, place) => place === 0 || numbers[place - 1]! <= number)

/** Until the list has grown to its end. */
async function scrollThrough(phone: Hand): Promise<void> {
  await phone.until('all goods', async () => {
    await phone.scrollToEnd()
    return (await shown(phone)).length === all.length
  })
}

it('the list grows as it is scrolled, a page at a time, and is found again where it was left', async () => {
  const ann = await street.phoneOf('ann', { path: 'pages/mall/mall' })
  await ann.see('.goods')
  expect(ann.asked()).toEqual(['mall'])
  expect(await shown(ann)).toHaveLength(20)
  await scrollThrough(ann)
  expect(ann.asked()).toEqual(['mall'])
  await ann.read('没有更多了')

  await ann.scrollToEnd()
  const last = (await shown(ann)).at(-1)!
  await ann.tap(`.goods[aria-label="${last}"]`)
  await ann.see(`.head__name:has-text("${last}")`)
  await ann.back()
  await ann.see(`.goods[aria-label="${last}"]`)
  await ann.until('the place', async () => await ann.scrolledPx() > 1_000)
  expect(await shown(ann)).toHaveLength(all.length)
}, 60_000)

it('goods are turned by what they cost and how well they sell', async () => {
  const ben = await street.phoneOf('ben', { path: 'pages/mall/mall' })
  await ben.tap('.sort-price')
  await ben.see('.sort-price[aria-label="价格从低到高"]')
  await ben.see(`.goods[aria-label="${nameOf('sticker-pack')}"]`)
  expect(isRising((await factsOf(ben)).map(product => product.priceFen))).toBe(true)
  await ben.tap('.sort-price')
  await ben.see(`.goods[aria-label="${nameOf('clay-teapot')}"]`)
  const byPrice = (await factsOf(ben)).map(product => product.priceFen)
  expect(isRising([...byPrice].reverse())).toBe(true)
  await ben.tap('.sort-Sales')
  const best = [...all].sort((one, other) => other.soldCount - one.soldCount)[0]!
  await ben.until('what sells best in front', async () => (await shown(ben))[0] === best.name.zh)
  expect(isRising((await factsOf(ben)).map(product => product.soldCount).reverse())).toBe(true)
}, 60_000)

it('a category shows its own goods, and keeps their order', async () => {
  const cat = await street.phoneOf('cat', { path: 'pages/mall/mall' })
  for (const { id, name } of demoCatalog.categories.filter(category => category.kind === 'Mall')) {
    await cat.tap(`.category-${id}`)
    const own = all.filter(product => product.categoryId === id)
    await cat.until(`the goods of ${name.zh}`, async () => (await factsOf(cat)).length === own.length)
    expect(new Set((await factsOf(cat)).map(product => product.categoryId))).toEqual(new Set([id]))
  }
  await cat.tap('.sort-price')
  await cat.until('the cheapest in front', async () => (await shown(cat))[0] === nameOf('handmade-soap'))
  await cat.tap('.category-mall-gifts')
  await cat.until('the cheapest gift in front', async () => (await shown(cat))[0] === nameOf('sticker-pack'))
}, 60_000)

it('who pulls the list down sees what it costs now, and nothing else moves', async () => {
  const dan = await street.phoneOf('dan', { path: 'pages/mall/mall' })
  const tea = `.goods[aria-label="${nameOf('jasmine-tea-tin')}"]`
  await dan.see(`${tea}:has-text("¥68.00")`)
  const before = await shown(dan)
  await street.shop.admin.change('products', 'jasmine-tea-tin', { priceFen: 6600 })
  await dan.pullDown()
  await dan.see(`${tea}:has-text("¥66.00")`)
  expect(await shown(dan)).toEqual(before)
}, 60_000)
