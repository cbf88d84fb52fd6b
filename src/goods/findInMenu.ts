import type { MenuProduct } from '@contracts/catalog.ts'

/** More than anybody looks through; who sees none of theirs types on. */
const foundMax = 30

/**
 * The goods that somebody means: by name in either language, by the first letters of its syllables (`htzz` is 黑糖珍珠), or
 * by what stands under the name. All words must be found. The nearest come first, of equally near ones in the shop's order.
 */
export function findInMenu(products: readonly MenuProduct[], typed: string): MenuProduct[] {
  const words = typed.normalize('NFKC').toLowerCase().split(/\s+/).filter(word => word !== '')
  if (words.length === 0) return []
  const weighed = products.map(product => ({ product, distance: Math.max(...words.map(word => distanceOf(product, word))) }))
  return weighed.filter(({ distance }) => distance < Infinity)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, foundMax)
    .map(({ product }) => product)
}

/** How far a word is from a product: infinitely when it is nowhere to be found. */
function distanceOf({ name, summary, initials }: MenuProduct, word: string): number {
  const names = [name.zh, name.en].map(text => text.toLowerCase())
  const places = [
    names.some(text => text.startsWith(word)),
    initials.startsWith(word),
    names.some(text => text.includes(word)),
    initials.includes(word),
    [summary.zh, summary.en].some(text => text.toLowerCase().includes(word)),
  ]
  const place = places.indexOf(true)
  return place < 0 ? Infinity : place
}
