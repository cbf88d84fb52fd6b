import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShipmentDocument } from '../../backend/shipping/shipments.ts'
import { localApp } from '../../scripts/steps/localShop.ts'
import { openTestShop, postJson } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { outboxOf, personOf } from './outboxSupport.ts'
import { EGG_TART, member, orderOf, paidOrder } from './support.ts'

const DAY_MS = 24 * 3_600_000

let shop: TestShop
let box: ReturnType<typeof outboxOf>
let alice: Caller
let clerk: Caller
let owner: Caller

beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  box = outboxOf(shop)
  alice = await member(shop, 'o-alice')
  clerk = await member(shop, 'o-clerk')
  owner = await member(shop, 'o-owner')
  await shop.admin.change('stock', 'egg-tart', { available: 500 })
})
afterAll(() => shop.close())

const UPLOAD = 'wxa.sec.order.uploadShippingInfo'
const parcel = (trackingNumber: string, lines?: { line: number, quantity: number }[]) =>
  ({ company: 'ZTO', trackingNumber, ...(lines ? { lines } : {}) })
const uploadId = (orderId: string, entry = 1) => `UploadShipping_${orderId}_${entry}`
const shipmentOf = async (orderId: string) => (await shop.admin.read<ShipmentDocument>('shipments', orderId))!
const upload = (orderId: string, entry = 1) => box.tryNow(uploadId(orderId, entry))

const correct = (orderId: string, ...parcels: ReturnType<typeof parcel>[]) => clerk.merchant('correctShipping', { orderId, parcels })

interface AtWeChat {
  order_state: number
  shipping?: { logistics_type: number, delivery_mode: number, shipping_list: Record<string, unknown>[] }
}

/** What WeChat's shipping management shows of an order: asked as a server would, over HTTPS. */
async function atWeChat(orderId: string): Promise<AtWeChat> {
  const { transactionId } = (await shop.admin.read<{ transactionId: string }>('orders', orderId))!
  const credentials = new URLSearchParams({ grant_type: 'client_credential', appid: localApp.appid, secret: localApp.secret })
  const { access_token: token } = await (await fetch(`${shop.url}/cgi-bin/token?${credentials}`)).json() as { access_token: string }
  const answer = await postJson(`${shop.url}/wxa/sec/order/get_order?access_token=${token}`, { transaction_id: transactionId })
  return answer.order as AtWeChat
}

/** The customer taps "confirm receipt" in WeChat's own component. */
async function confirmInWeChat(orderId: string): Promise<void> {
  const { transactionId } = (await shop.admin.read<{ transactionId: string }>('orders', orderId))!
  const answer = await postJson(`${shop.url}/wechat/confirm-receipt`, { person: personOf(alice), transactionId })
  expect(answer).toMatchObject({ extraData: { status: 'success' } })
}

async function remindersTo(customer: Caller): Promise<number> {
  const answer = await (await fetch(`${shop.url}/manage/messages?person=${personOf(customer)}`)).json() as { messages: { content: { title?: string } }[] }
  return answer.messages.filter(message => message.content.title === '请确认收货').length
}

async function setFulfilment(orderId: string, fulfilment: object): Promise<void> {
  const { _id, ...order } = (await shop.admin.read<Record<string, unknown>>('orders', orderId))!
  await shop.admin.set('orders', String(_id), { ...order, fulfilment })
}

/** A paid order that is to be posted: the door takes no such order yet, the books do. */
async function posted(quantity = 3): Promise<string> {
  const { orderId } = await paidOrder(shop, alice, [{ ...EGG_TART, quantity }])
  await setFulfilment(orderId, { kind: 'Express', receiver: { name: '爱丽丝', phone: '13812345678', address: '长安街 1 号' } })
  return orderId
}

async function shipped(): Promise<string> {
  const orderId = await posted()
  expect(await clerk.merchant('shipOrder', { orderId, parcels: [parcel('ZTO0001')] })).toMatchObject({ ok: true, value: { state: 'Entered' } })
  expect(await upload(orderId)).toMatchObject({ state: 'Done' })
  return orderId
}

async function runReceiptCheck(orderId: string): Promise<void> {
  await shop.admin.change('shipments', orderId, { checkAtMs: 0 })
  await box.runTimer()
}

