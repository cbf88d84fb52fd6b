import type { Pay } from '../../emulator/pay/pay.ts'
import type { PaymentRefusal } from '../../emulator/pay/moneyRules.ts'

/** Somebody types the password for the latest prepay id of a trade. Answers why it could not be paid, null when it was. */
export function take({ ledger, trading }: Pay, outTradeNo: string, openid: string, atMs: number): PaymentRefusal | null {
  const trade = ledger.trade('cloudPay', outTradeNo)
  return trade ? trading.pay(trade, openid, atMs, trade.prepayAtMs) : 'UNKNOWN'
}
