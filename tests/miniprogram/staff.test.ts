import { expect, it } from 'vitest'
import { useShop } from './support.ts'
import type { Phone } from './phone.ts'

const world = useShop()

const menuNow = async () => {
  const menu = await world.shop.as(null).shop('menu', {})
  if (!menu.ok) throw new Error(JSON.stringify(menu))
  return menu.value.products
}
async function isWithoutPearls(): Promise<boolean> {
  const choices = (await menuNow()).flatMap(product => product.optionGroups.flatMap(group => group.choices))
  return choices.filter(({ id }) => id === 'pearls').every(({ isSoldOut }) => isSoldOut)
}

async function openChoices(name: string): Promise<Phone> {
  const phone = await world.phoneOf('alice', { path: 'pages/menu/menu' })
  await phone.tap(name)
  await phone.see('加入购物车')
  return phone
}

it('lets a clerk take a tart off, and pearls in all teas: customers see it until they are back', async () => {
  const clerk = await world.phoneOf('clerk', { path: 'packages/merchant/orders/orders' })
  await clerk.tap('.goods-entry')
  await clerk.type('.goods-input', '葡式蛋挞')
  await clerk.until('the tart alone', async () => await clerk.screen.locator('.kept-goods').count() === 1)
  await clerk.tap('.take-off')
  await clerk.see('.bring-back')
  await clerk.until('the tart to be off', async () => (await menuNow()).find(({ id }) => id === 'egg-tart')!.left === 0)
  await clerk.tap('.category-shared')
  await clerk.tap('.shared-pearls .all-off')
  // With the server's word when they are back, or a moment before it.
  await clerk.see('.shared-pearls:has-text("7 款饮品有 · 今日售罄")')
  await clerk.until('the pearls to be off', isWithoutPearls)

  const customer = await openChoices('小铺珍珠奶茶')
  expect((await customer.text()).replaceAll('\n', '')).toContain('黑糖珍珠售罄')

  await clerk.tap('.shared-pearls .all-back')
  await clerk.until('the pearls to be back', async () => !await isWithoutPearls())
  await clerk.tap('.category-snacks')
  await clerk.tap('.bring-back')
  await clerk.until('the tart to be back', async () => (await menuNow()).find(({ id }) => id === 'egg-tart')!.left === 24)
  const again = await openChoices('小铺珍珠奶茶')
  expect(await again.text()).not.toContain('售罄')
})

it('lets a clerk put pieces on a shelf', async () => {
  const clerk = await world.phoneOf('clerk', { path: 'packages/merchant/goods/goods' })
  await clerk.tap('.category-snacks')
  await clerk.tap('葡式蛋挞：选项与库存')
  await clerk.tap('.keep-stock')
  await clerk.type('.pieces-input', '6')
  await clerk.tap('加 6 件')
  await clerk.see('.ledger-row')
  await clerk.see('库存 30')
  const { longestList } = await clerk.setData()
  expect(longestList['packages/merchant/goods/goods']).toBeLessThanOrEqual(40)
})
