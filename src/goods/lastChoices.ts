import { storage } from '@/platform/storage'
import { choicesFrom } from './choices'
import type { Product } from '@contracts/catalog.ts'

/** The products whose choices the phone keeps. */
const keptMax = 60

/** Keeps what was chosen of a product, so that the sheet opens with it the next time. */
export function keepChoices(productId: string, choiceIds: string[]): void {
  const others = (storage.read('lastChoices') ?? []).filter(kept => kept.productId !== productId)
  storage.write('lastChoices', [{ productId, choiceIds }, ...others].slice(0, keptMax))
}

/**
 * What was chosen of a product on this phone, where a choice is required: size, ice, sugar. Extras are not proposed again by
 * themselves, because they cost something. Null where nothing is known.
 */
export function keptChoices(product: Product): string[] | null {
  const kept = storage.read('lastChoices')?.find(one => one.productId === product.id)
  if (!kept) return null
  const required = product.optionGroups.filter(group => group.min > 0).flatMap(group => group.choices.map(choice => choice.id))
  return choicesFrom(product, kept.choiceIds.filter(id => required.includes(id)))
}
