import type { Choice, OptionGroup, Product } from '../../contracts/catalog.ts'
import type { CartLine, LineProblem, LineReason, PricedLine, QuotedLine } from '../../contracts/order.ts'

/** Counted pieces of one product that one order may hold, so that nobody empties the shelf without paying. */
export const PIECES_MAX = 99

export interface Shelf {
  products: ReadonlyMap<string, Product>
  /** Members pay the member price, where a product has one. */
  isMember: boolean
}

/**
 * Prices lines one by one, before anything that concerns the whole order. Lines that cannot be bought keep their place and
 * carry the problem. Pieces of one product are counted over all lines, so that two lines cannot take the last piece twice.
 */
export function priceLines(lines: readonly CartLine[], { products, isMember }: Shelf): QuotedLine[] {
  const taken = new Map<string, number>()
  return lines.map(line => quoteLine(line, products.get(line.productId), { taken, isMember }))
}

function quoteLine(
  line: CartLine,
  product: Product | undefined,
  { taken, isMember }: { taken: Map<string, number>, isMember: boolean },
): QuotedLine {
  if (!product) return { ...unpriced(line), problem: 'Gone' }
  const choices = chosen(product.optionGroups, line.choiceIds)
  const priced = priceLine(line, product, { choices: choices ?? [], isMember })
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

function priceLine(line: CartLine, product: Product, { choices, isMember }: { choices: readonly Choice[], isMember: boolean }): PricedLine {
  const piece = reasonsOfOne(product, choices, isMember)
  const unitFen = sumOf(piece)
  const totalFen = unitFen * line.quantity
  return {
    productId: product.id,
    choiceIds: line.choiceIds,
    name: product.name,
    picture: product.picture,
    choices: choices.map(choice => choice.name),
    unitFen,
    quantity: line.quantity,
    totalFen,
    paidFen: totalFen,
    reasons: piece.map(reason => ({ ...reason, amountFen: reason.amountFen * line.quantity })),
  }
}

/** Why one piece costs what it costs. A choice that takes off more than there is takes off what there is. */
function reasonsOfOne(product: Product, choices: readonly Choice[], isMember: boolean): LineReason[] {
  const reasons: LineReason[] = [{ kind: 'ListPrice', amountFen: product.priceFen }]
  const { memberPriceFen } = product
  if (isMember && memberPriceFen !== undefined && memberPriceFen < product.priceFen) {
    reasons.push({ kind: 'MemberPrice', amountFen: memberPriceFen - product.priceFen })
  }
  for (const { name, deltaFen } of choices) {
    const amountFen = Math.max(deltaFen, -sumOf(reasons))
    if (amountFen !== 0) reasons.push({ kind: 'Choice', name, amountFen })
  }
  return reasons
}

const sumOf = (reasons: readonly LineReason[]): number => reasons.reduce((sum, reason) => sum + reason.amountFen, 0)

function unpriced(line: CartLine): PricedLine {
  const name = { zh: '已下架的商品', en: 'No longer available' }
  return { ...line, name, picture: '', choices: [], unitFen: 0, totalFen: 0, paidFen: 0, reasons: [] }
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
