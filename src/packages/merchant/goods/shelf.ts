import type { StockMoveKind } from '@contracts/stock.ts'

/** A change of a shelf as it is typed: so many more, or how many were counted. */
export interface Draft { kind: Extract<StockMoveKind, 'Supplied' | 'Corrected'>, pieces: string, note: string }

export interface Problems { pieces?: 'pieces' | 'counted' | 'same', note?: 'note' }

const piecesMax = 9999
const isPieces = (text: string): boolean => /^\d{1,4}$/.test(text) && Number(text) <= piecesMax

/** What is wrong with it, by the field. `available` is what the shelf has to sell. */
export function problemsOf({ kind, pieces, note }: Draft, available: number): Problems {
  return { ...pieceProblem(kind, pieces.trim(), available), ...note.trim() === '' ? { note: 'note' as const } : {} }
}

function pieceProblem(kind: Draft['kind'], pieces: string, available: number): Problems {
  if (kind === 'Supplied') return isPieces(pieces) && Number(pieces) > 0 ? {} : { pieces: 'pieces' }
  if (!isPieces(pieces)) return { pieces: 'counted' }
  return Number(pieces) === available ? { pieces: 'same' } : {}
}

/** Pieces that the shelf gains, negative when they are fewer; null while something is wrong. */
export function changeOf(draft: Draft, available: number): number | null {
  if (Object.keys(problemsOf(draft, available)).length > 0) return null
  return draft.kind === 'Supplied' ? Number(draft.pieces) : Number(draft.pieces) - available
}
