import type { AppIdentity } from '../emulator.ts'
import type { PaidTrade, PaidTrades } from '../openapi/shipping/paidTrades.ts'
import type { Ledger, Trade } from '../pay/ledger.ts'

/** The paid trades of WeChat Pay's books, for shipping management. */
export function payTrades(ledger: Ledger, app: AppIdentity): PaidTrades {
  const paid = (trade: Trade | undefined): PaidTrade | null => {
    if (!trade || trade.transactionId === null || trade.paidAtMs === null) return null
    const { transactionId, outTradeNo, body, openid, totalFee, createdAtMs, paidAtMs } = trade
    const refunded = ledger.refundsOf(outTradeNo).filter(({ state }) => state === 'SUCCESS').reduce((sum, { refundFee }) => sum + refundFee, 0)
    return { transactionId, outTradeNo, description: body, openid, totalFee, createdAtMs, paidAtMs, isRefunded: refunded >= totalFee }
  }
  return {
    find: (key) => {
      if ('transactionId' in key) return paid(ledger.tradeOfTransaction(key.transactionId))
      return key.mchid === app.merchantId ? paid(ledger.trade(key.outTradeNo)) : null
    },
    all: () => ledger.trades().map(paid).filter(trade => trade !== null),
  }
}
