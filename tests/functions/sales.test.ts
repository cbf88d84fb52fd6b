import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrderDocument } from '../../backend/order/orders.ts'
import type { EffectDocument } from '../../backend/outbox/outbox.ts'
import type { RefundDocument } from '../../backend/refund/refunds.ts'
import { countAnew } from '../../backend/statistics/rules.ts'
import type { SalesDocument } from '../../backend/statistics/sales.ts'
import { beijingDay } from '../../backend/store/rules.ts'
import { openTestShop, until } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { outboxOf } from './outboxSupport.ts'
import { EGG_TART, EGG_TART_FEN, member, newRequestId, paidOrder, place } from './support.ts'

let shop: TestShop
let box: ReturnType<typeof outboxOf>
let alice: Caller
let owner: Caller

beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0, refundDelayMs: 0 })
  box = outboxOf(shop)
  alice = await member(shop, 'o-alice')
  owner = await member(shop, 'o-owner')
})
afterAll(() => shop.close())

const TARTS = { ...EGG_TART, quantity: 3 }
const TARTS_FEN = 3 * EGG_TART_FEN

const today = () => beijingDay(Date.now())
const storedDay = async () => (await shop.admin.read<SalesDocument>('sales', `main_${today()}`))!
const pointsOf = async (who: Caller) => {
  const outcome = await who.shop('points', {})
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value
}
const soldCount = async () => (await shop.admin.read<{ soldCount: number } & { _id: string }>('products', 'egg-tart'))!.soldCount
const countSale = (orderId: string) => box.tryNow(`CountSale_${orderId}`)

async function refundPieces(orderId: string, quantity: number): Promise<void> {
  const outcome = await owner.merchant('refundOrder', {
    requestId: newRequestId(), orderId, wish: { kind: 'Lines', lines: [{ line: 0, quantity }] }, goodsReturned: [],
    expectedFen: quantity * EGG_TART_FEN, note: 'broken',
  })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
}

/** Waits for WeChat's word on every refund of an order, and answers the effects that count them. */
async function arrivedRefunds(orderId: string): Promise<EffectDocument[]> {
  const refunds = () => shop.admin.find<RefundDocument>('refunds', { orderId })
  await until('the money to arrive', async () => (await refunds()).every(refund => refund.state === 'Succeeded'))
  return shop.admin.find<EffectDocument>('outbox', { orderId, kind: 'CountRefund' })
}

describe('a paid order', () => {
  it('is counted once in its day, its goods and its member\'s points, however often it is tried', async () => {
    const [soldBefore, pointsBefore] = [await soldCount(), (await pointsOf(alice)).balance]
    const { orderId } = await paidOrder(shop, alice, [TARTS])
    expect(await countSale(orderId)).toMatchObject({ state: 'Done', tries: 1 })
    const counted = await storedDay()
    // The answer of the first try was lost: the effect waits, and everything it does has happened.
    await shop.admin.change('outbox', `CountSale_${orderId}`, { state: 'Waiting' })
    expect(await countSale(orderId)).toMatchObject({ state: 'Done', tries: 2 })
    expect(await storedDay()).toEqual(counted)
    expect(await soldCount()).toBe(soldBefore + 3)
    expect(await pointsOf(alice)).toMatchObject({
      balance: pointsBefore + TARTS_FEN / 100, moves: [{ kind: 'Earned', orderId, change: TARTS_FEN / 100 }],
    })
  })

  it('that was never paid is not counted', async () => {
    const order = await place(alice)
    expect(await box.read(`CountSale_${order.id}`)).toBeNull()
    await alice.shop('cancelOrder', { orderId: order.id })
  })
})

