import { done } from '../../contracts/outcome.ts'
import { oneOf } from '../database.ts'
import type { World } from '../ports.ts'
import { beijingDay } from '../store/rules.ts'
import { dayIdOf, nothingSold } from './rules.ts'
import { sales, viewDay } from './sales.ts'

const DAY_MS = 24 * 3_600_000

/** The totals of the last `days` Beijing days of this store, today first. One database operation. */
export async function readSales(world: World, input: { days: number }) {
  const { storeId } = world.settings
  const days = Array.from({ length: input.days }, (_, ago) => beijingDay(world.clock.nowMs() - ago * DAY_MS))
  const found = await sales(world).find({ where: { _id: oneOf(days.map(day => dayIdOf(storeId, day))) }, limit: input.days })
  const known = new Map(found.map(document => [document.day, document]))
  return done({ days: days.map(day => viewDay(day, known.get(day) ?? nothingSold())) })
}
