import type { Quote } from '../../contracts/order.ts'
import type { ProductOnSale } from '../catalog/products.ts'
import { hasBegun, kitchenPieces } from '../kitchen/kitchens.ts'
import { isPaused, pointsOf, waitOf } from '../kitchen/rules.ts'
import type { Kitchen } from '../kitchen/rules.ts'
import type { World } from '../ports.ts'
import type { Piece } from '../stock/rules.ts'
import type { StoreDocument } from '../store/stores.ts'
import type { RoundDocument } from './sittings.ts'

interface Cook { store: StoreDocument, products: ReadonlyMap<string, ProductOnSale>, kitchen: Kitchen }

/**
 * What a round takes of the kitchen, and when it will be there. Guests who sit here already wait where it is full; a kitchen
 * that staff have paused cooks for nobody, and says until when.
 */
export function cookingOf(
  world: World, { lines }: Quote, { store, products, kitchen }: Cook,
): { pausedUntilMs: number } | { pieces: Piece[], round: Pick<RoundDocument, 'promise' | 'cooking'> } {
  const nowMs = world.clock.nowMs()
  const points = pointsOf(lines, products)
  if (points > 0 && isPaused(kitchen, nowMs)) return { pausedUntilMs: kitchen.now.pausedUntilMs }
  const wait = kitchen.rules === null || points === 0 ? null : waitOf(kitchen, points, nowMs)
  const at = (minutes: number) => nowMs + minutes * 60_000
  const pieces = kitchenPieces(store, kitchen, { points, slotAtMs: null, nowMs })
  const pointsOfOne = lines.map(line => pointsOf([{ ...line, quantity: 1 }], products))
  return {
    pieces,
    round: {
      ...wait ? { promise: { fromMs: at(wait.fromMinutes), toMs: at(wait.toMinutes) } } : {},
      ...pieces[0] ? { cooking: { piece: pieces[0], pointsOfOne } } : {},
    },
  }
}

/**
 * The points that a round gives back to its quarter of an hour when it becomes another, with fewer dishes to make: none once
 * the quarter has begun, for then the dishes are being made. Pure.
 */
export function freedBy({ cooking, lines }: RoundDocument, after: Pick<RoundDocument, 'lines'>, nowMs: number): Piece[] {
  if (!cooking || hasBegun(cooking.piece, nowMs)) return []
  const { piece, pointsOfOne } = cooking
  const held = (dishes: RoundDocument['lines']) => {
    const points = dishes.reduce((sum, line, place) => sum + (pointsOfOne[place] ?? 0) * (line.quantity - line.returned), 0)
    // More than a quarter can make had taken a whole one.
    return Math.min(piece.quantity, points)
  }
  const quantity = held(lines) - held(after.lines)
  return quantity > 0 ? [{ ...piece, quantity }] : []
}
