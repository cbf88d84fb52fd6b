import { beijingStamp } from '../../wechat/beijingTime.ts'
import type { Trade } from '../ledger.ts'
import type { OrderObstacle } from '../moneyRules.ts'
import { newNonce } from '../numbers.ts'
import { findStranger, findTrade, providerFields, providerOpenid } from './books.ts'
import type { CloudPayBooks, Given } from './books.ts'
import { fail, malformed, succeed } from './payApi.ts'
import type { PayReply } from './payApi.ts'
import { signPayment } from './paySign.ts'
import { readOrder } from './terms.ts'

const obstacles: Record<OrderObstacle, PayReply> = {
  CLOSED: fail('ORDERCLOSED', '订单已关闭'),
  PAID: fail('ORDERPAID', '订单已支付'),
  OTHER_TERMS: fail('OUT_TRADE_NO_USED', '商户订单号重复'),
  EXPIRED: fail('OUT_TRADE_NO_USED', '商户订单号重复'),
}

/** `unifiedOrder`: opens a trade, or gives the open one of the same number again. */
export function unifiedOrder(books: CloudPayBooks, given: Given, callerOpenid: string | undefined): PayReply {
  const order = readOrder(given, callerOpenid, books.nowMs())
  if (typeof order === 'string') return malformed(order)
  const stranger = findStranger(books, given)
  if (stranger) return stranger
  const placed = books.trading.place(order)
  return typeof placed === 'string' ? obstacles[placed] : prepaid(books, placed)
}

function prepaid({ app, providerKey, nowMs }: CloudPayBooks, { prepayId }: Trade): PayReply {
  const payment = {
    appId: app.appid,
    timeStamp: String(Math.floor(nowMs() / 1000)),
    nonceStr: newNonce(),
    package: `prepay_id=${prepayId}`,
    signType: 'MD5',
  }
  return succeed({
    ...providerFields(app),
    nonce_str: newNonce(),
    sign: 'LOCAL',
    prepay_id: prepayId,
    trade_type: 'JSAPI',
    payment: { ...payment, paySign: signPayment(payment, providerKey) },
  })
}

const stateTexts: Record<Trade['state'], string> = { NOTPAY: '订单未支付', SUCCESS: '支付成功', REFUND: '转入退款', CLOSED: '订单已关闭' }

/** `queryOrder`, by the merchant's number or by WeChat's. */
export function queryOrder(books: CloudPayBooks, given: Given): PayReply {
  const stranger = findStranger(books, given)
  if (stranger) return stranger
  const trade = findTrade(books, given)
  if (!trade) return fail('ORDERNOTEXIST', '订单不存在')
  return succeed({
    ...providerFields(books.app),
    nonce_str: newNonce(),
    sign: 'LOCAL',
    out_trade_no: trade.outTradeNo,
    total_fee: trade.totalFee,
    trade_state: trade.state,
    trade_state_desc: stateTexts[trade.state],
    ...(trade.attach === null ? {} : { attach: trade.attach }),
    ...(trade.paidAtMs === null ? {} : paymentFields(trade)),
  })
}

/** What is known of a trade once it was paid; queries and notices share it. */
export function paymentFields(trade: Trade): PayReply {
  return {
    openid: providerOpenid(trade.openid),
    is_subscribe: 'N',
    sub_openid: trade.openid,
    sub_is_subscribe: 'N',
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    fee_type: 'CNY',
    total_fee: trade.totalFee,
    cash_fee: trade.totalFee,
    transaction_id: trade.transactionId,
    time_end: beijingStamp(trade.paidAtMs ?? 0),
  }
}

/** `closeOrder`: from now on the trade cannot be paid. */
export function closeOrder(books: CloudPayBooks, given: Given): PayReply {
  const stranger = findStranger(books, given)
  if (stranger) return stranger
  const trade = findTrade(books, given)
  if (!trade) return fail('ORDERNOTEXIST', '订单不存在')
  if (books.trading.close(trade) === 'PAID') return obstacles.PAID
  return succeed({ ...providerFields(books.app), nonce_str: newNonce(), sign: 'LOCAL' })
}
