import { gzipSync } from 'node:zlib'
import { billAge, billDay } from '../bills/billDay.ts'
import { tradeBill, tradeBillTypes } from '../bills/tradeBill.ts'
import type { BillOwner, TradeBillType } from '../bills/tradeBill.ts'
import { findStranger, provider, providerOpenid } from './books.ts'
import type { CloudPayBooks, Given } from './books.ts'
import type { PayReply } from './payApi.ts'

/**
 * `downloadBill`: the trade bill of a day as text, or packed for the tar_type GZIP. Source: CloudPay.downloadBill; the texts of
 * the refusals are those that merchants report.
 */
export function downloadBill(books: CloudPayBooks, given: Given): PayReply | Buffer {
  const stranger = given.sub_mch_id === undefined ? null : findStranger(books, given)
  if (stranger) return stranger
  const day = billDay(String(given.bill_date))
  if (!day) return refusal('data format error', '20001')
  const type = readType(given.bill_type ?? 'ALL')
  if (!type) return refusal('invalid bill_type', '20001')
  const age = billAge(day, books.nowMs())
  if (age === 'CREATING') return refusal('Bill Creating', '20003')
  const bill = age === 'READY' ? tradeBill(books.ledger, billOwner(books), day, type) : null
  if (bill === null) return refusal('No Bill Exist', '20002')
  return given.tar_type === 'GZIP' ? gzipSync(bill) : Buffer.from(bill)
}

function refusal(message: string, errorCode: string): PayReply {
  return { return_code: 'FAIL', return_msg: message, error_code: errorCode }
}

function readType(given: unknown): TradeBillType | undefined {
  return tradeBillTypes.find(type => type === given)
}

function billOwner({ app, feeBasisPoints }: CloudPayBooks): BillOwner {
  return {
    gateway: 'cloudPay',
    appid: provider.appid,
    merchantId: provider.merchantId,
    subMerchantId: app.merchantId,
    openidOf: trade => providerOpenid(trade.openid),
    feeBasisPoints,
  }
}
