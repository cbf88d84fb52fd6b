import { expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { useStreet } from './street.ts'

/** What is new comes to who pulls a page down, by one call, and what is shown stays until it is there. */
const street = useStreet()
const { name } = demoCatalog.products.find(({ id }) => id === 'pearl-milk-tea')!

it.each([
  ['home', 'pages/home/home', '.store-card'],
  ['menu', 'pages/menu/menu', '.menu__list .product-row'],
  ['mall', 'pages/mall/mall', '.goods'],
  ['orders', 'pages/orders/orders', '这里还没有订单'],
  ['me', 'pages/me/me', '.profile-entry'],
])('the page %s is asked for again by who pulls it down', async (action, path, shown) => {
  const phone = await street.phoneOf('puller', { path })
  const asked = () => phone.until(`${action} to be asked`, () => phone.asked().includes(action))
  await asked()
  await phone.see(shown)
  await phone.pullDown()
  await asked()
})

it('a new price is on the menu once it was pulled down', async () => {
  const phone = await street.phoneOf('reader', { path: 'pages/menu/menu' })
  const row = `.menu__list .product-row:has-text("${name.zh}")`
  await phone.see(row)
  await street.shop.admin.change('products', 'pearl-milk-tea', { priceFen: 1750 })
  await phone.pullDown()
  await phone.see(`${row}:has-text("17.50")`)
  expect(phone.asked()).toEqual(['menu', 'menu'])
})
