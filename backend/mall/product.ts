import type { Localized } from '../../contracts/catalog.ts'
import type { ProductScreen } from '../../contracts/mall.ts'
import { done, refused } from '../../contracts/outcome.ts'
import { cardsOf, products, withLeft } from '../catalog/products.ts'
import type { ProductDocument } from '../catalog/products.ts'
import { isFavourite, noteFootprint } from '../favourite/keptGoods.ts'
import { isMember } from '../member/members.ts'
import type { World } from '../ports.ts'
import { offersTo } from '../promotion/coupon/listCoupons.ts'
import { isInScope } from '../promotion/coupon/rules.ts'
import { newestReviews } from '../review/listReviews.ts'
import { unrated } from '../review/rules.ts'
import { theStore } from '../store/stores.ts'

/** What only the page of a product shows. */
export interface ProductDetailsDocument { _id: string, pictures: string[], description: Localized }

const RELATED = 6
const GALLERY_MAX = 9
const noText: Localized = { zh: '', en: '' }

/** The page of one product in one call, for a member with a footprint. Null is a person whom nobody knows. */
export async function showProduct(world: World, openid: string | null, { productId }: { productId: string }) {
  const product = await products(world).read(productId)
  if (!product?.onSale) return refused('ProductUnknown')
  const [details, store, reviews, related, kept, known, offers] = await Promise.all([
    world.database.collection<ProductDetailsDocument>('productDetails').read(productId),
    theStore(world),
    product.rating ? newestReviews(world, productId) : [],
    neighbours(world, product),
    openid === null ? false : isFavourite(world, openid, productId),
    openid === null ? false : isMember(world, openid),
    offersTo(world, openid),
  ])
  const [[viewed], cards] = await Promise.all([
    withLeft(world, [product]),
    cardsOf(world, related),
    openid !== null && known ? noteFootprint(world, openid, productId) : null,
  ])
  const { sources: _sources, ...shown } = viewed!
  const screen: ProductScreen = {
    product: shown,
    gallery: galleryOf(product, details?.pictures ?? []),
    description: details?.description ?? noText,
    promises: product.kind === 'Mall' ? store.promises ?? [] : [],
    rating: product.rating ?? unrated,
    reviews,
    related: cards,
    isFavourite: kept,
    coupons: offers.filter(({ scope }) => isInScope(scope, { productId, categoryId: product.categoryId })),
  }
  return done(screen)
}

/** Goods of the same category, those that sell best in front. */
async function neighbours(world: World, { _id, categoryId }: ProductDocument): Promise<ProductDocument[]> {
  const found = await products(world).find({ where: { onSale: true, categoryId }, sort: ['keys.sales', 'desc'], limit: RELATED + 1 })
  return found.filter(one => one._id !== _id).slice(0, RELATED)
}

function galleryOf({ picture, skus = [] }: ProductDocument, more: readonly string[]): string[] {
  return [...new Set([picture, ...more, ...skus.flatMap(sku => sku.picture ?? [])])].slice(0, GALLERY_MAX)
}
