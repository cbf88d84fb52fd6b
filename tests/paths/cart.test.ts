import { expect, it } from 'vitest'
import { nameOf, pageOf, putIn, valueOf } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** The cart: what goes together, what cannot be had any more, and putting it in order. */
const street = useStreet()

const TART = nameOf('egg-tart')

/** Somebody with these goods of the shelf in the cart, and it open before them. */
async function withCart(person: string, ...goods: [productId: string, ...values: string[]][]): Promise<Hand> {
  const phone = await street.phoneOf(person, { path: 'pages/cart/cart' })
  for (const [productId, ...values] of goods) {
    await phone.open({ path: pageOf(productId) })
    await putIn(phone, ...values)
  }
  await phone.tap('.bar-cart')
  await phone.see('.cart-line')
  return phone
}

const names = (phone: Hand) => phone.texts('.cart-line__name')
const lineOf = (productId: string) => `.cart-line:has-text("${nameOf(productId)}")`

it('what is made and what is posted stand apart, and each goes to its own checkout', async () => {
  const ann = await withCart('ann', ['honey-jar'], ['rice-bowl', 'blue', 'large'])
  await ann.see('.cart__sum:has-text("100.00")')
  await ann.open({ path: 'pages/menu/menu' })
  await ann.type('.search', TART)
  await ann.tap('.menu__found .add-button')
  await ann.tap('.cart-bar__open')
  await ann.see('.cart-group-Bar:has-text("现做的")')
  await ann.see('.cart-group-Mall:has-text("寄送和提货")')
  expect(await ann.texts('.cart-group-Bar .cart-line__name')).toEqual([TART])
  expect(await ann.texts('.cart-group-Mall .cart-line__name')).toEqual([nameOf('honey-jar'), nameOf('rice-bowl')])
  await ann.see('.cart-group-Mall .group__foot:has-text("100.00")')

  await ann.tap('.cart-group-Mall .checkout-button')
  await ann.see('.express-choice')
  await ann.read('另有 1 样要分开结算')
  expect(await ann.texts('.checkout .line__name')).toEqual([nameOf('honey-jar'), nameOf('rice-bowl')])
  await ann.back()
  await ann.tap('.cart-group-Bar .checkout-button')
  await ann.see('.take-away-choice')
  await ann.read('另有 2 样要分开结算')
  expect(await ann.texts('.checkout .line__name')).toEqual([TART])
}, 60_000)

it('goods that were taken off after they were put in stand apart with the reason, and do not count', async () => {
  const { shop } = street
  const ben = await withCart('ben', ['honey-jar'], ['canvas-tote'], ['coaster-set'], ['sticker-pack'])
  await ben.tap(`${lineOf('sticker-pack')} .stepper__plus`)
  await ben.tap(`${lineOf('sticker-pack')} .stepper__plus`)
  await ben.see('.cart__sum:has-text("172.00")')
  const clerk = shop.as('o-clerk')
  await clerk.login()
  valueOf(await clerk.merchant('setSoldOut', { productId: 'coaster-set', target: { kind: 'Product' }, until: 'Today' }))
  await shop.admin.change('products', 'canvas-tote', { onSale: false })
  await shop.admin.change('stock', 'sticker-pack', { available: 1 })
  await ben.open({ path: 'pages/cart/cart' })
  await ben.see('.cart__card--unavailable')
  await ben.see(`${lineOf('canvas-tote')}:has-text("已下架")`)
  await ben.see(`${lineOf('coaster-set')}:has-text("售罄了")`)
  await ben.see(`${lineOf('sticker-pack')}:has-text("只剩 1 份")`)
  await ben.see('.cart__sum:has-text("58.00")')

  // What is left can be taken, the rest goes at once.
  await ben.tap('改为 1 份')
  await ben.see('.cart__sum:has-text("70.00")')
  await ben.tap('全部移走')
  await ben.gone('.cart__card--unavailable')
  expect(await names(ben)).toEqual([nameOf('honey-jar'), nameOf('sticker-pack')])
  await ben.tap('.checkout-button')
  await ben.see('.express-choice')
  expect(await ben.texts('.checkout .line__name')).toEqual([nameOf('honey-jar'), nameOf('sticker-pack')])
}, 60_000)

it('several lines are chosen and deleted together, after a question', async () => {
  const cat = await withCart('cat', ['honey-jar'], ['soy-sauce'], ['paper-towel'])
  await cat.tap('.edit-button')
  await cat.tap(`选中 ${nameOf('honey-jar')}`)
  await cat.tap(`选中 ${nameOf('paper-towel')}`)
  await cat.tap('删除（2）')
  await cat.read('删除选中的 2 样？')
  await cat.tap('.question-no')
  expect(await names(cat)).toHaveLength(3)
  await cat.tap('删除（2）')
  await cat.tap('.question-yes')
  await cat.until('one line', async () => (await names(cat)).length === 1)
  expect(await names(cat)).toEqual([nameOf('soy-sauce')])
  await cat.tap('.edit-button')
  await cat.tap('.cart__all')
  await cat.tap('删除（1）')
  await cat.tap('.question-yes')
  await cat.read('购物车还空着')
  // It is as empty when the shop is opened again.
  await cat.open({ path: 'pages/cart/cart' })
  await cat.read('购物车还空着')
}, 60_000)

it('a line is chosen anew where it stands, and joins the one that it is like', async () => {
  const dan = await withCart('dan', ['umbrella', 'navy'], ['umbrella', 'green'])
  await dan.tap('.change-line:has-text("藏蓝")')
  await dan.tap('.spec-amber')
  await dan.tap('.sku-add-button')
  await dan.see('.change-line:has-text("琥珀")')
  expect(await names(dan)).toHaveLength(2)
  await dan.tap('.change-line:has-text("琥珀")')
  await dan.tap('.spec-green')
  await dan.tap('.sku-add-button')
  await dan.until('one line', async () => (await names(dan)).length === 1)
  await dan.see('.cart-line:has-text("茶绿") .stepper__quantity:has-text("2")')
}, 60_000)

it('a kind that was sold out meanwhile is chosen anew from the cart', async () => {
  const eve = await withCart('eve', ['handmade-soap', 'rose'])
  await street.shop.admin.change('stock', 'handmade-soap:rose', { available: 0 })
  await eve.open({ path: 'pages/cart/cart' })
  await eve.see(`${lineOf('handmade-soap')}:has-text("售罄了")`)
  await eve.tap('.choose-again')
  await eve.see('.spec-rose.sku__value--gone')
  await eve.tap('.spec-mint')
  await eve.tap('.sku-add-button')
  await eve.gone('.cart__card--unavailable')
  await eve.see('.cart__sum:has-text("29.00")')
}, 60_000)
