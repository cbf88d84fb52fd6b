import type { OutputOf } from '@contracts/action.ts'
import type { ShopActions } from '@contracts/shop.ts'

export type MallPage = OutputOf<ShopActions['mall']>

/** A further page behind the goods that are shown. */
export const withMoreGoods = (shown: MallPage, further: MallPage): MallPage =>
  ({ ...further, categories: shown.categories, goods: [...shown.goods, ...further.goods] })

/**
 * A list whose first page was asked for again: the fresh page, and below it what was there already, so that coming back from a
 * product does not throw the reader to the top. Where other goods come first by now the list starts anew.
 */
export function withFreshGoods(fresh: MallPage, shown: MallPage): MallPage {
  const isSameStart = fresh.goods.every((goods, place) => goods.id === shown.goods[place]?.id)
  const below = shown.goods.slice(fresh.goods.length)
  return isSameStart && below.length > 0 ? { ...fresh, goods: [...fresh.goods, ...below], nextCursor: shown.nextCursor } : fresh
}
