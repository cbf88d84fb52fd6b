import { beijingText } from '../../wechat/beijingTime.ts'
import type { Refund, Trade } from '../ledger.ts'
import type { RefundObstacle } from '../moneyRules.ts'
import { newNonce } from '../numbers.ts'
import type { RefundWish } from '../trading.ts'
import { findRefund, findStranger, findTrade, providerFields } from './books.ts'
import type { CloudPayBooks, Given } from './books.ts'
import { fail, malformed, succeed } from './payApi.ts'
import type { PayReply } from './payApi.ts'

const obstacles: Record<RefundObstacle, PayReply> = {
  UNKNOWN_TRADE: fail('ORDERNOTEXIST', '订单不存在'),
  NOT_PAID: fail('TRADE_STATE_ERROR', '订单状态错误：订单未支付，不能退款'),
  TOO_LATE: fail('TRADE_OVERDUE', '订单已经超过退款期限'),
  OTHER_AMOUNT: fail('INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试'),
  TOO_MUCH: fail('INVALID_REQUEST', '申请退款金额超过订单可退金额'),
  TOO_MANY: fail('INVALID_REQUEST', '一笔订单最多支持50次部分退款'),
}

/** How version 2 names the states of a refund. */
const stateNames: Record<Refund['state'], string> = { PROCESSING: 'PROCESSING', SUCCESS: 'SUCCESS', ABNORMAL: 'CHANGE', CLOSED: 'REFUNDCLOSE' }

/** `refund`: accepts a refund, which is done a little later. The same out_refund_no is the same refund. */
export function refund(books: CloudPayBooks, given: Given): PayReply {
  const mistake = findMistake(given)
  if (mistake) return malformed(mistake)
  const stranger = findStranger(books, given)
  if (stranger) return stranger
  const trade = findTrade(books, given)
  if (!trade) return obstacles.UNKNOWN_TRADE
  const accepted = books.trading.refund(trade, readWish(given))
  if (typeof accepted === 'string') return obstacles[accepted]
  return succeed({
    ...providerFields(books.app),
    nonce_str: newNonce(),
    sign: 'LOCAL',
    ...refundFields(accepted, trade),
    cash_fee: trade.totalFee,
    cash_refund_fee: accepted.refundFee,
  })
}

/** `queryRefund`. Its lists come back empty from cloud functions, a fault of the service that stands since 2020. */
export function queryRefund(books: CloudPayBooks, given: Given): PayReply {
  const known = findRefund(books, given)
  const trade = known ? books.ledger.trade('cloudPay', known.outTradeNo) : findTrade(books, given)
  const refunds = trade ? books.ledger.refundsOf(trade.id) : []
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

/** The event that tells a function how a refund ended. Its fields are those of version 2; WeChat does not document them. */
export function refundEvent({ app }: Pick<CloudPayBooks, 'app'>, entry: Refund, trade: Trade): PayReply {
  return {
    return_code: 'SUCCESS',
    ...providerFields(app),
    nonce_str: newNonce(),
    ...refundFields(entry, trade),
    settlement_refund_fee: entry.refundFee,
    settlement_total_fee: trade.totalFee,
    refund_status: stateNames[entry.state],
    ...(entry.state === 'SUCCESS' ? { success_time: beijingText(entry.doneAtMs) } : {}),
    refund_recv_accout: '支付用户零钱',
    refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
    refund_request_source: 'API',
  }
}

function findMistake(given: Given): string | null {
  if (typeof given.out_refund_no !== 'string' || !/^[0-9A-Za-z_|*@-]{1,64}$/.test(given.out_refund_no)) return '参数out_refund_no格式错误'
  for (const name of ['total_fee', 'refund_fee']) if (!/^[1-9]\d{0,9}$/.test(String(given[name]))) return `参数${name}格式错误`
  return null
}

function readWish(given: Given): RefundWish {
  const text = (value: unknown) => typeof value === 'string' && value !== '' ? value : null
  return {
    outRefundNo: String(given.out_refund_no),
    totalFee: Number(given.total_fee),
    refundFee: Number(given.refund_fee),
    reason: text(given.refund_desc),
    fundsAccount: text(given.refund_account),
    notifyTo: text(given.function_name),
  }
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
