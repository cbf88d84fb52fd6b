import { expect, it } from 'vitest'
import { add, inTheMenu, someTime, toCheckout } from './ordering.ts'
import { nameOf, ordersOf, pay } from './shopping.ts'
import { useStreet } from './street.ts'

/** A person is called away between the cart and the money, and finds everything as it was. */
const street = useStreet()

const TART = nameOf('egg-tart')

it('a checkout that was interrupted is offered again where it was left, and after the cashier the order is', async () => {
  const phone = await street.phoneOf('interrupted', inTheMenu)
  await toCheckout(phone, TART)
  await phone.tap('.slot-row .row')
  const time = await someTime(phone)
  await phone.tap(`.time-slot:has-text("${time}")`)
  await phone.see(`.slot-row:has-text("${time}")`)
  await phone.open({})
  await phone.see('.resume-draft:has-text("上次还没结完账")')
  await phone.tap('.resume-draft .resume__act')
  await phone.see(`.slot-row:has-text("${time}")`)
  await phone.see(`.checkout .line:has-text("${TART}")`)
  await phone.tap('.pay-button')
  await phone.leaveCashier()
  await phone.see('.order-state:has-text("等你付款")')
  const [left] = await ordersOf(street, 'interrupted')
  expect(left).toMatchObject({ state: 'Unpaid', totalFen: 1200 })

  await phone.open({})
  await phone.gone('.resume-draft')
  await phone.tap('.resume-unpaid:has-text("有一单 ¥12.00 还没付款") .resume__act')
  await phone.see('.order-state')
  await pay(phone)
  expect(await ordersOf(street, 'interrupted')).toMatchObject([{ id: left!.id, state: 'Paid' }])
  await phone.open({})
  await phone.see('.store-card__name')
  await phone.gone('.resume-unpaid')
  await phone.gone('.resume-draft')
}, 60_000)

it('who does not want to go on is not asked again, and has the cart still', async () => {
  const phone = await street.phoneOf('undecided', inTheMenu)
  await toCheckout(phone, TART)
  await phone.open({})
  await phone.tap('.resume-draft .resume__dismiss')
  await phone.gone('.resume-draft')
  await phone.open({})
  await phone.see('.store-card__name')
  await phone.gone('.resume-draft')
  await phone.open(inTheMenu)
  await phone.see('.cart-bar__count:has-text("1")')
}, 60_000)

it('an order that is not paid stands on the menu as well, and can be given up', async () => {
  const phone = await street.phoneOf('thrifty', inTheMenu)
  await toCheckout(phone, TART)
  await phone.tap('.pay-button')
  await phone.leaveCashier()
  await phone.see('.order-state:has-text("等你付款")')
  await phone.open(inTheMenu)
  await add(phone, TART)
  await phone.tap('.resume-unpaid .resume__act')
  await phone.tap('.cancel-button')
  await phone.tap('.question-yes')
  await phone.see('.order-state:has-text("这一单已取消")')
  expect(await ordersOf(street, 'thrifty')).toMatchObject([{ state: 'Closed' }])
  await phone.open(inTheMenu)
  await phone.see('.cart-bar')
  await phone.gone('.resume-unpaid')
}, 60_000)
