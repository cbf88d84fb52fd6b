import { createHash } from 'node:crypto'
import { beijingStamp, beijingText } from '../../wechat/beijingTime.ts'
import type { Gateway, Ledger, Refund, Trade } from '../ledger.ts'
import type { BillDay } from './billDay.ts'
import { billText } from './csv.ts'
import { feeOf, feeReturned } from './fees.ts'
import { yuan } from './yuan.ts'

/** Whose account it is. */
export interface AccountOwner {
  gateway: Gateway
  merchantId: string
  feeBasisPoints: number
}

/** Money that came into the merchant's account, or left it. */
interface Flow {
  atMs: number
  /** WeChat's number of the payment or the refund. */
  businessNo: string
  name: '交易' | '退款'
  kind: '交易' | '扣除交易手续费' | '退款' | '退款关闭'
  /** Less than nothing for money that left. */
  amountFen: number
  applicant: string
  remark: string
  /** The merchant's number of it. */
  voucher: string
}

const header = [
  '记账时间', '微信支付业务单号', '资金流水单号', '业务名称', '业务类型', '收支类型', '收支金额(元)', '账户结余(元)', '资金变更提交申请人', '备注', '业务凭证号',
]
const totals = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额']

/**
 * The fund-flow bill of a day, null when nothing moved: payments, their fees, refunds less the fee that comes back with
 * them, and refunds that were closed. Source: WeChat Pay, 资金账单详细说明 (2024-11-25), and published bills for the net refund.
 */
export function fundFlowBill(ledger: Ledger, owner: AccountOwner, day: BillDay): string | null {
  const rows: string[][] = []
  const ofDay: Flow[] = []
  let balanceFen = 0
  for (const flow of flowsOf(ledger, owner, day.endMs)) {
    balanceFen += flow.amountFen
    if (flow.atMs < day.startMs) continue
    ofDay.push(flow)
    rows.push(detailRow(flow, balanceFen, owner.merchantId))
  }
  return ofDay.length === 0 ? null : billText({ header, rows }, { header: totals, rows: [totalRow(ofDay)] })
}

function flowsOf(ledger: Ledger, owner: AccountOwner, beforeMs: number): Flow[] {
  const { gateway } = owner
  const payments = ledger.tradesPaidBefore(gateway, beforeMs).flatMap(trade => paymentFlows(trade, owner))
  const accepted = ledger.refundsAcceptedBefore(gateway, beforeMs)
  const refunds = accepted.flatMap(refund => refundFlows(refund, ledger.refundsOf(refund.tradeId), owner))
  const flows = [...payments, ...refunds].filter(({ atMs, amountFen }) => atMs < beforeMs && amountFen !== 0)
  return flows.sort((one, other) => one.atMs - other.atMs)
}

function paymentFlows(trade: Trade, { feeBasisPoints }: AccountOwner): Flow[] {
  const feeFen = feeOf(trade.totalFee, feeBasisPoints)
  const common = { atMs: trade.paidAtMs ?? 0, businessNo: trade.transactionId ?? '', name: '交易', applicant: 'system', voucher: trade.outTradeNo } as const
  const remark = `结算总金额${yuan(trade.totalFee)}元;含手续费${yuan(feeFen)}元`
  return [
    { ...common, kind: '交易', amountFen: trade.totalFee, remark },
    { ...common, kind: '扣除交易手续费', amountFen: -feeFen, remark },
  ]
}

function refundFlows(refund: Refund, ofTrade: Refund[], { merchantId, feeBasisPoints }: AccountOwner): Flow[] {
  const feeFen = feeReturned(refund, ofTrade, feeBasisPoints)
  const remark = `退款总金额${yuan(refund.refundFee)}元;含手续费${yuan(feeFen)}元`
  const out: Flow = {
    atMs: refund.acceptedAtMs, businessNo: refund.refundId, name: '退款', kind: '退款', amountFen: feeFen - refund.refundFee,
    applicant: `${merchantId}API`, remark, voucher: refund.outRefundNo,
  }
  return refund.state === 'CLOSED' ? [out, { ...out, atMs: refund.doneAtMs, kind: '退款关闭', amountFen: -out.amountFen, applicant: 'system' }] : [out]
}

function detailRow(flow: Flow, balanceFen: number, merchantId: string): string[] {
  return [
    beijingText(flow.atMs), flow.businessNo, flowNo(flow, merchantId), flow.name, flow.kind, flow.amountFen > 0 ? '收入' : '支出',
    yuan(Math.abs(flow.amountFen)), yuan(balanceFen), flow.applicant, flow.remark, flow.voucher,
  ]
}

/** The same flow has the same number in every bill. */
function flowNo({ businessNo, kind, atMs }: Flow, merchantId: string): string {
  const digest = createHash('sha256').update(`${businessNo} ${kind}`).digest()
  return `${merchantId}${beijingStamp(atMs).slice(0, 8)}${String(digest.readUIntBE(0, 6)).padStart(10, '0').slice(-10)}`
}

function totalRow(flows: Flow[]): string[] {
  const incoming = flows.filter(({ amountFen }) => amountFen > 0)
  const outgoing = flows.filter(({ amountFen }) => amountFen < 0)
  const sum = (some: Flow[]) => some.reduce((total, { amountFen }) => total + Math.abs(amountFen), 0)
  return [String(flows.length), String(incoming.length), yuan(sum(incoming)), String(outgoing.length), yuan(sum(outgoing))]
}
