import { isSoldOut } from './choices'
import type { Localized, MenuProduct, MenuScreen, UsualWish } from '@contracts/catalog.ts'

/** One heading of the menu with what stands under it. Its id is its category's, or `usual`. */
export interface Section { id: string, name: Localized, products: MenuProduct[] }

/** Heights in rpx of what the menu's list is made of; its styles keep them. */
export const headingHeight = 80
export const rowHeight = 224

export const usualSection = 'usual'

/**
 * The menu by category, in the shop's order, without empty headings. What is sold out stands at the end of its section. What
 * the customer orders most comes first, as far as it can be had.
 */
export function toSections(menu: MenuScreen, usualName: Localized): Section[] {
  const liked = menu.usual.flatMap(({ productId }) => menu.products.find(({ id }) => id === productId) ?? [])
  const found = liked.filter(product => !isSoldOut(product))
  const usual = found.length === 0 ? [] : [{ id: usualSection, name: usualName, products: found }]
  const sections = menu.categories.map(category => ({
    id: category.id,
    name: category.name,
    products: soldOutLast(menu.products.filter(product => product.categoryId === category.id)),
  }))
  return [...usual, ...sections.filter(section => section.products.length > 0)]
}

/** Sorting is stable: all else stays in the shop's order. */
const soldOutLast = (products: MenuProduct[]): MenuProduct[] =>
  [...products].sort((one, other) => Number(isSoldOut(one)) - Number(isSoldOut(other)))

/** How this person had a product last; nothing where that was never asked, or cannot be chosen any more. */
export const usualChoices = (usual: readonly UsualWish[], productId: string): string[] =>
  usual.find(wish => wish.productId === productId)?.choiceIds ?? []

/** Where each section begins, in rpx from the top of the list. */
export function sectionTops(sections: readonly Pick<Section, 'products'>[]): number[] {
  let top = 0
  return sections.map(({ products }) => {
    const begin = top
    top += headingHeight + products.length * rowHeight
    return begin
  })
}

/** Which section is under the top edge. */
export function sectionAt(tops: number[], scrolled: number): number {
  const next = tops.findIndex(top => top > scrolled)
  return next < 0 ? Math.max(0, tops.length - 1) : Math.max(0, next - 1)
}

/** The rows of one section that are drawn: from the first to before the last. */
export interface RowWindow { from: number, until: number }

/** Rows come and go by so many at a time, so that not every touch of the list draws. */
const step = 4

/** Which rows of each section lie between two heights of the list, in rpx. All others are empty ground of the same height. */
export function rowsBetween(sections: readonly Pick<Section, 'products'>[], fromRpx: number, untilRpx: number): RowWindow[] {
  const tops = sectionTops(sections)
  return sections.map(({ products }, index) => {
    const begin = tops[index]! + headingHeight
    const from = Math.floor((fromRpx - begin) / rowHeight / step) * step
    const until = Math.ceil((untilRpx - begin) / rowHeight / step) * step
    const within = (row: number) => Math.min(products.length, Math.max(0, row))
    return { from: within(from), until: Math.max(within(from), within(until)) }
  })
}