describe('an order that is handed over', () => {
  it.each([['TakeAway', 4], ['Delivery', 2], ['Virtual', 3]] as const)('as %s is told to WeChat as type %i when it is ready', async (kind, type) => {
    const { orderId } = await paidOrder(shop, alice)
    await setFulfilment(orderId, { kind })
    await clerk.merchant('markReady', { orderId })
    expect(await atWeChat(orderId)).toMatchObject({ order_state: 1 })
    expect(await upload(orderId)).toMatchObject({ state: 'Done', tries: 1 })
    expect(await atWeChat(orderId)).toMatchObject({
      order_state: 2,
      shipping: { logistics_type: type, delivery_mode: 1, shipping_list: [{ goods_desc: expect.stringMatching(/\*1$/) as string }] },
    })
    expect(await shipmentOf(orderId)).toMatchObject({ state: 'Shipped', type, enteredBy: 'o-clerk' })
  })

  it('whose money went back before WeChat heard of it is not told at all', async () => {
    const { orderId } = await box.readyOrder(alice, clerk)
    await shop.admin.change('orders', orderId, { state: 'Refunded' })
    expect(await upload(orderId)).toMatchObject({ state: 'Done', said: 'all of its money went back' })
    expect((await shipmentOf(orderId)).state).toBe('Void')
    expect((await atWeChat(orderId)).shipping).toBeUndefined()
  })

  it('is told once, also when the answer was lost', async () => {
    const { orderId } = await box.readyOrder(alice, clerk)
    await box.fault(UPLOAD, -1, { after: true })
    expect(await upload(orderId)).toMatchObject({ state: 'Waiting', tries: 1 })
    expect(await upload(orderId)).toMatchObject({ state: 'Done', tries: 2 })
    expect((await shipmentOf(orderId)).steps.map(step => step.state)).toEqual(['Entered', 'Shipped'])
  })

  it('that somebody entered by hand and otherwise is a matter for a person', async () => {
    const { orderId } = await box.readyOrder(alice, clerk)
    await upload(orderId)
    await shop.admin.change('shipments', orderId, { state: 'Entered', type: 3 })
    await shop.admin.change('outbox', uploadId(orderId), { state: 'Waiting' })
    expect(await upload(orderId)).toMatchObject({ state: 'Dead', said: expect.stringContaining('10060023') as string })
  })
})

