import type { AppIdentity } from '../emulator.ts'
import type { PaidTrade, PaidTrades } from '../openapi/shipping/paidTrades.ts'
import { gateways } from '../pay/ledger.ts'
import type { Ledger, Trade } from '../pay/ledger.ts'

/** The paid trades of WeChat Pay's books, of both gateways, for shipping management. */
export function payTrades(ledger: Ledger, app: AppIdentity): PaidTrades {
  const paid = (trade: Trade | undefined): PaidTrade | null => {
    if (!trade || trade.transactionId === null || trade.paidAtMs === null) return null
    const { transactionId, outTradeNo, body, openid, totalFee, createdAtMs, paidAtMs } = trade
    const refunded = ledger.refundsOf(trade.id).filter(({ state }) => state === 'SUCCESS').reduce((sum, { refundFee }) => sum + refundFee, 0)
    return { transactionId, outTradeNo, description: body, openid, totalFee, createdAtMs, paidAtMs, isRefunded: refunded >= totalFee }
  }
  const firstPaid = (trades: (Trade | undefined)[]) => trades.map(paid).find(trade => trade !== null) ?? null
  return {
    find: (key) => {
      if ('transactionId' in key) return firstPaid(gateways.map(gateway => ledger.tradeOfTransaction(gateway, key.transactionId)))
      return key.mchid === app.merchantId ? firstPaid(ledger.tradesNumbered(key.outTradeNo)) : null
    },
    all: () => ledger.trades().map(paid).filter(trade => trade !== null),
  }
}
