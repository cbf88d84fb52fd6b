/** Fen as yuan with two decimals, as bills write amounts. No number of it is ever a fraction. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Fen as yuan with five decimals, as trade bills write fees. */
export function feeYuan(fen: number): string {
  return `${yuan(fen)}000`
}

/** A rate in hundredths of a percent, as bills write it: 60 is `0.60%`. */
export function rateText(basisPoints: number): string {
  return `${yuan(basisPoints)}%`
}
