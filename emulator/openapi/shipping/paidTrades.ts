/** A trade that somebody has paid. Amounts are fen. */
export interface PaidTrade {
  transactionId: string
  outTradeNo: string
  description: string
  openid: string
  totalFee: number
  createdAtMs: number
  paidAtMs: number
  /** True when all of it went back. */
  isRefunded: boolean
}

/** How a merchant names a trade: by WeChat's number, or by its own. */
export type TradeKey = { transactionId: string } | { mchid: string, outTradeNo: string }

/** The payments, as far as shipping management knows them. */
export interface PaidTrades {
  find(key: TradeKey): PaidTrade | null
  all(): PaidTrade[]
}
