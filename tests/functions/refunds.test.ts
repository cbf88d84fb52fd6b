import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RefundWish } from '../../contracts/afterSale.ts'
import type { RefundDocument } from '../../backend/refund/refunds.ts'
import type { StockDocument } from '../../backend/stock/stock.ts'
import { openTestShop, postJson, until } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { EGG_TART, leftOf, member, newRequestId, orderOf, paidOrder, refundsAtWeChat } from './support.ts'

let shop: TestShop
let alice: Caller
let owner: Caller

beforeAll(async () => {
  shop = await openTestShop()
  alice = await member(shop, 'o-alice')
  owner = await member(shop, 'o-owner')
  await shop.admin.change('stock', 'egg-tart', { available: 500 })
})
afterAll(() => shop.close())

const WHOLE: RefundWish = { kind: 'Whole' }
const TARTS = [{ ...EGG_TART, quantity: 3 }]
const pieces = (quantity: number, line = 0): RefundWish => ({ kind: 'Lines', lines: [{ line, quantity }] })
const readRefund = async (id: string) => (await shop.admin.read<RefundDocument>('refunds', id))!
const fault = (api: string, name: string, times = 1) => shop.manage('pay/faults', { api, fault: name, times })
const notices = (callbacks: 'hold' | 'lose' | 'deliver', outRefundNo?: string) => shop.manage('pay/callbacks', { callbacks, outRefundNo })

/** Long before now, so that every wait of ours is over. */
const past = () => Date.now() - 1
const daysAgo = (days: number) => Date.now() - days * 24 * 3_600_000

async function runTimerFor(refundId: string): Promise<void> {
  await shop.admin.change('refunds', refundId, { checkAtMs: past() })
  await shop.manage('timers/timer')
}

interface Ask { wish?: RefundWish, goodsReturned?: number[], requestId?: string, expectedFen?: number, by?: Caller }

async function refund(orderId: string, ask: Ask = {}) {
  const { wish = WHOLE, goodsReturned = [], requestId = newRequestId(), expectedFen, by = owner } = ask
  const quoted = await owner.merchant('refundQuote', { orderId, wish })
  const seenFen = expectedFen ?? (quoted.ok ? quoted.value.amountFen : 1)
  return by.merchant('refundOrder', { requestId, orderId, wish, goodsReturned, expectedFen: seenFen, note: '打翻了' })
}

const arrived = (refundId: string) => until(`refund ${refundId} to arrive`, async () => (await readRefund(refundId)).state === 'Succeeded')

