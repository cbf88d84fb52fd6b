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
  const { pieces = {}, ...sums } = more
  if (!known) {
    await transaction.add<SalesDocument>('sales', { _id: id, storeId, day, ...nothingSold(), ...more })
    return
  }
  const soldNow = Object.entries(pieces).map(([productId, count]): [string, number] => [`pieces.${productId}`, count])
  await transaction.change('sales', id, { inc: { ...sums, ...Object.fromEntries(soldNow) } })
}

export const viewDay = (day: string, { paidOrders, paidFen, refunds, refundedFen }: DayTotals): SalesDay =>
  ({ day, paidOrders, paidFen, refunds, refundedFen })
