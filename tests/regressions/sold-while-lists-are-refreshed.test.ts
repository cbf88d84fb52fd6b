import { expect, it } from 'vitest'
import { products } from '../../backend/catalog/products.ts'
import type { ProductDocument } from '../../backend/catalog/products.ts'
import { refreshGoods } from '../../backend/catalog/refreshGoods.ts'
import { stock } from '../../backend/stock/stock.ts'
import { openLocalPay } from '../support/localPay.ts'
import { openLocalWorld } from '../support/localWorld.ts'

const plain = { zh: '', en: '' }
const tart = {
  _id: 'tart', kind: 'Menu', categoryId: 'all', name: plain, summary: plain, picture: '', priceFen: 100, optionGroups: [], sort: 1,
  onSale: true, recommended: false, counted: true, soldCount: 3,
} as unknown as ProductDocument

it('bringing lists up to date leaves alone how many were sold, which each sale counts by itself', async () => {
  const clock = { nowMs: 1_700_000_000_000 }
  const pay = openLocalPay(clock)
  const { world, close } = await openLocalWorld(clock, pay.gatewayThrough)
  await products(world).add(tart)
  // One piece has left the shelf, and the sale that it belongs to is not counted yet.
  await stock(world.database).add({ _id: 'tart', available: 0, supplied: 1, sold: 1, holds: [] })
  expect(await refreshGoods(world, clock.nowMs + 60_000)).toBe(1)
  expect(await products(world).read('tart')).toMatchObject({ soldCount: 3 })
  await products(world).changeIf('tart', {}, { inc: { soldCount: 1 } })
  clock.nowMs += 20 * 60_000
  await refreshGoods(world, clock.nowMs + 60_000)
  expect(await products(world).read('tart')).toMatchObject({ soldCount: 4 })
  await close()
  await pay.close()
})
