import { afterAll, beforeAll, expect, it } from 'vitest'
import { addHolds, holdsBeside, holdsInside, measure } from '../../bench/stockDesigns.ts'
import { openCloudDatabase } from '../../backend/wechat/database.ts'
import { openTestShop } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
  await addHolds()
})
afterAll(() => shop.close())

it('Twenty who want the last five at once cost the shop one update each, a look for those who come too late, and no conflict', async () => {
  const database = openCloudDatabase()
  expect(await measure(database, 5, 20, () => holdsInside(database))).toEqual({
    design: 'hold inside the stock document', sold: 5, short: 15, conflicts: 0, retries: 0, requests: 20 + 15 + 5,
  })
})

it('A transaction for each sells as many, and is thrown away again and again', async () => {
  const database = openCloudDatabase()
  const found = await measure(database, 5, 20, onRound => holdsBeside(database, onRound))
  expect(found).toMatchObject({ sold: 5, short: 15 })
  expect(found.conflicts).toBeGreaterThan(20)
})
