import type { Category, MenuScreen, Product } from '@contracts/catalog.ts'

/** One heading of the menu with what stands under it. */
export interface Section { category: Category, products: Product[] }

/** Heights in rpx of what the menu's list is made of; its styles keep them. */
export const headingHeight = 80
export const rowHeight = 224

/** The menu by category, in the shop's order, without empty headings. */
export function toSections(menu: MenuScreen): Section[] {
  return menu.categories
    .map(category => ({ category, products: menu.products.filter(product => product.categoryId === category.id) }))
    .filter(section => section.products.length > 0)
}

/** Where each section begins, in rpx from the top of the list. */
export function sectionTops(sections: Section[]): number[] {
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
