import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from './harness.ts'
import { app, sdks, startOpenApiEmulator } from './openapiHarness.ts'
import type { OpenApiEmulator, Reply } from './openapiHarness.ts'

const secondMs = 1_000
const dayMs = 24 * 3600_000

interface OrderReply {
  order: Record<string, unknown> & { orderState: number, shipping?: Record<string, unknown> & { shippingList: Record<string, unknown>[] } }
}

const tradeDelayMs = 60_000
const options = { tradeDelayMs, messagePush: { trade_manage_order_settlement: 'service-desk' }, refundDelayMs: 0 }

let emulator: OpenApiEmulator
let counter = 0

beforeAll(async () => {
  emulator = await startOpenApiEmulator(options)
})
afterAll(() => emulator.dispose())
beforeEach(() => {
  counter += 1
})

const outTradeNo = () => `S-${counter}`
const upload = (change: object = {}, functionName = 'open-api') => emulator.open('wxa.sec.order.uploadShippingInfo', { ...entry(), ...change }, { functionName })
const codeOf = async (reply: Promise<Reply>) => (await reply).errCode
const order = async () => (await emulator.open('wxa.sec.order.getOrder', { merchantId: app.merchantId, merchantTradeNo: outTradeNo() }) as unknown as OrderReply).order
const nowMs = async () => (await emulator.get<{ nowMs: number }>('/manage/clock')).nowMs
const confirm = (transactionId: string, person = 'alice') => emulator.post<{ extraData: { status: string } }>('/wechat/confirm-receipt', { person, transactionId })
const settlements = (transactionId: string) => emulator.invocations()
  .map(({ event }) => event as Record<string, unknown>)
  .filter(event => event.Event === 'trade_manage_order_settlement' && event.transaction_id === transactionId)

/** The merchant's entry for a parcel of this test's order. */
function entry(): Record<string, unknown> {
  return {
    orderKey: { orderNumberType: 1, mchid: app.merchantId, outTradeNo: outTradeNo() },
    logisticsType: 1,
    deliveryMode: 1,
    shippingList: [parcel()],
    uploadTime: time(0),
    payer: { openid: 'o-alice' },
  }
}

function parcel(change: object = {}): object {
  return { trackingNo: 'ZTO1', expressCompany: 'ZTO', itemDesc: '咖啡豆*1', ...change }
}

/** A moment so many seconds into this test, in the form that WeChat asks for. */
function time(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString().replace('Z', '+08:00').replace('T00', 'T08')
}

/** Alice pays a new order; a while later shipping management knows it. */
async function payOrder(waitMs = tradeDelayMs): Promise<string> {
  const given = {
    functionName: 'pay-callback', envId: app.envId, subMchId: app.merchantId, body: '小铺-咖啡豆', outTradeNo: outTradeNo(), totalFee: 1234,
    spbillCreateIp: '127.0.0.1', nonceStr: 'n',
  }
  await emulator.call('open-api', { pay: 'unifiedOrder', given }, 'alice')
  await emulator.post('/manage/pay/complete', { outTradeNo: outTradeNo() })
  await emulator.wait(waitMs)
  const { trades } = await emulator.get<{ trades: { outTradeNo: string, transactionId: string }[] }>('/manage/pay/trades')
  return trades.find(trade => trade.outTradeNo === outTradeNo())?.transactionId ?? ''
}

async function refundOrder(refundFee: number): Promise<void> {
  const given = { subMchId: app.merchantId, outTradeNo: outTradeNo(), outRefundNo: `R-${counter}-${refundFee}`, totalFee: 1234, refundFee, nonceStr: 'n' }
  await emulator.call('open-api', { pay: 'refund', given }, 'alice')
  await until(async () => {
    const { refunds } = await emulator.get<{ refunds: { outRefundNo: string, state: string }[] }>('/manage/pay/refunds')
    return refunds.some(refund => refund.outRefundNo === given.outRefundNo && refund.state === 'SUCCESS')
  })
}

describe.each(sdks)('A paid order through $sdk', ({ functionName }) => {
  it('is to be shipped, is shipped, received and settled', async () => {
    const transactionId = await payOrder()
    expect(await order()).toMatchObject({
      transactionId, merchantId: app.merchantId, merchantTradeNo: outTradeNo(), description: '小铺-咖啡豆', paidAmount: 1234, openid: 'o-alice', orderState: 1,
      inComplaint: false,
    })
    expect(await upload({}, functionName)).toMatchObject({ errCode: 0 })
    expect(await order()).toMatchObject({
      orderState: 2,
      description: '咖啡豆*1',
      shipping: {
        deliveryMode: 1, logisticsType: 1, finishShipping: true, finishShippingCount: 1,
        shippingList: [{ trackingNo: 'ZTO1', expressCompany: 'ZTO', goodsDesc: '咖啡豆*1' }],
      },
    })
    expect(await confirm(transactionId)).toEqual({ extraData: { status: 'success' } })
    expect((await order()).orderState).toBe(3)
    await emulator.wait(60 * secondMs)
    expect((await order()).orderState).toBe(6)
    await emulator.wait(60 * secondMs)
    expect((await order()).orderState).toBe(4)
  })
})

