/** What owners type, read by its digits: a float would lose a fen sooner or later. */

/** `6.5` is 650 hundredths; null when it is no such number. */
export function hundredthsOf(text: string): number | null {
  const parts = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim())
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : null
}

/** `6.5` yuan is 650 fen; null when it is no amount. */
export const fenOf = hundredthsOf

/** An amount as one types it: 650 fen is `6.5`. */
export const yuanOf = (fen: number): string => (fen / 100).toString()

/** A whole number between two others; null when it is none. */
export function countOf(text: string, min: number, max: number): number | null {
  const count = /^\d{1,7}$/.test(text.trim()) ? Number(text) : null
  return count !== null && count >= min && count <= max ? count : null
}
