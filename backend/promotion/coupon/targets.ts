import type { Scope } from '../../../contracts/coupon.ts'
import type { HomeTarget } from '../../../contracts/home.ts'
import type { CategoryDocument } from '../../catalog/products.ts'
import { oneOf } from '../../database.ts'
import type { World } from '../../ports.ts'

/** Where the goods that a coupon is for are to be found; by its scope. */
export type Leads = (scope: Scope) => HomeTarget

/**
 * Tells of each of these scopes where its goods are to be found. A scope of several products or categories leads to the first. One
 * database operation where a category is named, none otherwise.
 */
export async function leadsOf(world: World, scopes: readonly Scope[]): Promise<Leads> {
  const ids = scopes.flatMap(scope => scope.kind === 'Categories' ? scope.categoryIds.slice(0, 1) : [])
  const unique = [...new Set(ids)]
  const found = unique.length === 0
    ? []
    : await world.database.collection<CategoryDocument>('categories').find({ where: { _id: oneOf(unique) }, limit: unique.length })
  const inMall = new Set(found.filter(({ kind }) => kind === 'Mall').map(({ _id }) => _id))
  return (scope) => {
    if (scope.kind === 'Products') return { kind: 'Product', productId: scope.productIds[0]! }
    const categoryId = scope.kind === 'Categories' ? scope.categoryIds[0] : undefined
    return categoryId !== undefined && inMall.has(categoryId) ? { kind: 'Category', categoryId } : { kind: 'Menu' }
  }
}
