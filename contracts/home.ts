import * as v from 'valibot'
import { action } from './action.ts'
import type { Arrival, Banner, Category, GoodsKind, Localized, Product, Store } from './catalog.ts'
import type { CouponOffer } from './coupon.ts'
import { Id } from './fields.ts'
import type { GoodsCard } from './mall.ts'

/** A screen is no endless list. */
export const sectionsMax = 12
export const sectionGoodsMax = 12

const Kind = v.picklist(['Menu', 'Mall'])

/** Which goods a section shows. */
export const GoodsSource = v.variant('kind', [
  v.strictObject({ kind: v.literal('Recommended'), of: Kind }),
  v.strictObject({ kind: v.literal('New'), of: Kind }),
  v.strictObject({ kind: v.literal('Best'), of: Kind }),
  v.strictObject({ kind: v.literal('Category'), categoryId: Id }),
  v.strictObject({ kind: v.literal('Some'), productIds: v.pipe(v.array(Id), v.minLength(1), v.maxLength(sectionGoodsMax)) }),
])
export type GoodsSource = v.InferOutput<typeof GoodsSource>

/** Where a picture leads. */
export const HomeTarget = v.variant('kind', [
  v.strictObject({ kind: v.literal('Product'), productId: Id }),
  v.strictObject({ kind: v.literal('Category'), categoryId: Id }),
  v.strictObject({ kind: v.literal('Menu') }),
  v.strictObject({ kind: v.literal('Mall') }),
])
export type HomeTarget = v.InferOutput<typeof HomeTarget>

const words = (max: number) => v.strictObject({
  zh: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max)),
  en: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2 * max)),
})

/** Kept in its place, but not shown for now. */
const off = { isOff: v.optional(v.literal(true)) }

/** One part of the home screen as the merchant arranges it; they are shown in their order. */
export const HomeSection = v.variant('kind', [
  v.strictObject({ kind: v.literal('Banners'), ...off }),
  /** The ways to order: eating here, taking away, having it brought. */
  v.strictObject({ kind: v.literal('Ways'), ...off }),
  v.strictObject({ kind: v.literal('Coupons'), ...off }),
  v.strictObject({ kind: v.literal('Categories'), title: words(20), ...off }),
  v.strictObject({
    kind: v.literal('Goods'), title: words(20), layout: v.picklist(['Grid', 'Strip']), source: GoodsSource,
    max: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(sectionGoodsMax)), ...off,
  }),
  v.strictObject({
    kind: v.literal('Picture'), picture: v.pipe(v.string(), v.maxLength(300)), title: words(20), text: words(60), target: HomeTarget, ...off,
  }),
])
export type HomeSection = v.InferOutput<typeof HomeSection>

interface Goods { title: Localized, layout: 'Grid' | 'Strip', source: GoodsSource }

/** A section with what it shows. One with nothing to show is left out. */
export type HomeBlock =
  | { kind: 'Banners', banners: Banner[] }
  | { kind: 'Ways' }
  | { kind: 'Coupons', coupons: CouponOffer[] }
  | { kind: 'Categories', title: Localized, categories: Category[] }
  | { kind: 'Goods', goods: GoodsCard[] } & Goods
  | Extract<HomeSection, { kind: 'Picture' }>

export interface HomeScreen {
  store: Store
  arrival: Arrival | null
  blocks: HomeBlock[]
  /** Goods of the menu among those shown, in full: their options are chosen without another call. */
  menuGoods: Product[]
}

/** How a store's home screen is arranged, as its owner sees it. */
export interface HomeArrangement {
  sections: HomeSection[]
  banners: Banner[]
  /** Counts the times that it was arranged: whoever saves says which one they began from. */
  revision: number
}

/** Goods by name, for whoever picks some of them. */
export interface GoodsName { id: string, kind: GoodsKind, name: Localized }

const kindsOnce = (sections: HomeSection[]): boolean => {
  const single = sections.map(({ kind }) => kind).filter(kind => kind !== 'Goods' && kind !== 'Picture')
  return new Set(single).size === single.length
}

export const homeStaffActions = {
  homeArrangement: action<HomeArrangement>()({ caller: 'owner', input: v.strictObject({}), codes: [] }),
  /** Puts the home screen in this order. Refused when somebody else has arranged it since it was read. */
  arrangeHome: action<HomeArrangement>()({
    caller: 'owner',
    input: v.strictObject({
      revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
      sections: v.pipe(v.array(HomeSection), v.minLength(1), v.maxLength(sectionsMax), v.check(kindsOnce)),
      /** Where each banner leads; one that is not named stays as it is. */
      banners: v.pipe(v.array(v.strictObject({ id: Id, productId: v.nullable(Id) })), v.maxLength(20)),
    }),
    codes: ['ArrangedMeanwhile', 'PictureUnknown'],
  }),
  /** All that is on sale, by name, and the categories: what a coupon or a section of the home screen can be for. */
  goodsNames: action<{ goods: GoodsName[], categories: Category[] }>()({ caller: 'owner', input: v.strictObject({}), codes: [] }),
} as const
