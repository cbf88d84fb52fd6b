import type { CouponGoodsOf, CouponTarget, Scope } from '../../../contracts/coupon.ts'
import type { CategoryDocument } from '../../catalog/products.ts'
import { oneOf } from '../../database.ts'
import type { World } from '../../ports.ts'

/** Where the goods that a coupon is for are to be found; by its scope, and by which coupon asks. */
export type Leads = (scope: Scope, of: CouponGoodsOf) => CouponTarget

/**
 * Tells of each of these scopes where its goods are to be found. Several products or categories have a list of their own. One
 * database operation where a single category is named, none otherwise.
 */
export async function leadsOf(world: World, scopes: readonly Scope[]): Promise<Leads> {
  const ids = scopes.flatMap(scope => scope.kind === 'Categories' && scope.categoryIds.length === 1 ? scope.categoryIds : [])
  const unique = [...new Set(ids)]
  const found = unique.length === 0
    ? []
    : await world.database.collection<CategoryDocument>('categories').find({ where: { _id: oneOf(unique) }, limit: unique.length })
  const inMall = new Set(found.filter(({ kind }) => kind === 'Mall').map(({ _id }) => _id))
  return (scope, of) => {
    if (scope.kind === 'All') return { kind: 'Menu' }
    const [only, ...more] = scope.kind === 'Products' ? scope.productIds : scope.categoryIds
    if (more.length > 0) return { kind: 'CouponGoods', of }
    if (scope.kind === 'Products') return { kind: 'Product', productId: only! }
    return inMall.has(only!) ? { kind: 'Category', categoryId: only! } : { kind: 'Menu' }
  }
}
