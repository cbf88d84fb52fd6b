import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShipmentDocument } from '../../backend/shipping/shipments.ts'
import type { ShipmentState } from '../../contracts/shipping.ts'
import { localApp } from '../../scripts/steps/localShop.ts'
import { openTestShop, postJson } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { outboxOf } from './outboxSupport.ts'
import { member, newRequestId, paidOrder, pay, wishOf } from './support.ts'

let shop: TestShop
let box: ReturnType<typeof outboxOf>
let alice: Caller
let bob: Caller
let clerk: Caller
let owner: Caller
let home: string
let office: string
let bobsHome: string

beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  box = outboxOf(shop)
  alice = await member(shop, 'o-alice')
  bob = await member(shop, 'o-bob')
  clerk = await member(shop, 'o-clerk')
  owner = await member(shop, 'o-owner')
  await shop.admin.change('stock', 'honey-jar', { available: 500 })
  home = await written(alice, '小河路 1 号')
  office = await written(alice, '文三路 2 号')
  bobsHome = await written(bob, '小河路 1 号')
})
afterAll(() => shop.close())

const HONEY = { productId: 'honey-jar', choiceIds: [] as string[], quantity: 1 }

async function written(who: Caller, detail: string): Promise<string> {
  const given = { name: '王小明', phone: '13800138000', province: '33' as const, city: '杭州市', district: '拱墅区', isDefault: false }
  const outcome = await who.shop('saveAddress', { requestId: newRequestId(), ...given, detail })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value.find(one => one.detail === detail)!.id
}

async function unpaid(who = alice, addressId = home, quantity = 1): Promise<string> {
  const wish = await wishOf(who, [{ ...HONEY, quantity }], { fulfilment: { kind: 'Express', addressId } })
  const placed = await who.shop('placeOrder', wish)
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  return placed.value.id
}

async function posted(who = alice, addressId = home, quantity = 1): Promise<string> {
  const orderId = await unpaid(who, addressId, quantity)
  await pay(shop, who, orderId)
  return orderId
}

/** Nobody may place too many orders a minute, so two customers share the work. */
const postedByBob = () => posted(bob, bobsHome)

const label = (trackingNumber: string) => ({ company: 'ZTO', trackingNumber })
const ship = (orderIds: string[], trackingNumber: string, staff = clerk) => staff.merchant('shipTogether', { orderIds, ...label(trackingNumber) })
const correct = (orderId: string, trackingNumber: string) => clerk.merchant('correctTogether', { orderId, ...label(trackingNumber) })
const shipmentOf = (orderId: string) => shop.admin.read<ShipmentDocument>('shipments', orderId)
const statesOf = (orderIds: string[]) => Promise.all(orderIds.map(async orderId => (await shop.admin.read<{ state: string }>('orders', orderId))!.state))
const upload = (orderId: string, entry = 1) => box.tryNow(`UploadShipping_${orderId}_${entry}`)

/** An answer that names these states, in any order. */
const withStates = (...states: ShipmentState[]) => ({ ok: true, value: { shipments: states.map(state => ({ state }) as object) } })

async function shipped(trackingNumber: string, count = 2): Promise<string[]> {
  const orderIds: string[] = []
  for (let order = 0; order < count; order += 1) orderIds.push(await postedByBob())
  expect(await ship(orderIds, trackingNumber)).toMatchObject({ ok: true })
  for (const orderId of orderIds) expect(await upload(orderId)).toMatchObject({ state: 'Done' })
  return orderIds
}

/** The numbers under which WeChat knows an order to be on its way. */
async function numbersAtWeChat(orderId: string): Promise<string[]> {
  const { transactionId } = (await shop.admin.read<{ transactionId: string }>('orders', orderId))!
  const credentials = new URLSearchParams({ grant_type: 'client_credential', appid: localApp.appid, secret: localApp.secret })
  const { access_token: token } = await (await fetch(`${shop.url}/cgi-bin/token?${credentials}`)).json() as { access_token: string }
  const answer = await postJson(`${shop.url}/wxa/sec/order/get_order?access_token=${token}`, { transaction_id: transactionId })
  const { shipping } = answer.order as { shipping?: { shipping_list: { tracking_no: string }[] } }
  return (shipping?.shipping_list ?? []).map(parcel => parcel.tracking_no)
}

