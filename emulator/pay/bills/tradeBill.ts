import { beijingText } from '../../wechat/beijingTime.ts'
import type { Gateway, Ledger, Refund, Trade } from '../ledger.ts'
import type { BillDay } from './billDay.ts'
import { billText } from './csv.ts'
import { feeOf, feeReturned } from './fees.ts'
import { feeYuan, rateText, yuan } from './yuan.ts'

export const tradeBillTypes = ['ALL', 'SUCCESS', 'REFUND'] as const

export type TradeBillType = typeof tradeBillTypes[number]

/** Whose bill it is: the same trade bears other names towards a service provider and towards a merchant. */
export interface BillOwner {
  gateway: Gateway
  appid: string
  merchantId: string
  /** 0 for a merchant of its own. */
  subMerchantId: string
  openidOf(trade: Trade): string
  feeBasisPoints: number
}

/** A payment or a refund of the day. */
interface Entry {
  atMs: number
  trade: Trade
  refund: Refund | null
  feeFen: number
}

const paymentColumns = [
  '交易时间', '公众账号ID', '商户号', '特约商户号', '设备号', '微信订单号', '商户订单号', '用户标识', '交易类型', '交易状态', '付款银行', '货币种类',
  '应结订单金额', '代金券金额',
]
const refundColumns = ['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态']
const headers: Record<TradeBillType, string[]> = {
  ALL: [...paymentColumns, ...refundColumns, '商品名称', '商户数据包', '手续费', '费率', '订单金额', '申请退款金额', '费率备注'],
  SUCCESS: [...paymentColumns, '商品名称', '商户数据包', '手续费', '费率', '订单金额', '费率备注'],
  REFUND: [
    ...paymentColumns, '退款申请时间', '退款成功时间', ...refundColumns, '商品名称', '商户数据包', '手续费', '费率', '订单金额', '申请退款金额', '费率备注',
  ],
}
const totals = ['总交易单数', '应结订单总金额', '退款总金额', '充值券退款总金额', '手续费总金额', '订单总金额', '申请退款总金额']
const totalsOfPayments = ['总交易单数', '应结订单总金额', '手续费总金额', '订单总金额']

/**
 * The trade bill of a day, null when nothing happened: payments by the time they were made, and refunds by the time they
 * were accepted, in the state that they had when the bill was made. Source: WeChat Pay, 交易账单详细说明 (2024-11-25).
 */
export function tradeBill(ledger: Ledger, owner: BillOwner, day: BillDay, type: TradeBillType): string | null {
  const entries = entriesOf(ledger, owner, day).filter(({ refund }) => type === 'ALL' || (type === 'REFUND') === (refund !== null))
  if (entries.length === 0) return null
  return billText(
    { header: headers[type], rows: entries.map(entry => detailRow(entry, owner, day, type)) },
    { header: type === 'SUCCESS' ? totalsOfPayments : totals, rows: [totalRow(entries, type)] },
  )
}

function entriesOf(ledger: Ledger, { gateway, feeBasisPoints }: BillOwner, { startMs, endMs }: BillDay): Entry[] {
  const payments: Entry[] = ledger.tradesPaidBefore(gateway, endMs).map(trade => (
    { atMs: trade.paidAtMs ?? 0, trade, refund: null, feeFen: feeOf(trade.totalFee, feeBasisPoints) }
  ))
  const refunds: Entry[] = ledger.refundsAcceptedBefore(gateway, endMs).flatMap((refund) => {
    const trade = ledger.trade(gateway, refund.outTradeNo)
    const feeFen = -feeReturned(refund, ledger.refundsOf(refund.tradeId), feeBasisPoints)
    return trade ? [{ atMs: refund.acceptedAtMs, trade, refund, feeFen }] : []
  })
  return [...payments, ...refunds].filter(({ atMs }) => atMs >= startMs).sort((one, other) => one.atMs - other.atMs)
}

function detailRow({ atMs, trade, refund, feeFen }: Entry, owner: BillOwner, day: BillDay, type: TradeBillType): string[] {
  const paidFen = refund ? 0 : trade.totalFee
  return [
    beijingText(atMs), owner.appid, owner.merchantId, owner.subMerchantId, '', trade.transactionId ?? '', trade.outTradeNo,
    owner.openidOf(trade), 'JSAPI', refund ? 'REFUND' : 'SUCCESS', 'OTHERS', 'CNY', yuan(paidFen), yuan(0),
    ...(type === 'REFUND' && refund ? [beijingText(refund.acceptedAtMs), successTime(refund, day)] : []),
    ...(type === 'SUCCESS' ? [] : refundValues(refund, day)),
    trade.body, trade.attach ?? '', feeYuan(feeFen), rateText(owner.feeBasisPoints), yuan(paidFen),
    ...(type === 'SUCCESS' ? [] : [yuan(refund?.refundFee ?? 0)]), '',
  ]
}

function refundValues(refund: Refund | null, day: BillDay): string[] {
  if (!refund) return ['0', '0', yuan(0), yuan(0), '', '']
  return [refund.refundId, refund.outRefundNo, yuan(refund.refundFee), yuan(0), 'ORIGINAL', stateInBill(refund, day)]
}

function stateInBill(refund: Refund, { madeMs }: BillDay): string {
  if (refund.state === 'PROCESSING' || refund.doneAtMs > madeMs) return 'PROCESSING'
  return { SUCCESS: 'SUCCESS', ABNORMAL: 'CHANGE', CLOSED: 'FAIL' }[refund.state]
}

function successTime(refund: Refund, day: BillDay): string {
  return stateInBill(refund, day) === 'SUCCESS' ? beijingText(refund.doneAtMs) : ''
}

function totalRow(entries: Entry[], type: TradeBillType): string[] {
  const paidFen = entries.reduce((sum, { refund, trade }) => sum + (refund ? 0 : trade.totalFee), 0)
  const refundedFen = entries.reduce((sum, { refund }) => sum + (refund?.refundFee ?? 0), 0)
  const feeFen = entries.reduce((sum, entry) => sum + entry.feeFen, 0)
  const count = String(entries.length)
  if (type === 'SUCCESS') return [count, yuan(paidFen), feeYuan(feeFen), yuan(paidFen)]
  return [count, yuan(paidFen), yuan(refundedFen), yuan(0), feeYuan(feeFen), yuan(paidFen), yuan(refundedFen)]
}