describe('an order that is posted', () => {
  it('is told with company and number, and stands with the customer as on its way', async () => {
    const orderId = await shipped()
    expect(await orderOf(alice, orderId)).toMatchObject({ state: 'Ready', fulfilment: { kind: 'Express' } })
    expect(await atWeChat(orderId)).toMatchObject({
      order_state: 2,
      shipping: {
        logistics_type: 1,
        delivery_mode: 1,
        shipping_list: [{ tracking_no: 'ZTO0001', express_company: 'ZTO', goods_desc: '葡式蛋挞*3', contact: { receiver_contact: '138****5678' } }],
      },
    })
  })

  it('in several parcels is told as split, each with what is in it', async () => {
    const orderId = await posted(3)
    const parcels = [{ ...parcel('SF0001', [{ line: 0, quantity: 1 }]), company: 'SF' }, parcel('ZTO0002', [{ line: 0, quantity: 2 }])]
    expect(await clerk.merchant('shipOrder', { orderId, parcels })).toMatchObject({ ok: true, value: { parcels } })
    expect(await upload(orderId)).toMatchObject({ state: 'Done' })
    expect(await atWeChat(orderId)).toMatchObject({
      order_state: 2,
      shipping: {
        delivery_mode: 2,
        shipping_list: [{ tracking_no: 'SF0001', goods_desc: expect.stringMatching(/\*1$/) as string }, { tracking_no: 'ZTO0002' }],
      },
    })
  })

  it('is shipped once, whoever taps how often, and other parcels are no repeat', async () => {
    const orderId = await posted()
    const answers = await Promise.all([1, 2, 3].map(() => clerk.merchant('shipOrder', { orderId, parcels: [parcel('ZTO0003')] })))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { state: 'Entered' } })
    expect(await shop.admin.count('outbox', { orderId, kind: 'UploadShipping' })).toBe(1)
    const other = await clerk.merchant('shipOrder', { orderId, parcels: [parcel('ZTO0004')] })
    expect(other).toMatchObject({ code: 'OrderNotPaid', detail: { state: 'Ready' } })
  })

  it('is refused where it is none, is not paid, or its parcels do not match', async () => {
    const { orderId: takeAway } = await paidOrder(shop, alice)
    expect(await clerk.merchant('shipOrder', { orderId: takeAway, parcels: [parcel('ZTO0005')] })).toMatchObject({ code: 'NothingToShip' })
    const orderId = await posted(2)
    expect(await clerk.merchant('markReady', { orderId })).toMatchObject({ code: 'ParcelsNeeded' })
    const tooMany = [parcel('ZTO0005', [{ line: 0, quantity: 3 }])]
    expect(await clerk.merchant('shipOrder', { orderId, parcels: tooMany })).toMatchObject({ code: 'ParcelsDoNotMatch' })
    await shop.admin.change('orders', orderId, { state: 'Refunded' })
    const refunded = await clerk.merchant('shipOrder', { orderId, parcels: [parcel('ZTO0005')] })
    expect(refunded).toMatchObject({ code: 'OrderNotPaid', detail: { state: 'Refunded' } })
    expect(await clerk.merchant('remindReceipt', { orderId })).toMatchObject({ code: 'OrderNotShipped' })
  })

  it('carries what is left of it once some of its money went back', async () => {
    const orderId = await posted(3)
    const wish = { kind: 'Lines' as const, lines: [{ line: 0, quantity: 1 }] }
    const refund = { requestId: 'request-posted-0001', orderId, wish, goodsReturned: [], expectedFen: 1200, note: '少一件' }
    expect(await owner.merchant('refundOrder', refund)).toMatchObject({ ok: true })
    const outcome = await clerk.merchant('shipOrder', { orderId, parcels: [parcel('ZTO0006')] })
    expect(outcome).toMatchObject({ ok: true, value: { parcels: [{ lines: [{ line: 0, quantity: 2 }] }] } })
  })
})

describe('a correction', () => {
  it('is told to WeChat once, and a second one is refused here', async () => {
    const orderId = await shipped()
    expect(await correct(orderId, parcel('ZTO0011'))).toMatchObject({ ok: true, value: { state: 'Correcting', mayCorrect: false } })
    expect(await correct(orderId, parcel('ZTO0011'))).toMatchObject({ ok: true })
    expect(await correct(orderId, parcel('ZTO0012'))).toEqual({ ok: false, kind: 'refused', code: 'ShippingCorrected' })
    expect(await upload(orderId, 2)).toMatchObject({ state: 'Done' })
    expect(await atWeChat(orderId)).toMatchObject({ shipping: { shipping_list: [{ tracking_no: 'ZTO0011' }] } })
    expect(await correct(orderId, parcel('ZTO0012'))).toEqual({ ok: false, kind: 'refused', code: 'ShippingCorrected' })
    expect((await shipmentOf(orderId)).steps.map(step => step.state)).toEqual(['Entered', 'Shipped', 'Correcting', 'Corrected'])
  })

  it('whose answer was lost is known to be told, although WeChat then refuses it', async () => {
    const orderId = await shipped()
    await correct(orderId, parcel('ZTO0021'))
    await box.fault(UPLOAD, -1, { after: true })
    expect(await upload(orderId, 2)).toMatchObject({ state: 'Waiting' })
    expect(await upload(orderId, 2)).toMatchObject({ state: 'Done', tries: 2 })
    expect((await shipmentOf(orderId)).state).toBe('Corrected')
  })

  it('before WeChat has heard of the order is none: the first entry is not sent any more', async () => {
    const orderId = await posted()
    await clerk.merchant('shipOrder', { orderId, parcels: [parcel('ZTO0031')] })
    expect(await correct(orderId, parcel('ZTO0032'))).toMatchObject({ ok: true, value: { state: 'Entered', mayCorrect: true } })
    expect(await upload(orderId, 1)).toMatchObject({ state: 'Done', said: 'entered anew, or known already' })
    expect((await atWeChat(orderId)).shipping).toBeUndefined()
    expect(await upload(orderId, 2)).toMatchObject({ state: 'Done' })
    expect(await atWeChat(orderId)).toMatchObject({ shipping: { shipping_list: [{ tracking_no: 'ZTO0032' }] } })
    expect(await correct(orderId, parcel('ZTO0033'))).toMatchObject({ ok: true, value: { state: 'Correcting' } })
  })

  it('comes too late once the customer has it, and too early before anything was sent', async () => {
    const early = await posted()
    expect(await correct(early, parcel('ZTO0041'))).toMatchObject({ code: 'OrderNotShipped' })
    const orderId = await shipped()
    await confirmInWeChat(orderId)
    await alice.shop('confirmReceipt', { orderId })
    expect(await correct(orderId, parcel('ZTO0042'))).toMatchObject({ code: 'ShippingOver' })
  })
})

