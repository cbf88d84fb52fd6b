import { it } from 'vitest'
import { useShop } from './support.ts'

const world = useShop()

it('scrolls to a category, and shows which one is in sight', async () => {
  const phone = await world.phoneOf('alice', { path: 'pages/menu/menu' })
  await phone.see('黑糖珍珠鲜奶')
  const heading = phone.screen.locator('wx-scroll-view').getByText('鲜奶咖啡', { exact: true }).last()
  await phone.tap('鲜奶咖啡')
  await phone.until('the heading at the top', async () => {
    const [list, place] = await Promise.all([phone.screen.locator('wx-scroll-view').last().boundingBox(), heading.boundingBox()])
    return Math.abs((place?.y ?? 0) - (list?.y ?? 0)) < 40
  })
})

it('keeps the cart until the customer comes back', async () => {
  const phone = await world.phoneOf('bob', { path: 'pages/menu/menu' })
  await phone.tap('小铺珍珠奶茶')
  await phone.tap('加入购物车')
  await phone.see('打开购物车，共 1 件')
  await phone.reopen()
  await phone.tap('打开购物车，共 1 件')
  await phone.until('the cart to open', async () => await phone.route() === 'pages/cart/cart')
  await phone.see('小铺珍珠奶茶')
})
