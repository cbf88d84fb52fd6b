import type { BillAnswer, CloseAnswer, PaidTrade, Payments, PaymentWish, RefundAnswer, RefundFact, RefundWish, ToldRefund, TradeFact, UnifiedOrderAnswer } from '../ports.ts'
import type { PaymentParams } from '../../contracts/order.ts'
import { beijingStamp, fromBeijingStamp } from '../store/rules.ts'
import { unpackBill } from './billFile.ts'
import { cloudPay } from './cloud.ts'
import type { CloudPay, PayResult } from './cloud.ts'
import { says } from './refusals.ts'

export interface CloudPayAccount {
  /** Our own merchant number. */
  subMchId: string
  envId: string
  /** The cloud function that receives payment and refund notices. */
  callbackFunction: string
}

/**
 * WeChat Pay through cloud.cloudPay: WeChat signs, as the service provider behind it. `reach` is the SDK's. Source: CloudPay.*.
 */
export function openCloudPay(account: CloudPayAccount, random: { hex(bytes: number): string }, reach: () => CloudPay = cloudPay): Payments {
  const { subMchId, envId, callbackFunction } = account
  const attempt = subMchId === '' ? notConfigured : ask
  const common = () => ({ subMchId, nonceStr: random.hex(16) })
  const callback = { envId, functionName: callbackFunction }
  return {
    merchantId: subMchId,
    problem: subMchId === '' ? NOT_CONFIGURED : /^\d{8,10}$/.test(subMchId) ? null : 'PAY_SUB_MCH_ID must be a merchant number of 8 to 10 digits',
    unifiedOrder: async wish => readPrepay(await attempt(() => reach().unifiedOrder({ ...common(), ...callback, ...wireWish(wish) }))),
    query: async outTradeNo => readTrade(await attempt(() => reach().queryOrder({ ...common(), outTradeNo }))),
    close: async outTradeNo => readClose(await attempt(() => reach().closeOrder({ ...common(), outTradeNo }))),
    refund: async wish => readRefund(await attempt(() => reach().refund({ ...common(), ...callback, ...wireRefund(wish) }))),
    queryRefund: async (outRefundNo) => {
      return readRefundFact(await attempt(() => reach().queryRefund({ ...common(), outRefundNo })), outRefundNo)
    },
    bill: async (day) => {
      if (subMchId === '') return { kind: 'Unclear', because: NOT_CONFIGURED }
      return askBill(reach, { ...common(), billDate: day, billType: 'ALL', tarType: 'GZIP' })
    },
  }
}

const NOT_CONFIGURED = 'PAY_SUB_MCH_ID is not set in the environment of this function'

const notConfigured = (): Promise<Reply> => Promise.resolve({ ok: false, because: NOT_CONFIGURED })

type Reply = { ok: true, result: PayResult } | { ok: false, because: string }

/** A lost connection is an unclear answer like any other: the trade may have changed or not. */
async function ask(call: () => Promise<PayResult>): Promise<Reply> {
  try {
    const result = await call()
    if (result.returnCode === 'SUCCESS' && result.resultCode === 'SUCCESS') return { ok: true, result }
    return { ok: false, because: String(result.errCodeDes ?? result.returnMsg ?? 'no description') }
  } catch (error) {
    return { ok: false, because: `no answer: ${String(error)}` }
  }
}

/** A bill is the one answer without codes of success. A refusal may come as fields, or packed as the bill would be. */
async function askBill(reach: () => CloudPay, input: Record<string, unknown>): Promise<BillAnswer> {
  try {
    const { data, returnMsg, errCodeDes } = await reach().downloadBill(input)
    const text = data === undefined ? null : unpackBill(Buffer.from(data as Buffer)).toString('utf8')
    if (text !== null && text.length > LONGEST_REFUSAL) return { kind: 'Bill', text }
    const because = String(text ?? errCodeDes ?? returnMsg ?? 'no description')
    if (says.noBill(because)) return { kind: 'NoBill' }
    return says.billNotReady(because) ? { kind: 'NotReady' } : { kind: 'Unclear', because }
  } catch (error) {
    return { kind: 'Unclear', because: `no answer: ${String(error)}` }
  }
}

/** The header of a bill alone is longer. */
const LONGEST_REFUSAL = 200

const wireWish = (wish: PaymentWish) => ({
  outTradeNo: wish.outTradeNo,
  body: cutToBytes(wish.title, 127),
  totalFee: wish.totalFen,
  openid: wish.openid,
  spbillCreateIp: wish.clientIp,
  timeStart: beijingStamp(wish.startsAtMs),
  timeExpire: beijingStamp(wish.expiresAtMs),
  tradeType: 'JSAPI',
})

