import { expect, it } from 'vitest'
import { buyNow, nameOf, ordersOf, pageOf, pay, putIn } from './shopping.ts'
import { useStreet } from './street.ts'

/** What comes between a customer and the order: an interruption, another price, a quicker neighbour. */
const street = useStreet()

it('a checkout that was interrupted is taken up where it was left, and what was left at the cashier is paid later', async () => {
  const dan = await street.phoneOf('dan', { path: pageOf('umbrella') })
  await putIn(dan, 'navy')
  await buyNow(dan, 'honey-jar')
  await dan.tap('.pick-up-choice')
  await dan.see('.pick-up-choice.way__choice--current')
  await dan.open({})
  await dan.tap('.resume-draft .resume__act')
  await dan.see('.pick-up-choice.way__choice--current')
  // What is bought at once is bought alone, whatever lies in the cart.
  expect(await dan.texts('.checkout .line__name')).toEqual([nameOf('honey-jar')])
  await dan.tap('.pay-button')
  await dan.leaveCashier()
  await dan.see('.order-state:has-text("等你付款")')
  expect(await ordersOf(street, 'dan')).toMatchObject([{ state: 'Unpaid', totalFen: 5200 }])

  await dan.open({})
  await dan.see('.resume-unpaid:has-text("¥52.00")')
  await dan.tap('.resume-unpaid .resume__act')
  await pay(dan)
  await dan.open({})
  await dan.see('.store-card__name')
  await dan.gone('.resume-unpaid, .resume-draft')
  expect(await ordersOf(street, 'dan')).toMatchObject([{ state: 'Paid', lines: [{ productId: 'honey-jar' }] }])
  await dan.open({ path: 'pages/cart/cart' })
  await dan.see('.cart-line:has-text("藏蓝")')
  expect(await dan.texts('.cart-line')).toHaveLength(1)
}, 60_000)

it('a price that has changed meanwhile is asked about, and nothing else than what was agreed to is charged', async () => {
  const eve = await street.phoneOf('eve')
  await buyNow(eve, 'canvas-tote')
  await eve.tap('.pick-up-choice')
  await eve.gone('.obstacle')
  await eve.see('.checkout__sum:has-text("49.00")')
  await street.shop.admin.change('products', 'canvas-tote', { priceFen: 5400 })
  await eve.tap('.pay-button')
  await eve.read('你看到的是 ¥49.00，现在是 ¥54.00。')
  expect(await ordersOf(street, 'eve')).toEqual([])
  await eve.tap('按新价格付款')
  await eve.pay()
  await eve.see('.result-paid')
  expect(await ordersOf(street, 'eve')).toMatchObject([{ state: 'Paid', totalFen: 5400 }])
}, 60_000)

it('the last piece goes to the quicker of two people, and the other one reads so', async () => {
  const [gil, hal] = [await street.phoneOf('gil'), await street.phoneOf('hal')]
  for (const phone of [gil, hal]) {
    await buyNow(phone, 'clay-teapot')
    await phone.tap('.pick-up-choice')
    await phone.gone('.obstacle')
  }
  await hal.tap('.pay-button')
  await hal.leaveCashier()
  // It is held for who has ordered it, paid or not.
  await gil.tap('.pay-button')
  await gil.read('有几样刚刚卖完')
  expect(await ordersOf(street, 'gil')).toEqual([])
  expect(await ordersOf(street, 'hal')).toMatchObject([{ state: 'Unpaid', lines: [{ productId: 'clay-teapot' }] }])
}, 60_000)
