/** Of an order, what its points are computed from. In fen. */
export interface EarningOrder {
  lines: readonly { paidFen: number }[]
  back?: { lines: readonly { amountFen: number }[] }
}

/**
 * What an order is worth in points as it stands: `perYuan` for each whole yuan that was paid for its goods and has not gone
 * back. Fees bring none. Whatever parts the money goes back in, what is left of the points depends on what is left of the
 * money alone, and a wholly refunded order is worth none.
 */
export function pointsFor({ lines, back }: EarningOrder, perYuan: number): number {
  const paidFen = lines.reduce((sum, line) => sum + line.paidFen, 0)
  const backFen = back?.lines.reduce((sum, line) => sum + line.amountFen, 0) ?? 0
  return Math.floor(Math.max(0, paidFen - backFen) / 100) * perYuan
}
