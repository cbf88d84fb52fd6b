import type { Trade } from '../../emulator/pay/ledger.ts'
import type { PaymentRefusal } from '../../emulator/pay/moneyRules.ts'
import type { Pay } from '../../emulator/pay/pay.ts'

/** The trade of a number, whichever gateway it was opened through: the shop makes no number twice. */
export const numbered = ({ ledger }: Pick<Pay, 'ledger'>, outTradeNo: string): Trade | undefined => ledger.tradesNumbered(outTradeNo)[0]

/** Somebody types the password for the latest prepay id of a trade. Answers why it could not be paid, null when it was. */
export function take({ trading }: Pay, trade: Trade, openid: string, atMs: number): PaymentRefusal | null {
  return trading.pay(trade, openid, atMs, trade.prepayAtMs)
}