describe('A payment', () => {
  it('is unknown for its first seconds, and for ever when nobody made it', async () => {
    await payOrder(0)
    expect(await codeOf(upload())).toBe(10060001)
    await emulator.wait(tradeDelayMs)
    expect(await codeOf(upload())).toBe(0)
    expect(await codeOf(upload({ orderKey: { orderNumberType: 2, transactionId: 'none' } }))).toBe(10060001)
    expect(await codeOf(upload({ orderKey: { orderNumberType: 1, mchid: '1', outTradeNo: outTradeNo() } }))).toBe(10060001)
  })

  it('may be named by WeChat\'s number, and belongs to its payer', async () => {
    const transactionId = await payOrder()
    const orderKey = { orderNumberType: 2, transactionId }
    expect(await codeOf(upload({ orderKey, payer: { openid: 'o-bob' } }))).toBe(10060031)
    expect(await codeOf(upload({ orderKey }))).toBe(0)
  })

  it('that went back in full cannot be shipped, one that went back in part can', async () => {
    await payOrder()
    await refundOrder(1000)
    expect((await order()).orderState).toBe(1)
    expect(await codeOf(upload())).toBe(0)
    await refundOrder(234)
    expect((await order()).orderState).toBe(5)
    expect(await codeOf(upload({ uploadTime: time(1) }))).toBe(10060004)
  })
})

describe('An entry', () => {
  it('of another form is refused before anything else', async () => {
    for (const change of [
      { shippingList: parcel() }, { logisticsType: 0 }, { logisticsType: 5 }, { deliveryMode: 3 }, { payer: undefined },
      { orderKey: { orderNumberType: 3 } }, { uploadTime: 5 },
    ]) expect(await codeOf(upload(change))).toBe(47001)
    for (const uploadTime of ['2026-01-01 08:00:00', '2026-01-01T08:00:00+0800', 'now']) expect(await codeOf(upload({ uploadTime }))).toBe(268485216)
  })

  it('has a description of 120 characters, and for express a number and a company', async () => {
    await payOrder()
    const codes: number[] = []
    for (const change of [{ itemDesc: '' }, { itemDesc: '一'.repeat(121) }, { trackingNo: undefined }, { expressCompany: '' }, { trackingNo: 'x'.repeat(129) }]) {
      codes.push(await codeOf(upload({ shippingList: [parcel(change)] })))
    }
    expect(codes).toEqual([10060008, 10060009, 10060014, 10060014, 10060026])
    expect(await codeOf(upload({ shippingList: [parcel({ itemDesc: '一'.repeat(120) })] }))).toBe(0)
  })

  it('for SF Express has a contact whose last four digits are legible', async () => {
    await payOrder()
    const sf = (contact?: object) => ({ shippingList: [parcel({ expressCompany: 'SF', contact })] })
    expect(await codeOf(upload(sf()))).toBe(10060014)
    expect(await codeOf(upload(sf({ receiverContact: '138********' })))).toBe(10060014)
    expect(await codeOf(upload(sf({ receiverContact: '138****1234' })))).toBe(0)
  })

  it('needs no number where nothing is posted, and then cannot be split', async () => {
    await payOrder()
    expect(await codeOf(upload({ logisticsType: 4, deliveryMode: 2, isAllDelivered: true }))).toBe(10060006)
    expect(await codeOf(upload({ logisticsType: 4, deliveryMode: 'UNIFIED_DELIVERY', shippingList: [{ itemDesc: '拿铁*1' }] }))).toBe(0)
    expect((await order()).shipping).toMatchObject({ logisticsType: 4, shippingList: [{ goodsDesc: '拿铁*1' }] })
  })

  it('of unified delivery is one parcel', async () => {
    await payOrder()
    expect(await codeOf(upload({ shippingList: [parcel(), parcel()] }))).toBe(268485228)
    expect(await codeOf(upload({ shippingList: [] }))).toBe(268485228)
  })
})

