import type { Choice, OptionGroup, Product } from '../../contracts/catalog.ts'
import type { CartLine, LineProblem, PricedLine, Quote, QuotedLine } from '../../contracts/order.ts'

/** Counted pieces of one product that one order may hold, so that nobody empties the shelf without paying. */
export const PIECES_MAX = 99

/**
 * Prices a cart. Lines that cannot be bought keep their place and carry the problem; they count for nothing in the sum.
 * Pieces of one product are counted over all lines, so that two lines cannot take the last piece twice.
 */
export function quote(lines: readonly CartLine[], products: ReadonlyMap<string, Product>): Quote {
  const taken = new Map<string, number>()
  const quoted = lines.map(line => quoteLine(line, products.get(line.productId), taken))
  const good = quoted.filter(line => line.problem === undefined)
  return {
    lines: quoted,
    count: good.reduce((sum, line) => sum + line.quantity, 0),
    totalFen: good.reduce((sum, line) => sum + line.totalFen, 0),
  }
}

function quoteLine(line: CartLine, product: Product | undefined, taken: Map<string, number>): QuotedLine {
  if (!product) return { ...unpriced(line), problem: 'Gone' }
  const choices = chosen(product.optionGroups, line.choiceIds)
  const priced = priceLine(line, product, choices ?? [])
  if (!choices) return { ...priced, problem: 'ChoiceInvalid' }
  const before = taken.get(product.id) ?? 0
  const left = product.left === null ? null : Math.min(product.left, PIECES_MAX)
  const problem = shortage(left, before, line.quantity)
  if (problem) return { ...priced, problem, left: Math.max(0, (left ?? 0) - before) }
  taken.set(product.id, before + line.quantity)
  return priced
}

function shortage(left: number | null, before: number, quantity: number): LineProblem | null {
  if (left === null || before + quantity <= left) return null
  return left - before <= 0 ? 'SoldOut' : 'NotEnough'
}

function priceLine(line: CartLine, product: Product, choices: readonly Choice[]): PricedLine {
  const unitFen = product.priceFen + choices.reduce((sum, choice) => sum + choice.deltaFen, 0)
  return {
    productId: product.id,
    choiceIds: line.choiceIds,
    name: product.name,
    picture: product.picture,
    choices: choices.map(choice => choice.name),
    unitFen,
    quantity: line.quantity,
    totalFen: unitFen * line.quantity,
  }
}

function unpriced(line: CartLine): PricedLine {
  const name = { zh: '已下架的商品', en: 'No longer available' }
  return { ...line, name, picture: '', choices: [], unitFen: 0, totalFen: 0 }
}

/**
 * The choices behind `choiceIds`, in the order of the menu; null when a group has too few or too many, or an id is
 * unknown or given twice. Choice ids are unique within a product.
 */
export function chosen(groups: readonly OptionGroup[], choiceIds: readonly string[]): Choice[] | null {
  const wanted = new Set(choiceIds)
  if (wanted.size !== choiceIds.length) return null
  const found: Choice[] = []
  for (const group of groups) {
    const picked = group.choices.filter(choice => wanted.has(choice.id))
    if (picked.length < group.min || picked.length > group.max) return null
    found.push(...picked)
  }
  return found.length === wanted.size ? found : null
}
