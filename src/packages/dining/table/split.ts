import type { SittingView } from '@contracts/dining.ts'

/** Fen of an amount in yuan as people type it: `12`, `12.5`, `12.50`. Null for anything else, so that nothing is guessed. */
export function fenOf(text: string): number | null {
  const parts = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!parts) return null
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'))
}

/**
 * The part of the bill that this phone pays next: the one it has begun to pay, else the only one, else the one of its own
 * dishes. Null where people have to say which.
 */
export function partToPay({ bill, me }: Pick<SittingView, 'bill' | 'me'>): { index: number, amountFen: number } | null {
  const parts = bill?.parts ?? []
  const begun = parts.findIndex(part => part.state === 'Claimed' && part.guest === me)
  const own = parts.findIndex(part => part.state === 'Open' && (parts.length === 1 || part.of === me))
  const index = begun >= 0 ? begun : own
  const part = parts[index]
  return part ? { index, amountFen: part.amountFen } : null
}
