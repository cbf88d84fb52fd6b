import { takenChoices } from './choices'
import type { Localized, Product } from '@contracts/catalog.ts'
import type { CartLine, PricedLine, PricedPart, QuotedLine } from '@contracts/order.ts'

/** What makes two wishes the same: goods, SKU and choices, whatever the quantity. */
export const wishKey = ({ productId, skuId, choiceIds }: Omit<CartLine, 'quantity'>): string =>
  [productId, skuId ?? '', ...choiceIds].join(':')

/** The wish behind a priced line, for the cart or for an order. */
export const toCartLine = ({ productId, skuId, choiceIds, quantity }: CartLine): CartLine =>
  ({ productId, ...skuId === undefined ? {} : { skuId }, choiceIds, quantity })

/**
 * A line of the cart as it reads when it is chosen anew, by what the phone knows of its goods. Its price stays the one before: the new one
 * is the server's to say.
 */
export function chosenAnew({ problem: _problem, left: _left, ...before }: QuotedLine, line: CartLine, product: Product): QuotedLine {
  const { skuId: _skuId, specs: _specs, parts: _parts, ...kept } = before
  const taken = takenChoices(product, line.choiceIds)
  const sku = product.skus.find(one => one.id === line.skuId)
  const specs = sku ? product.specs.flatMap(({ values }, place) => values.find(({ id }) => id === sku.valueIds[place])?.name ?? []) : []
  const parts = [...product.parts ?? [], ...taken.flatMap(({ part }) => part ?? [])].map(part => ({ ...part, shareFen: 0 }))
  return {
    ...kept,
    ...line,
    picture: sku?.picture ?? product.picture,
    choices: taken.map(({ name }) => name),
    ...specs.length > 0 ? { specs } : {},
    ...parts.length > 0 ? { parts } : {},
  }
}

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
