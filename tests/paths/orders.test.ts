import { expect, it } from 'vitest'
import type { CartLine, Fulfilment } from '../../contracts/order.ts'
import { member, paidOrder, place, wishOf } from '../functions/support.ts'
import { shipped } from '../support/shipped.ts'
import { nameOf, ordersOf, valueOf } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** The orders of a customer: the list of them, one of them on its way, and ordering the same again. */
const street = useStreet()

const HONEY = { productId: 'honey-jar', choiceIds: [], quantity: 1 }
const BOWLS = { productId: 'rice-bowl', skuId: 'blue-small', choiceIds: [], quantity: 2 }
const TOWEL = { productId: 'paper-towel', choiceIds: [], quantity: 1 }

/** Paid, and to be posted to Hangzhou; answers its id. */
async function toPost(person: string, lines: CartLine[]): Promise<string> {
  const { shop } = street
  const customer = await member(shop, `o-${person}`)
  const [home] = valueOf(await customer.shop('saveAddress', {
    requestId: `home-of-${person}`.padEnd(16, '0'), name: '林小满', phone: '13900139000', province: '33', city: '杭州市', district: '拱墅区',
    detail: '桥弄街 40 号', isDefault: true,
  }))
  const fulfilment: Fulfilment = { kind: 'Express', addressId: home!.id }
  const { id } = valueOf(await customer.shop('placeOrder', await wishOf(customer, lines, { fulfilment })))
  const { outTradeNo } = valueOf(await customer.shop('unifiedOrder', { orderId: id }))
  await shop.manage('pay/complete', { outTradeNo })
  expect(await customer.shop('syncPayment', { orderId: id })).toMatchObject({ ok: true, value: { state: 'Paid' } })
  return id
}

const states = (phone: Hand) => phone.texts('.order-card__state')

it('orders are found by their state, with a count of those that wait, from Me and in the list', async () => {
  const { shop } = street
  const customer = await member(shop, 'o-ann')
  await place(customer, [HONEY])
  await paidOrder(shop, customer, [BOWLS])
  const { orderId } = await paidOrder(shop, customer, [TOWEL])
  await shop.admin.change('orders', orderId, { state: 'Collected' })

  const ann = await street.phoneOf('ann', { path: 'pages/me/me' })
  await ann.see('.shortcut-Unpaid .shortcuts__count:has-text("1")')
  await ann.see('.shortcut-Doing .shortcuts__count:has-text("1")')
  await ann.tap('.shortcut-Doing')
  await ann.see('.tab-Doing.tabs__tab--current')
  await ann.see('.order-card')
  expect(await states(ann)).toEqual(['备货中'])
  await ann.tap('.tab-Done')
  await ann.until('what is done', async () => (await states(ann)).join() === '已提货')
  await ann.tap('.tab-All')
  await ann.until('all', async () => (await states(ann)).length === 3)
  await ann.see('.tab-Unpaid .tabs__count:has-text("1")')

  await ann.tap('.tab-Unpaid')
  await ann.until('what is to be paid', async () => (await states(ann)).join() === '待付款')
  await ann.see('.order-card__remaining:has-text("付款剩余")')
  await ann.tap('.cancel-button')
  await ann.tap('.question-no')
  await ann.tap('.cancel-button')
  await ann.tap('.question-yes')
  await ann.read('这里还没有订单')
  await ann.gone('.tab-Unpaid .tabs__count')
  expect((await ordersOf(street, 'ann')).find(order => order.lines[0]!.productId === 'honey-jar')).toMatchObject({ state: 'Closed', closedBecause: 'Cancelled' })
}, 60_000)

it('a parcel is followed from the packing to the door, and its receipt is confirmed', async () => {
  const orderId = await toPost('ben', [HONEY, BOWLS])
  const ben = await street.phoneOf('ben', { path: 'pages/orders/orders' })
  await ben.tap('.order-card')
  await ben.see('.order-state:has-text("已付款，正在打包")')
  await ben.see('.steps__step--next:has-text("待寄出")')
  await ben.see('.facts__row:has-text("收货人"):has-text("林小满 13900139000")')

  await shipped(street.shop, orderId)
  // The page looks by itself.
  await ben.see('.order-state:has-text("已寄出，请留意收货")')
  await ben.see('.facts__row:has-text("快递单号"):has-text("ZTO0001")')
  await ben.tap('复制快递单号')
  await ben.read('已复制')
  await ben.confirmReceipt('.receive-button')
  await ben.see('.order-state:has-text("已收货")')
  await ben.see('.review-button')
  expect(await ordersOf(street, 'ben')).toMatchObject([{ state: 'Collected' }])
  await ben.back()
  await ben.see('.order-card__state:has-text("已收货")')
}, 60_000)

it('the same is bought again: it lies in the cart as it was, and what cannot be had is said by name', async () => {
  await toPost('cat', [{ ...HONEY, quantity: 2 }, BOWLS, TOWEL])
  await street.shop.admin.change('products', 'paper-towel', { onSale: false })
  const cat = await street.phoneOf('cat', { path: 'pages/orders/orders' })
  await cat.tap('.order-again-button')
  await cat.read(`${nameOf('paper-towel')} 现在买不了，其余已放进购物车`)
  await cat.see('.cart-line')
  expect(await cat.texts('.cart-line__name')).toEqual([nameOf('honey-jar'), nameOf('rice-bowl')])
  expect(await cat.texts('.stepper__quantity')).toEqual(['2', '2'])
  await cat.see('.cart-line:has-text("青花 · 4.5 寸")')
  await cat.see('.cart__sum:has-text("160.00")')
}, 60_000)

it('a list that is longer than a page grows as it is scrolled, and is found again where it was left', async () => {
  const { shop } = street
  const customer = await member(shop, 'o-dan')
  for (let count = 0; count < 12; count += 1) await paidOrder(shop, customer, [{ productId: 'sundried-noodles', choiceIds: [], quantity: 1 }])
  const dan = await street.phoneOf('dan', { path: 'pages/orders/orders' })
  await dan.see('.order-card')
  const first = (await states(dan)).length
  expect(first).toBeLessThan(12)
  await dan.until('all orders', async () => {
    await dan.scrollToEnd()
    return (await states(dan)).length === 12
  })
  await dan.scrollToEnd()
  await dan.tap('.order-card:nth-child(12)')
  await dan.see('.order-state')
  await dan.back()
  await dan.see('.order-card')
  expect((await states(dan)).length).toBe(12)
  await dan.until('the place', async () => await dan.scrolledPx() > 500)
}, 60_000)
