import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stockIdOf } from '../../backend/stock/rules.ts'
import type { StockDocument } from '../../backend/stock/stock.ts'
import { beijingDay } from '../../backend/store/rules.ts'
import { demoCatalog } from '../../demo/seed.ts'
import { openTestShop } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { leftOf, member, newRequestId, orderOf, paidOrder, place, wishOf } from './support.ts'

let shop: TestShop
let alice: Caller
let owner: Caller
beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  owner = await member(shop, 'o-owner')
})
afterAll(() => shop.close())

const limited = demoCatalog.products.find(product => product.perDay !== undefined)!
const PORTIONS = limited.perDay!
const portion = (quantity: number) => ({
  productId: limited.id, quantity, choiceIds: limited.optionGroups.filter(group => group.min > 0).map(group => group.choices[0]!.id),
})
const daysId = (day: string) => stockIdOf({ productId: limited.id, daily: { day, portions: PORTIONS } })
const today = () => daysId(beijingDay(Date.now()))
const shelf = async (id: string) => (await shop.admin.read<StockDocument>('stock', id))!
const runTimer = () => shop.manage('timers/timer')

/** Every piece that ever came in is on the shelf, held or sold. */
async function expectBalance(id: string) {
  const { supplied, available, sold, holds } = await shelf(id)
  expect(available + sold + holds.reduce((sum, hold) => sum + hold.quantity, 0)).toBe(supplied)
}

describe('portions of a day', () => {
  it('are counted down by orders and come back from a cancelled one', async () => {
    expect(await leftOf(shop, limited.id)).toBe(PORTIONS)
    const order = await place(alice, [portion(2)])
    expect(await leftOf(shop, limited.id)).toBe(PORTIONS - 2)
    await alice.shop('cancelOrder', { orderId: order.id })
    expect(await leftOf(shop, limited.id)).toBe(PORTIONS)
    await expectBalance(today())
  })

  it('are sold to as many as there are, of twenty who want one at once on a fresh day', async () => {
    await shop.admin.change('products', limited.id, { perDay: 7 })
    await shop.admin.set('stock', today(), { available: 7, supplied: 7, sold: 0, holds: [], day: beijingDay(Date.now()) })
    const people = await Promise.all(Array.from({ length: 20 }, (_, index) => member(shop, `o-early-${index}`)))
    const wishes = await Promise.all(people.map(person => wishOf(person, [portion(1)])))
    const outcomes = await Promise.all(people.map((person, index) => person.shop('placeOrder', wishes[index]!)))
    expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(7)
    expect(await leftOf(shop, limited.id)).toBe(0)
    await expectBalance(today())
    await shop.admin.change('products', limited.id, { perDay: PORTIONS })
  })

  it('are opened once by many who order first at the same moment', async () => {
    await shop.admin.remove('stock', today())
    const people = await Promise.all(Array.from({ length: 6 }, (_, index) => member(shop, `o-first-${index}`)))
    await Promise.all(people.map(person => place(person, [portion(1)])))
    expect(await shelf(today())).toMatchObject({ available: PORTIONS - 6, supplied: PORTIONS })
  })

  it('cannot be put on a shelf, and a refund of one brings none back', async () => {
    const { orderId } = await paidOrder(shop, alice, [portion(1)])
    const { lines } = await orderOf(alice, orderId)
    const wish = { kind: 'Whole' as const }
    const refund = { requestId: newRequestId(), orderId, wish, expectedFen: lines[0]!.paidFen, note: '洒了' }
    expect(await owner.merchant('refundOrder', { ...refund, goodsReturned: [0] })).toMatchObject({ code: 'GoodsNotCounted' })
    expect(await owner.merchant('refundOrder', { ...refund, goodsReturned: [] })).toMatchObject({ ok: true })
    await expectBalance(today())
    expect(await owner.merchant('changeStock', {
      requestId: newRequestId(), productId: limited.id, kind: 'Supplied', change: 5, note: '再做五份',
    })).toMatchObject({ code: 'NotCounted' })
  })

  it('of days long past are forgotten by the timer, but not while an order holds some', async () => {
    const [old, held] = [daysId('20200101'), daysId('20200102')]
    const empty = { available: 1, supplied: 1, sold: 0 }
    await shop.admin.set('stock', old, { ...empty, holds: [], day: '20200101' })
    await shop.admin.set('stock', held, { ...empty, holds: [{ orderId: 'x', quantity: 1, atMs: Date.now() }], day: '20200102' })
    await runTimer()
    expect([await shop.admin.has('stock', old), await shop.admin.has('stock', held), await shop.admin.has('stock', today())]).toEqual([false, true, true])
  })
})

