import type { Choice, OptionGroup, Product } from '@contracts/catalog.ts'

const takenFrom = (group: OptionGroup, choiceIds: string[]) =>
  group.choices.filter(choice => choiceIds.includes(choice.id))

/** Where a group must have something, its first choice is the shop's own suggestion. */
export function suggestedChoices(product: Product): string[] {
  return product.optionGroups.flatMap(group => group.choices.slice(0, group.min).map(choice => choice.id))
}

/** The choices in the order of the menu, so that the same wish always looks the same. */
export function inMenuOrder(product: Product, choiceIds: string[]): string[] {
  return product.optionGroups.flatMap(group => takenFrom(group, choiceIds).map(choice => choice.id))
}

/** What tapping a choice does: taken, put back, or refused because the group is full. */
export function toggleChoice(group: OptionGroup, choiceIds: string[], choiceId: string): string[] | 'Full' {
  const taken = takenFrom(group, choiceIds).map(choice => choice.id)
  if (taken.includes(choiceId)) {
    return taken.length > group.min ? choiceIds.filter(id => id !== choiceId) : choiceIds
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
