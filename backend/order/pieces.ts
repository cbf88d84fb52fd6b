import type { PricedLine } from '../../contracts/order.ts'
import { stockIdOf, takenFrom } from '../stock/rules.ts'
import type { Piece, StockSource } from '../stock/rules.ts'

type Line = Pick<PricedLine, 'productId' | 'skuId' | 'parts' | 'quantity'>

/** What lines take from shelves and from the day's portions, one entry a source; of set meals what their parts take. Pure. */
export function countedPieces(lines: readonly Line[], products: ReadonlyMap<string, { sources: readonly StockSource[] }>): Piece[] {
  const pieces = new Map<string, Piece>()
  for (const line of lines) {
    const ids = new Set([line.productId, ...(line.parts ?? []).map(part => part.productId)])
    for (const source of [...ids].flatMap(id => products.get(id)?.sources ?? [])) {
      const quantity = line.quantity * takenFrom(line, source)
      if (quantity === 0) continue
      const stockId = stockIdOf(source)
      pieces.set(stockId, { ...source, quantity: quantity + (pieces.get(stockId)?.quantity ?? 0) })
    }
  }
  return [...pieces.values()]
}
