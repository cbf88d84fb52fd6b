import type { PaymentParams } from '../contracts/order.ts'
import type { LogisticsType } from './shipping/rules.ts'
import type { MessageTemplates } from './message/rules.ts'
import type { ContentVerdict } from './content/rules.ts'
import type { Database } from './database.ts'

/** What the use cases need from the world. Tests and the simulator bring their own; the doors bring WeChat's. */
export interface World {
  clock: Clock
  random: Random
  database: Database
  /** WeChat Pay by each of its two ways. An order keeps to the one that it began with. */
  gateways: Record<Gateway, Payments>
  codeToSession: CodeToSession
  openInterfaces: OpenInterfaces
  contentCheck: ContentCheck
  files: Files
  log: Log
  settings: Settings
}

export interface Clock { nowMs(): number }

/** The cloud's storage. */
export interface Files {
  /** Links to files that only some may see, by their file ids; good for a while. What is gone has none. Source: Cloud.getTempFileURL. */
  links(fileIds: readonly string[]): Promise<Map<string, string>>
}

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
  /** The store that this call is about: the one that the caller chose, or the shop's first. */
  storeId: string
  /** The shop's first store, which everything belongs to that is no single store's. */
  mainStoreId: string
  /** The cloud environment, which its file ids begin with. */
  envId: string
  /** How new orders are paid. */
  gateway: Gateway
  /** WeChat holds this merchant's money until it knows what was shipped. Source: 发货信息管理服务. */
  isTradeManaged: boolean
  /** The subscription messages that are set up. */
  templates: MessageTemplates
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

/** What people write about: themselves, or what they bought. */
export type WordsAbout = 'Profile' | 'Goods'

/** What people want to show to others is looked at by WeChat first. */
export interface ContentCheck {
  /** Source: security.msgSecCheck, which wants to know whose words they are. */
  text(words: string, openid: string, about: WordsAbout): Promise<ContentVerdict>
  /** A picture in our own storage. Source: security.imgSecCheck. */
  picture(fileId: string): Promise<ContentVerdict>
}

/** WeChat's open interfaces. What a code of theirs comes to is decided by rules, not here. */
export interface OpenInterfaces {
  /** Source: upload_shipping_info. */
  uploadShipping(entry: ShippingEntry): Promise<OpenAnswer<null>>
  /** Source: get_order of shipping management. */
  readShipping(transactionId: string): Promise<OpenAnswer<ShippingAtWeChat>>
  /** Reminds the customer, once an order, that a parcel has arrived. Source: notify_confirm_receive. */
  remindReceipt(transactionId: string, receivedAtMs: number): Promise<OpenAnswer<null>>
  /** Source: subscribeMessage.send. */
  sendMessage(message: SubscribeMessage): Promise<OpenAnswer<null>>
}

/** `errcode` is null when there was no answer. */
export type OpenAnswer<Value> = { ok: true, value: Value } | { ok: false, errcode: number | null, because: string }

/** What of an order was sent, in one entry. */
export interface ShippingEntry {
  transactionId: string
  openid: string
  type: LogisticsType
  parcels: ParcelEntry[]
  /** A correction must name a later moment than what it corrects. */
  enteredAtMs: number
}

export interface ParcelEntry {
  /** Empty, as is the number, where nothing is posted. */
  company: string
  trackingNumber: string
  /** At most 120 characters. */
  description: string
  /** A masked phone number, which some companies want. */
  receiverContact: string | null
}

export interface ShippingAtWeChat {
  state: 'ToShip' | 'Shipped' | 'Received' | 'Refunded'
  type: number | null
  trackingNumbers: string[]
}

export interface SubscribeMessage {
  openid: string
  templateId: string
  /** Where a tap on it leads. */
  page: string
  data: Record<string, string>
}
