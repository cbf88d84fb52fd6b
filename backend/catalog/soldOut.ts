import { UNTIL_TAKEN_BACK_MS } from '../../contracts/goods.ts'
import type { SoldOutFor, SoldOutTarget } from '../../contracts/goods.ts'
import { dayEndsAtMs } from '../store/hours.ts'
import type { Opening } from '../store/hours.ts'
import type { ProductDocument } from './products.ts'

/** Of one store: until when what is sold out, in ms. A moment that is over means that it can be had. */
export type SoldOutMarks = Record<string, number>

/** The name of a mark. Those of products, choices and SKUs are never the same. */
export const markOf = (target: SoldOutTarget): string => target.kind === 'Product' ? 'product' : `${target.kind.toLowerCase()}-${target.id}`

/** The moment that staff mean, in ms; 0 brings it back, also where it is sold out in all stores. */
export function untilOf(until: SoldOutFor, opening: Opening, nowMs: number): number {
  if (until === 'NotAnyMore') return 0
  return until === 'Today' ? dayEndsAtMs(opening, nowMs) : UNTIL_TAKEN_BACK_MS
}

/**
 * Until when something is sold out in a store, in ms; null while it can be had. What the store said itself stands before what
 * is said for all stores.
 */
export function soldOutUntil(document: Pick<ProductDocument, 'soldOutIn' | 'soldOutUntilMs' | 'optionGroups'>, target: SoldOutTarget, { storeId, nowMs }: { storeId: string, nowMs: number }): number | null {
  const untilMs = document.soldOutIn?.[storeId]?.[markOf(target)] ?? everywhere(document, target) ?? 0
  return nowMs < untilMs ? untilMs : null
}

function everywhere({ soldOutUntilMs, optionGroups }: Pick<ProductDocument, 'soldOutUntilMs' | 'optionGroups'>, target: SoldOutTarget): number | undefined {
  if (target.kind === 'Product') return soldOutUntilMs
  if (target.kind === 'Sku') return undefined
  return optionGroups.flatMap(group => group.choices).find(choice => choice.id === target.id)?.soldOutUntilMs
}

/** Whether the product has what is meant. */
export function hasTarget({ optionGroups, skus = [] }: Pick<ProductDocument, 'optionGroups' | 'skus'>, target: SoldOutTarget): boolean {
  if (target.kind === 'Product') return true
  if (target.kind === 'Sku') return skus.some(sku => sku.id === target.id)
  return optionGroups.some(group => group.choices.some(choice => choice.id === target.id))
}
