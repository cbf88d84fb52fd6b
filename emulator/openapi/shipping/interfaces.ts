import { done, refuse } from '../answers.ts'
import type { Given, JsonAnswer } from '../answers.ts'
import type { OpenInterface } from '../registry.ts'
import { deliveryCompanies } from './deliveryCompanies.ts'
import { orderView } from './orderViews.ts'
import type { TradeKey } from './paidTrades.ts'
import { orderState } from './shipments.ts'
import type { Order, Shipping } from './shipping.ts'
import { express, refuseShipping } from './uploadRules.ts'

const dayMs = 24 * 3600_000
const rowsDefault = 100
const preSale = 1
const testOrder = 2

/** The interfaces of shipping management and of the order centre. Some of them exist over HTTPS alone. */
export function shippingInterfaces(shipping: Shipping, appid: string): OpenInterface[] {
  return [
    ...entryInterfaces(shipping),
    ...queryInterfaces(shipping, appid),
    ...httpsOnlyInterfaces(shipping, appid).map(entry => ({ ...entry, isHttpsOnly: true as const })),
  ]
}

function entryInterfaces(shipping: Shipping): OpenInterface[] {
  return [
    { name: 'wxa.sec.order.uploadShippingInfo', paths: ['/wxa/sec/order/upload_shipping_info'], answer: given => shipping.upload(given) },
    { name: 'wxa.sec.order.uploadCombinedShippingInfo', paths: ['/wxa/sec/order/upload_combined_shipping_info'], answer: given => shipping.uploadCombined(given) },
    { name: 'wxa.sec.order.notifyConfirmReceive', paths: ['/wxa/sec/order/notify_confirm_receive'], answer: given => remind(shipping, given) },
    { name: 'wxa.sec.order.setMsgJumpPath', paths: ['/wxa/sec/order/set_msg_jump_path'], answer: given => setPath(shipping, given) },
  ]
}

function queryInterfaces(shipping: Shipping, appid: string): OpenInterface[] {
  return [
    { name: 'wxa.sec.order.getOrder', paths: ['/wxa/sec/order/get_order'], answer: given => getOrder(shipping, given) },
    { name: 'wxa.sec.order.getOrderList', paths: ['/wxa/sec/order/get_order_list'], answer: given => getOrders(shipping, given) },
    { name: 'wxa.sec.order.isTradeManaged', paths: ['/wxa/sec/order/is_trade_managed'], answer: given => isOn(given, appid, 'is_trade_managed') },
  ]
}

function httpsOnlyInterfaces(shipping: Shipping, appid: string): OpenInterface[] {
  return [
    {
      name: 'wxa.sec.order.isTradeManagementConfirmationCompleted',
      paths: ['/wxa/sec/order/is_trade_management_confirmation_completed'],
      answer: given => isOn(given, appid, 'completed'),
    },
    { name: 'wxa.sec.order.opSpecialOrder', paths: ['/wxa/sec/order/opspecialorder'], answer: given => markSpecial(shipping, given) },
    { name: 'wxa.sec.order.updateOrderDetailPath', paths: ['/wxa/sec/order/update_order_detail_path'], answer: given => setDetailPath(shipping, given) },
    {
      name: 'wxa.sec.order.getOrderDetailPath',
      paths: ['/wxa/sec/order/get_order_detail_path'],
      answer: () => done({ path: shipping.shipments.setting('orderDetailPath') }),
    },
    {
      name: 'express.getDeliveryList',
      paths: ['/cgi-bin/express/delivery/open_msg/get_delivery_list'],
      answer: () => done({ delivery_list: deliveryCompanies, count: deliveryCompanies.length }),
    },
  ]
}

/** Outside of the entries an order is named by WeChat's number, or by the merchant's two. */
function keyOf({ transaction_id: transactionId, merchant_id: mchid, merchant_trade_no: outTradeNo }: Given): TradeKey | null {
  if (typeof transactionId === 'string' && transactionId !== '') return { transactionId }
  return typeof mchid === 'string' && typeof outTradeNo === 'string' ? { mchid, outTradeNo } : null
}

function getOrder(shipping: Shipping, given: Given): JsonAnswer {
  const key = keyOf(given)
  const order = key && shipping.find(key)
  return order ? done({ order: orderView(order, shipping.settings.merchantId, shipping.nowMs) }) : refuseShipping(key ? 10060001 : 10060014)
}

