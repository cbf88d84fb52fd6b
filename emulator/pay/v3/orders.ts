import type { AppIdentity } from '../../emulator.ts'
import { beijingRfc3339, parseRfc3339 } from '../beijing.ts'
import type { Trade } from '../ledger.ts'
import { isPaid } from '../moneyRules.ts'
import type { OrderObstacle } from '../moneyRules.ts'
import type { Order } from '../trading.ts'
import type { V3Books, V3Call, V3Reply } from './books.ts'
import { refusals, wrongField } from './errors.ts'
import type { V3Error } from './errors.ts'
import { amountFen, checkCurrency, checkNotifyUrl, checkText, optionalText, requiredText } from './fields.ts'
import type { Json } from './fields.ts'

const leastLifeMs = 60_000
/** Without a time_expire an order can be paid for a week. Source: PAYSK. */
const ordinaryLifeMs = 7 * 24 * 3600_000

/** What may differ when a number is ordered again: the deadline counts only the first time, and the scene is the moment's. */
const incidental = new Set(['time_expire', 'scene_info'])

const outTradeNoRule = { title: '商户订单号', least: 6, most: 32, pattern: /^[0-9A-Za-z_\-|*]+$/ }

const obstacles: Record<OrderObstacle, () => V3Error> = {
  CLOSED: refusals.closed,
  PAID: refusals.paid,
  OTHER_TERMS: refusals.otherTerms,
  EXPIRED: refusals.expired,
}

/** `POST /v3/pay/transactions/jsapi`. */
export function prepay(books: V3Books, { body }: V3Call): V3Reply {
  const order = readOrder(books, body)
  const isNew = books.ledger.trade('v3', order.outTradeNo) === undefined
  if (isNew && order.expiresAtMs !== null && order.expiresAtMs - books.nowMs() < leastLifeMs) {
    throw wrongField('body', 'time_expire', 'time_expire时间过短，至少在1分钟之后', body.time_expire)
  }
  const placed = books.trading.place(order)
  if (typeof placed === 'string') throw obstacles[placed]()
  return { status: 200, body: { prepay_id: placed.prepayId } }
}

function readOrder({ app, nowMs }: V3Books, body: Json): Order {
  if (requiredText(body, 'appid', { title: '公众号ID', most: 32 }) !== app.appid) throw refusals.otherApp()
  if (requiredText(body, 'mchid', { title: '直连商户号', most: 32 }) !== app.merchantId) throw refusals.otherMerchant()
  const notifyTo = requiredText(body, 'notify_url', { title: '通知地址', most: 255 })
  checkNotifyUrl('notify_url', notifyTo)
  checkCurrency(body)
  return {
    gateway: 'v3',
    body: requiredText(body, 'description', { title: '商品描述', most: 127 }),
    outTradeNo: requiredText(body, 'out_trade_no', outTradeNoRule),
    attach: optionalText(body, 'attach', { title: '附加数据', least: 0, most: 128 }) ?? null,
    notifyTo,
    totalFee: amountFen(body, 'amount/total', '总金额'),
    openid: readOpenid(body),
    expiresAtMs: readExpiry(body) ?? nowMs() + ordinaryLifeMs,
    terms: termsOf(body),
  }
}

/** People of this WeChat have openids of one form; WeChat Pay refuses one that belongs to another app. */
function readOpenid(body: Json): string {
  const openid = requiredText(body, 'payer/openid', { title: '用户标识', most: 128 })
  if (!/^o-[A-Za-z0-9_-]{1,32}$/.test(openid)) throw wrongField('body', 'payer/openid', '无效的openid', openid)
  return openid
}

function readExpiry(body: Json): number | undefined {
  const text = optionalText(body, 'time_expire', { title: '交易结束时间', most: 64 })
  if (text === undefined) return undefined
  const atMs = parseRfc3339(text)
  if (atMs === null) throw wrongField('body', 'time_expire', '时间格式错误，应为yyyy-MM-DDTHH:mm:ss+TIMEZONE', text)
  return atMs
}

/** One text for equal orders. */
function termsOf(body: Json): string {
  return canonical(Object.fromEntries(Object.entries(body).filter(([name]) => !incidental.has(name))))
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1).map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join(',')}}`
}

/** `GET /v3/pay/transactions/out-trade-no/{out_trade_no}?mchid=`. */
export function queryByNumber(books: V3Books, { path: [outTradeNo = ''], query }: V3Call): V3Reply {
  checkMerchant(books, query.get('mchid'), 'query')
  checkText('uri_template', 'out_trade_no', outTradeNo, outTradeNoRule)
  return found(books, books.ledger.trade('v3', outTradeNo))
}

/** `GET /v3/pay/transactions/id/{transaction_id}?mchid=`: only paid orders have such a number. */
export function queryByTransaction(books: V3Books, { path: [transactionId = ''], query }: V3Call): V3Reply {
  checkMerchant(books, query.get('mchid'), 'query')
  return found(books, books.ledger.tradeOfTransaction('v3', transactionId))
}

/** `POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close`: may be repeated. */
export function close(books: V3Books, { path: [outTradeNo = ''], body }: V3Call): V3Reply {
  checkMerchant(books, body.mchid, 'body')
  const trade = books.ledger.trade('v3', outTradeNo)
  if (!trade) throw refusals.unknownOrder()
  if (books.trading.close(trade) === 'PAID') throw refusals.paid()
  return { status: 204 }
}

function checkMerchant({ app }: V3Books, given: unknown, location: 'body' | 'query'): void {
  if (typeof given !== 'string' || given === '') throw wrongField(location, 'mchid', `输入源“/${location}/mchid”映射到字段“直连商户号”必填性规则校验失败，此字段为必填项`, given)
  if (given !== app.merchantId) throw refusals.otherMerchant()
}

function found({ app }: V3Books, trade: Trade | undefined): V3Reply {
  if (!trade) throw refusals.unknownOrder()
  return { status: 200, body: isPaid(trade) ? paidTransaction(app, trade) : unpaidTransaction(app, trade) }
}

const stateTexts: Record<Trade['state'], string> = { NOTPAY: '订单未支付', SUCCESS: '支付成功', REFUND: '订单发生过退款，退款详情请查询退款单', CLOSED: '订单已关闭' }

function unpaidTransaction(app: AppIdentity, trade: Trade): object {
  return {
    appid: app.appid,
    mchid: app.merchantId,
    out_trade_no: trade.outTradeNo,
    trade_state: trade.state,
    trade_state_desc: stateTexts[trade.state],
    ...(trade.attach === null ? {} : { attach: trade.attach }),
    amount: { total: trade.totalFee, payer_currency: 'CNY' },
    promotion_detail: [],
  }
}

/** A paid order, as queries and notices tell it. */
export function paidTransaction(app: AppIdentity, trade: Trade): object {
  return {
    appid: app.appid,
    mchid: app.merchantId,
    out_trade_no: trade.outTradeNo,
    transaction_id: trade.transactionId,
    trade_type: 'JSAPI',
    trade_state: trade.state,
    trade_state_desc: stateTexts[trade.state],
    bank_type: 'OTHERS',
    attach: trade.attach ?? '',
    success_time: beijingRfc3339(trade.paidAtMs ?? 0),
    payer: { openid: trade.openid },
    amount: { total: trade.totalFee, payer_total: trade.totalFee, currency: 'CNY', payer_currency: 'CNY' },
    promotion_detail: [],
  }
}
