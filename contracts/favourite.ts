import * as v from 'valibot'
import { action } from './action.ts'
import { Cursor, Id } from './fields.ts'
import type { GoodsCard } from './mall.ts'

/** Goods that a member keeps in mind; null where they are sold no more. */
export interface KeptGoods { productId: string, goods: GoodsCard | null, atMs: number }

const onePage = v.strictObject({ cursor: v.optional(Cursor) })
/** Some of them, or all. */
const Which = v.variant('kind', [
  v.strictObject({ kind: v.literal('All') }),
  v.strictObject({ kind: v.literal('Some'), productIds: v.pipe(v.array(Id), v.minLength(1), v.maxLength(50)) }),
])

export const favouriteActions = {
  setFavourite: action<{ isFavourite: boolean }>()({
    caller: 'customer', input: v.strictObject({ productId: Id, isFavourite: v.boolean() }),
    codes: ['ProductUnknown', 'FavouritesFull', 'TooOften'], limit: { perMinute: 60 },
  }),
  favourites: action<{ items: KeptGoods[], nextCursor: string | null }>()({ caller: 'customer', input: onePage, codes: [] }),
  footprints: action<{ items: KeptGoods[], nextCursor: string | null }>()({ caller: 'customer', input: onePage, codes: [] }),
  removeFavourites: action<{ removed: number }>()({
    caller: 'customer', input: v.strictObject({ which: Which }), codes: ['TooOften'], limit: { perMinute: 20 },
  }),
  removeFootprints: action<{ removed: number }>()({
    caller: 'customer', input: v.strictObject({ which: Which }), codes: ['TooOften'], limit: { perMinute: 20 },
  }),
} as const
