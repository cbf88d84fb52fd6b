import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestShop, until } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { outboxOf } from './outboxSupport.ts'
import { EGG_TART_FEN, member, newRequestId, orderOf, paidOrder, place, startPaying } from './support.ts'

let shop: TestShop
let box: ReturnType<typeof outboxOf>
let clerk: Caller
let owner: Caller
let people = 0

beforeAll(async () => {
  shop = await openTestShop({ tradeDelayMs: 0 })
  box = outboxOf(shop)
  clerk = await member(shop, 'o-clerk')
  owner = await member(shop, 'o-owner')
  await shop.admin.change('stock', 'egg-tart', { available: 500 })
})
afterAll(() => shop.close())

/** Each test has a customer of its own, who has been told nothing yet. */
const customer = () => member(shop, `o-told-${++people}`)
const SEND = 'subscribeMessage.send'

describe('a customer who has paid', () => {
  it('was asked with the payment, and is told a little later, once, what was paid', async () => {
    const who = await customer()
    const order = await place(who)
    const prepared = await who.shop('unifiedOrder', { orderId: order.id })
    expect(prepared).toMatchObject({ ok: true, value: { askFor: ['local-paid', 'local-ready'] } })
    const { outTradeNo } = await startPaying(who, order.id)
    await shop.manage('pay/complete', { outTradeNo })
    await who.shop('syncPayment', { orderId: order.id })
    const id = `TellPaid_${order.id}`
    expect((await box.read(id))!.nextAtMs).toBeGreaterThan(Date.now() + 10_000)
    await box.accept(who, 'local-paid')
    expect(await box.tryNow(id)).toMatchObject({ state: 'Done', tries: 1, said: '' })
    const { pickupNumber } = await orderOf(who, order.id)
    expect(await box.messagesTo(who, 'local-paid')).toMatchObject([{ content: {
      page: `packages/order/order/order?orderId=${order.id}`,
      data: { character_string1: { value: pickupNumber }, thing2: { value: '葡式蛋挞×1' }, amount3: { value: '12.00元' } },
    } }])
    await box.accept(who, 'local-paid')
    await box.tryNow(id)
    expect(await box.messagesTo(who, 'local-paid')).toHaveLength(1)
  })

  it('and said no is not told, which is nobody\'s fault', async () => {
    const who = await customer()
    const { orderId } = await paidOrder(shop, who)
    expect(await box.tryNow(`TellPaid_${orderId}`)).toMatchObject({ state: 'Done', tries: 1, said: 'the customer did not ask for it' })
    expect(await clerk.merchant('deadLetters', {})).toMatchObject({ ok: true, value: { items: [] } })
  })

  it('is not told so any more when the order is ready', async () => {
    const who = await customer()
    await box.accept(who, 'local-paid')
    const { orderId } = await box.readyOrder(who, clerk)
    expect(await box.tryNow(`TellPaid_${orderId}`)).toMatchObject({ state: 'Done', said: 'the order has moved on' })
    expect(await box.messagesTo(who, 'local-paid')).toEqual([])
  })
})

describe('a customer whose order is ready', () => {
  it('is told at once', async () => {
    const who = await customer()
    await box.accept(who, 'local-ready')
    const { orderId } = await box.readyOrder(who, clerk)
    expect(await box.messagesTo(who, 'local-ready')).toMatchObject([{ content: { data: { thing3: { value: '请到柜台取餐' } } } }])
    expect(await box.read(`TellReady_${orderId}`)).toMatchObject({ state: 'Done', tries: 1 })
  })

  it('is told by the timer when WeChat was busy, and staff never notice', async () => {
    const who = await customer()
    await box.accept(who, 'local-ready')
    await box.fault(SEND, -1)
    const { orderId } = await box.readyOrder(who, clerk)
    expect(await box.read(`TellReady_${orderId}`)).toMatchObject({ state: 'Waiting', tries: 1 })
    expect(await box.tryNow(`TellReady_${orderId}`)).toMatchObject({ state: 'Done', tries: 2 })
    expect(await box.messagesTo(who, 'local-ready')).toHaveLength(1)
  })

  it('and has it by now is not called any more', async () => {
    const who = await customer()
    await box.accept(who, 'local-ready')
    await box.fault(SEND, -1)
    const { orderId } = await box.readyOrder(who, clerk)
    await clerk.merchant('markCollected', { orderId })
    expect(await box.tryNow(`TellReady_${orderId}`)).toMatchObject({ state: 'Done', said: 'the order has moved on' })
    expect(await box.messagesTo(who, 'local-ready')).toEqual([])
  })

  it('is a matter for staff where the template is wrong, and after a quarter of an hour of silence', async () => {
    await box.fault(SEND, 40037)
    const { orderId: wrong } = await box.readyOrder(await customer(), clerk)
    expect(await box.read(`TellReady_${wrong}`)).toMatchObject({ state: 'Dead', tries: 1 })
    await box.fault(SEND, -1, { times: 6 })
    const { orderId: silent } = await box.readyOrder(await customer(), clerk)
    for (let tries = 2; tries <= 6; tries += 1) await box.tryNow(`TellReady_${silent}`)
    expect(await box.read(`TellReady_${silent}`)).toMatchObject({ state: 'Dead', tries: 6 })
  })
})

