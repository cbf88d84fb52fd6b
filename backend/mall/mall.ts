import type { ParsedOf } from '../../contracts/action.ts'
import type { MallSort, mallActions } from '../../contracts/mall.ts'
import { done } from '../../contracts/outcome.ts'
import { cardsOf, categories, products } from '../catalog/products.ts'
import type { ListingKeys } from '../catalog/listing.ts'
import { above, below } from '../database.ts'
import type { Where } from '../database.ts'
import type { World } from '../ports.ts'

const PAGE = 20

const orders: Record<MallSort, [key: keyof ListingKeys, direction: 'asc' | 'desc']> = {
  Recommended: ['sort', 'asc'], Sales: ['sales', 'desc'], PriceUp: ['price', 'asc'], PriceDown: ['price', 'desc'],
}

/** A page of the mall, in the order that was asked for. Two database operations, three with the categories of the first page. */
export async function showMall(world: World, { categoryId, sort, cursor }: ParsedOf<typeof mallActions['mall']>) {
  const [key, direction] = orders[sort]
  const field = `keys.${key}`
  const isAfter: Where = cursor === undefined ? {} : { [field]: direction === 'asc' ? above(cursor) : below(cursor) }
  const [found, rail] = await Promise.all([
    products(world).find({
      where: { onSale: true, kind: 'Mall', ...(categoryId === undefined ? {} : { categoryId }), ...isAfter }, sort: [field, direction], limit: PAGE + 1,
    }),
    cursor === undefined ? categories(world, 'Mall') : [],
  ])
  const shown = found.slice(0, PAGE)
  return done({
    categories: rail,
    goods: await cardsOf(world, shown),
    nextCursor: found.length > PAGE ? shown.at(-1)!.keys?.[key] ?? null : null,
  })
}
