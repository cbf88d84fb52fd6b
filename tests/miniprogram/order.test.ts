import { expect, it } from 'vitest'
import { useShop } from './support.ts'

const world = useShop()

/** The code on table A1 of the demo shop. */
const codeOfTableA1 = 'k7Qm2ZxA'

it('tells a customer by a message of WeChat that the order is ready', async () => {
  const phone = await world.phoneOf('alice', { scene: codeOfTableA1 })
  await phone.tap('.dine-in-entry')
  await phone.tap('小铺珍珠奶茶')
  await phone.tap('加入购物车')
  await phone.tap('去结算')
  await phone.tap('.pay-button')
  await phone.pay()
  await phone.see('.pickup-number')

  // The phone has asked after the payment whether to tell, so that the bar's one tap reaches the customer.
  const staff = world.shop.as('o-owner')
  await staff.login()
  const list = await staff.merchant('orders', { tab: 'ToMake' })
  await staff.merchant('markReady', { orderId: list.ok ? list.value.orders[0]!.id : '' })
  const { messages } = await (await fetch(`${world.shop.url}/manage/messages?person=alice`)).json() as { messages: object[] }
  expect(messages).toMatchObject([{ kind: 'subscribe', content: { templateId: 'local-ready', data: { thing2: { value: '小铺珍珠奶茶×1' } } } }])
})
