import type { Push } from '../../wechat/messagePush.ts'
import type { Order } from './shipping.ts'
import type { PaidTrade } from './paidTrades.ts'
import { orderState, receivedAtMs, settledAtMs } from './shipments.ts'
import type { Shipment } from './shipments.ts'
import type { Parcel } from './uploadRules.ts'

const longestDescription = 120
/** Entered through the interface, not by hand in the admin pages. */
const uploadedByInterface = 2

/** An order as `getOrder` and `getOrderList` show it. Times are seconds, amounts fen. */
export function orderView({ trade, shipment }: Order, merchantId: string, nowMs: number): object {
  return {
    ...tradeNumbers(trade, merchantId),
    description: describe(trade, shipment),
    paid_amount: trade.totalFee,
    openid: trade.openid,
    trade_create_time: seconds(trade.createdAtMs),
    pay_time: seconds(trade.paidAtMs),
    order_state: orderState(trade, shipment, nowMs),
    in_complaint: false,
    ...(shipment ? { shipping: shippingView(shipment) } : {}),
  }
}

function shippingView(shipment: Shipment): object {
  return {
    delivery_mode: shipment.mode,
    logistics_type: shipment.logisticsType,
    finish_shipping: shipment.isComplete,
    finish_shipping_count: shipment.completions,
    upload_scene: uploadedByInterface,
    shipping_list: shipment.parcels.map(parcelView),
  }
}

function parcelView({ trackingNo, company, description, contact, uploadedAtMs }: Parcel): object {
  const numbers = trackingNo === '' ? {} : { tracking_no: trackingNo, express_company: company }
  return { ...numbers, goods_desc: description, upload_time: seconds(uploadedAtMs), ...(contact ? { contact } : {}) }
}

function describe(trade: PaidTrade, shipment: Shipment | undefined): string {
  const text = shipment ? shipment.parcels.map(({ description }) => description).join(';') : trade.description
  return [...text].length > longestDescription ? `${[...text].slice(0, longestDescription).join('')}...` : text
}

function tradeNumbers({ transactionId, outTradeNo }: PaidTrade, merchantId: string): object {
  // Nobody stands between this merchant and WeChat Pay, which WeChat writes as 0.
  return { transaction_id: transactionId, merchant_id: merchantId, sub_merchant_id: '0', merchant_trade_no: outTradeNo }
}

/** `trade_manage_order_settlement`: sent when an order was shipped, and again with three more fields when it is settled. */
export function settlementEvent(trade: PaidTrade, shipment: Shipment, merchantId: string, isSettled: boolean): Push {
  const settled = {
    confirm_receive_method: shipment.confirmedAtMs === null ? 1 : 2,
    confirm_receive_time: seconds(receivedAtMs(shipment) ?? 0),
    settlement_time: seconds(settledAtMs(shipment) ?? 0),
  }
  return {
    MsgType: 'event',
    Event: 'trade_manage_order_settlement',
    ...tradeNumbers(trade, merchantId),
    pay_time: seconds(trade.paidAtMs),
    shipped_time: seconds(shipment.shippedAtMs ?? 0),
    estimated_settlement_time: seconds(settledAtMs(shipment) ?? 0),
    ...(isSettled ? settled : {}),
  }
}

function seconds(atMs: number): number {
  return Math.floor(atMs / 1000)
}
