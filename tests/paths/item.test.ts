import { expect, it } from 'vitest'
import { add, atTheBar, inTheMenu, row, toCheckout } from './ordering.ts'
import { nameOf, ordersOf, pay } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** The sheet of a dish: what can be chosen, within which limits, and what it comes to. */
const street = useStreet()

const [PEARL_TEA, TARO_TEA, MOCHI, FOR_TWO, FIRESIDE] =
  [nameOf('pearl-milk-tea'), nameOf('taro-milk-tea'), nameOf('strawberry-mochi'), nameOf('tea-for-two'), nameOf('fireside-tea')]

const chip = (name: string) => `.choice-chip:has-text("${name}")`
const taken = (name: string) => `.choice-chip--taken:has-text("${name}")`
const dish = (name: string) => `.pick:has-text("${name}")`

async function openSheet(phone: Hand, name: string): Promise<void> {
  await phone.type('.search', name)
  await phone.tap('.menu__found .choose-button')
  await phone.see('.item-sheet')
}

it('has one size, up to three extras, and a price that follows each of them', async () => {
  const phone = await street.phoneOf('chooser', inTheMenu)
  await openSheet(phone, PEARL_TEA)
  await phone.see('.group:has-text("杯型") .group__rule:has-text("必选")')
  await phone.see('.group:has-text("加料") .group__rule:has-text("最多 3 样")')
  await phone.see(`${chip('大杯')}:has-text("+¥3.00")`)
  await phone.tap(chip('大杯'))
  await phone.see(taken('大杯'))
  await phone.gone(taken('中杯'))
  // The only size there is cannot be put back.
  await phone.tap(chip('大杯'))
  await phone.see(taken('大杯'))
  for (const extra of ['芋泥', '仙草冻', '椰果']) await phone.tap(chip(extra))
  await phone.read('已选 大杯 · 正常冰 · 标准糖 · 芋泥 · 仙草冻 · 椰果')
  await Promise.all([phone.read('最多选 3 样，先去掉一样'), phone.tap(chip('鸡蛋布丁'))])
  await phone.gone(taken('鸡蛋布丁'))
  await phone.tap(chip('芋泥'))
  await phone.gone(taken('芋泥'))
  await phone.tap(chip('鸡蛋布丁'))
  await phone.see(taken('鸡蛋布丁'))
  await phone.tap('.item-sheet .stepper__plus')
  await phone.see('.item-sheet__act:has-text("48.00")')
  await phone.tap('.item-sheet__add')
  await phone.gone('.item-sheet')
  await phone.tap('.cart-bar .checkout-button')
  await phone.read('大杯 · 正常冰 · 标准糖 · 仙草冻 · 椰果 · 鸡蛋布丁')
  await pay(phone)
  const [order] = await ordersOf(street, 'chooser')
  expect(order).toMatchObject({ state: 'Paid', totalFen: 4800, lines: [{ quantity: 2, unitFen: 1400 + 300 + 200 + 200 + 300 }] })
  expect(order!.lines[0]!.choices.map(choice => choice.zh)).toEqual(['大杯', '正常冰', '标准糖', '仙草冻', '椰果', '鸡蛋布丁'])
}, 60_000)

it('proposes the next time what was chosen', async () => {
  const phone = await street.phoneOf('regular', inTheMenu)
  await openSheet(phone, PEARL_TEA)
  await phone.tap(chip('大杯'))
  await phone.tap(chip('三分糖'))
  await phone.tap('.item-sheet__add')
  await phone.gone('.item-sheet')
  await phone.open(inTheMenu)
  await openSheet(phone, PEARL_TEA)
  await phone.read('已按你上次的口味选好')
  await phone.until('the taste of before', async () => (await phone.texts('.choice-chip--taken')).map(text => text.split(/\s|\+/)[0]).join() === '大杯,正常冰,三分糖')
}, 60_000)

it('lets an order have no more of a dish than it may', async () => {
  const phone = await street.phoneOf('sweet-tooth', inTheMenu)
  await phone.type('.search', MOCHI)
  await phone.tap('.menu__found .product-row__name')
  for (let piece = 1; piece < 4; piece += 1) await phone.tap('.item-sheet .stepper__plus')
  await phone.see('.item-sheet .stepper__quantity:has-text("4")')
  await Promise.all([phone.read('每单限购 4 份'), phone.tap('.item-sheet .stepper__plus')])
  await phone.see('.item-sheet .stepper__quantity:has-text("4")')
  await phone.tap('.item-sheet__add')
  await phone.gone('.item-sheet')
  await phone.see('.cart-bar__count:has-text("4")')
  await phone.tap('.menu__found .add-button')
  await phone.tap('.search__clear')
  await toCheckout(phone)
  await pay(phone)
  expect(await ordersOf(street, 'sweet-tooth')).toMatchObject([{ lines: [{ productId: 'strawberry-mochi', quantity: 4 }] }])
}, 60_000)

