import { expect, it } from 'vitest'
import { add, inTheMenu, row, toCheckout } from './ordering.ts'
import { nameOf, ordersOf, pay } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

const street = useStreet()

const [TART, TOAST, LEMON_TEA] = [nameOf('egg-tart'), nameOf('condensed-milk-toast'), nameOf('lemon-black-tea')]

it('finds a dish by the first letters of its syllables, says when there is none, and asks the server for the menu alone', async () => {
  const phone = await street.phoneOf('searcher', inTheMenu)
  await phone.see(row(LEMON_TEA))
  await phone.type('.search', 'yzgl')
  await phone.read('找到 1 样')
  await phone.see('.menu__found .product-row:has-text("杨枝甘露")')
  await phone.type('.search', '没有的东西')
  await phone.read('没有找到“没有的东西”')
  await phone.tap('看整张菜单')
  await phone.gone('.menu__found')
  await phone.type('.search', 'psdt')
  await phone.tap('.menu__found .product-row:has-text("葡式蛋挞") .add-button')
  await phone.see('.cart-bar__count:has-text("1")')
  await phone.tap('.search__clear')
  await phone.see('.rail__item--current:has-text("经典奶茶")')
  expect(phone.asked()).toEqual(['menu'])
}, 60_000)

it('is where one left it: after a look at a dish, after the till, after going away and coming back', async () => {
  const phone = await street.phoneOf('stroller', inTheMenu)
  const isWhereOneWas = async () => {
    await phone.inSight(row(TOAST))
    await phone.see('.rail__item--current:has-text("小食甜点")')
  }
  await phone.tap('.rail__item:has-text("小食甜点")')
  await isWhereOneWas()
  await phone.tap(`${row(TOAST)} .product-row__name`)
  await phone.see('.item-sheet')
  await phone.tap('.sheet__close')
  await phone.gone('.item-sheet')
  await isWhereOneWas()
  await phone.tap(`${row(TART)} .add-button`)
  await phone.tap('.cart-bar .checkout-button')
  await phone.see('.pay-button')
  await phone.back()
  await isWhereOneWas()
  await phone.tap('.cart-bar__open')
  await phone.see('.cart-line')
  await phone.back()
  await isWhereOneWas()
  await phone.open(inTheMenu)
  await isWhereOneWas()
  // What was picked is still there as well.
  await phone.see('.cart-bar__count:has-text("1")')
}, 60_000)

/** Staff take a dish off for today, or bring it back. */
async function sell(productId: string, until: 'Today' | 'NotAnyMore'): Promise<void> {
  const outcome = await street.shop.as('o-clerk').merchant('setSoldOut', { productId, target: { kind: 'Product' }, until })
  expect(outcome).toMatchObject({ ok: true })
}

async function readsSoldOut(phone: Hand): Promise<void> {
  await phone.tap('.rail__item:has-text("小食甜点")')
  await phone.see(`${row(TART)} .product-row__sold-out:has-text("售罄")`)
  await phone.tap(`${row(TART)} .product-row__name`)
  await phone.see('.item-sheet__add:has-text("售罄")')
  await phone.tap('.item-sheet__add')
  await phone.tap('.sheet__close')
  await phone.gone('.item-sheet')
}

it('shows what is sold out today, which goes out of an order that was at the till', async () => {
  const phone = await street.phoneOf('latecomer', inTheMenu)
  await toCheckout(phone, TART, LEMON_TEA)
  await sell('egg-tart', 'Today')
  await phone.tap('.pay-button')
  await phone.read('有几样刚刚卖完')
  await phone.see('.question__body:has-text("葡式蛋挞")')
  await phone.tap('去掉它们，继续下单')
  await phone.gone('.question')
  await phone.gone('.checkout .line:has-text("葡式蛋挞")')
  await pay(phone)
  expect(await ordersOf(street, 'latecomer')).toMatchObject([{ state: 'Paid', lines: [{ productId: 'lemon-black-tea', quantity: 1 }] }])

  await phone.open(inTheMenu)
  await readsSoldOut(phone)
  await phone.gone('.cart-bar')
  await sell('egg-tart', 'NotAnyMore')
  await phone.open(inTheMenu)
  await add(phone, TART)
  await phone.see('.cart-bar__count:has-text("1")')
}, 60_000)