describe('orders of one customer to one address', () => {
  it('are offered to go in one parcel, and nothing else is', async () => {
    const first = await posted()
    const second = await posted()
    await posted(alice, office)
    await posted(bob, bobsHome)
    await unpaid()
    await paidOrder(shop, alice)
    const offered = await clerk.merchant('ordersToShipWith', { orderId: first })
    expect(offered.ok && offered.value.orders.map(order => order.id)).toEqual([second])
    expect(offered).toMatchObject({ value: { orders: [{ fulfilment: { receiver: { phone: '138****8000' } } }] } })
    const { orderId: takeAway } = await paidOrder(shop, alice)
    expect(await clerk.merchant('ordersToShipWith', { orderId: takeAway })).toMatchObject({ code: 'NothingToShip' })
    expect(await clerk.merchant('ordersToShipWith', { orderId: 'unknown' })).toMatchObject({ code: 'OrderUnknown' })
    await shop.admin.change('orders', first, { state: 'Refunded' })
    await shop.admin.change('orders', second, { state: 'Refunded' })
  })

  it('leave under one number, and WeChat is told of each', async () => {
    const orderIds = [await posted(alice, home, 2), await posted(), await posted()]
    const outcome = await ship(orderIds, 'ZTO1001')
    const together = [...orderIds].sort()
    expect(outcome).toMatchObject({ ok: true, value: { shipments: together.map(orderId => ({ orderId, state: 'Entered', together })) } })
    expect(await statesOf(orderIds)).toEqual(['Ready', 'Ready', 'Ready'])
    for (const orderId of orderIds) {
      expect(await upload(orderId)).toMatchObject({ state: 'Done', tries: 1 })
      expect(await numbersAtWeChat(orderId)).toEqual(['ZTO1001'])
    }
    expect((await shipmentOf(orderIds[0]!))!.parcels).toEqual([{ ...label('ZTO1001'), lines: [{ line: 0, quantity: 2 }] }])
  })

  it('are shipped once, whoever taps how often and in which order', async () => {
    const [one, other] = [await posted(), await posted()]
    const answers = await Promise.all([[one, other], [other, one], [one, other, one]].map(orderIds => ship(orderIds, 'ZTO1002')))
    for (const answer of answers) expect(answer).toMatchObject(withStates('Entered', 'Entered'))
    for (const orderId of [one, other]) {
      expect(await shop.admin.count('outbox', { orderId, kind: 'UploadShipping' })).toBe(1)
      expect((await shipmentOf(orderId))!.steps).toHaveLength(1)
    }
    expect(await ship([one, other], 'ZTO1003')).toMatchObject({ code: 'OrderNotPaid', detail: { state: 'Ready' } })
  })

  it('of which one is wanted for two parcels at once go in the first, and the rest of the second stays', async () => {
    const [a, b, c] = [await posted(), await posted(), await posted()]
    const answers = await Promise.all([ship([a, b], 'ZTO1004', clerk), ship([b, c], 'ZTO1005', owner)])
    expect(answers.map(answer => answer.ok).sort()).toEqual([false, true])
    const isFirst = answers[0].ok
    expect(await statesOf([a, b, c])).toEqual(isFirst ? ['Ready', 'Ready', 'Paid'] : ['Paid', 'Ready', 'Ready'])
    expect(await shipmentOf(isFirst ? c : a)).toBeNull()
    expect(answers.find(answer => !answer.ok)).toMatchObject({ code: 'OrderNotPaid', detail: { orderId: b, state: 'Ready' } })
  })

  it('carry what is left of each', async () => {
    const orderIds = [await posted(alice, home, 3), await posted()]
    const wish = { kind: 'Lines' as const, lines: [{ line: 0, quantity: 1 }] }
    const quoted = await owner.merchant('refundQuote', { orderId: orderIds[0]!, wish })
    const expectedFen = quoted.ok ? quoted.value.amountFen : 0
    const refund = { requestId: newRequestId(), orderId: orderIds[0]!, wish, goodsReturned: [], expectedFen, note: '少一件' }
    expect(await owner.merchant('refundOrder', refund)).toMatchObject({ ok: true })
    expect(await ship(orderIds, 'ZTO1006')).toMatchObject({ ok: true })
    expect((await shipmentOf(orderIds[0]!))!.parcels[0]!.lines).toEqual([{ line: 0, quantity: 2 }])
  })
})

describe('none of several orders is shipped', () => {
  it('when one is another customer\'s, although the address is the same', async () => {
    const orderIds = [await posted(), await posted(bob, bobsHome)]
    expect(await ship(orderIds, 'ZTO2001')).toEqual({ ok: false, kind: 'refused', code: 'NotTogether' })
    expect(await statesOf(orderIds)).toEqual(['Paid', 'Paid'])
  })

  it('when one goes to another address', async () => {
    const orderIds = [await posted(), await posted(alice, office)]
    expect(await ship(orderIds, 'ZTO2002')).toEqual({ ok: false, kind: 'refused', code: 'NotTogether' })
    expect(await statesOf(orderIds)).toEqual(['Paid', 'Paid'])
  })

  it('when one is not paid, is not posted, is unknown or another store\'s, and the refusal names it', async () => {
    const good = await posted()
    const open = await unpaid()
    const { orderId: takeAway } = await paidOrder(shop, alice)
    const elsewhere = await posted()
    await shop.admin.change('orders', elsewhere, { storeId: 'other' })
    for (const [bad, code] of [[open, 'OrderNotPaid'], [takeAway, 'NothingToShip'], ['unknown', 'OrderUnknown'], [elsewhere, 'OrderUnknown']] as const) {
      expect(await ship([good, bad], 'ZTO2003')).toMatchObject({ code, detail: { orderId: bad } })
    }
    expect(await ship([good, good], 'ZTO2003')).toMatchObject({ code: 'NotTogether' })
    expect(await statesOf([good])).toEqual(['Paid'])
    expect(await shipmentOf(good)).toBeNull()
    expect(await shop.admin.count('outbox', { orderId: good, kind: 'UploadShipping' })).toBe(0)
  })
})

