import { expect, it } from 'vitest'
import { useShop } from './support.ts'

const world = useShop()

/** The code on table C1 of the demo shop, which pays at the end. */
const codeOfTableC1 = 'Nc5TqY8w'

it('lets two phones at one table order together, and sends them away once it is cleared', async () => {
  const ann = await world.phoneOf('ann', { scene: codeOfTableC1 })
  await ann.see('C1 桌 · 现在点')
  await ann.tap('点单')
  await ann.see('几位用餐？')
  await ann.tap('.begin-button')
  await ann.tap('小铺珍珠奶茶')
  await ann.tap('加入购物车')
  await ann.see('还没有同桌加入')

  const ben = await world.phoneOf('ben', { scene: codeOfTableC1 })
  await ben.see('C1 桌 · 现在点')
  await ben.tap('点单')
  await ben.see('2 人一起点')
  await ben.tap('芋泥波波奶茶')
  await ben.tap('加入购物车')
  // Ann sees what Ben picked, without touching anything.
  await ann.tap('.table-button')
  await ann.see('芋泥波波奶茶')
  await ann.tap('.send-button')
  await ann.see('已送到厨房')
  await ann.see('第 1 轮')

  await ben.tap('.table-button')
  await ben.see('第 1 轮')
  await ben.tap('.pay-whole-button')
  await ben.pay()
  await ben.see('已经付清，谢谢光临')
  await ann.see('已经付清，谢谢光临')

  const clerk = world.shop.as('o-clerk')
  const rows = await clerk.merchant('tables', {})
  const row = rows.ok ? rows.value.tables.find(table => table.name === 'C1') : undefined
  expect(row).toMatchObject({ state: 'ToBeCleared', unpaidFen: 0 })
  expect(await clerk.merchant('clearTable', { sittingId: row?.sittingId ?? '' })).toMatchObject({ ok: true })
  await ann.see('这一桌已经清台了')
  await ben.see('这一桌已经清台了')
})
