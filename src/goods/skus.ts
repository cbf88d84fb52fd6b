import type { Product, Sku } from '@contracts/catalog.ts'

/** What is chosen so far: a value of each group, or none. */
export type Chosen = Readonly<Record<string, string | undefined>>

/** Whether a value can be chosen beside the others that are: sold, sold out, or no such combination. */
export type ValueState = 'Free' | 'SoldOut' | 'Impossible'

const fits = (product: Product, sku: Sku, chosen: Chosen): boolean =>
  product.specs.every(({ id }, place) => chosen[id] === undefined || sku.valueIds[place] === chosen[id])

const isThere = (sku: Sku): boolean => sku.left === null || sku.left > 0

/** How a value stands beside what is chosen in the other groups. */
export function valueState(product: Product, chosen: Chosen, groupId: string, valueId: string): ValueState {
  const possible = product.skus.filter(sku => fits(product, sku, { ...chosen, [groupId]: valueId }))
  if (possible.some(isThere)) return 'Free'
  return possible.length > 0 ? 'SoldOut' : 'Impossible'
}

/** A tap on a value: taken, or put back. What does not go with it any more is put back too. */
export function choose(product: Product, chosen: Chosen, groupId: string, valueId: string): Chosen {
  if (chosen[groupId] === valueId) return { ...chosen, [groupId]: undefined }
  const next: Chosen = { ...chosen, [groupId]: valueId }
  if (product.skus.some(sku => fits(product, sku, next))) return next
  return { [groupId]: valueId }
}

/** The one SKU that is chosen; undefined while a group is open. */
export function chosenSku(product: Product, chosen: Chosen): Sku | undefined {
  if (product.specs.some(({ id }) => chosen[id] === undefined)) return undefined
  return product.skus.find(sku => fits(product, sku, chosen))
}

/** What to begin with: of several, nothing; of one kind that is there, that one. */
export function firstChosen(product: Product): Chosen {
  const there = product.skus.filter(isThere)
  const entries = product.specs.map(({ id }, place): [string, string | undefined] => {
    const values = new Set(there.map(sku => sku.valueIds[place]))
    return [id, values.size === 1 ? [...values][0] : undefined]
  })
  return Object.fromEntries(entries)
}

/** To begin with what was chosen before, where it can still be had; else as with nothing before. */
export function chosenBefore(product: Product, skuId: string | undefined): Chosen {
  const sku = product.skus.find(one => one.id === skuId)
  if (!sku || !isThere(sku)) return firstChosen(product)
  return Object.fromEntries(product.specs.map(({ id }, place) => [id, sku.valueIds[place]]))
}

/** The picture of what is chosen so far, where all that is still possible looks the same. */
export function pictureOf(product: Product, chosen: Chosen): string {
  const pictures = new Set(product.skus.filter(sku => fits(product, sku, chosen)).map(sku => sku.picture ?? product.picture))
  return pictures.size === 1 ? [...pictures][0]! : product.picture
}

/** From the lowest to the highest price of what is still possible, in fen. */
export function priceRange(product: Product, chosen: Chosen = {}): { fromFen: number, toFen: number } {
  const prices = product.skus.filter(sku => fits(product, sku, chosen)).map(sku => sku.priceFen)
  if (prices.length === 0) return { fromFen: product.priceFen, toFen: product.priceFen }
  return { fromFen: Math.min(...prices), toFen: Math.max(...prices) }
}

/** The lowest member price; undefined where members pay the same. */
export function memberPriceFen({ memberPriceFen: own, skus }: Product): number | undefined {
  const prices = [own, ...skus.map(sku => sku.memberPriceFen)].flatMap(fen => fen ?? [])
  return prices.length === 0 ? undefined : Math.min(...prices)
}
