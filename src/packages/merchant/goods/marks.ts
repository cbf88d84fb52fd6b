import { UNTIL_TAKEN_BACK_MS } from '@contracts/goods.ts'
import type { SharedChoice, SoldOutFor, SoldOutTarget, StaffGoods, StaffPart } from '@contracts/goods.ts'

/** A tap that takes something off, or brings it back. */
export interface Mark { productId: string, target: SoldOutTarget, until: SoldOutFor }

/** A tap on a choice that takes it off in all goods that have it. */
export interface SharedMark { productId: string, choiceId: string, until: SoldOutFor }

/** Sold out today; only the server knows when the next business day begins. */
export const SOME_TIME_MS = 0

const foreseen = (until: SoldOutFor): number | null =>
  until === 'NotAnyMore' ? null : until === 'Today' ? SOME_TIME_MS : UNTIL_TAKEN_BACK_MS

const idOf = (target: SoldOutTarget): string => target.kind === 'Product' ? '' : target.id

export const isAbout = ({ productId, target }: Mark, other: Mark): boolean =>
  productId === other.productId && target.kind === other.target.kind && idOf(target) === idOf(other.target)

/** Goods as they will be once the server has heard these taps. */
export function withMarks(goods: StaffGoods, marks: readonly Mark[]): StaffGoods {
  return marks.filter(({ productId }) => productId === goods.id).reduce(withMark, goods)
}

function withMark(goods: StaffGoods, { target, until }: Mark): StaffGoods {
  const soldOutUntilMs = foreseen(until)
  const put = <Part extends StaffPart>(parts: Part[]): Part[] =>
    parts.map(part => part.id === idOf(target) ? { ...part, soldOutUntilMs } : part)
  switch (target.kind) {
    case 'Product': return { ...goods, soldOutUntilMs }
    case 'Choice': return { ...goods, choices: put(goods.choices) }
    case 'Sku': return { ...goods, skus: put(goods.skus) }
  }
}

/** A shared choice as it will be once the server has heard these taps. */
export function withSharedMarks(shared: SharedChoice, marks: readonly SharedMark[]): SharedChoice {
  const mark = marks.filter(({ productId, choiceId }) => productId === shared.productId && choiceId === shared.choiceId).at(-1)
  if (!mark) return shared
  const soldOutUntilMs = foreseen(mark.until)
  return { ...shared, soldOutUntilMs, soldOut: soldOutUntilMs === null ? 0 : shared.goods }
}

/** Goods with what their shelf has now. A day's portions can be fewer, and are left as they were heard. */
export function withShelf(goods: StaffGoods, skuId: string | null, available: number): StaffGoods {
  if (goods.perDay !== undefined) return goods
  if (skuId === null) return { ...goods, left: available }
  const skus = goods.skus.map(sku => sku.id === skuId ? { ...sku, left: available } : sku)
  return { ...goods, skus, left: skus.reduce((sum, sku) => sum + (sku.left ?? 0), 0) }
}