describe('the stock ledger', () => {
  const ledgerOf = async (productId: string) => {
    const answer = await owner.merchant('stock', { productId })
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const change = (kind: 'Supplied' | 'Corrected', pieces: number, requestId = newRequestId()) =>
    owner.merchant('changeStock', { requestId, productId: 'honey-jar', kind, change: pieces, note: '盘点' })

  it('has a line for each delivery, correction, sale and return, once, and its sum is what is there', async () => {
    const before = await ledgerOf('honey-jar')
    const requestId = newRequestId()
    const thrice = await Promise.all([1, 2, 3].map(() => change('Supplied', 30, requestId)))
    expect(thrice.every(answer => answer.ok)).toBe(true)
    expect(await change('Corrected', -2)).toMatchObject({ ok: true })
    const { orderId } = await paidOrder(shop, alice, [{ productId: 'honey-jar', choiceIds: [], quantity: 3 }])
    await place(alice, [{ productId: 'honey-jar', choiceIds: [], quantity: 1 }])
    const { lines } = await orderOf(alice, orderId)
    const wish = { kind: 'Lines' as const, lines: [{ line: 0, quantity: 1 }] }
    const expectedFen = Math.floor(lines[0]!.paidFen / 3)
    expect(await owner.merchant('refundOrder', { requestId: newRequestId(), orderId, wish, goodsReturned: [0], expectedFen, note: '退一罐' }))
      .toMatchObject({ ok: true })
    await runTimer()
    const { stock, moves } = await ledgerOf('honey-jar')
    const news = moves.filter(move => !before.moves.some(known => known.id === move.id))
    expect(news.map(({ kind, change: pieces }) => [kind, pieces])).toEqual([['Returned', 1], ['Sold', -3], ['Corrected', -2], ['Supplied', 30]])
    expect(stock).toEqual({
      productId: 'honey-jar', available: before.stock.available + 25, held: 1, sold: 2, supplied: before.stock.supplied + 28,
    })
    await expectBalance('honey-jar')
  })

  it('is written again, and once, when the call that sold died before it was written', async () => {
    const { orderId } = await paidOrder(shop, alice, [{ productId: 'honey-jar', choiceIds: [], quantity: 1 }])
    const line = (await ledgerOf('honey-jar')).moves.find(move => move.subject === orderId)!
    await shop.admin.remove('stockMoves', line.id)
    await shop.admin.change('orders', orderId, { followUp: 'SellStock', dueAtMs: 0 })
    await runTimer()
    await runTimer()
    const again = (await ledgerOf('honey-jar')).moves.filter(move => move.subject === orderId)
    expect(again).toMatchObject([{ id: line.id, kind: 'Sold', change: -1 }])
    await expectBalance('honey-jar')
  })

  it('lets nobody count away what is not on the shelf', async () => {
    const { stock } = await ledgerOf('honey-jar')
    expect(await change('Corrected', -stock.available - 1)).toMatchObject({ code: 'StockTooLow', detail: { left: stock.available } })
    expect((await ledgerOf('honey-jar')).stock).toEqual(stock)
  })

  it('is complete when sales and deliveries meet', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, (_, index) => member(shop, `o-meet-${index}`)))
    await Promise.all([
      ...people.map(person => paidOrder(shop, person, [{ productId: 'honey-jar', choiceIds: [], quantity: 1 }])),
      change('Supplied', 4), change('Supplied', 5), change('Corrected', -1),
    ])
    await expectBalance('honey-jar')
    const { stock, moves, nextCursor } = await ledgerOf('honey-jar')
    expect(nextCursor).toBeNull()
    const opening = demoCatalog.products.find(product => product.id === 'honey-jar')!.stock!
    expect(opening + moves.reduce((sum, move) => sum + move.change, 0)).toBe(stock.available + stock.held)
  })
})