describe('A split delivery', () => {
  const parcels = (from: number, count: number) => Array.from({ length: count }, (_, index) => parcel({ trackingNo: `T${from + index}` }))
  const split = (shippingList: object[], isAllDelivered: boolean | undefined, seconds: number) =>
    codeOf(upload({ deliveryMode: 2, isAllDelivered, shippingList, uploadTime: time(seconds) }))

  it('grows to fifteen parcels, and is shipped when the merchant says that was all', async () => {
    await payOrder()
    expect(await split(parcels(0, 1), undefined, 0)).toBe(10060007)
    expect(await split(parcels(0, 16), false, 0)).toBe(10060024)
    expect(await split(parcels(0, 10), false, 1)).toBe(0)
    expect(await order()).toMatchObject({ orderState: 1, shipping: { finishShipping: false, finishShippingCount: 0 } })
    expect(await split(parcels(10, 6), true, 2)).toBe(10060024)
    expect(await split(parcels(10, 5), true, 2)).toBe(0)
    const { orderState, shipping } = await order()
    expect([orderState, shipping?.shippingList.length, shipping?.finishShippingCount]).toEqual([2, 15, 1])
  })

  it('that becomes a unified one has used its correction', async () => {
    await payOrder()
    expect(await split(parcels(0, 2), false, 0)).toBe(0)
    expect(await codeOf(upload({ uploadTime: time(1) }))).toBe(0)
    expect(await codeOf(upload({ uploadTime: time(2) }))).toBe(10060003)
  })
})

describe('A correction', () => {
  it('is allowed once, at a later time, and replaces what was entered', async () => {
    await payOrder()
    await upload()
    expect(await codeOf(upload({ uploadTime: time(0) }))).toBe(10060023)
    expect(await codeOf(upload({ uploadTime: time(1), shippingList: [parcel({ trackingNo: 'ZTO2' })] }))).toBe(0)
    expect((await order()).shipping).toMatchObject({ finishShippingCount: 2, shippingList: [{ trackingNo: 'ZTO2' }] })
    expect(await codeOf(upload({ uploadTime: time(2) }))).toBe(10060003)
  })

  it('is too late once the customer has the goods', async () => {
    const transactionId = await payOrder()
    await upload()
    await confirm(transactionId)
    expect(await codeOf(upload({ uploadTime: time(1) }))).toBe(10060002)
  })
})

describe('Settlement', () => {
  it('comes by itself ten days after express and two days after anything else', async () => {
    for (const [logisticsType, days] of [[1, 10], [2, 2], [3, 2], [4, 2]] as const) {
      counter += 1
      await payOrder()
      await upload({ logisticsType })
      await emulator.wait(days * dayMs - 60 * secondMs)
      expect((await order()).orderState).toBe(2)
      await emulator.wait(60 * secondMs)
      expect((await order()).orderState).toBe(3)
      await emulator.wait(120 * secondMs)
      expect((await order()).orderState).toBe(4)
    }
  })

  it('is told to the function of message push when the goods leave, and when the money comes', async () => {
    const transactionId = await payOrder()
    await upload()
    await until(() => settlements(transactionId).length === 1)
    const [shipped] = settlements(transactionId)
    expect(shipped).toMatchObject({ merchant_trade_no: outTradeNo(), estimated_settlement_time: expect.any(Number) as number })
    expect(shipped).not.toHaveProperty('settlement_time')
    await confirm(transactionId)
    await emulator.wait(120 * secondMs)
    await until(() => settlements(transactionId).length === 2)
    expect(settlements(transactionId)[1]).toMatchObject({ confirm_receive_method: 2, settlement_time: expect.any(Number) as number })
  })

  it('is told after a restart, as one that came by itself', async () => {
    const transactionId = await payOrder()
    await upload()
    await emulator.close()
    emulator = await startOpenApiEmulator({ ...options, dataDir: emulator.dataDir })
    // A new run begins with the machine's time: the clock has to be led past everything that the runs before it did.
    await emulator.wait(90 * dayMs)
    await until(() => settlements(transactionId).length === 1)
    expect(settlements(transactionId)[0]).toMatchObject({ confirm_receive_method: 1, settlement_time: expect.any(Number) as number })
  })
})

describe('A customer', () => {
  it('confirms receipt of what is on its way, and of nothing else', async () => {
    const transactionId = await payOrder()
    expect((await confirm(transactionId)).extraData.status).toBe('fail')
    await upload()
    expect((await confirm(transactionId, 'bob')).extraData.status).toBe('fail')
    expect((await confirm(transactionId)).extraData.status).toBe('success')
    expect((await confirm(transactionId)).extraData.status).toBe('fail')
  })

  it('hears that the goods have left and that they have arrived, with the page that the merchant chose', async () => {
    const transactionId = await payOrder()
    await emulator.open('wxa.sec.order.setMsgJumpPath', { path: 'pages/order/order?from=wx' })
    await upload()
    const remind = async (receivedTime: number) => codeOf(emulator.open('wxa.sec.order.notifyConfirmReceive', { transactionId, receivedTime }))
    const now = Math.floor(await nowMs() / 1000)
    expect([await remind(now - 3600), await remind(now + 60), await remind(now + 60)]).toEqual([10060014, 0, 10060014])
    const { messages } = await emulator.get<{ messages: { content: { title: string, path: string } }[] }>('/manage/messages?person=alice')
    const path = `pages/order/order?from=wx&transaction_id=${transactionId}&merchant_id=${app.merchantId}&merchant_trade_no=${outTradeNo()}`
    expect(messages.slice(-2).map(({ content }) => content)).toMatchObject([{ title: '商品已发货', path }, { title: '请确认收货', path }])
  })
})

