import { afterEach, expect, it } from 'vitest'
import { codeOf } from '../../scripts/steps/scene/tables.ts'
import { add, atTheBar, someTime, toCheckout } from './ordering.ts'
import { nameOf, ordersOf, pay } from './shopping.ts'
import { useStreet } from './street.ts'
import type { Hand } from './street.ts'

/** Over the counter and to the seat: an order, its number, and what its customer sees while the bar works on it. */
const street = useStreet()

const [TART, TEA] = [nameOf('egg-tart'), nameOf('pearl-milk-tea')]
afterEach(() => street.shop.admin.change('stores', 'main', { autoAccept: true }))

/** The order of a person at the bar, and the next thing that staff do with it. */
function workOn(bar: Hand, number: string) {
  const ticket = `.bar-order:has-text("${number}")`
  return {
    see: (words: string) => bar.see(`${ticket}:has-text("${words}")`),
    press: (button: string) => bar.tap(`${ticket} .${button}`),
    gone: () => bar.gone(ticket),
    at: (tab: string) => bar.tap(`.tab-${tab}`),
  }
}

it('is ordered ahead for a time, taken on, made, called by its number and fetched', async () => {
  await street.shop.admin.change('stores', 'main', { autoAccept: false })
  const phone = await street.phoneOf('walker')
  await phone.tap('.take-away-entry')
  await toCheckout(phone, TART)
  await phone.see('.take-away-choice.way__choice--current')
  await phone.tap('.slot-row .row')
  await phone.see('.soon-slot.slots__slot--chosen')
  const time = await someTime(phone)
  await phone.tap(`.time-slot:has-text("${time}")`)
  await phone.see(`.slot-row:has-text("${time}")`)
  await phone.type('.remark', '不要吸管')
  await pay(phone)
  const [order] = await ordersOf(street, 'walker')
  expect(order).toMatchObject({ state: 'Paid', remark: '不要吸管', fulfilment: { kind: 'TakeAway' }, awaitsAcceptance: true })
  expect(order!.pickupNumber).toMatch(/^[A-Z]\d{3}$/)
  expect(order!.fulfilment.kind === 'TakeAway' && order!.fulfilment.slotAtMs! % 900_000).toBe(0)
  await phone.see(`.pickup-number:has-text("${order!.pickupNumber!}")`)
  await phone.tap('.view-order-button')
  await phone.see('.order-state:has-text("已付款，等店里接单")')

  const bar = await street.phoneOf('clerk', atTheBar)
  const ticket = workOn(bar, order!.pickupNumber!)
  await ticket.see('不要吸管')
  await ticket.see(time)
  await bar.tap(`.bar-order:has-text("${order!.pickupNumber!}") .start-button:has-text("接单")`)
  await phone.see(`.order-state:has-text("正在为你做，请留意 ${order!.pickupNumber!}")`)
  await ticket.press('ready-button')
  await ticket.gone()
  await phone.see(`.order-state:has-text("做好了，请取 ${order!.pickupNumber!}")`)
  await ticket.at('ToCollect')
  await ticket.press('collected-button')
  await phone.see('.order-state:has-text("已取餐，慢慢享用")')
  expect(await ordersOf(street, 'walker')).toMatchObject([{ state: 'Collected' }])
}, 90_000)

it('comes with as many sets of cutlery as one asks for, and those beyond the free ones are on the bill', async () => {
  const phone = await street.phoneOf('host')
  await phone.tap('.take-away-entry')
  await toCheckout(phone, TART)
  for (const sets of [1, 2, 3]) {
    await phone.tap('.trip__sets .stepper__plus')
    await phone.see(`.trip__sets .stepper__quantity:has-text("${sets}")`)
  }
  await phone.see('.checkout__sum:has-text("12.50")')
  await pay(phone)
  expect(await ordersOf(street, 'host')).toMatchObject([{
    state: 'Paid', utensils: 3, totalFen: 1250, fees: [{ kind: 'Utensils', amountFen: 50 }],
  }])
}, 60_000)

it('is ordered from a seat by the code on the table, and brought there', async () => {
  const phone = await street.phoneOf('sitter', { scene: codeOf('A1') })
  await phone.see('.dine-in-entry:has-text("A1 桌 · 现在点")')
  await phone.tap('.dine-in-entry')
  await phone.see('.product-row')
  expect(phone.asked()).toEqual(['home', 'menu'])
  await phone.type('.search', TEA)
  await phone.tap('.menu__found .choose-button')
  await phone.tap('.choice-chip:has-text("大杯")')
  await phone.tap('.item-sheet__add')
  await phone.gone('.item-sheet')
  await phone.tap('.search__clear')
  await phone.tap('.cart-bar__open')
  await phone.see('.cart-line:has-text("大杯 · 正常冰")')
  expect(phone.asked()).toEqual(['quote'])
  await phone.tap('.cart .checkout-button')
  await phone.read('送到 A1 桌')
  await phone.see('.checkout__sum')
  phone.asked()
  await pay(phone)
  // Three calls from the tap to the number, for everybody.
  expect(phone.asked().slice(0, 3)).toEqual(['placeOrder', 'unifiedOrder', 'syncPayment'])
  await phone.read('坐着等就好，做好送到 A1 桌')
  const [order] = await ordersOf(street, 'sitter')
  expect(order).toMatchObject({ state: 'Paid', totalFen: 1700, fulfilment: { kind: 'DineIn', tableName: 'A1' } })
  await phone.tap('.view-order-button')
  await phone.see('.order-state:has-text("正在为你做，做好送到 A1 桌")')

  const bar = await street.phoneOf('clerk', atTheBar)
  const ticket = workOn(bar, order!.pickupNumber!)
  await ticket.see('A1')
  await ticket.press('ready-button')
  await phone.see('.order-state:has-text("做好了，正送到 A1 桌")')
  await ticket.at('ToCollect')
  await ticket.press('collected-button')
  await phone.see('.order-state:has-text("已上桌，慢慢享用")')
}, 90_000)

it('is not lost with the phone: the cart is still there when one comes back', async () => {
  const phone = await street.phoneOf('forgetful', { path: 'pages/menu/menu' })
  await add(phone, TEA)
  await phone.open({ path: 'pages/menu/menu' })
  await phone.tap('打开购物车，共 1 件')
  await phone.until('the cart', async () => await phone.route() === 'pages/cart/cart')
  await phone.see(`.cart-line:has-text("${TEA}")`)
}, 60_000)