describe('money that goes back', () => {
  it('takes its points with it bit by bit, and all of them with the last of it', async () => {
    const before = (await pointsOf(alice)).balance
    const { orderId } = await paidOrder(shop, alice, [TARTS])
    await countSale(orderId)
    await refundPieces(orderId, 1)
    const [first] = await arrivedRefunds(orderId)
    await box.tryNow(first!._id)
    expect((await pointsOf(alice)).balance).toBe(before + 2 * EGG_TART_FEN / 100)
    await refundPieces(orderId, 2)
    for (const { _id } of await arrivedRefunds(orderId)) await box.tryNow(_id)
    const { balance, moves } = await pointsOf(alice)
    expect(balance).toBe(before)
    expect(moves.slice(0, 3).map(({ kind, change }) => [kind, change])).toEqual([['TakenBack', -24], ['TakenBack', -12], ['Earned', 36]])
  })

  it('before the sale was counted brings no points that would have to go again', async () => {
    const before = (await pointsOf(alice)).balance
    const { orderId } = await paidOrder(shop, alice, [TARTS])
    await refundPieces(orderId, 3)
    for (const { _id } of await arrivedRefunds(orderId)) await box.tryNow(_id)
    await countSale(orderId)
    expect((await pointsOf(alice)).balance).toBe(before)
  })
})

it('the stored days are what counting anew from orders and refunds comes to, and the owner reads them', async () => {
  await box.runTimer()
  const [orders, refunds] = [await shop.admin.find<OrderDocument>('orders', {}), await shop.admin.find<RefundDocument>('refunds', {})]
  const { _id, storeId, day, ...totals } = await storedDay()
  // Two orders of three went back, one of them before it was counted as sold.
  expect(totals.piecesBack).toEqual({ 'egg-tart': 6 })
  expect(Object.fromEntries(countAnew(orders, refunds))).toEqual({ [_id]: totals })
  expect({ storeId, day }).toEqual({ storeId: 'main', day: today() })
  const read = await owner.merchant('sales', { days: 2 })
  expect(read).toMatchObject({ ok: true, value: { days: [
    { day, paidOrders: totals.paidOrders, paidFen: totals.paidFen, refunds: totals.refunds, refundedFen: totals.refundedFen },
    { paidOrders: 0, paidFen: 0 },
  ] } })
  const kept = totals.pieces['egg-tart']! - totals.piecesBack!['egg-tart']!
  expect(kept).toBe(3)
  expect(read).toMatchObject({ value: { best: [{ productId: 'egg-tart', name: { zh: '葡式蛋挞' }, pieces: kept }] } })
  const weekAgo = beijingDay(Date.now() - 7 * 86_400_000)
  expect(read).toMatchObject({ value: { weekAgo: { day: weekAgo, paidOrders: 0 } } })
})

it('the same weekday a week ago is compared with, also where fewer days are asked for, and belongs to them where it does', async () => {
  const day = beijingDay(Date.now() - 7 * 86_400_000)
  const pieces = { 'egg-tart': 1, 'no-longer-known': 50, 'table-share': 60 }
  await shop.admin.set('sales', `main_${day}`, { storeId: 'main', day, paidOrders: 9, paidFen: 12_345, refunds: 1, refundedFen: 45, pieces })
  const read = async (days: number) => {
    const outcome = await owner.merchant('sales', { days })
    if (!outcome.ok) throw new Error(JSON.stringify(outcome))
    return outcome.value
  }
  expect((await read(7)).weekAgo).toEqual({ day, paidOrders: 9, paidFen: 12_345, refunds: 1, refundedFen: 45 })
  expect((await read(7)).best).toMatchObject([{ productId: 'egg-tart', pieces: 3 }])
  // What is gone for good has no name, and a share of a bill is no goods.
  expect((await read(8)).best).toMatchObject([{ productId: 'egg-tart', pieces: 4 }])
})

it('the ledger of points adds up to the balance', async () => {
  const { balance, moves, nextCursor } = await pointsOf(alice)
  expect(nextCursor).toBeNull()
  expect(moves.reduce((sum, move) => sum + move.change, 0)).toBe(balance)
  expect(moves[0]!.balance).toBe(balance)
})