describe('a parcel with several orders', () => {
  it('is corrected as a whole, once, and not in part', async () => {
    const orderIds = await shipped('ZTO3001')
    const [one, other] = orderIds as [string, string]
    const alone = await clerk.merchant('correctShipping', { orderId: one, parcels: [label('ZTO3002')] })
    expect(alone).toEqual({ ok: false, kind: 'refused', code: 'ShippedTogether' })
    expect(await correct(one, 'ZTO3002')).toMatchObject(withStates('Correcting', 'Correcting'))
    expect(await correct(other, 'ZTO3002')).toMatchObject(withStates('Correcting', 'Correcting'))
    expect(await correct(other, 'ZTO3003')).toEqual({ ok: false, kind: 'refused', code: 'ShippingCorrected' })
    for (const orderId of orderIds) {
      expect(await upload(orderId, 2)).toMatchObject({ state: 'Done' })
      expect(await numbersAtWeChat(orderId)).toEqual(['ZTO3002'])
      expect((await shipmentOf(orderId))!.state).toBe('Corrected')
    }
    expect(await correct(one, 'ZTO3003')).toEqual({ ok: false, kind: 'refused', code: 'ShippingCorrected' })
  })

  it('that WeChat has heard of in part is corrected for all, and then not again for any', async () => {
    const [one, other] = [await postedByBob(), await postedByBob()]
    await ship([one, other], 'ZTO3011')
    await box.fault('wxa.sec.order.uploadShippingInfo', -1)
    await upload(one)
    await upload(other)
    const told = (await shipmentOf(one))!.state === 'Shipped' ? [one, other] : [other, one]
    await shop.admin.change('outbox', `UploadShipping_${told[1]}_1`, { nextAtMs: Date.now() + 3_600_000 })
    const outcome = await correct(told[1]!, 'ZTO3012')
    expect(outcome.ok && outcome.value.shipments.map(({ state }) => state).sort()).toEqual(['Correcting', 'Entered'])
    for (const orderId of told) expect(await upload(orderId, 2)).toMatchObject({ state: 'Done' })
    for (const orderId of told) expect(await numbersAtWeChat(orderId)).toEqual(['ZTO3012'])
    expect(await correct(told[1]!, 'ZTO3013')).toEqual({ ok: false, kind: 'refused', code: 'ShippingCorrected' })
    expect(await numbersAtWeChat(told[1]!)).toEqual(['ZTO3012'])
  })

  it('is corrected without the order whose money went back, and not at all once one is received', async () => {
    const [back, kept] = await shipped('ZTO3021') as [string, string]
    const quoted = await owner.merchant('refundQuote', { orderId: back, wish: { kind: 'Whole' } })
    const expectedFen = quoted.ok ? quoted.value.amountFen : 0
    const refund = { requestId: newRequestId(), orderId: back, wish: { kind: 'Whole' as const }, goodsReturned: [], expectedFen, note: '不要了' }
    expect(await owner.merchant('refundOrder', refund)).toMatchObject({ ok: true })
    expect(await correct(kept, 'ZTO3022')).toMatchObject({ ok: true })
    expect([(await shipmentOf(back))!.parcels[0], (await shipmentOf(kept))!.parcels[0]]).toMatchObject([label('ZTO3021'), label('ZTO3022')])
    const [first, second] = await shipped('ZTO3031') as [string, string]
    await clerk.merchant('markCollected', { orderId: first })
    await shop.admin.change('shipments', first, { checkAtMs: 0 })
    await box.runTimer()
    expect(await correct(second, 'ZTO3032')).toEqual({ ok: false, kind: 'refused', code: 'ShippingOver' })
    expect((await shipmentOf(second))!.parcels[0]).toMatchObject(label('ZTO3031'))
  })

  it('is none where an order left alone, or has not left', async () => {
    const [waiting, alone] = [await postedByBob(), await postedByBob()]
    await clerk.merchant('shipOrder', { orderId: alone, parcels: [label('ZTO3041')] })
    expect(await correct(waiting, 'ZTO3042')).toMatchObject({ code: 'OrderNotShipped' })
    expect(await correct(alone, 'ZTO3042')).toMatchObject({ code: 'NotTogether' })
    expect(await ship([waiting, alone], 'ZTO3041')).toMatchObject({ code: 'OrderNotPaid', detail: { orderId: alone } })
    expect(await statesOf([waiting])).toEqual(['Paid'])
  })
})
