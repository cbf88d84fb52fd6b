import type { Messages } from '@/locales/zh'
import type { Choice, OptionGroup, Product } from '@contracts/catalog.ts'

const takenFrom = (group: OptionGroup, choiceIds: string[]) =>
  group.choices.filter(choice => choiceIds.includes(choice.id))

/** Where a group must have something, the first choices that can be had are the shop's own suggestion. */
export function suggestedChoices(product: Product): string[] {
  return product.optionGroups.flatMap(suggestedOf)
}

const suggestedOf = (group: OptionGroup): string[] =>
  group.choices.filter(choice => !choice.isSoldOut).slice(0, group.min).map(choice => choice.id)

/** What somebody wants of a product, as far as it can be had; where that is too little or too much, the shop's suggestion. */
export function choicesFrom(product: Product, wanted: readonly string[]): string[] {
  return product.optionGroups.flatMap((group) => {
    const taken = group.choices.filter(choice => wanted.includes(choice.id) && !choice.isSoldOut).map(choice => choice.id)
    return taken.length >= group.min && taken.length <= group.max ? taken : suggestedOf(group)
  })
}

/** What must be chosen stands before what may be. */
export const requiredFirst = (groups: readonly OptionGroup[]): OptionGroup[] =>
  [...groups].sort((one, other) => Number(one.min === 0) - Number(other.min === 0))

/** How many more pieces of a product an order can take, beside those in the cart. Infinity where nothing limits it. */
export const roomFor = ({ left, perOrderMax }: Pick<Product, 'left' | 'perOrderMax'>, inCart: number): number =>
  Math.max(0, Math.min(left ?? Infinity, perOrderMax ?? Infinity) - inCart)

/** The choices in the order of the menu, so that the same wish always looks the same. */
export function inMenuOrder(product: Product, choiceIds: string[]): string[] {
  return product.optionGroups.flatMap(group => takenFrom(group, choiceIds).map(choice => choice.id))
}

/** What tapping a choice does: taken, put back, or refused because the group is full. */
export function toggleChoice(group: OptionGroup, choiceIds: string[], choiceId: string): string[] | 'Full' {
  const taken = takenFrom(group, choiceIds).map(choice => choice.id)
  if (taken.includes(choiceId)) {
    // Where several must be taken, the only way to another one is to put one back: the sheet then says what is missing.
    return taken.length > group.min || group.max > 1 ? choiceIds.filter(id => id !== choiceId) : choiceIds
  }
  // With one to take, another choice replaces the first.
  if (group.max === 1) return [...choiceIds.filter(id => !taken.includes(id)), choiceId]
  return taken.length < group.max ? [...choiceIds, choiceId] : 'Full'
}

/** The first group that still wants a choice. */
export function firstIncompleteGroup(product: Product, choiceIds: string[]): OptionGroup | undefined {
  return product.optionGroups.find(group => takenFrom(group, choiceIds).length < group.min)
}

/** The choices that were taken, in the order of the menu. */
export function takenChoices(product: Product, choiceIds: string[]): Choice[] {
  return product.optionGroups.flatMap(group => takenFrom(group, choiceIds))
}

/** The price of one piece as the menu shows it. The server computes the one that counts. */
export function unitPriceFen(product: Product, choiceIds: string[]): number {
  return takenChoices(product, choiceIds).reduce((sum, choice) => sum + choice.deltaFen, product.priceFen)
}

/** From here on a customer should know how few are left. */
export const fewMax = 5

/** Nobody counts cups; a shelf that is counted can run empty. */
export function isSoldOut(product: Product): boolean {
  return product.left !== null && product.left <= 0
}

/** Why no more of it can be taken. */
export function limitText({ left, perOrderMax }: Pick<Product, 'left' | 'perOrderMax'>, t: Messages): string {
  if (perOrderMax !== undefined && perOrderMax <= (left ?? Infinity)) return t.item.perOrderMax({ max: perOrderMax })
  return t.goods.onlyLeft({ count: left ?? 0 })
}

/** How many choices of a group must and may be taken, in words. */
export function ruleText({ min, max }: OptionGroup, t: Messages): string {
  if (min === 1 && max === 1) return t.goods.pickOne
  if (min === max) return t.goods.pickExactly({ min })
  if (min > 0) return t.item.pickBetween({ min, max })
  return max === 1 ? t.item.optional : t.goods.pickUpTo({ max })
}

/** A group whose choices are dishes of a set meal. */
export const isPicking = (group: OptionGroup): boolean => group.choices.some(choice => choice.part !== undefined)

/** What a set meal's dishes would cost one by one, as they are chosen; nothing for all other goods. */
export function listPriceFen(product: Product, choiceIds: string[]): number {
  const picked = takenChoices(product, choiceIds).flatMap(choice => choice.part ?? [])
  return [...product.parts ?? [], ...picked].reduce((sum, part) => sum + part.listFen, 0)
}
