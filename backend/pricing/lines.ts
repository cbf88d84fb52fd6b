import type { Choice, Localized, OptionGroup, Product } from '../../contracts/catalog.ts'
import type { CartLine, LineReason, PricedLine, QuotedLine } from '../../contracts/order.ts'
import { partsIn, pricedParts } from './sets.ts'

/** Counted pieces of one product that one order may hold, so that nobody empties the shelf without paying. */
export const PIECES_MAX = 99

export interface Shelf {
  products: ReadonlyMap<string, Product>
  /** Members pay the member price, where a product has one. */
  isMember: boolean
}

/**
 * Prices lines one by one, before anything that concerns the whole order. Lines that cannot be bought keep their place and
 * carry the problem. Pieces of one product and of one SKU are counted over all lines, so that two lines cannot take the
 * last piece twice.
 */
export function priceLines(lines: readonly CartLine[], shelf: Shelf): QuotedLine[] {
  const taken = new Map<string, number>()
  return lines.map(line => quoteLine(line, shelf, taken))
}

/** `taken` is what the lines before have taken, and grows with this one. */
function quoteLine(line: CartLine, { products, isMember }: Shelf, taken: Map<string, number>): QuotedLine {
  const product = products.get(line.productId)
  if (!product) return { ...unpriced(line), problem: 'Gone' }
  const article = articleOf(product, line.skuId)
  if (!article) return { ...unpriced(line), name: product.name, picture: product.picture, problem: 'SkuInvalid' }
  const choices = chosen(product.optionGroups, line.choiceIds)
  const priced = priceLine(line, article, { choices: choices ?? [], isMember })
  if (!choices) return { ...priced, problem: 'ChoiceInvalid' }
  if (choices.some(choice => choice.isSoldOut)) return { ...priced, problem: 'ChoiceSoldOut' }
  const room = Math.max(0, (product.perOrderMax ?? Infinity) - (taken.get(product.id) ?? 0))
  const needs = needsOf(article, choices, products)
  const left = Math.min(...needs.map(({ counted, left, perPiece }) => Math.floor(Math.max(0, left - (taken.get(counted) ?? 0)) / perPiece)))
  if (line.quantity > left) return { ...priced, problem: left === 0 ? 'SoldOut' : 'NotEnough', left }
  if (line.quantity > room) return { ...priced, problem: 'OverLimit', left: room }
  for (const { counted, perPiece } of needs) taken.set(counted, (taken.get(counted) ?? 0) + line.quantity * perPiece)
  return priced
}

/** What one piece takes of something that is counted under this name; `left` is infinite where nobody counts. */
interface Need { counted: string, left: number, perPiece: number }

/** The product's own, its SKU's, and those of what is in a set meal. Each name stands once, with all that it is asked for. */
function needsOf({ product, left, sku }: Article, choices: readonly Choice[], products: Shelf['products']): Need[] {
  const capped = (pieces: number | null) => pieces === null ? Infinity : Math.min(pieces, PIECES_MAX)
  const own: Need[] = [{ counted: product.id, left: capped(product.left), perPiece: 1 }]
  if (sku) own.push({ counted: `${product.id}:${sku.id}`, left: capped(left), perPiece: 1 })
  const needs = new Map(own.map(need => [need.counted, need]))
  for (const { productId, quantity } of partsIn(product, choices)) {
    const part = products.get(productId)
    const perPiece = quantity + (needs.get(productId)?.perPiece ?? 0)
    needs.set(productId, { counted: productId, left: part ? capped(part.left) : 0, perPiece })
  }
  return [...needs.values()]
}

/** What is bought: the product, or one of its SKUs. */
interface Article extends Pick<Product, 'priceFen' | 'memberPriceFen' | 'picture' | 'weightGrams' | 'left'> {
  product: Product
  sku?: { id: string, specs: Localized[] }
}

/** Null when goods with SKUs come without one of them, or goods without any come with one. */
function articleOf(product: Product, skuId: string | undefined): Article | null {
  if (product.skus.length === 0) return skuId === undefined ? { ...product, product } : null
  const sku = product.skus.find(one => one.id === skuId)
  if (!sku) return null
  const specs = product.specs.flatMap(({ values }) => values.filter(({ id }) => sku.valueIds.includes(id)).map(({ name }) => name))
  const { priceFen, memberPriceFen, picture = product.picture, weightGrams, left } = sku
  const member = memberPriceFen === undefined ? {} : { memberPriceFen }
  return { product, priceFen, ...member, picture, weightGrams, left, sku: { id: sku.id, specs } }
}

function priceLine(line: CartLine, article: Article, { choices, isMember }: { choices: readonly Choice[], isMember: boolean }): PricedLine {
  const piece = reasonsOfOne(article, choices, isMember)
  const unitFen = sumOf(piece)
  const totalFen = unitFen * line.quantity
  const { product, sku, picture, weightGrams } = article
  return {
    productId: product.id,
    ...sku ? { skuId: sku.id, specs: sku.specs } : {},
    choiceIds: line.choiceIds,
    name: product.name,
    picture,
    // What was picked for a set stands among its parts.
    choices: choices.filter(choice => !choice.part).map(choice => choice.name),
    ...pricedParts(product, choices, unitFen),
    ...weightGrams > 0 ? { weightGrams } : {},
    unitFen,
    quantity: line.quantity,
    totalFen,
    paidFen: totalFen,
    reasons: piece.map(reason => ({ ...reason, amountFen: reason.amountFen * line.quantity })),
  }
}

/** Why one piece costs what it costs. A choice that takes off more than there is takes off what there is. */
function reasonsOfOne({ priceFen, memberPriceFen }: Article, choices: readonly Choice[], isMember: boolean): LineReason[] {
  const reasons: LineReason[] = [{ kind: 'ListPrice', amountFen: priceFen }]
  if (isMember && memberPriceFen !== undefined && memberPriceFen < priceFen) {
    reasons.push({ kind: 'MemberPrice', amountFen: memberPriceFen - priceFen })
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
