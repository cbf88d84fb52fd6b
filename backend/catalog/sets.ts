import type { Choice, OptionGroup, SetPart } from '../../contracts/catalog.ts'
import type { OptionGroupDocument, PartDocument, ProductDocument, ProductOnSale } from './products.ts'

/** The products that a set meal is made of, those among which to pick included. None for all other goods. */
export const partIdsOf = ({ parts = [], optionGroups }: Pick<ProductDocument, 'parts' | 'optionGroups'>): string[] =>
  [...parts, ...optionGroups.flatMap(group => group.choices.flatMap(({ part }) => part ?? []))].map(part => part.productId)

type Products = ReadonlyMap<string, ProductOnSale>

/**
 * A set meal with its dishes: their names and prices, and how many sets they make. A dish that cannot be had can be picked no
 * more; the set is sold out when one is lacking that is always in it, or when a group has too few left to pick from. Pure.
 */
export function completeSet(set: ProductOnSale, { parts = [], optionGroups }: ProductDocument, products: Products): ProductOnSale {
  if (partIdsOf({ parts, optionGroups }).length === 0) return set
  const fixed = parts.map(part => viewPart(part, products))
  const groups = set.optionGroups.map((group, index) => completeGroup(group, optionGroups[index]!, products))
  const isLacking = fixed.some(part => part === null) || groups.some(hasTooFew)
  const made = [set.left, ...setsMadeBy(parts, products)].filter(left => left !== null)
  return {
    ...set,
    parts: fixed.filter(part => part !== null),
    optionGroups: groups,
    left: isLacking ? 0 : made.length === 0 ? null : Math.min(...made),
  }
}

const hasTooFew = ({ min, choices }: OptionGroup): boolean => choices.filter(choice => !choice.isSoldOut).length < min

function completeGroup(group: OptionGroup, { choices }: OptionGroupDocument, products: Products): OptionGroup {
  return { ...group, choices: group.choices.map((choice, index) => completeChoice(choice, choices[index]?.part, products)) }
}

function completeChoice({ part: _kept, ...choice }: Choice, part: PartDocument | undefined, products: Products): Choice {
  if (!part) return choice
  const view = viewPart(part, products)
  const product = products.get(part.productId)
  const isThere = view !== null && (product?.left ?? Infinity) >= part.quantity
  return { ...choice, ...view === null ? {} : { part: view }, ...isThere ? {} : { isSoldOut: true } }
}

/**
 * Null when the dish is not sold any more, or cannot be made the way the set makes it. What the set leaves open, its own option
 * groups ask for all dishes together; for the price the first choices stand in.
 */
function viewPart({ productId, quantity, choiceIds }: PartDocument, products: Products): SetPart | null {
  const product = products.get(productId)
  const choices = product && fixedOf(product.optionGroups, choiceIds)
  if (!product || !choices || choices.some(choice => choice.isSoldOut)) return null
  const open = product.optionGroups.filter(group => !group.choices.some(choice => choiceIds.includes(choice.id)))
  const all = [...choices, ...open.flatMap(group => group.choices.slice(0, group.min))]
  const unitFen = all.reduce((sum, choice) => sum + choice.deltaFen, product.priceFen)
  const { name, picture } = product
  return { productId, name, picture, quantity, choiceIds, choices: choices.map(choice => choice.name), listFen: unitFen * quantity }
}

/** The choices that a set makes, in the order of the menu; null when the dish does not have one of them, or a group too many. */
function fixedOf(groups: readonly OptionGroup[], choiceIds: readonly string[]): Choice[] | null {
  const found = groups.map(group => group.choices.filter(choice => choiceIds.includes(choice.id)))
  const isFitting = found.every((choices, index) => choices.length <= groups[index]!.max)
  return isFitting && found.flat().length === choiceIds.length ? found.flat() : null
}

/** How many sets the pieces of each dish make; a dish may stand in a set twice. */
function setsMadeBy(parts: readonly PartDocument[], products: Products): number[] {
  const needed = new Map<string, number>()
  for (const { productId, quantity } of parts) needed.set(productId, quantity + (needed.get(productId) ?? 0))
  return [...needed].flatMap(([productId, quantity]) => {
    const left = products.get(productId)?.left ?? null
    return left === null ? [] : [Math.floor(left / quantity)]
  })
}
