import { privateDecrypt, constants } from 'node:crypto'
import { beijingRfc3339 } from '../beijing.ts'
import type { Refund, Trade } from '../ledger.ts'
import type { RefundObstacle } from '../moneyRules.ts'
import type { RefundWish } from '../trading.ts'
import type { V3Books, V3Call, V3Reply } from './books.ts'
import { refusals, V3Error, wrongField } from './errors.ts'
import { amountFen, at, checkCurrency, checkNotifyUrl, missing, optionalText, requiredText } from './fields.ts'
import type { Json } from './fields.ts'

const outRefundNoRule = { title: '商户退款单号', most: 64, pattern: /^[0-9A-Za-z_\-|*@]+$/ }
const invalid = (message: string) => () => new V3Error(400, 'INVALID_REQUEST', message)

const obstacles: Record<RefundObstacle, () => V3Error> = {
  UNKNOWN_TRADE: refusals.unknownOrderToRefund,
  NOT_PAID: invalid('订单状态错误：订单未支付，不能退款'),
  TOO_LATE: invalid('订单已超过可退款的最大期限'),
  OTHER_AMOUNT: invalid('订单金额或退款金额与之前请求不一致，请核实后再试'),
  TOO_MUCH: invalid('申请退款金额超过订单可退金额'),
  TOO_MANY: invalid('一笔订单最多支持50次部分退款'),
}

/** `POST /v3/refund/domestic/refunds`: accepted is not done. */
export function createRefund(books: V3Books, { body }: V3Call): V3Reply {
  const wish = readWish(body)
  const trade = findTrade(books, body)
  if (!trade) throw obstacles.UNKNOWN_TRADE()
  const accepted = books.trading.refund(trade, wish)
  if (typeof accepted === 'string') throw obstacles[accepted]()
  return { status: 200, body: refundBody(accepted, trade) }
}

/** The order that a refund names; WeChat's own number comes first. */
export function findTrade({ ledger }: V3Books, body: Json): Trade | undefined {
  const transactionId = optionalText(body, 'transaction_id', { title: '微信支付订单号', most: 32 })
  if (transactionId !== undefined) return ledger.tradeOfTransaction('v3', transactionId)
  const outTradeNo = optionalText(body, 'out_trade_no', { title: '商户订单号', least: 6, most: 32 })
  if (outTradeNo === undefined) throw missing('transaction_id', '微信支付订单号')
  return ledger.trade('v3', outTradeNo)
}

function readWish(body: Json): RefundWish {
  const notifyTo = optionalText(body, 'notify_url', { title: '退款结果回调url', most: 256 }) ?? null
  if (notifyTo !== null) checkNotifyUrl('notify_url', notifyTo)
  const fundsAccount = optionalText(body, 'funds_account', { title: '退款资金来源', most: 32 }) ?? null
  if (fundsAccount !== null && fundsAccount !== 'AVAILABLE') throw wrongField('body', 'funds_account', '退款资金来源仅支持AVAILABLE', fundsAccount)
  if (at(body, 'amount/currency') === undefined) throw missing('amount/currency', '退款币种')
  checkCurrency(body)
  return {
    outRefundNo: requiredText(body, 'out_refund_no', outRefundNoRule),
    refundFee: amountFen(body, 'amount/refund', '退款金额'),
    totalFee: amountFen(body, 'amount/total', '原订单金额'),
    reason: optionalText(body, 'reason', { title: '退款原因', most: 80 }) ?? null,
    fundsAccount,
    notifyTo,
  }
}

/** `GET /v3/refund/domestic/refunds/{out_refund_no}`. */
export function queryRefund({ ledger }: V3Books, { path: [outRefundNo = ''] }: V3Call): V3Reply {
  const refund = ledger.refund('v3', outRefundNo)
  const trade = refund && ledger.trade('v3', refund.outTradeNo)
  if (!refund || !trade) throw refusals.unknownRefund()
  return { status: 200, body: refundBody(refund, trade) }
}

const waysOut = ['USER_BANK_CARD', 'MERCHANT_BANK_CARD']

/** `POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund`: the money goes to another account. */
export async function retryAbnormal(books: V3Books, { path: [refundId = ''], body, platformSerial }: V3Call): Promise<V3Reply> {
  const refund = books.ledger.refundOfId('v3', refundId)
  const trade = refund && books.ledger.trade('v3', refund.outTradeNo)
  if (!refund || !trade || requiredText(body, 'out_refund_no', outRefundNoRule) !== refund.outRefundNo) throw refusals.unknownRefund()
  const type = requiredText(body, 'type', { title: '异常退款处理方式', most: 32 })
  if (!waysOut.includes(type)) throw wrongField('body', 'type', `异常退款处理方式只能是${waysOut.join('、')}`, type)
  if (type === 'USER_BANK_CARD') await checkBankCard(books, body, platformSerial)
  if (refund.state !== 'ABNORMAL') throw new V3Error(400, 'INVALID_REQUEST', '退款单状态不是退款异常，不能发起异常退款')
  return { status: 200, body: refundBody(books.trading.retryAbnormalRefund(refund), trade) }
}

/** Name and number of the card are encrypted for the key of WeChat Pay that the request names. */
async function checkBankCard(books: V3Books, body: Json, platformSerial: string): Promise<void> {
  requiredText(body, 'bank_type', { title: '开户银行', most: 16 })
  const { publicKey, certificate } = await books.credentials()
  const key = [publicKey, certificate].find(({ serial }) => serial === platformSerial)
  if (!key) throw new V3Error(400, 'PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误')
  for (const [field, title] of [['bank_account', '收款银行卡号'], ['real_name', '收款用户姓名']] as const) {
    const secret = Buffer.from(requiredText(body, field, { title, most: 1024 }), 'base64')
    try {
      privateDecrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, secret)
    } catch (error) {
      throw wrongField('body', field, `敏感字段${field}解密失败，请使用Wechatpay-Serial对应的公钥加密（${(error as Error).message}）`, null)
    }
  }
}

function refundBody(refund: Refund, trade: Trade): object {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: trade.transactionId,
    out_trade_no: trade.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    ...(refund.state === 'SUCCESS' ? { success_time: beijingRfc3339(refund.doneAtMs) } : {}),
    create_time: beijingRfc3339(refund.acceptedAtMs),
    status: refund.state,
    funds_account: refund.fundsAccount ?? 'UNSETTLED',
    amount: {
      total: trade.totalFee,
      refund: refund.refundFee,
      from: [],
      payer_total: trade.totalFee,
      payer_refund: refund.refundFee,
      settlement_refund: refund.refundFee,
      settlement_total: trade.totalFee,
      discount_refund: 0,
      currency: 'CNY',
    },
    promotion_detail: [],
  }
}
