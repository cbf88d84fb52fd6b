import { expect, it } from 'vitest'
import { useShop } from './support.ts'

const world = useShop()

/** The code on table A1 of the demo shop. */
const codeOfTableA1 = 'k7Qm2ZxA'

it('takes a customer from the code on the table to the pickup number', async () => {
  const phone = await world.phoneOf('alice', { scene: codeOfTableA1 })
  await phone.see('A1 桌 · 现在点')

  await phone.tap('点单')
  await phone.tap('小铺珍珠奶茶')
  await phone.tap('大杯')
  await phone.tap('三分糖')
  await phone.tap('加入购物车')
  await phone.tap('去结算')

  await phone.see('送到 A1 桌')
  expect(await phone.text()).toContain('大杯 · 正常冰 · 三分糖')
  expect((await phone.text()).replaceAll('\n', '')).toContain('合计¥17.00')
  await phone.tap('.pay-button')
  await phone.pay()

  await phone.see('.pickup-number')
  expect(await phone.text()).toMatch(/[A-Z]\d{3}/)

  // The phone has asked after the payment whether to tell, so that the bar's one tap reaches the customer.
  const staff = world.shop.as('o-owner')
  await staff.login()
  const list = await staff.merchant('orders', { tab: 'ToMake' })
  await staff.merchant('markReady', { orderId: list.ok ? list.value.orders[0]!.id : '' })
  const { messages } = await (await fetch(`${world.shop.url}/manage/messages?person=alice`)).json() as { messages: object[] }
  expect(messages).toMatchObject([{ kind: 'subscribe', content: { templateId: 'local-ready', data: { thing2: { value: '小铺珍珠奶茶×1' } } } }])
})

it('keeps the order when the customer closes the cashier', async () => {
  const phone = await world.phoneOf('bob')
  await phone.tap('点单')
  await phone.tap('小铺珍珠奶茶')
  await phone.tap('加入购物车')
  await phone.tap('去结算')
  await phone.tap('.pay-button')
  await phone.leaveCashier()
  await phone.until('the order', async () => /result|order/.test(await phone.route()))
  expect(phone.calls().map(call => call.data.action)).toContain('placeOrder')
})
