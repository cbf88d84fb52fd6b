/** Fen of an amount in yuan as people type it: `12`, `12.5`, `12.50`. Null for anything else, so that nothing is guessed. */
export function fenOf(text: string): number | null {
  const parts = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!parts) return null
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'))
}
