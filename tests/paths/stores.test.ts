import { beforeAll, expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { stockIdOf } from '../../backend/stock/rules.ts'
import { add, inTheMenu, openAlways, row, toCheckout } from './ordering.ts'
import { nameOf, ordersOf, pay } from './shopping.ts'
import { useStreet } from './street.ts'

/** Several stores: which is near, what each sells, and where it is. */
const street = useStreet()
beforeAll(() => openAlways(street.shop))

const [TART, PANCAKE] = [nameOf('egg-tart'), nameOf('scallion-pancake')]
const [LAKESIDE, STATION] = [demoCatalog.branches.find(({ id }) => id === 'lakeside')!, demoCatalog.branches.find(({ id }) => id === 'station')!]
const names = [demoCatalog.store, LAKESIDE, STATION].map(({ name }) => name.zh)

it('the nearest comes first for who says where they are, and its page shows the way', async () => {
  const phone = await street.phoneOf('traveller', inTheMenu)
  await phone.tap('.store-switch')
  await phone.gone('.store__away')
  // A little south of the station.
  await phone.standAt({ latitude: STATION.latitude - 0.002, longitude: STATION.longitude })
  await phone.tap('.locate-button')
  await phone.see('.store-row:has-text("东站店"):has-text("最近"):has-text("220 米")')
  expect((await phone.texts('.store__name')).map(name => name.trim())).toEqual([STATION, demoCatalog.store, LAKESIDE].map(({ name }) => name.zh))
  await phone.tap('.store-details')
  await phone.see('.page__map')
  await phone.read(STATION.address.zh)
  await phone.see('.store-now:has-text("营业中"):has-text("距离 220 米")')
  await phone.tap('.navigate-button')
  await phone.until('the map', async () => (await phone.outings()).length > 0)
  expect(await phone.outings()).toEqual([{ latitude: STATION.latitude, longitude: STATION.longitude }])
  await phone.tap('.order-here-button')
  await phone.see('.head__name:has-text("东站店")')
  await toCheckout(phone, TART)
  // Nobody sets out from the station.
  await phone.gone('.delivery-choice')
  await pay(phone)
  expect(await ordersOf(street, 'traveller')).toMatchObject([{ storeId: 'station', state: 'Paid' }])

  // A shared page of the store needs no list before it.
  await phone.open({ path: 'packages/store/store/store?storeId=station' })
  await phone.read(STATION.address.zh)
  await phone.tap('.call-button')
  await phone.until('the call', async () => (await phone.outings()).some(outing => 'phone' in outing && outing.phone === STATION.phone))
}, 60_000)

it('without a place they stand in the order of the shop, and one is chosen by its name', async () => {
  const phone = await street.phoneOf('discreet', inTheMenu)
  await phone.standAt(null)
  await phone.tap('.store-switch')
  await phone.tap('.locate-button')
  await phone.read('没有拿到位置，按默认顺序排列')
  await phone.gone('.store__tag')
  await phone.gone('.store__away')
  expect((await phone.texts('.store__name')).map(name => name.trim())).toEqual(names)
  await phone.standAt(null)
  await phone.tap('.store-row:has-text("西溪店") .store-details')
  await phone.tap('.how-far-button')
  await phone.read('没有拿到位置')
  await phone.gone('.how-far-button')
  await phone.back()
  await Promise.all([phone.read('已换到 小铺茶屋 · 西溪店'), phone.tap('.store-row:has-text("西溪店") .store-choose')])
  await phone.see('.head__name:has-text("西溪店")')
  // It is the one that is kept.
  await phone.open({})
  await phone.see('.store-card__name:has-text("西溪店")')
}, 60_000)

/** Pieces on the shelf of a store. */
const leftIn = async (storeId?: string): Promise<number> =>
  (await street.shop.admin.read<{ available: number }>('stock', stockIdOf({ productId: 'egg-tart', ...storeId === undefined ? {} : { storeId } })))!.available

it('each sells what it has: the cart says what another one lacks, and its shelf is its own', async () => {
  const [inMain, inStation] = [await leftIn(), await leftIn('station')]
  const phone = await street.phoneOf('hungry', inTheMenu)
  await add(phone, PANCAKE)
  await add(phone, TART)
  await phone.tap('.store-switch')
  await Promise.all([
    phone.read('已换到 小铺茶屋 · 东站店，购物车里有 1 样这里买不了'),
    phone.tap('.store-row:has-text("东站店") .store-choose'),
  ])
  await phone.see('.head__name:has-text("东站店")')
  await phone.tap('.rail__item:has-text("小食甜点")')
  await phone.see(`${row(TART)}:has-text("仅剩 ${inStation} 份")`)
  await phone.gone(row(PANCAKE))
  await phone.tap('.cart-bar__open')
  await phone.see(`.cart__card--unavailable .cart-line:has-text("${PANCAKE}"):has-text("这家店没有")`)
  await phone.see(`.cart-group-Bar .cart-line:has-text("${TART}")`)
  await phone.tap('.checkout-button')
  await pay(phone)
  expect(await ordersOf(street, 'hungry')).toMatchObject([{ storeId: 'station', lines: [{ productId: 'egg-tart' }] }])
  expect([await leftIn(), await leftIn('station')]).toEqual([inMain, inStation - 1])

  // Back in the first store, the pancake is there again.
  await phone.open({})
  await phone.tap('.store-switch')
  await phone.tap('.store-row >> nth=0 >> .store-choose')
  await phone.see(`.store-card__name:has-text("${names[0]}")`)
  await phone.open(inTheMenu)
  await phone.see('.cart-bar__count:has-text("1")')
  await toCheckout(phone)
  await phone.see(`.checkout .line:has-text("${PANCAKE}")`)
}, 60_000)

it('what one store has sold out for today, another still has', async () => {
  const sell = (until: 'Today' | 'NotAnyMore') =>
    street.shop.as('o-clerk').merchant('setSoldOut', { productId: 'scallion-pancake', target: { kind: 'Product' }, until })
  await sell('Today')
  const phone = await street.phoneOf('undaunted', inTheMenu)
  await phone.tap('.rail__item:has-text("小食甜点")')
  await phone.see(`${row(PANCAKE)} .product-row__sold-out`)
  await phone.open({})
  await phone.tap('.store-switch')
  await phone.tap('.store-row:has-text("西溪店") .store-choose')
  await phone.see('.store-card__name:has-text("西溪店")')
  await phone.open(inTheMenu)
  await add(phone, PANCAKE)
  await phone.see('.cart-bar__count:has-text("1")')
  await sell('NotAnyMore')
}, 60_000)

it('a table belongs to one of them: its code leads there', async () => {
  const phone = await street.phoneOf('passer-by', { scene: LAKESIDE.tables[0]!.linkId })
  await phone.see('.store-card__name:has-text("西溪店")')
  await phone.read('堂食 W1 桌')
  expect(phone.asked()).toEqual(['home'])
  await phone.tap('.dine-in-entry')
  await toCheckout(phone, TART)
  await phone.read('送到 W1 桌')
  await pay(phone)
  expect(await ordersOf(street, 'passer-by')).toMatchObject([{ storeId: 'lakeside', fulfilment: { kind: 'DineIn', tableName: 'W1' } }])
}, 60_000)