function getOrders(shipping: Shipping, given: Given): JsonAnswer {
  const { last_index: index = '0', page_size: size = rowsDefault } = given
  const from = Number(index)
  if (!Number.isInteger(from) || from < 0 || !Number.isInteger(size) || Number(size) < 1) return refuseShipping(10060014)
  const matching = shipping.orders().filter(order => matches(order, given, shipping.nowMs))
  const to = from + Number(size)
  const page = matching.slice(from, to).map(order => orderView(order, shipping.settings.merchantId, shipping.nowMs))
  return done({ order_list: page, has_more: matching.length > to, last_index: String(Math.min(to, matching.length)) })
}

function matches({ trade, shipment }: Order, { pay_time_range: range, order_state: state, openid }: Given, nowMs: number): boolean {
  const { begin_time: begin = 0, end_time: end = 0xffffffff } = (range ?? {}) as { begin_time?: number, end_time?: number }
  const paidAt = Math.floor(trade.paidAtMs / 1000)
  if (paidAt < begin || paidAt > end) return false
  return (openid === undefined || openid === trade.openid) && (state === undefined || state === orderState(trade, shipment, nowMs))
}

/** Reminds the customer once that a parcel has arrived. */
function remind(shipping: Shipping, given: Given): JsonAnswer {
  const { received_time: receivedAt } = given
  const key = keyOf(given)
  if (!key || !Number.isInteger(receivedAt)) return refuseShipping(10060014)
  const order = shipping.find(key)
  if (!order) return refuseShipping(10060001)
  const { trade, shipment } = order
  const onItsWay = shipment?.logisticsType === express && orderState(trade, shipment, shipping.nowMs) === 2
  const isLater = Number(receivedAt) * 1000 >= Math.floor((shipment?.shippedAtMs ?? Infinity) / 1000) * 1000
  if (!shipment || !onItsWay || !isLater || shipment.isReminded) return refuseShipping(10060014)
  shipping.shipments.keep([{ ...shipment, isReminded: true }])
  shipping.settings.messages.deliver(trade.openid, 'service', { title: '请确认收货', receivedAt, path: shipping.jumpPath(trade) })
  return done()
}

/** Any text will do: an empty path, or one that is no page, leaves WeChat's own page in place. */
function setPath(shipping: Shipping, { path }: Given): JsonAnswer {
  if (typeof path !== 'string') return refuse(47001)
  shipping.shipments.changeSetting('msgJumpPath', path)
  return done()
}

function setDetailPath(shipping: Shipping, { path }: Given): JsonAnswer {
  if (typeof path !== 'string' || !path.includes('${商品订单号}')) return refuseShipping(10060035)
  shipping.shipments.changeSetting('orderDetailPath', path)
  return done()
}

function isOn({ appid: asked }: Given, appid: string, field: string): JsonAnswer {
  if (typeof asked !== 'string' || asked === '') return refuse(40097)
  return asked === appid ? done({ [field]: true }) : refuse(40013)
}

/** A pre-sale order names a day from 15 to 330 days after its payment; a test order needs no shipping. */
function markSpecial(shipping: Shipping, { order_id: id, type, delay_to: delayTo }: Given): JsonAnswer {
  if (type !== preSale && type !== testOrder) return refuse(268546000, 'type非法')
  const order = typeof id === 'string' ? findByAnyNumber(shipping, id) : null
  if (!order || orderState(order.trade, order.shipment, shipping.nowMs) !== 1) return refuse(268546002, '账户不存在这个待发货单号')
  const waitMs = Number(delayTo) * 1000 - order.trade.paidAtMs
  const isInTime = Number.isInteger(delayTo) && waitMs >= 15 * dayMs && waitMs <= 330 * dayMs
  if (type === preSale && !isInTime) return refuse(268546001, 'delay_to非法')
  shipping.shipments.markSpecial(order.trade.transactionId, type, type === preSale ? Number(delayTo) * 1000 : null)
  return done()
}

function findByAnyNumber(shipping: Shipping, id: string): Order | null {
  return shipping.find({ transactionId: id }) ?? shipping.find({ mchid: shipping.settings.merchantId, outTradeNo: id })
}