describe('receipt', () => {
  it('is believed when WeChat says so, whatever the phone says', async () => {
    const orderId = await shipped()
    expect(await alice.shop('confirmReceipt', { orderId })).toEqual({ ok: false, kind: 'refused', code: 'ReceiptNotConfirmed' })
    expect((await orderOf(alice, orderId)).state).toBe('Ready')
    await confirmInWeChat(orderId)
    const answers = await Promise.all([1, 2].map(() => alice.shop('confirmReceipt', { orderId })))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { state: 'Collected' } })
    expect((await orderOf(alice, orderId)).steps.filter(step => step.state === 'Collected')).toHaveLength(1)
    expect((await shipmentOf(orderId)).state).toBe('Received')
  })

  it('is offered once WeChat knows of the parcel, in WeChat itself, to its customer, on its page and in the list', async () => {
    const orderId = await posted()
    expect(await orderOf(alice, orderId)).not.toHaveProperty('toReceive')
    await clerk.merchant('shipOrder', { orderId, parcels: [parcel('ZTO0001')] })
    expect(await orderOf(alice, orderId)).not.toHaveProperty('toReceive')
    await upload(orderId)
    const { transactionId } = (await shop.admin.read<{ transactionId: string }>('orders', orderId))!
    expect((await orderOf(alice, orderId)).toReceive).toEqual({ transactionId, inWeChat: true })
    const listed = async (tab: 'Doing' | 'All') => {
      const list = await alice.shop('orders', { tab })
      return list.ok ? list.value.orders.find(({ id }) => id === orderId) : undefined
    }
    expect(await listed('Doing')).toMatchObject({ toReceive: { transactionId, inWeChat: true } })
    await confirmInWeChat(orderId)
    await alice.shop('confirmReceipt', { orderId })
    expect(await orderOf(alice, orderId)).not.toHaveProperty('toReceive')
    expect(await listed('All')).not.toHaveProperty('toReceive')
  })

  it('of what was not handed over cannot be confirmed', async () => {
    const { orderId } = await paidOrder(shop, alice)
    expect(await alice.shop('confirmReceipt', { orderId })).toMatchObject({ code: 'OrderNotShipped', detail: { state: 'Paid' } })
  })

  it('in WeChat alone is found by the timer', async () => {
    const orderId = await shipped()
    await confirmInWeChat(orderId)
    await runReceiptCheck(orderId)
    expect((await orderOf(alice, orderId)).state).toBe('Collected')
  })

  it('at the counter ends the matter without a question to WeChat', async () => {
    const { orderId } = await box.readyOrder(alice, clerk)
    await upload(orderId)
    await clerk.merchant('markCollected', { orderId })
    await runReceiptCheck(orderId)
    expect((await shipmentOf(orderId)).state).toBe('Received')
    const { operations } = shop.invocations().filter(record => record.functionName === 'timer').at(-1)!
    expect(operations.filter(operation => operation.includes('getOrder'))).toEqual([])
  })

  it('that nobody ever tells of comes by itself: after the term and a day, when WeChat is dumb', async () => {
    const { orderId } = await box.readyOrder(alice, clerk)
    await upload(orderId)
    await box.fault('wxa.sec.order.getOrder', -1, { times: 2 })
    await runReceiptCheck(orderId)
    expect(await orderOf(alice, orderId)).toMatchObject({ state: 'Ready' })
    expect((await shipmentOf(orderId)).checkAtMs).toBeGreaterThan(Date.now() + DAY_MS)
    await shop.admin.change('shipments', orderId, { shippedAtMs: Date.now() - 3 * DAY_MS })
    await runReceiptCheck(orderId)
    expect(await orderOf(alice, orderId)).toMatchObject({ state: 'Collected' })
  })

  it('of an entry that WeChat has although we never heard so is found as well', async () => {
    const { orderId } = await box.readyOrder(alice, clerk)
    await upload(orderId)
    await shop.admin.change('shipments', orderId, { state: 'Entered', shippedAtMs: null })
    await runReceiptCheck(orderId)
    expect((await shipmentOf(orderId)).state).toBe('Shipped')
  })

  it('is void when the money went back', async () => {
    const orderId = await shipped()
    await shop.admin.change('orders', orderId, { state: 'Refunded' })
    await runReceiptCheck(orderId)
    expect((await shipmentOf(orderId)).state).toBe('Void')
  })

  it('is reminded of once, by WeChat', async () => {
    const orderId = await shipped()
    for (let tap = 0; tap < 2; tap += 1) expect(await clerk.merchant('remindReceipt', { orderId })).toMatchObject({ ok: true })
    expect(await box.tryNow(`RemindReceipt_${orderId}`)).toMatchObject({ state: 'Done', tries: 1 })
    expect(await remindersTo(alice)).toBe(1)
    const late = await shipped()
    await clerk.merchant('remindReceipt', { orderId: late })
    await confirmInWeChat(late)
    await alice.shop('confirmReceipt', { orderId: late })
    expect(await box.tryNow(`RemindReceipt_${late}`)).toMatchObject({ state: 'Done', said: 'the order has moved on' })
    expect(await remindersTo(alice)).toBe(1)
  })
})