describe('a customer whose money is back', () => {
  const wish = { kind: 'Whole' as const }

  it('was asked with the quote, and is told how much', async () => {
    const who = await customer()
    const { orderId, outTradeNo } = await paidOrder(shop, who)
    expect(await who.shop('afterSaleQuote', { orderId, wish })).toMatchObject({ ok: true, value: { askFor: ['local-refunded'] } })
    await box.accept(who, 'local-refunded')
    const wanted = { requestId: newRequestId(), orderId, wish, reason: 'Other' as const, text: '', photos: [], expectedFen: EGG_TART_FEN }
    const request = await who.shop('requestAfterSale', wanted)
    if (!request.ok) throw new Error(JSON.stringify(request))
    await owner.merchant('approveAfterSale', { afterSaleId: request.value.id, wish, goodsReturned: [], expectedFen: EGG_TART_FEN })
    const id = `TellRefunded_R${outTradeNo}_1`
    await until('the refund to be known', async () => (await box.read(id)) !== null)
    expect(await box.tryNow(id)).toMatchObject({ state: 'Done', said: '' })
    expect(await box.messagesTo(who, 'local-refunded')).toMatchObject([{ content: { data: { amount2: { value: '12.00元' } } } }])
  })

  it('without having asked is told as well, of its own part', async () => {
    const who = await customer()
    const { orderId, outTradeNo } = await paidOrder(shop, who)
    await box.accept(who, 'local-refunded')
    const refund = { requestId: newRequestId(), orderId, wish, goodsReturned: [], expectedFen: EGG_TART_FEN, note: '打翻了' }
    expect(await owner.merchant('refundOrder', refund)).toMatchObject({ ok: true })
    const id = `TellRefunded_R${outTradeNo}_1`
    await until('the refund to be known', async () => (await box.read(id)) !== null)
    await box.tryNow(id)
    expect(await box.messagesTo(who, 'local-refunded')).toHaveLength(1)
  })
})

describe('a shop without templates', () => {
  it.each([['none', ''], ['a setting that nobody can read', '{oops']])('sells with %s, asks for nothing and writes nothing', async (_what, setting) => {
    const environment = { ...basics, SUBSCRIBE_TEMPLATES: setting }
    const silent = await openTestShop({ environment: { '*': environment } })
    try {
      const who = await member(silent, 'o-alice')
      const { orderId, outTradeNo } = await paidOrder(silent, who)
      await (await member(silent, 'o-clerk')).merchant('markReady', { orderId })
      for (const id of [`TellPaid_${orderId}`, `TellReady_${orderId}`]) expect(await silent.admin.read('outbox', id)).toBeNull()
      expect(await who.shop('afterSaleQuote', { orderId, wish: { kind: 'Whole' } })).toMatchObject({ ok: true, value: { askFor: [] } })
      expect(outTradeNo).toBe(`${orderId}_1`)
    } finally {
      await silent.close()
    }
  })
})

const basics = { WECHAT_APP_ID: 'wxlocal0000000001', WECHAT_APP_SECRET: 'local-app-secret', WECHAT_API_BASE: '{url}', PAY_SUB_MCH_ID: '1900000109' }