describe('the owner sends money back', () => {
  it('of a whole order, which leaves the bar\'s list and is refunded when the money has arrived', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice)
    expect(await refund(orderId)).toMatchObject({ ok: true, value: { state: 'Refunded', refundableFen: 0, refunds: [{ refundFen: 1200 }] } })
    const list = await owner.merchant('orders', { tab: 'ToMake' })
    expect(list.ok && list.value.orders.map(order => order.id)).not.toContain(orderId)
    await arrived(`R${outTradeNo}_1`)
    expect(await orderOf(alice, orderId)).toMatchObject({ state: 'Refunded', refunds: [{ state: 'Succeeded', refundFen: 1200 }] })
    expect(await owner.merchant('markReady', { orderId })).toMatchObject({ code: 'OrderNotPaid', detail: { state: 'Refunded' } })
  })

  it('piece by piece, which comes to what was paid, to the fen', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice, TARTS)
    // A line of 10.00 for three pieces: what a discount leaves.
    const order = (await shop.admin.read<{ lines: object[] }>('orders', orderId))!
    const { _id, ...kept } = order as { _id: string, lines: object[] }
    await shop.admin.set('orders', orderId, { ...kept, totalFen: 1000, lines: kept.lines.map(line => ({ ...line, paidFen: 1000 })) })
    await shop.admin.change('attempts', outTradeNo, { totalFen: 1000 })
    const amounts: number[] = []
    for (const quantity of [1, 1, 1]) {
      const quoted = await owner.merchant('refundQuote', { orderId, wish: pieces(quantity) })
      amounts.push(quoted.ok ? quoted.value.amountFen : 0)
      expect(await refund(orderId, { wish: pieces(quantity) })).toMatchObject({ ok: true })
    }
    expect(amounts).toEqual([333, 333, 334])
    expect(await orderOf(alice, orderId)).toMatchObject({ state: 'Refunded', refundedPieces: [3], refundableFen: 0 })
    expect(await refund(orderId, { wish: pieces(1), expectedFen: 333 })).toMatchObject({ code: 'OrderNotRefundable' })
  })

  it('of some pieces of an order that stays what it was', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice, TARTS)
    expect(await refund(orderId, { wish: pieces(2) })).toMatchObject({ ok: true, value: { state: 'Paid', refundedPieces: [2], refundableFen: 1200 } })
    await arrived(`R${outTradeNo}_1`)
    expect(await refundsAtWeChat(shop, outTradeNo)).toMatchObject([{ refundFee: 2400 }])
    expect((await orderOf(alice, orderId)).state).toBe('Paid')
  })

  it('once for one requestId, however often and however fast it is sent', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice, TARTS)
    const requestId = newRequestId()
    const answers = await Promise.all([1, 2, 3, 4].map(() => refund(orderId, { wish: pieces(1), requestId, expectedFen: 1200 })))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { refundedPieces: [1] } })
    expect(await refundsAtWeChat(shop, outTradeNo)).toHaveLength(1)
  })

  it('never more than was paid, also when two people on four devices send at once', async () => {
    await shop.admin.set('staff', 'o-partner', { role: 'owner', active: true })
    const partner = shop.as('o-partner')
    const { orderId, outTradeNo } = await paidOrder(shop, alice, TARTS)
    const ask = { wish: pieces(2), expectedFen: 2400 }
    const answers = await Promise.all([owner, partner, owner, partner].map(by => refund(orderId, { ...ask, by })))
    expect(answers.filter(answer => answer.ok)).toHaveLength(1)
    for (const answer of answers) if (!answer.ok) expect(answer).toMatchObject({ kind: 'refused', code: 'TooManyPieces' })
    expect(await refundsAtWeChat(shop, outTradeNo)).toMatchObject([{ refundFee: 2400 }])
    expect(await shop.admin.read('attempts', outTradeNo)).toMatchObject({ refundedFen: 2400, refundCount: 1 })
  })

  it('of what was seen and of no other amount', async () => {
    const { orderId } = await paidOrder(shop, alice, TARTS)
    const changed = { ok: false, kind: 'refused', code: 'AmountChanged', detail: { totalFen: 1200 } }
    expect(await refund(orderId, { wish: pieces(1), expectedFen: 1 })).toEqual(changed)
    expect(await orderOf(alice, orderId)).toMatchObject({ refundedPieces: [0], refunds: [] })
  })

  it('neither of an order that nobody paid nor of more pieces than were bought, and at most fifty times', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice)
    expect(await refund(orderId, { wish: pieces(2), expectedFen: 2400 })).toMatchObject({ code: 'TooManyPieces' })
    await shop.admin.change('attempts', outTradeNo, { refundCount: 50 })
    expect(await refund(orderId)).toMatchObject({ code: 'TooManyRefunds' })
    await shop.admin.change('orders', orderId, { state: 'Closed' })
    expect(await refund(orderId)).toMatchObject({ code: 'OrderNotRefundable', detail: { state: 'Closed' } })
  })

  it('and it is written down who did it', async () => {
    const { orderId } = await paidOrder(shop, alice)
    await refund(orderId)
    expect(await shop.admin.count('audits', { orderId, by: 'o-owner', what: 'RefundOrder' })).toBe(1)
    expect((await orderOf(alice, orderId)).steps.map(step => step.state)).toEqual(['Unpaid', 'Paid', 'Refunded'])
  })
})

