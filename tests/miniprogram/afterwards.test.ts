import { expect, it } from 'vitest'
import { EGG_TART, orderOf, place, startPaying } from '../functions/support.ts'
import { useShop } from './support.ts'

const world = useShop()

/** A paid order of a customer, made without touching the phone. */
async function paidOrder(person: string, lines = [EGG_TART]) {
  const customer = world.shop.as(`o-${person}`)
  await customer.login()
  const order = await place(customer, lines)
  const { outTradeNo } = await startPaying(customer, order.id)
  await world.shop.manage('pay/complete', { outTradeNo })
  await customer.shop('syncPayment', { orderId: order.id })
  return order
}

it('shows a customer the order, its number and what comes next', async () => {
  const order = await paidOrder('carol')
  const phone = await world.phoneOf('carol', { path: `packages/order/order/order?orderId=${order.id}` })
  await phone.see('.order-state')
  expect(await phone.text()).toMatch(/请留意 A\d{3}/)
})

it('lets the bar make an order ready', async () => {
  await paidOrder('erin')
  const phone = await world.phoneOf('owner', { path: 'packages/merchant/orders/orders' })
  await phone.see('.bar-order')
  await phone.tap('.ready-button')
  await phone.until('the order to be ready', async () => {
    const list = await world.shop.as('o-owner').merchant('orders', { tab: 'ToCollect' })
    return list.ok && list.value.orders.length > 0
  })
})

it('lets the owner find an order by its pickup number and refund one piece of it', async () => {
  const { id } = await paidOrder('grace', [{ ...EGG_TART, quantity: 2 }])
  const grace = world.shop.as('o-grace')
  const { pickupNumber } = await orderOf(grace, id)
  const phone = await world.phoneOf('owner', { path: 'packages/merchant/orders/orders' })
  await phone.tap('.find-entry')
  await phone.type('.find-input', pickupNumber!)
  await phone.tap('.found-order')
  await phone.tap('.refund-button')
  await phone.tap('.refund-row .stepper__plus')
  await phone.tap('.reason-Missing')
  await phone.tap('退 ¥12.00')
  await phone.tap('.question-yes')
  await phone.see('店主退款')
  expect(await orderOf(grace, id)).toMatchObject({ refundedPieces: [1] })
})
