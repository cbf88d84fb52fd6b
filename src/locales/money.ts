/** The parts of a price, so that a screen can set them in different sizes. */
export interface PriceParts { yuan: string, fen: string }

/** Splits an integer amount by its digits: a float would lose a fen sooner or later. */
export function splitFen(amountFen: number): PriceParts {
  const sign = amountFen < 0 ? '-' : ''
  const digits = Math.abs(amountFen).toString().padStart(3, '0')
  return { yuan: sign + digits.slice(0, -2), fen: digits.slice(-2) }
}

/** `1800` is `¥18.00`: a sum that somebody pays. */
export function formatFen(amountFen: number): string {
  const { yuan, fen } = splitFen(amountFen)
  return yuan.startsWith('-') ? `-¥${yuan.slice(1)}.${fen}` : `¥${yuan}.${fen}`
}

/** `1500` is `¥15`, `1550` is `¥15.50`: an amount that is told, as on a coupon. */
export function formatRound(amountFen: number): string {
  return formatFen(amountFen).replace(/\.00$/, '')
}