describe('goods that come back', () => {
  const stockOf = async () => (await shop.admin.read<StockDocument>('stock', 'egg-tart'))!

  it('go to the shelf once, however often the refund is taken up again', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice, TARTS)
    const before = await stockOf()
    await refund(orderId, { wish: pieces(2), goodsReturned: [0] })
    const after = await stockOf()
    expect([after.available - before.available, after.sold - before.sold]).toEqual([2, -2])
    // As if the function had died before it noted that they are there.
    await shop.admin.change('refunds', `R${outTradeNo}_1`, { followUp: 'RestockGoods', state: 'Accepted' })
    await Promise.all([runTimerFor(`R${outTradeNo}_1`), runTimerFor(`R${outTradeNo}_1`)])
    expect(await stockOf()).toMatchObject({ available: after.available, sold: after.sold })
  })

  it('are only those that staff name', async () => {
    const { orderId } = await paidOrder(shop, alice)
    const before = await leftOf(shop, 'egg-tart')
    await refund(orderId)
    expect(await leftOf(shop, 'egg-tart')).toBe(before)
  })

  it('are no dishes that were made to order, and no lines that keep their money', async () => {
    const tea = { productId: 'jasmine-green-tea', choiceIds: [] as string[], quantity: 1 }
    const product = (await shop.as(null).shop('menu', {}))
    const groups = product.ok ? product.value.products.find(one => one.id === tea.productId)!.optionGroups : []
    const choiceIds = groups.filter(group => group.min > 0).map(group => group.choices[0]!.id)
    const { orderId } = await paidOrder(shop, alice, [{ ...tea, choiceIds }, EGG_TART])
    expect(await refund(orderId, { wish: pieces(1, 0), goodsReturned: [0] })).toMatchObject({ code: 'GoodsNotCounted' })
    expect(await refund(orderId, { wish: pieces(1, 0), goodsReturned: [1] })).toMatchObject({ code: 'GoodsNotCounted' })
    expect((await orderOf(alice, orderId)).refunds).toEqual([])
  })
})

describe('a refund that does not go smoothly', () => {
  it('is one refund when WeChat took it up but its reply was lost', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice)
    await fault('refund', 'LOST_REPLY')
    await refund(orderId)
    await arrived(`R${outTradeNo}_1`)
    await runTimerFor(`R${outTradeNo}_1`)
    expect(await refundsAtWeChat(shop, outTradeNo)).toMatchObject([{ outRefundNo: `R${outTradeNo}_1`, refundFee: 1200, state: 'SUCCESS' }])
  })

  it('keeps its number while WeChat is out of order', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice)
    await fault('refund', 'SYSTEMERROR', 2)
    await refund(orderId)
    expect(await readRefund(`R${outTradeNo}_1`)).toMatchObject({ state: 'Requested', tries: 1, said: '系统错误' })
    await runTimerFor(`R${outTradeNo}_1`)
    expect(await readRefund(`R${outTradeNo}_1`)).toMatchObject({ state: 'Requested', tries: 2 })
    await runTimerFor(`R${outTradeNo}_1`)
    await arrived(`R${outTradeNo}_1`)
    expect(await refundsAtWeChat(shop, outTradeNo)).toHaveLength(1)
  })

  it('waits in sight of staff for money in the account, and goes on by itself once it is there', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice)
    await fault('refund', 'NOTENOUGH', 2)
    await refund(orderId)
    await runTimerFor(`R${outTradeNo}_1`)
    const list = await owner.merchant('refundsInTrouble', {})
    expect(list.ok && list.value.items).toContainEqual(expect.objectContaining({ id: `R${outTradeNo}_1`, state: 'NotEnough', amountFen: 1200, tries: 2 }))
    await runTimerFor(`R${outTradeNo}_1`)
    await arrived(`R${outTradeNo}_1`)
    const after = await owner.merchant('refundsInTrouble', {})
    expect(after.ok && after.value.items.map(one => one.id)).not.toContain(`R${outTradeNo}_1`)
  })

  it('is asked for at once when the owner has filled the account up', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice)
    await fault('refund', 'NOTENOUGH')
    await refund(orderId)
    const refundId = `R${outTradeNo}_1`
    expect(await owner.merchant('retryRefund', { refundId })).toMatchObject({ ok: true, value: { state: 'Accepted' } })
    await arrived(refundId)
    expect(await owner.merchant('retryRefund', { refundId })).toMatchObject({ code: 'RefundNotInTrouble' })
    expect(await shop.admin.count('audits', { subject: refundId, what: 'RetryRefund' })).toBe(1)
  })

  it('is Failed after many unclear answers, and can be asked for again under its number', async () => {
    const { orderId, outTradeNo } = await paidOrder(shop, alice)
    const refundId = `R${outTradeNo}_1`
    await fault('refund', 'SYSTEMERROR', 2)
    await refund(orderId)
    await shop.admin.change('refunds', refundId, { tries: 59 })
    await runTimerFor(refundId)
    expect((await readRefund(refundId)).state).toBe('Failed')
    await owner.merchant('retryRefund', { refundId })
    await arrived(refundId)
    expect(await refundsAtWeChat(shop, outTradeNo)).toHaveLength(1)
  })
})

