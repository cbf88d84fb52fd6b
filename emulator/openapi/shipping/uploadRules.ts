import { refuse } from '../answers.ts'
import type { Given, Refused } from '../answers.ts'
import type { TradeKey } from './paidTrades.ts'

export const express = 1
const modes: Record<string, 1 | 2> = { 1: 1, 2: 2, UNIFIED_DELIVERY: 1, SPLIT_DELIVERY: 2 }
const mostParcels = 15
const longestDescription = 120
const longestTracking = 128
/** Companies that tell nobody about a parcel without a number of its sender or receiver. */
const companiesWithContact = ['SF']

/** One parcel, or the whole order where nothing is posted. */
export interface Parcel {
  trackingNo: string
  company: string
  description: string
  contact: Record<string, string> | null
  uploadedAtMs: number
}

/** A shipping entry whose form is right; whether the order may be shipped is another question. */
export interface Upload {
  key: TradeKey
  openid: string
  logisticsType: number
  /** 1 unified, 2 split. */
  mode: 1 | 2
  isComplete: boolean
  parcels: Parcel[]
  uploadTimeMs: number
}

/** WeChat's words for what is wrong with an entry. */
export const shippingErrors: Record<number, string> = {
  10060001: '支付单不存在',
  10060002: '支付单已完成发货，无法继续发货',
  10060003: '支付单已使用重新发货机会',
  10060004: '支付单处于不可发货的状态，请检查支付单状态',
  10060006: '非快递发货时不允许分拆发货',
  10060007: '分拆发货模式下必须填写 is_all_delivered 字段',
  10060008: '商品描述 item_desc 字段不能为空',
  10060009: '商品描述 item_desc 字段太长',
  10060014: '参数错误',
  10060023: '发货信息未更新',
  10060024: '物流信息列表太长',
  10060025: '物流公司编码太长',
  10060026: '物流单号太长',
  10060031: '该订单不属于 openid 所指定的用户',
  10060035: '无效的路径',
  268485216: '上传时间非法，请检查是否按照 rfc3339 格式填写',
  268485228: '统一发货模式下，物流信息列表长度必须为1',
}

/** A refusal in the words of shipping management. */
export function refuseShipping(errcode: number): Refused {
  return refuse(errcode, shippingErrors[errcode])
}

/** Reads an entry of `uploadShippingInfo`, or one of the sub-orders of the combined form. */
export function readUpload(given: Given, payer: unknown, uploadTime: unknown): Upload | Refused {
  const key = readKey(given.order_key)
  const mode = modes[String(given.delivery_mode)]
  const list = given.shipping_list
  const openid = (payer as { openid?: unknown } | undefined)?.openid
  const { logistics_type: type } = given
  // What does not fit the types is refused before anybody looks at the order.
  if (!key || mode === undefined || !Array.isArray(list) || typeof openid !== 'string' || typeof uploadTime !== 'string') return refuse(47001)
  if (![1, 2, 3, 4].includes(type as number)) return refuse(47001)
  const uploadTimeMs = parseTime(uploadTime)
  if (uploadTimeMs === null) return refuseShipping(268485216)
  const mistake = findListMistake(list as Given[], type as number, mode, given.is_all_delivered)
  if (mistake !== null) return refuseShipping(mistake)
  const parcels = (list as Given[]).map(item => parcelOf(item, uploadTimeMs))
  const isComplete = mode === 1 || given.is_all_delivered === true
  return { key, openid, logisticsType: type as number, mode, isComplete, parcels, uploadTimeMs }
}

/** Reads an `order_key`; null when it is none. */
export function readKey(value: unknown): TradeKey | null {
  const { order_number_type: type, transaction_id: transactionId, mchid, out_trade_no: outTradeNo } = (value ?? {}) as Given
  if (type === 1) return typeof mchid === 'string' && typeof outTradeNo === 'string' ? { mchid, outTradeNo } : null
  return type === 2 && typeof transactionId === 'string' ? { transactionId } : null
}

/** RFC 3339, as WeChat asks for it: `2026-01-02T15:04:05.000+08:00`. */
function parseTime(text: string): number | null {
  const isRfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const atMs = isRfc3339 ? Date.parse(text) : Number.NaN
  return Number.isNaN(atMs) ? null : atMs
}

function findListMistake(list: Given[], type: number, mode: 1 | 2, isAllDelivered: unknown): number | null {
  if (mode === 2 && type !== express) return 10060006
  if (mode === 2 && typeof isAllDelivered !== 'boolean') return 10060007
  if (mode === 1 && list.length !== 1) return 268485228
  if (list.length === 0 || list.length > mostParcels) return list.length === 0 ? 10060014 : 10060024
  return list.map(item => findParcelMistake(item, type)).find(mistake => mistake !== null) ?? null
}

function findParcelMistake(item: Given, type: number): number | null {
  const { item_desc: description, tracking_no: trackingNo, express_company: company } = item
  if (typeof description !== 'string' || description === '') return 10060008
  if ([...description].length > longestDescription) return 10060009
  if (type !== express) return null
  if (typeof trackingNo !== 'string' || trackingNo === '' || typeof company !== 'string' || company === '') return 10060014
  if (trackingNo.length > longestTracking) return 10060026
  if (company.length > longestTracking) return 10060025
  return companiesWithContact.includes(company) && !hasContact(item.contact) ? 10060014 : null
}

/** At least one of the two, whose last four digits are legible. */
function hasContact(contact: unknown): boolean {
  return Object.values(contactOf(contact) ?? {}).some(value => /\d{4}$/.test(value))
}

function contactOf(contact: unknown): Record<string, string> | null {
  if (typeof contact !== 'object' || contact === null) return null
  const isKnown = (name: string) => name === 'consignor_contact' || name === 'receiver_contact'
  const kept = Object.entries(contact).filter(([name, value]) => isKnown(name) && typeof value === 'string')
  return Object.fromEntries(kept) as Record<string, string>
}

function parcelOf(item: Given, uploadedAtMs: number): Parcel {
  return {
    trackingNo: String(item.tracking_no ?? ''),
    company: String(item.express_company ?? ''),
    description: String(item.item_desc),
    contact: contactOf(item.contact),
    uploadedAtMs,
  }
}

/** Parcels after an addition: the same tracking number is the same parcel. Null when there would be too many. */
export function addParcels(before: Parcel[], added: Parcel[]): Parcel[] | null {
  const numbers = new Set(added.map(({ trackingNo }) => trackingNo))
  const parcels = [...before.filter(({ trackingNo }) => !numbers.has(trackingNo)), ...added]
  return parcels.length > mostParcels ? null : parcels
}
