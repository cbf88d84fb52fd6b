import { expect, it } from 'vitest'
import { reserve, sell, stock } from '../../backend/stock/stock.ts'
import { openLocalPay } from '../support/localPay.ts'
import { openLocalWorld } from '../support/localWorld.ts'

it('a request to hold pieces that comes after they were sold takes none, so that nothing is sold twice', async () => {
  const clock = { nowMs: 1_700_000_000_000 }
  const pay = openLocalPay(clock)
  const { world: { database }, close } = await openLocalWorld(clock, pay.gatewayThrough)
  const piece = { productId: 'tart', quantity: 2 }
  await stock(database).add({ _id: 'tart', available: 5, supplied: 5, sold: 0, holds: [] })
  await reserve(database, piece, 'order-1', clock.nowMs)
  await sell(database, piece, 'order-1')

  // The first try to hold was on its way all the time; then what follows the payment is done once more.
  expect(await reserve(database, piece, 'order-1', clock.nowMs)).toBe('Reserved')
  await sell(database, piece, 'order-1')
  expect(await stock(database).read('tart')).toMatchObject({ available: 3, sold: 2, holds: [] })

  // Everybody else can have what is left.
  expect(await reserve(database, piece, 'order-2', clock.nowMs)).toBe('Reserved')
  await close()
  await pay.close()
})
