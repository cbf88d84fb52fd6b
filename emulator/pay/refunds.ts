import { beijingText } from '../wechat/beijingTime.ts'
import type { Refund, Trade } from './ledger.ts'
import { newNonce, newRefundId } from './numbers.ts'
import { findTrade, providerFields } from './orders.ts'
import type { PayBooks } from './orders.ts'
import { fail, malformed, succeed } from './payApi.ts'
import type { PayReply } from './payApi.ts'

const mostRefundsPerTrade = 50

type Given = Record<string, unknown>

/** `refund`: accepts a refund, which is done a little later. The same out_refund_no is the same refund. */
export function refund(books: PayBooks, given: Given, delayMs: number): PayReply {
  const mistake = findMistake(given)
  if (mistake) return malformed(mistake)
  if (given.sub_mch_id !== books.app.merchantId) return malformed('商户号mch_id或sub_mch_id不存在')
  const trade = findTrade(books.ledger, given)
  if (!trade) return fail('ORDERNOTEXIST', '订单不存在')
  const known = books.ledger.refund(String(given.out_refund_no))
  if (known) return isSame(known, trade, given) ? accepted(books, known, trade) : fail('PARAM_ERROR', '订单金额或退款金额与之前请求不一致，请核实后再试')
  return findObstacle(books, trade, given) ?? accepted(books, accept(books, trade, given, delayMs), trade)
}

/** `queryRefund`. Its lists come back empty from cloud functions, a fault of the service that stands since 2020. */
export function queryRefund(books: PayBooks, given: Given): PayReply {
  const known = typeof given.out_refund_no === 'string' ? books.ledger.refund(given.out_refund_no) : undefined
  const trade = known ? books.ledger.trade(known.outTradeNo) : findTrade(books.ledger, given)
  const refunds = trade ? books.ledger.refundsOf(trade.outTradeNo) : []
  if (!trade || refunds.length === 0) return fail('REFUNDNOTEXIST', '退款订单查询失败')
  const lists = ['out_refund_no_list', 'refund_id_list', 'refund_channel_list', 'refund_fee_list', 'refund_status_list', 'refund_success_time_list']
  return succeed({
    ...providerFields(books.app),
    nonce_str: newNonce(),
    sign: 'LOCAL',
    transaction_id: trade.transactionId,
    out_trade_no: trade.outTradeNo,
    total_fee: trade.totalFee,
    cash_fee: trade.totalFee,
    refund_count: refunds.length,
    ...Object.fromEntries(lists.map(name => [name, []])),
  })
}

function findMistake(given: Given): string | null {
  if (typeof given.out_refund_no !== 'string' || !/^[0-9A-Za-z_|*@-]{1,64}$/.test(given.out_refund_no)) return '参数out_refund_no格式错误'
  for (const name of ['total_fee', 'refund_fee']) if (!/^[1-9]\d{0,9}$/.test(String(given[name]))) return `参数${name}格式错误`
  return null
}

function isSame(known: Refund, trade: Trade, given: Given): boolean {
  return known.outTradeNo === trade.outTradeNo && known.refundFee === Number(given.refund_fee) && known.totalFee === Number(given.total_fee)
}

function findObstacle({ ledger }: PayBooks, trade: Trade, given: Given): PayReply | null {
  if (trade.state === 'NOTPAY' || trade.state === 'CLOSED') return fail('TRADE_STATE_ERROR', '订单状态错误：订单未支付，不能退款')
  if (trade.totalFee !== Number(given.total_fee)) return fail('PARAM_ERROR', '订单金额或退款金额与之前请求不一致，请核实后再试')
  const earlier = ledger.refundsOf(trade.outTradeNo)
  const refundedFee = earlier.reduce((sum, one) => sum + one.refundFee, 0)
  if (refundedFee + Number(given.refund_fee) > trade.totalFee) return fail('INVALID_REQUEST', '申请退款金额超过订单可退金额')
  return earlier.length >= mostRefundsPerTrade ? fail('INVALID_REQUEST', '一笔订单最多支持50次部分退款') : null
}

function accept({ ledger, nowMs }: PayBooks, trade: Trade, given: Given, delayMs: number): Refund {
  const acceptedAtMs = nowMs()
  const entry: Refund = {
    outRefundNo: String(given.out_refund_no),
    refundId: newRefundId(acceptedAtMs),
    outTradeNo: trade.outTradeNo,
    totalFee: trade.totalFee,
    refundFee: Number(given.refund_fee),
    functionName: typeof given.function_name === 'string' && given.function_name !== '' ? given.function_name : null,
    state: 'PROCESSING',
    acceptedAtMs,
    doneAtMs: acceptedAtMs + delayMs,
  }
  ledger.addRefund(entry)
  return entry
}

function accepted({ app }: PayBooks, entry: Refund, trade: Trade): PayReply {
  return succeed({
    ...providerFields(app),
    nonce_str: newNonce(),
    sign: 'LOCAL',
    ...refundFields(entry, trade),
    cash_fee: trade.totalFee,
    cash_refund_fee: entry.refundFee,
  })
}

function refundFields(entry: Refund, trade: Trade): PayReply {
  return {
    transaction_id: trade.transactionId,
    out_trade_no: trade.outTradeNo,
    refund_id: entry.refundId,
    out_refund_no: entry.outRefundNo,
    total_fee: trade.totalFee,
    refund_fee: entry.refundFee,
  }
}

/** The event that tells a function of a finished refund. Its fields are those of version 2; WeChat does not document them. */
export function refundEvent({ app }: PayBooks, entry: Refund, trade: Trade): PayReply {
  return {
    return_code: 'SUCCESS',
    ...providerFields(app),
    nonce_str: newNonce(),
    ...refundFields(entry, trade),
    settlement_refund_fee: entry.refundFee,
    settlement_total_fee: trade.totalFee,
    refund_status: 'SUCCESS',
    success_time: beijingText(entry.doneAtMs),
    refund_recv_accout: '支付用户零钱',
    refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
    refund_request_source: 'API',
  }
}
