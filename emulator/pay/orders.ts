import type { AppIdentity } from '../emulator.ts'
import { beijingStamp } from '../wechat/beijingTime.ts'
import type { Ledger, Trade } from './ledger.ts'
import { newNonce, newPrepayId } from './numbers.ts'
import { fail, malformed, succeed } from './payApi.ts'
import type { PayReply } from './payApi.ts'
import { readOrder } from './terms.ts'
import type { Order } from './terms.ts'

/** How long a prepay id can be paid. */
export const prepayLifeMs = 2 * 3600_000

export interface PayBooks {
  app: AppIdentity
  ledger: Ledger
  nowMs(): number
}

type Given = Record<string, unknown>

/** The service provider that WeChat itself is when a cloud function takes payments. */
export function providerFields(app: AppIdentity): PayReply {
  return { appid: 'wxserviceprovider', mch_id: '1800000000', sub_appid: app.appid, sub_mch_id: app.merchantId }
}

/** `unifiedOrder`: opens a trade, or gives the open one of the same number again. */
export function unifiedOrder(books: PayBooks, given: Given, callerOpenid: string | undefined): PayReply {
  const nowMs = books.nowMs()
  const order = readOrder(given, callerOpenid, nowMs)
  if (typeof order === 'string') return malformed(order)
  if (given.sub_mch_id !== books.app.merchantId) return malformed('商户号mch_id或sub_mch_id不存在')
  const trade = books.ledger.trade(order.outTradeNo)
  if (!trade) return prepaid(books, addTrade(books, order, nowMs))
  if (trade.state === 'CLOSED') return fail('ORDERCLOSED', '订单已关闭')
  if (trade.state !== 'NOTPAY') return fail('ORDERPAID', '订单已支付')
  if (trade.terms !== order.terms || hasExpired(trade, nowMs)) return fail('OUT_TRADE_NO_USED', '商户订单号重复')
  return prepaid(books, withLivePrepay(books, trade, nowMs))
}

/** True from the very moment that time_expire names. */
export function hasExpired(trade: Trade, atMs: number): boolean {
  return trade.expiresAtMs !== null && atMs >= trade.expiresAtMs
}

function addTrade({ ledger }: PayBooks, order: Order, nowMs: number): Trade {
  const trade: Trade = {
    ...order,
    prepayId: newPrepayId(nowMs),
    prepayAtMs: nowMs,
    state: 'NOTPAY',
    createdAtMs: nowMs,
    paidAtMs: null,
    transactionId: null,
  }
  ledger.addTrade(trade)
  return trade
}

function withLivePrepay({ ledger }: PayBooks, trade: Trade, nowMs: number): Trade {
  if (nowMs - trade.prepayAtMs < prepayLifeMs) return trade
  const renewed = { prepayId: newPrepayId(nowMs), prepayAtMs: nowMs }
  ledger.changeTrade(trade.outTradeNo, renewed)
  return { ...trade, ...renewed }
}

function prepaid({ app, nowMs }: PayBooks, { prepayId }: Trade): PayReply {
  return succeed({
    ...providerFields(app),
    nonce_str: newNonce(),
    sign: 'LOCAL',
    prepay_id: prepayId,
    trade_type: 'JSAPI',
    payment: {
      appId: app.appid,
      timeStamp: String(Math.floor(nowMs() / 1000)),
      nonceStr: newNonce(),
      package: `prepay_id=${prepayId}`,
      signType: 'MD5',
      paySign: 'LOCAL',
    },
  })
}

const stateTexts: Record<Trade['state'], string> = { NOTPAY: '订单未支付', SUCCESS: '支付成功', REFUND: '转入退款', CLOSED: '订单已关闭' }

/** `queryOrder`, by the merchant's number or by WeChat's. */
export function queryOrder({ app, ledger }: PayBooks, given: Given): PayReply {
  if (given.sub_mch_id !== app.merchantId) return malformed('商户号mch_id或sub_mch_id不存在')
  const trade = findTrade(ledger, given)
  if (!trade) return fail('ORDERNOTEXIST', '订单不存在')
  return succeed({
    ...providerFields(app),
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
    openid: `p-${trade.openid}`,
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

/** `closeOrder`: from now on the trade cannot be paid. Closing twice is no mistake. */
export function closeOrder({ app, ledger }: PayBooks, given: Given): PayReply {
  if (given.sub_mch_id !== app.merchantId) return malformed('商户号mch_id或sub_mch_id不存在')
  const trade = findTrade(ledger, given)
  if (!trade) return fail('ORDERNOTEXIST', '订单不存在')
  if (trade.state === 'SUCCESS' || trade.state === 'REFUND') return fail('ORDERPAID', '订单已支付')
  ledger.changeTrade(trade.outTradeNo, { state: 'CLOSED' })
  return succeed({ ...providerFields(app), nonce_str: newNonce(), sign: 'LOCAL' })
}

/** The trade that a request names; WeChat's own number comes first when both are given. */
export function findTrade(ledger: Ledger, given: Given): Trade | undefined {
  if (typeof given.transaction_id === 'string' && given.transaction_id !== '') return ledger.tradeOfTransaction(given.transaction_id)
  return typeof given.out_trade_no === 'string' ? ledger.trade(given.out_trade_no) : undefined
}
