import type { Localized } from '@contracts/catalog.ts'
import type { CartLine, PricedLine, PricedPart } from '@contracts/order.ts'

/** What makes two wishes the same: goods, SKU and choices, whatever the quantity. */
export const wishKey = ({ productId, skuId, choiceIds }: Omit<CartLine, 'quantity'>): string =>
  [productId, skuId ?? '', ...choiceIds].join(':')

/** The wish behind a priced line, for the cart or for an order. */
export const toCartLine = ({ productId, skuId, choiceIds, quantity }: CartLine): CartLine =>
  ({ productId, ...skuId === undefined ? {} : { skuId }, choiceIds, quantity })

/** What was chosen of the goods, in a few words: the values of the SKU, then the choices. */
export const chosenText = ({ specs = [], choices }: Pick<PricedLine, 'specs' | 'choices'>, localized: (text: Localized) => string): string =>
  [...specs, ...choices].map(localized).join(' · ')

/** A dish of so many set meals: its name, and how many pieces where there are several. */
export function partText({ name, quantity }: Pick<PricedPart, 'name' | 'quantity'>, sets: number, localized: (text: Localized) => string): string {
  return quantity * sets === 1 ? localized(name) : `${localized(name)} ×${quantity * sets}`
}

/** What is in one set meal, in a line; nothing for all other goods. */
export const partsText = ({ parts = [] }: Pick<PricedLine, 'parts'>, localized: (text: Localized) => string): string =>
  parts.map(part => partText(part, 1, localized)).join(' + ')
