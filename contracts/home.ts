import type { Arrival, Banner, Category, GoodsKind, Localized, Product, Store } from './catalog.ts'
import type { CouponToTake } from './coupon.ts'
import type { GoodsCard } from './mall.ts'

/** Which goods a section shows. */
export type GoodsSource =
  | { kind: 'Recommended', of: GoodsKind }
  | { kind: 'New', of: GoodsKind }
  | { kind: 'Best', of: GoodsKind }
  | { kind: 'Category', categoryId: string }
  | { kind: 'Some', productIds: string[] }

/** Where a picture leads. */
export type HomeTarget = { kind: 'Product', productId: string } | { kind: 'Category', categoryId: string } | { kind: 'Menu' } | { kind: 'Mall' }

interface Goods { title: Localized, layout: 'Grid' | 'Strip', source: GoodsSource }

/** One part of the home screen as the merchant arranges it; they are shown in their order. */
export type HomeSection =
  | { kind: 'Banners' }
  /** The ways to order: eating here, taking away, having it brought. */
  | { kind: 'Ways' }
  | { kind: 'Coupons' }
  | { kind: 'Categories', title: Localized }
  | { kind: 'Goods', max: number } & Goods
  | { kind: 'Picture', picture: string, title: Localized, text: Localized, target: HomeTarget }

/** A section with what it shows. One with nothing to show is left out. */
export type HomeBlock =
  | { kind: 'Banners', banners: Banner[] }
  | { kind: 'Ways' }
  | { kind: 'Coupons', coupons: CouponToTake[] }
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
