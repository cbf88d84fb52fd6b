import type { BestSeller, Takings } from '../../contracts/statistics.ts'
import { done } from '../../contracts/outcome.ts'
import { products } from '../catalog/products.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { beijingDay } from '../store/rules.ts'
import { theStore } from '../store/stores.ts'
import { bestSellers, dayIdOf, nothingSold } from './rules.ts'
import type { DayTotals } from './rules.ts'
import { sales, viewDay } from './sales.ts'

const DAY_MS = 24 * 3_600_000
const WEEK_DAYS = 7
const BEST_MAX = 10

/**
 * What this store took in the last `days` Beijing days, and what sold best in them. Three database operations, two where nothing
 * was sold.
 */
export async function readSales(world: World, input: { days: number }) {
  const dayAgo = (ago: number) => beijingDay(world.clock.nowMs() - ago * DAY_MS)
  const days = Array.from({ length: input.days }, (_, ago) => dayAgo(ago))
  const [store, known] = await Promise.all([theStore(world), readDays(world, [...new Set([...days, dayAgo(WEEK_DAYS)])])])
  const totalsOf = (day: string) => known.get(day) ?? nothingSold()
  return done<Takings>({
    storeName: store.name,
    days: days.map(day => viewDay(day, totalsOf(day))),
    weekAgo: viewDay(dayAgo(WEEK_DAYS), totalsOf(dayAgo(WEEK_DAYS))),
    best: await named(world, bestSellers(days.map(totalsOf), BEST_MAX)),
  })
}

async function readDays(world: World, days: readonly string[]): Promise<Map<string, DayTotals>> {
  const ids = days.map(day => dayIdOf(world.settings.storeId, day))
  const found = await sales(world).find({ where: { _id: oneOf(ids) }, limit: ids.length })
  return new Map(found.map(document => [document.day, document]))
}

/** Goods may have been taken off the menu since; what is gone for good has no name. */
async function named(world: World, best: readonly { productId: string, pieces: number }[]): Promise<BestSeller[]> {
  const ids = best.map(({ productId }) => productId)
  const found = ids.length === 0 ? [] : await products(world).find({ where: { _id: oneOf(ids) }, limit: ids.length })
  const byId = new Map(found.map(product => [product._id, product]))
  return best.flatMap(({ productId, pieces }) => {
    const product = byId.get(productId)
    return product ? [{ productId, name: product.name, picture: product.picture, pieces }] : []
  })
}
