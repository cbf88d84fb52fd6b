import * as v from 'valibot'
import { action } from './action.ts'
import type { Category, GoodsKind, Localized, Product } from './catalog.ts'
import type { CouponOffer } from './coupon.ts'
import { Cursor, Id } from './fields.ts'
import type { Rating, ReviewView } from './review.ts'

/** Goods in a list: what a card shows and no more. */
export interface GoodsCard {
  id: string
  kind: GoodsKind
  name: Localized
  summary: Localized
  picture: string
  /** The lowest price, where SKUs differ. */
  priceFen: number
  hasRange: boolean
  originalFen?: number
  memberPriceFen?: number
  soldCount: number
  badge?: Localized
  isSoldOut: boolean
}

export interface GoodsPage { goods: GoodsCard[], nextCursor: string | null }

export const mallSorts = ['Recommended', 'Sales', 'PriceUp', 'PriceDown'] as const
export type MallSort = typeof mallSorts[number]

/** What a person typed: only ever compared with names, never a pattern. */
export const SearchText = v.pipe(v.string(), v.trim(), v.maxLength(30))

export interface ProductScreen {
  product: Product
  /** The first picture is the product's own; SKUs that look different bring theirs. */
  gallery: string[]
  /** Rich text of a few tags and no attributes, cleaned when it was written. Empty where there is none. */
  description: Localized
  /** What the shop promises for goods that it sends. */
  promises: Localized[]
  rating: Rating
  /** The newest two. */
  reviews: ReviewView[]
  related: GoodsCard[]
  isFavourite: boolean
  /** What is handed out for it. */
  coupons: CouponOffer[]
}

export interface SearchResult extends GoodsPage {
  /** What may be wanted instead, where nothing was found. */
  proposals: GoodsCard[]
}

/** Goods whose name is like what was typed so far. */
export interface Suggestion { productId: string, kind: GoodsKind, name: Localized }

export const mallActions = {
  /** Goods of the mall, twenty a page; the first page brings the categories that have any. */
  mall: action<GoodsPage & { categories: Category[] }>()({
    caller: 'anyone',
    input: v.strictObject({ categoryId: v.optional(Id), sort: v.picklist(mallSorts), cursor: v.optional(Cursor) }),
    codes: [],
  }),
  /** One product with all that its page shows. A member's look is remembered among the footprints. */
  product: action<ProductScreen>()({ caller: 'guest', input: v.strictObject({ productId: Id }), codes: ['ProductUnknown'] }),
  /** Goods of menu and mall by name, pinyin or initials, the best first. */
  search: action<SearchResult>()({
    caller: 'anyone', input: v.strictObject({ text: v.pipe(SearchText, v.minLength(1)), cursor: v.optional(Cursor) }), codes: [],
  }),
  /** What to offer while somebody types; with nothing typed, the words that the shop suggests. */
  suggest: action<{ hotWords: Localized[], suggestions: Suggestion[] }>()({
    caller: 'anyone', input: v.strictObject({ text: SearchText }), codes: [],
  }),
} as const