const wireRefund = (wish: RefundWish) => ({
  outTradeNo: wish.outTradeNo,
  outRefundNo: wish.outRefundNo,
  totalFee: wish.totalFen,
  refundFee: wish.refundFen,
  refundDesc: wish.reason,
})

function readPrepay(reply: Reply): UnifiedOrderAnswer {
  if (reply.ok) {
    const payment = reply.result.payment as PaymentParams & { appId?: string }
    const { timeStamp, nonceStr, package: prepay, signType, paySign } = payment
    return { kind: 'Prepaid', payment: { timeStamp: String(timeStamp), nonceStr, package: prepay, signType, paySign } }
  }
  if (says.paid(reply.because)) return { kind: 'AlreadyPaid' }
  if (says.closed(reply.because)) return { kind: 'Closed' }
  return { kind: 'Unclear', because: reply.because }
}

function readTrade(reply: Reply): TradeFact {
  if (!reply.ok) return says.unknown(reply.because) ? { kind: 'UnknownTrade' } : { kind: 'Unclear', because: reply.because }
  const { tradeState } = reply.result
  if (tradeState === 'SUCCESS') return { kind: 'Paid', trade: readPaidTrade(reply.result) }
  if (tradeState === 'REFUND') return { kind: 'Refunded', trade: readPaidTrade(reply.result) }
  if (tradeState === 'CLOSED' || tradeState === 'REVOKED') return { kind: 'Closed' }
  if (tradeState === 'NOTPAY' || tradeState === 'PAYERROR') return { kind: 'NotPaid' }
  // USERPAYING among them: the customer is typing the password.
  return { kind: 'Unclear', because: `trade state ${String(tradeState)}` }
}

/** Amounts may arrive as numbers or as strings; anything else becomes NaN, which equals no amount of ours. */
function readPaidTrade(result: PayResult): PaidTrade {
  return {
    transactionId: String(result.transactionId),
    totalFen: Number(result.totalFee),
    merchantId: String(result.subMchId),
    openid: String(result.subOpenid),
    paidAtMs: fromBeijingStamp(String(result.timeEnd)) ?? 0,
  }
}

function readClose(reply: Reply): CloseAnswer {
  if (reply.ok || says.closed(reply.because)) return { kind: 'Closed' }
  if (says.paid(reply.because)) return { kind: 'AlreadyPaid' }
  return says.unknown(reply.because) ? { kind: 'UnknownTrade' } : { kind: 'Unclear', because: reply.because }
}

function readRefund(reply: Reply): RefundAnswer {
  if (reply.ok) return { kind: 'Accepted' }
  return says.notEnough(reply.because) ? { kind: 'NotEnough' } : { kind: 'Unclear', because: reply.because }
}

const refundStates: Record<string, Exclude<RefundFact['kind'], 'Unclear'>> = {
  SUCCESS: 'Succeeded', PROCESSING: 'Processing', CHANGE: 'Abnormal', REFUNDCLOSE: 'Closed',
}

/** Its lists have come back empty since 2020. Should they be filled one day, our number's own state counts. */
function readRefundFact(reply: Reply, outRefundNo: string): RefundFact {
  if (!reply.ok) return says.unknownRefund(reply.because) ? { kind: 'Unknown' } : { kind: 'Unclear', because: reply.because }
  const { outRefundNoList, refundStatusList } = reply.result
  const place = Array.isArray(outRefundNoList) ? outRefundNoList.indexOf(outRefundNo) : -1
  const status: unknown = Array.isArray(refundStatusList) && place >= 0 ? refundStatusList[place] : undefined
  const kind = typeof status === 'string' ? refundStates[status] : undefined
  return kind ? { kind } : { kind: 'Unclear', because: 'the query tells no state' }
}

/** What a refund notice of the payment callback says; null for any other event. Source: version 2, 退款结果通知. */
export function readToldRefund({ refundStatus, refundFee }: Record<string, unknown>): ToldRefund | null {
  const verdict = typeof refundStatus === 'string' ? refundStates[refundStatus] : undefined
  if (verdict !== 'Succeeded' && verdict !== 'Abnormal' && verdict !== 'Closed') return null
  return { verdict, refundFen: Number(refundFee) }
}

/** Cuts at a character, never inside one: WeChat counts bytes of UTF-8. */
function cutToBytes(text: string, bytesMax: number): string {
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > bytesMax) break
    kept += character
  }
  return kept
}