describe('a payment that shipping management does not know yet', () => {
  it('is no reason to give up: it is tried again until it is known', async () => {
    const slow = await openTestShop({ tradeDelayMs: 600_000 })
    try {
      const late = outboxOf(slow)
      const bob = await member(slow, 'o-bob')
      const { orderId } = await late.readyOrder(bob, await member(slow, 'o-clerk'))
      expect((await late.read(uploadId(orderId)))!.nextAtMs).toBeGreaterThan(Date.now() + 30_000)
      for (const tries of [1, 2, 3]) {
        expect(await late.tryNow(uploadId(orderId))).toMatchObject({ state: 'Waiting', tries, said: expect.stringContaining('10060001') as string })
      }
      await slow.manage('clock', { advanceMs: 600_000 })
      expect(await late.tryNow(uploadId(orderId))).toMatchObject({ state: 'Done', tries: 4 })
    } finally {
      await slow.close()
    }
  })
})

describe('a shop whose money WeChat does not hold back', () => {
  it('tells it nothing, and takes the customer\'s word for the receipt of a parcel', async () => {
    const { appid: WECHAT_APP_ID, secret: WECHAT_APP_SECRET, merchantId: PAY_SUB_MCH_ID } = localApp
    const environment = { WECHAT_APP_ID, WECHAT_APP_SECRET, WECHAT_API_BASE: '{url}', PAY_SUB_MCH_ID, TRADE_MANAGED: 'off' }
    const free = await openTestShop({ environment: { '*': environment } })
    try {
      const bob = await member(free, 'o-bob')
      const staff = await member(free, 'o-clerk')
      const { orderId: tea } = await outboxOf(free).readyOrder(bob, staff)
      expect(await free.admin.read('shipments', tea)).toBeNull()
      const { orderId } = await paidOrder(free, bob)
      const { _id, ...order } = (await free.admin.read<Record<string, unknown>>('orders', orderId))!
      const receiver = { name: 'b', phone: '13812345678', address: 'x' }
      await free.admin.set('orders', String(_id), { ...order, fulfilment: { kind: 'Express', receiver } })
      const outcome = await staff.merchant('shipOrder', { orderId, parcels: [parcel('ZTO0051')] })
      expect(outcome).toMatchObject({ ok: true, value: { state: 'Shipped' } })
      expect(await free.admin.count('outbox', { kind: 'UploadShipping' })).toBe(0)
      expect(await bob.shop('confirmReceipt', { orderId })).toMatchObject({ ok: true, value: { state: 'Collected' } })
    } finally {
      await free.close()
    }
  })
})