it('puts a set together, says what it saves, and the bar makes it dish by dish', async () => {
  const phone = await street.phoneOf('couple', inTheMenu)
  await openSheet(phone, FOR_TWO)
  await phone.read('套餐包含')
  await phone.read('单点共 ¥40.00，套餐省 ¥5.00')
  await phone.tap(`.picks:has-text("第二杯") ${dish(TARO_TEA)}`)
  await phone.read('单点共 ¥45.00，套餐省 ¥7.00')
  await phone.tap(chip('少冰'))
  await phone.tap('.item-sheet__add')
  await phone.gone('.item-sheet')
  await phone.tap('.cart-bar .checkout-button')
  await phone.read('葡式蛋挞 + 小铺珍珠奶茶 + 芋泥波波奶茶')
  await pay(phone)
  const bar = await street.phoneOf('clerk', atTheBar)
  const ticket = `.bar-order:has-text("${FOR_TWO}")`
  await bar.see(ticket)
  const parts = (await bar.texts(`${ticket} .ticket__part`)).map(part => part.replaceAll(/\s/g, ''))
  expect(parts).toEqual(['葡式蛋挞', '小铺珍珠奶茶中杯', '芋泥波波奶茶中杯'])
  expect(await ordersOf(street, 'couple')).toMatchObject([{ state: 'Paid', totalFen: 3800 }])
}, 60_000)

it('asks for as many dishes of a set as belong to it, and lets one give way to another', async () => {
  const phone = await street.phoneOf('nibbler', inTheMenu)
  await openSheet(phone, FIRESIDE)
  await phone.see('.picks__rule:has-text("选 2 样")')
  await Promise.all([phone.read('最多选 2 样，先去掉一样'), phone.tap(dish(MOCHI))])
  await phone.tap(dish('葡式蛋挞'))
  await phone.gone('.pick--taken:has-text("葡式蛋挞")')
  await Promise.all([phone.read('请先选小食任选'), phone.tap('.item-sheet__add')])
  await phone.tap(dish(MOCHI))
  await phone.see(`.pick--taken:has-text("${MOCHI}")`)
  await phone.tap('.item-sheet__add')
  await phone.gone('.item-sheet')
  await phone.tap('.cart-bar .checkout-button')
  await pay(phone)
  const [order] = await ordersOf(street, 'nibbler')
  expect(order!.lines[0]!.parts?.map(part => part.productId)).toEqual(['aged-white-tea', 'earl-grey-cookies', 'strawberry-mochi'])
}, 60_000)

/** What staff take off for today while guests choose, and bring back afterwards. */
async function without(target: { productId: string, choiceId?: string }, act: () => Promise<void>): Promise<void> {
  const { productId, choiceId } = target
  const what = choiceId === undefined ? { kind: 'Product' as const } : { kind: 'Choice' as const, id: choiceId }
  const sell = (until: 'Today' | 'NotAnyMore') => street.shop.as('o-clerk').merchant('setSoldOut', { productId, target: what, until })
  expect(await sell('Today')).toMatchObject({ ok: true })
  await act()
  expect(await sell('NotAnyMore')).toMatchObject({ ok: true })
}

it('shows pearls that are gone, and sells the tea without them', async () => {
  const phone = await street.phoneOf('craver')
  await without({ productId: 'pearl-milk-tea', choiceId: 'pearls' }, async () => {
    await phone.open(inTheMenu)
    await openSheet(phone, PEARL_TEA)
    await phone.see('.choice-chip--sold-out:has-text("黑糖珍珠")')
    await Promise.all([phone.read('黑糖珍珠今天没有了，其他照常可以点'), phone.tap('.choice-chip--sold-out')])
    await phone.tap('.item-sheet__add')
    await phone.gone('.item-sheet')
    await phone.see('.cart-bar__count:has-text("1")')
  })
}, 60_000)

it('sells a set while there is something to pick, and not without what is always in it', async () => {
  const phone = await street.phoneOf('unlucky')
  await without({ productId: 'taro-milk-tea' }, async () => {
    await phone.open(inTheMenu)
    await openSheet(phone, FOR_TWO)
    const gone = `.picks:has-text("第一杯") .pick--sold-out:has-text("${TARO_TEA}")`
    await phone.see(`${gone}:has-text("售罄")`)
    await Promise.all([phone.read(`${TARO_TEA}今天没有了，其他照常可以点`), phone.tap(gone)])
    await phone.tap('.item-sheet__add')
    await phone.gone('.item-sheet')
    await phone.see('.cart-bar__count:has-text("1")')
  })
  await without({ productId: 'egg-tart' }, async () => {
    // It lies in the cart already: the cart says so, and nothing can be ordered.
    await phone.open({ path: 'pages/cart/cart' })
    await phone.see(`.cart-line--problem:has-text("${FOR_TWO}") .cart-line__reason:has-text("售罄了")`)
    await phone.tap('.checkout-button')
    await phone.tap('.remove-unavailable-button')
    await phone.gone('.cart-line')
    await phone.open(inTheMenu)
    await phone.tap('.rail__item:has-text("超值套餐")')
    await phone.see(`${row(FOR_TWO)} .product-row__sold-out:has-text("售罄")`)
  })
  await phone.open(inTheMenu)
  await add(phone, FOR_TWO)
  await phone.see('.cart-bar__count:has-text("1")')
}, 60_000)
