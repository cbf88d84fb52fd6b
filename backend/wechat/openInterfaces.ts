import type { OpenAnswer, OpenInterfaces, ParcelEntry, ShippingAtWeChat, ShippingEntry } from '../ports.ts'
import { callOpenApi } from './cloud.ts'

/** The open interfaces as cloud calls: WeChat adds the access token, and config.json names what each function may call. */
export function openOpenInterfaces(): OpenInterfaces {
  return {
    uploadShipping: entry => ask('wxa.sec.order.uploadShippingInfo', wireEntry(entry), () => null),
    readShipping: transactionId => ask('wxa.sec.order.getOrder', { transactionId }, readOrder),
    remindReceipt: (transactionId, receivedAtMs) =>
      ask('wxa.sec.order.notifyConfirmReceive', { transactionId, receivedTime: Math.floor(receivedAtMs / 1000) }, () => null),
    sendMessage: ({ openid, templateId, page, data }) => ask('subscribeMessage.send', {
      touser: openid, templateId, page, data: Object.fromEntries(Object.entries(data).map(([field, value]) => [field, { value }])),
    }, () => null),
  }
}

async function ask<Value>(
  name: string, input: Record<string, unknown>, read: (reply: Record<string, unknown>) => Value,
): Promise<OpenAnswer<Value>> {
  try {
    return { ok: true, value: read(await callOpenApi(name, input)) }
  } catch (error) {
    const { errCode, errMsg } = (error ?? {}) as { errCode?: unknown, errMsg?: unknown }
    const errcode = typeof errCode === 'number' ? errCode : null
    return { ok: false, errcode, because: `${name}: ${errcode ?? 'no answer'} ${wordsOf(errMsg ?? error)}` }
  }
}

/** The SDK writes its own name before WeChat's words, and WeChat the request's number behind them. */
const wordsOf = (text: unknown): string => String(text).replace(/^.*?errMsg: /, '').replace(/^openapi\.\S+:fail /, '').replace(/ rid: .*$/, '').slice(0, 120)

const UNIFIED = 1
const SPLIT = 2

/** Named by WeChat's own number: with a service provider's payments nobody has to ask whose merchant number counts. */
const wireEntry = ({ transactionId, openid, type, parcels, enteredAtMs }: ShippingEntry) => ({
  orderKey: { orderNumberType: 2, transactionId },
  logisticsType: type,
  deliveryMode: parcels.length > 1 ? SPLIT : UNIFIED,
  ...(parcels.length > 1 ? { isAllDelivered: true } : {}),
  shippingList: parcels.map(wireParcel),
  uploadTime: beijingRfc3339(enteredAtMs),
  payer: { openid },
})

const wireParcel = ({ company, trackingNumber, description, receiverContact }: ParcelEntry) => ({
  itemDesc: description,
  ...(trackingNumber === '' ? {} : { trackingNo: trackingNumber, expressCompany: company }),
  ...(receiverContact === null ? {} : { contact: { receiverContact } }),
})

/** 2026-01-02T15:04:05.000+08:00 */
const beijingRfc3339 = (atMs: number): string => new Date(atMs + 8 * 3_600_000).toISOString().replace('Z', '+08:00')

/** 1 to ship, 2 shipped, 3 received, 6 awaiting settlement, 4 done, 5 refunded. */
const STATES: Record<number, ShippingAtWeChat['state']> = { 1: 'ToShip', 2: 'Shipped', 3: 'Received', 6: 'Received', 4: 'Received', 5: 'Refunded' }

interface OrderReply { orderState?: unknown, shipping?: { logisticsType?: unknown, shippingList?: { trackingNo?: unknown }[] } }

function readOrder(reply: Record<string, unknown>): ShippingAtWeChat {
  const { orderState, shipping } = (reply.order ?? {}) as OrderReply
  const state = STATES[Number(orderState)]
  if (state === undefined) throw new Error(`getOrder tells of a state ${String(orderState)}`)
  const trackingNumbers = (shipping?.shippingList ?? []).flatMap(({ trackingNo }) => typeof trackingNo === 'string' && trackingNo !== '' ? [trackingNo] : [])
  return { state, type: typeof shipping?.logisticsType === 'number' ? shipping.logisticsType : null, trackingNumbers }
}
