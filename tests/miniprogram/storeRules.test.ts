import { expect, it } from 'vitest'
import { useShop } from './support.ts'

const world = useShop()

const rules = async () => {
  const sheet = await world.shop.as('o-owner').merchant('storeRules', {})
  if (!sheet.ok) throw new Error(JSON.stringify(sheet))
  return sheet.value.rules
}

it('lets the owner stop orders with a word, which customers read, and take them again', async () => {
  const owner = await world.phoneOf('owner', { path: 'packages/merchant/orders/orders' })
  await owner.tap('店铺规则')
  await owner.tap('暂停营业')
  await owner.type('.rest-words-input', '去进货，三点回来')
  await owner.tap('开始休息')
  await owner.see('暂停营业中')
  expect((await rules()).resting).toMatchObject({ zh: '去进货，三点回来' })
  const customer = await world.phoneOf('alice')
  await customer.tap('点单')
  await customer.see('去进货，三点回来')
  await customer.tap('小铺珍珠奶茶')
  await customer.tap('加入购物车')
  await customer.tap('去结算')
  await customer.see('.obstacle')
  await customer.tap('.pay-button')
  expect(await world.shop.as('o-alice').shop('orders', { tab: 'All' })).toMatchObject({ value: { orders: [] } })
  await owner.tap('恢复营业')
  await owner.see('营业中')
  expect((await rules()).resting).toBeNull()
})

it('asks before the bar leads back from hours that were not saved, and keeps them', async () => {
  const owner = await world.phoneOf('owner', { path: 'packages/merchant/orders/orders' })
  await owner.tap('店铺规则')
  await owner.tap('.day-1')
  await owner.tap('第 1 段结束 24:00')
  await owner.pick('22', '30')
  await owner.tap('每天')
  await owner.tap('好了')
  await owner.tap('#back')
  await owner.tap('取消')
  await owner.tap('#back')
  await owner.tap('确定')
  await owner.tap('店铺规则')
  await owner.tap('.save-rules')
  await owner.until('the hours to be kept', async () => (await rules()).week.every(([range]) => range?.until === '22:30'))
  await owner.tap('#back')
  await owner.see('接单')
})

it('shows the owner what the shop takes, each bar of the chart named, and a month when it is wanted', async () => {
  const owner = await world.phoneOf('owner', { path: 'packages/merchant/orders/orders' })
  await owner.tap('营业额')
  await owner.see('.today-paid')
  await owner.see('卖得最好')
  await owner.tap('近 30 天')
  await owner.until('a month of bars', async () => owner.calls().filter(({ data }) => data.action === 'sales').length === 2)
  await owner.see('.day-bar')
})

it('lets staff of several stores change to another one, which every call names from then on', async () => {
  const owner = await world.phoneOf('owner', { path: 'packages/merchant/orders/orders' })
  await owner.tap('.workplace')
  await owner.tap('小铺茶屋 · 西溪店')
  await owner.see('切换门店 小铺茶屋 · 西溪店')
  // The bar asks again by itself while the next page opens: what was asked last is not what a page is waited for by.
  const askedOf = (action: string) => owner.calls().filter(({ data }) => data.action === action).at(-1)?.data
  await expect.poll(() => askedOf('bar')).toMatchObject({ storeId: 'lakeside' })
  await owner.tap('店铺规则')
  await expect.poll(() => askedOf('storeRules')).toMatchObject({ storeId: 'lakeside' })
  await owner.see('小铺茶屋 · 西溪店')
})