describe('The list of orders', () => {
  it('can be narrowed to a payer, a state and a time, and is read page by page', async () => {
    const transactionId = await payOrder()
    const ids = async (given: object) => {
      const { orderList, hasMore, lastIndex } = await emulator.open('wxa.sec.order.getOrderList', given)
      return { ids: (orderList as { transactionId: string }[]).map(each => each.transactionId), hasMore, lastIndex }
    }
    const first = await ids({ openid: 'o-alice', pageSize: 1 })
    expect(first).toEqual({ ids: [transactionId], hasMore: true, lastIndex: '1' })
    expect((await ids({ pageSize: 1, lastIndex: first.lastIndex })).ids).not.toContain(transactionId)
    const beginTime = Math.floor((await nowMs() - 2 * tradeDelayMs) / 1000)
    expect((await ids({ payTimeRange: { beginTime }, orderState: 1 })).ids).toContain(transactionId)
    expect((await ids({ openid: 'o-bob' })).ids).toEqual([])
    await upload()
    expect((await ids({ payTimeRange: { beginTime }, orderState: 1 })).ids).not.toContain(transactionId)
  })
})

describe('Orders that were paid together', () => {
  it('are entered all at once, or not at all', async () => {
    await payOrder()
    const first = { ...entry(), payer: undefined, uploadTime: undefined }
    counter += 1
    const second = { ...entry(), payer: undefined, uploadTime: undefined }
    const combined = (subOrders: object[]) => codeOf(emulator.open('wxa.sec.order.uploadCombinedShippingInfo', {
      orderKey: { orderNumberType: 1, mchid: app.merchantId, outTradeNo: 'combined' }, subOrders, uploadTime: time(0), payer: { openid: 'o-alice' },
    }))
    expect(await combined([first, second])).toBe(10060001)
    await payOrder()
    expect(await combined([first, second])).toBe(0)
    expect((await order()).orderState).toBe(2)
    expect(await combined([])).toBe(47001)
  })
})

describe('Over HTTPS alone', () => {
  it('one asks whether shipping management is ready, and for which mini program', async () => {
    expect(await emulator.open('wxa.sec.order.isTradeManaged', { appid: app.appid })).toMatchObject({ isTradeManaged: true })
    expect(await emulator.open('wxa.sec.order.isTradeManaged', {})).toMatchObject({ errCode: 40097 })
    const path = '/wxa/sec/order/is_trade_management_confirmation_completed'
    expect(await emulator.https(path, { appid: app.appid })).toMatchObject({ errcode: 0, completed: true })
    expect(await emulator.https(path, { appid: 'wx0' })).toMatchObject({ errcode: 40013 })
  })

  it('a pre-sale order names a day from the 15th to the 330th', async () => {
    const orderId = await payOrder()
    const special = async (given: object) => (await emulator.https('/wxa/sec/order/opspecialorder', given)).errcode
    const inDays = async (days: number) => Math.floor(await nowMs() / 1000) + days * 86_400
    expect(await special({ order_id: orderId, type: 3 })).toBe(268546000)
    expect(await special({ order_id: orderId, type: 1, delay_to: await inDays(14) })).toBe(268546001)
    expect(await special({ order_id: 'none', type: 2 })).toBe(268546002)
    expect(await special({ order_id: orderId, type: 1, delay_to: await inDays(16) })).toBe(0)
    expect(await special({ order_id: outTradeNo(), type: 2 })).toBe(0)
  })

  it('the order centre gets a path that names the order', async () => {
    const path = 'pages/order/order?id=${商品订单号}'
    expect(await emulator.https('/wxa/sec/order/update_order_detail_path', { path: 'pages/order/order' })).toMatchObject({ errcode: 10060035 })
    expect(await emulator.https('/wxa/sec/order/update_order_detail_path', { path })).toMatchObject({ errcode: 0 })
    expect(await emulator.https('/wxa/sec/order/get_order_detail_path')).toMatchObject({ path })
  })

  it('the companies of express are listed', async () => {
    const { count, delivery_list: list } = await emulator.https('/cgi-bin/express/delivery/open_msg/get_delivery_list')
    expect(list).toHaveLength(Number(count))
    expect(list).toContainEqual({ delivery_id: 'SF', delivery_name: '顺丰速运' })
  })
})
