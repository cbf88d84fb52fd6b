import type { Choice, Product, SetPart } from '../../contracts/catalog.ts'
import type { PricedLine } from '../../contracts/order.ts'
import { allocate } from './allocate.ts'

/** What is in one set meal with these choices: what always is, then what was picked. None for all other goods. */
export const partsIn = ({ parts = [] }: Pick<Product, 'parts'>, choices: readonly Choice[]): SetPart[] =>
  [...parts, ...choices.flatMap(({ part }) => part ?? [])]

/**
 * The parts as a line freezes them, each with its share of the set's price, split by what the dishes cost by themselves. So a
 * part can be given back for what was paid for it, and all of them for what the set cost, to the fen.
 */
export function pricedParts(product: Pick<Product, 'parts'>, choices: readonly Choice[], unitFen: number): Pick<PricedLine, 'parts'> {
  const parts = partsIn(product, choices)
  if (parts.length === 0) return {}
  const isFree = parts.every(part => part.listFen === 0)
  const shares = allocate(unitFen, parts.map(part => isFree ? part.quantity : part.listFen))
  return {
    parts: parts.map(({ productId, name, choices: made, quantity }, index) =>
      ({ productId, name, choices: made, quantity, shareFen: shares[index]! })),
  }
}

/**
 * The least that the dishes of a set would cost by themselves, less what the picks cost on top: the most that the set may cost.
 * A set that is dearer than its parts deceives. Source: Guangdong's draft rules on prices in catering.
 */
export function setPriceMax({ parts = [], optionGroups }: Pick<Product, 'parts' | 'optionGroups'>): number {
  const picked = optionGroups.map(({ min, choices }) => {
    const worth = choices.flatMap(({ part, deltaFen }) => part ? [part.listFen - deltaFen] : []).sort((one, other) => one - other)
    return sum(worth.slice(0, min))
  })
  return sum(parts.map(part => part.listFen)) + sum(picked)
}

/** Whether something is a set meal. */
export const isSet = ({ parts = [], optionGroups }: Pick<Product, 'parts' | 'optionGroups'>): boolean =>
  parts.length > 0 || optionGroups.some(group => group.choices.some(choice => choice.part !== undefined))

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)
