import type { Gateway } from '../../emulator/pay/ledger.ts'

/** What the shop asks of WeChat Pay, whichever gateway it goes through. Amounts in fen. */
export interface Question {
  gateway: Gateway
  api: string
  outTradeNo: string
  outRefundNo: string
  totalFee: number
  refundFee: number
  openid: string
}

/** What became of it, as far as it matters to those who watch. */
export interface Told {
  /** A trade can be paid under this number now. */
  isOpened: boolean
  /** WeChat Pay has called the trade closed. */
  saysClosed: boolean
}

/** What WeChat Pay says instead of doing what it was asked. */
export type Excuse =
  | 'Busy'
  | 'UserPaying'
  | 'NotEnough'
  | 'UnknownTrade'
  /** The trade is called closed, and is not yet. */
  | 'Closed'
  /** Somebody on the way says that the trade was paid. Nobody can do that on cloudPay's. */
  | 'Forged'
