import type { SalesDay } from '../../contracts/statistics.ts'
import type { Transaction } from '../database.ts'
import type { World } from '../ports.ts'
import { dayIdOf, nothingSold } from './rules.ts'
import type { DayTotals } from './rules.ts'

/** One day of one store, counted as its effects are carried out. */
export interface SalesDocument extends DayTotals { _id: string, storeId: string, day: string }

export const sales = (world: World) => world.database.collection<SalesDocument>('sales')

/** Adds to a day's totals in the transaction that marks what was counted. */
export async function addToDay(
  transaction: Transaction, { storeId, day }: Pick<SalesDocument, 'storeId' | 'day'>, more: Partial<DayTotals>,
): Promise<void> {
  const id = dayIdOf(storeId, day)
  const known = await transaction.read<SalesDocument>('sales', id)
  const { pieces = {}, piecesBack = {}, ...sums } = more
  if (!known) {
    await transaction.add<SalesDocument>('sales', { _id: id, storeId, day, ...nothingSold(), ...more })
    return
  }
  await transaction.change('sales', id, { inc: { ...sums, ...under('pieces', pieces), ...under('piecesBack', piecesBack) } })
}

const under = (field: string, counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([productId, count]) => [`${field}.${productId}`, count]))

export const viewDay = (day: string, { paidOrders, paidFen, refunds, refundedFen }: DayTotals): SalesDay =>
  ({ day, paidOrders, paidFen, refunds, refundedFen })
