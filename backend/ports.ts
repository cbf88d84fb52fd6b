import type { PaymentParams } from '../contracts/order.ts'
import type { Database } from './database.ts'

/** What the use cases need from the world. Tests and the simulator bring their own; the doors bring WeChat's. */
export interface World {
  clock: Clock
  random: Random
  database: Database
  /** WeChat Pay by each of its two ways. An order keeps to the one that it began with. */
  gateways: Record<Gateway, Payments>
  codeToSession: CodeToSession
  log: Log
  settings: Settings
}

export interface Clock { nowMs(): number }

export interface Random {
  /** `bytes` random bytes as lower-case hexadecimal digits. */
  hex(bytes: number): string
}

export interface Log {
  /** Something a person should look at; never holds secrets, tokens or phone numbers. */
  warn(what: string, facts: Record<string, unknown>): void
  error(what: string, error: unknown, facts: Record<string, unknown>): void
}

export interface Settings {
  /** The one store of this shop, for now. */
  storeId: string
  /** The cloud environment, which its file ids begin with. */
  envId: string
  /** How new orders are paid. */
  gateway: Gateway
  /** What was configured for it, in the operator's spelling. */
  gatewayText: string
}

/** `cloudpay`: cloud.cloudPay, where WeChat signs. `wechat-v3`: API v3, signed with the merchant's own key. */
export type Gateway = 'cloudpay' | 'wechat-v3'

/** WeChat Pay. Every answer that is not clear is `Unclear`: the caller asks again later and never guesses. */
export interface Payments {
  /** The merchant number that the money goes to. */
  merchantId: string
  /** Why it cannot work as it is configured, naming variables and never their values; null when nothing is wrong. */
  problem: string | null
  unifiedOrder(wish: PaymentWish): Promise<UnifiedOrderAnswer>
  query(outTradeNo: string): Promise<TradeFact>
  close(outTradeNo: string): Promise<CloseAnswer>
  refund(wish: RefundWish): Promise<RefundAnswer>
  /** What became of a refund. cloudPay answers nothing: see docs/decisions/refunds-without-a-query.md. */
  queryRefund(outRefundNo: string, outTradeNo: string): Promise<RefundFact>
  /** The trade bill of a Beijing day (`yyyyMMdd`): payments by when they were made, refunds by when they were accepted. */
  bill(day: string): Promise<BillAnswer>
}

export interface PaymentWish {
  outTradeNo: string
  /** At most 127 bytes are kept. */
  title: string
  totalFen: number
  openid: string
  clientIp: string
  startsAtMs: number
  expiresAtMs: number
}

export type UnifiedOrderAnswer =
  | { kind: 'Prepaid', payment: PaymentParams }
  | { kind: 'AlreadyPaid' }
  | { kind: 'Closed' }
  | { kind: 'Unclear', because: string }

/** What WeChat says of one outTradeNo. */
export type TradeFact =
  | { kind: 'Paid', trade: PaidTrade }
  | { kind: 'Refunded', trade: PaidTrade }
  | { kind: 'NotPaid' }
  | { kind: 'Closed' }
  | { kind: 'UnknownTrade' }
  | { kind: 'Unclear', because: string }

export interface PaidTrade {
  transactionId: string
  totalFen: number
  merchantId: string
  openid: string
  paidAtMs: number
}

export type CloseAnswer = { kind: 'Closed' } | { kind: 'AlreadyPaid' } | { kind: 'UnknownTrade' } | { kind: 'Unclear', because: string }

export interface RefundWish {
  outTradeNo: string
  outRefundNo: string
  totalFen: number
  refundFen: number
  reason: string
}

export type RefundAnswer = { kind: 'Accepted' } | { kind: 'NotEnough' } | { kind: 'Unclear', because: string }

/** What WeChat says of one outRefundNo. Abnormal: the customer's bank account takes no money. Closed: WeChat gave it up. */
export type RefundFact =
  | { kind: 'Succeeded' | 'Processing' | 'Abnormal' | 'Closed' | 'Unknown' }
  | { kind: 'Unclear', because: string }

export type BillAnswer =
  /** The whole bill as text, unpacked; checked against WeChat's hash where it gives one. */
  | { kind: 'Bill', text: string }
  /** WeChat says that nothing happened that day. */
  | { kind: 'NoBill' }
  /** It is still being made: before ten in the morning, or later on busy days. */
  | { kind: 'NotReady' }
  | { kind: 'Unclear', because: string }

/** What a notice of the platform's own payment callback says of a refund. Nobody else's word ever becomes one of these. */
export interface ToldRefund { verdict: 'Succeeded' | 'Abnormal' | 'Closed', refundFen: number }

/** WeChat's code2session. Source: sns/jscode2session. */
export interface CodeToSession {
  exchange(code: string): Promise<CodeAnswer>
}

export type CodeAnswer =
  | { kind: 'Session', openid: string, sessionKey: string }
  /** 40029 and 40163: the client calls wx.login again, once. */
  | { kind: 'CodeDead' }
  /** 40226: the account is at high risk. */
  | { kind: 'Blocked' }
  /** 45011: too often. */
  | { kind: 'TooOften' }
  /** -1, or no answer, also after waiting and asking again. */
  | { kind: 'Busy' }
  /** No AppSecret, or a wrong one: the operator has to act. */
  | { kind: 'Misconfigured', because: string }
