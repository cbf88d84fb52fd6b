import * as v from 'valibot'
import { action } from './action.ts'
import type { Category, GoodsKind, Localized } from './catalog.ts'
import { Cursor, Id } from './fields.ts'

/** Of what is sold out until staff take it back: a moment that never comes, in ms. */
export const UNTIL_TAKEN_BACK_MS = 4_102_444_800_000

/** What can be sold out by itself: a product, one choice of it (pearls), or one SKU (a red one). */
export const SoldOutTarget = v.variant('kind', [
  v.strictObject({ kind: v.literal('Product') }),
  v.strictObject({ kind: v.literal('Choice'), id: Id }),
  v.strictObject({ kind: v.literal('Sku'), id: Id }),
])
export type SoldOutTarget = v.InferOutput<typeof SoldOutTarget>

/** Today ends when the store first opens on its next business day. */
export type SoldOutFor = 'Today' | 'UntilTakenBack' | 'NotAnyMore'

/** Part of a product that can be sold out by itself; `soldOutUntilMs` is null while it can be had. */
export interface StaffPart { id: string, names: Localized[], soldOutUntilMs: number | null }

/** Goods as staff keep them, in one store. */
export interface StaffGoods {
  id: string
  categoryId: string
  kind: GoodsKind
  name: Localized
  picture: string
  /** The lowest price of its SKUs, where it has any. */
  priceFen: number
  soldOutUntilMs: number | null
  /** Somebody counts the pieces on the shelf. */
  isCounted: boolean
  /** How many can be made on one day. */
  perDay?: number
  /** Pieces or today's portions that are there, whether or not they are sold out; null where nobody counts. */
  left: number | null
  choices: StaffPart[]
  skus: (StaffPart & { left: number | null })[]
}

/** A choice that several goods of the menu have under one name, as pearls: staff keep it for all of them at once. */
export interface SharedChoice {
  /** One of the goods and its choice, which stand for all of them. */
  productId: string
  choiceId: string
  name: Localized
  /** It may be left out, as what is added to a tea. */
  isAddOn: boolean
  /** In how many goods of this store it is, and in how many of these it is sold out. */
  goods: number
  soldOut: number
  /** Until when all of them are without it; null while it can be had in one. */
  soldOutUntilMs: number | null
}

const Until = v.picklist(['Today', 'UntilTakenBack', 'NotAnyMore'])

export const goodsActions = {
  /** Goods of menu and mall in this store: all, of one category, or those that are like a text. */
  staffGoods: action<{ categories: Category[], items: StaffGoods[], nextCursor: string | null }>()({
    caller: 'clerk',
    input: v.strictObject({
      text: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(40))), categoryId: v.optional(Id), cursor: v.optional(Cursor),
    }),
    codes: [],
  }),
  /** Takes something off in this store, or brings it back. Again changes nothing. */
  setSoldOut: action<StaffGoods>()({
    caller: 'clerk',
    input: v.strictObject({ productId: Id, target: SoldOutTarget, until: Until }),
    codes: ['GoodsUnknown'],
  }),
  /** The choices that several goods of this store's menu share, add-ons before all others. */
  sharedChoices: action<{ items: SharedChoice[] }>()({ caller: 'clerk', input: v.strictObject({}), codes: [] }),
  /** Takes a choice off in all goods that have one of the same name, or brings it back: all or none. Again changes nothing. */
  setChoiceSoldOut: action<SharedChoice>()({
    caller: 'clerk', input: v.strictObject({ productId: Id, choiceId: Id, until: Until }), codes: ['GoodsUnknown'],
  }),
} as const