describe('a refund through cloudPay, whose query tells nothing', () => {
  /** Two of three tarts, of which WeChat has not told anything yet. */
  async function silent(wish: RefundWish) {
    const { orderId, outTradeNo } = await paidOrder(shop, alice, TARTS)
    await notices('hold', `R${outTradeNo}_1`)
    await refund(orderId, { wish })
    await until('WeChat to have done it', async () => (await refundsAtWeChat(shop, outTradeNo))[0]?.state === 'SUCCESS')
    return { orderId, outTradeNo, refundId: `R${outTradeNo}_1` }
  }
  const tell = (outRefundNo: string, alter = {}) => shop.manage('pay/deliver', { outRefundNo, alter })

  it('is not guessed from the trade, until a contrary notice had days to come', async () => {
    const { refundId } = await silent(WHOLE)
    await runTimerFor(refundId)
    expect((await readRefund(refundId)).state).toBe('Accepted')
    await shop.admin.change('refunds', refundId, { acceptedAtMs: daysAgo(3) })
    await runTimerFor(refundId)
    expect((await readRefund(refundId)).state).toBe('Succeeded')
  })

  it('is never guessed where it is one of several, and needs a person after a week', async () => {
    const { orderId, refundId } = await silent(pieces(1))
    await refund(orderId, { wish: pieces(1) })
    await shop.admin.change('refunds', refundId, { acceptedAtMs: daysAgo(6) })
    await runTimerFor(refundId)
    expect((await readRefund(refundId)).state).toBe('Accepted')
    await shop.admin.change('refunds', refundId, { acceptedAtMs: daysAgo(7) })
    await runTimerFor(refundId)
    expect((await readRefund(refundId)).state).toBe('Failed')
    // The notice comes after all, and is believed after all.
    expect(await tell(refundId)).toMatchObject({ returned: { errcode: 0 } })
    expect((await readRefund(refundId)).state).toBe('Succeeded')
  })

  it('is believed to have arrived when the notice says so, and not when a client says it', async () => {
    const { refundId } = await silent(pieces(1))
    const lie = { outRefundNo: refundId, refundStatus: 'SUCCESS', refundFee: 1200 }
    // The rules turn clients away; over HTTP, which they do not govern, the function itself does.
    expect(await shop.as('o-mallory').invoke('pay-callback', lie)).toMatchObject({ errCode: -501023 })
    expect(await postJson(`${shop.url}/http/pay-callback`, lie)).toMatchObject({ errcode: 1 })
    expect((await readRefund(refundId)).state).toBe('Accepted')
    expect(await tell(refundId, { refundFee: 1 })).toMatchObject({ returned: { errcode: 1 } })
    expect((await readRefund(refundId)).state).toBe('Accepted')
    await tell(refundId)
    expect((await readRefund(refundId)).state).toBe('Succeeded')
  })

  it('comes again when the trade could not be asked at the moment of the notice', async () => {
    const { refundId } = await silent(pieces(1))
    await fault('queryOrder', 'SYSTEMERROR')
    expect(await tell(refundId)).toMatchObject({ returned: { errcode: 1 } })
    expect((await readRefund(refundId)).state).toBe('Accepted')
    expect(await tell(refundId)).toMatchObject({ returned: { errcode: 0 } })
    expect((await readRefund(refundId)).state).toBe('Succeeded')
  })

  it('to a dead bank account needs a person, who says what was done', async () => {
    const { orderId, refundId } = await silent(WHOLE)
    expect(await tell(refundId, { refundStatus: 'CHANGE' })).toMatchObject({ returned: { errcode: 0 } })
    const list = await owner.merchant('refundsInTrouble', {})
    expect(list.ok && list.value.items).toContainEqual(expect.objectContaining({ id: refundId, state: 'Abnormal', because: 'ByStaff' }))
    expect(await shop.as('o-clerk').merchant('settleRefundByHand', { refundId, note: '现金退了' })).toMatchObject({ code: 'NotAllowed' })
    expect(await owner.merchant('retryRefund', { refundId })).toMatchObject({ code: 'RefundNotInTrouble' })
    const settled = await Promise.all([1, 2].map(() => owner.merchant('settleRefundByHand', { refundId, note: '现金退了' })))
    expect(settled).toMatchObject([{ ok: true, value: { state: 'SettledByHand' } }, { ok: true }])
    expect((await orderOf(alice, orderId)).refunds).toMatchObject([{ state: 'SettledByHand' }])
    expect(await shop.admin.count('audits', { subject: refundId, what: 'SettleRefundByHand', note: '现金退了' })).toBe(1)
  })

  it('that WeChat gave up is asked for under the next number, once, and no fen more than was booked', async () => {
    const { orderId, outTradeNo, refundId } = await silent(pieces(1))
    await tell(refundId, { refundStatus: 'REFUNDCLOSE' })
    expect((await readRefund(refundId)).state).toBe('Closed')
    const answers = await Promise.all([1, 2, 3].map(() => owner.merchant('retryRefund', { refundId })))
    expect(answers.filter(answer => answer.ok)).toMatchObject([{ value: { id: `R${outTradeNo}_2`, amountFen: 1200 } }])
    expect((await readRefund(refundId)).state).toBe('Replaced')
    expect(await shop.admin.read('attempts', outTradeNo)).toMatchObject({ refundedFen: 1200, refundCount: 2 })
    expect((await orderOf(alice, orderId)).refunds).toHaveLength(1)
  })

  it('that counted as arrived and did not is kept as an incident, which the owner closes', async () => {
    const { outTradeNo, refundId } = await silent(pieces(1))
    await tell(refundId)
    await tell(refundId, { refundStatus: 'CHANGE' })
    await tell(refundId, { refundStatus: 'CHANGE' })
    const open = await owner.merchant('incidents', {})
    const incidentId = `${refundId}_RefundTakenBack`
    expect(open.ok && open.value.items).toContainEqual(expect.objectContaining({ id: incidentId, kind: 'RefundTakenBack', outTradeNo, amountFen: 1200 }))
    expect(await shop.as('o-clerk').merchant('resolveIncident', { incidentId, note: '已联系' })).toMatchObject({ code: 'NotAllowed' })
    const twice = await Promise.all([1, 2].map(() => owner.merchant('resolveIncident', { incidentId, note: '已联系，转账退还' })))
    expect(twice).toMatchObject([{ ok: true }, { ok: true }])
    const after = await owner.merchant('incidents', {})
    expect(after.ok && after.value.items.map(one => one.id)).not.toContain(incidentId)
    expect(await shop.admin.read('incidents', incidentId)).toMatchObject({ state: 'Resolved', resolvedBy: 'o-owner', note: '已联系，转账退还' })
  })
})
